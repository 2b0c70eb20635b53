"""`kodevagt`: the same verbs as over HTTP, for people and scripts.

Exit codes: 0 where all is well, 1 where an error finding stands, 2 where a file or the call itself is bad.
"""

import errno
from importlib import import_module
from typing import cast

import click

from validator.support.garbage_collection import gc_paused

_COMMANDS = {
    "audit": "keys",
    "cases": "cases.commands",
    "catalog": "catalog.commands",
    "keys": "keys",
    "rules": "rules.commands",
    "serve": "serve",
    "validate": "validate",
}


class _Commands(click.Group):
    """The commands by the module of each. It comes when it is asked for: a server does without what reads and draws."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        with gc_paused():
            return cast(click.Command, getattr(import_module(f"validator.cli.{module}"), cmd_name))

    def invoke(self, ctx: click.Context) -> object:
        """Run a command. What a person can mend, such as a bad file or a full disk, is a sentence rather than a traceback."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise click.ClickException("Det, der skulle skrives, kan ikke være på disken.") from error
        except Exception as error:
            from validator.cli.refusals import refusal_of

            refusal = refusal_of(error)
            if refusal is None:
                raise
            raise refusal from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kodevagt")
def main() -> None:
    """Kodevagt: er diagnosekoden rigtig, hvorfor, og hvad vælges i stedet?"""
