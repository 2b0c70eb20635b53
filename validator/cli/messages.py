"""Exit codes, messages of the Danish catalogue, and the error that ends a command."""

from collections.abc import Iterator
from typing import IO, Any

import click

from validator.texts import danish_text

EXIT_FINDINGS, EXIT_BAD_FILE = 1, 2


class DanishError(click.ClickException):
    """An error that is reported in Danish on standard error."""

    def preamble(self) -> Iterator[str]:
        """Return the lines before the error."""
        return iter(())

    def show(self, file: IO[Any] | None = None) -> None:
        for line in (*self.preamble(), danish_text("click.error", text=self.format_message())):
            click.echo(line, file=file, err=file is None)


class CommandError(DanishError):
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
