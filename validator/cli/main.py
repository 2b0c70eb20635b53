"""`kodevagt`: the group of all commands.

Exit codes: 0 for success, 1 for findings of severity error, 2 for a file or a call that cannot be used.
"""

import errno
from importlib import import_module
from typing import cast

import click

from validator.cli.messages import CommandError
from validator.support.light_loading import light_loading
from validator.texts import danish_text

_COMMANDS = {
    "audit": "keys",
    "cases": "cases.commands",
    "catalog": "catalog.commands",
    "keys": "keys",
    "rules": "rules.commands",
    "serve": "serve",
    "validate": "validate",
}


class _LazyCommands(click.Group):
    """Commands whose modules are imported on use, so that a server does not load what other commands need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        with light_loading():
            return cast(click.Command, getattr(import_module(f"validator.cli.{module}"), cmd_name))

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an error that the user can fix, such as a bad file or a full disk, is a sentence without a traceback."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise click.ClickException(danish_text("output.disk-full")) from error
        except Exception as error:
            from validator.cli.error_texts import error_text

            text = error_text(error)
            if text is None:
                raise
            raise CommandError("command.error", text=text) from error


@click.group(cls=_LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kodevagt")
def main() -> None:
    """Kodevagt: er diagnosekoden rigtig, hvorfor, og hvad vælges i stedet?"""
