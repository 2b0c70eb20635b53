"""`kodevagt`: the group of all commands.

Exit codes: 0 for success, 1 for findings of severity error, 2 for a file or a call that cannot be used.
"""

import errno
from importlib import import_module
from typing import Any, cast

import click

from validator.cli.danish_click import DanishContext, danish_error, use_danish
from validator.cli.messages import CommandError, DanishError
from validator.support.errors import UserError
from validator.support.garbage_collection import gc_paused
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
    """Commands whose modules are imported on use.

    A server does not load what other commands need.
    """

    context_class = DanishContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        with gc_paused():
            return use_danish(cast(click.Command, getattr(import_module(f"validator.cli.{module}"), cmd_name)))

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Parse the options before the command, and report what is wrong with them in Danish."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.ClickException as error:
            raise danish_error(error) from error

    def invoke(self, ctx: click.Context) -> object:
        """Run a command, and report errors that the user can fix as one sentence.

        Such errors, for instance a bad file or a full disk, have no traceback.
        """
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            raise danish_error(error) from error
        except (click.Abort, KeyboardInterrupt) as error:
            raise DanishError(danish_text("click.interrupted")) from error
        except UserError as error:
            raise CommandError("command.error", text=error.sentence()) from error
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise DanishError(danish_text("output.disk-full")) from error


@click.group(cls=_LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kodevagt")
def main() -> None:
    """Kodevagt: er diagnosekoden rigtig, hvorfor, og hvad vælges i stedet?"""
