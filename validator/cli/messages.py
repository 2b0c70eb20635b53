"""Exit codes, messages of the Danish catalogue, and the error that ends a command."""

from typing import Any

import click

from validator.texts import danish_text

EXIT_FINDINGS, EXIT_BAD_FILE = 1, 2


class CommandError(click.ClickException):
    """A file, a setting or a call that cannot be used.

    Reported as one sentence without a traceback, with exit code 2.
    """

    exit_code = EXIT_BAD_FILE

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(danish_text(key, **values))

    def format_message(self) -> str:
        return self.message if self.message.endswith("?") else f"{self.message.rstrip('.')}."


def print_text(key: str, *, err: bool = False, **values: Any) -> None:
    """Print a text of the catalogue on standard output, or on standard error."""
    click.echo(danish_text(key, **values), err=err)
