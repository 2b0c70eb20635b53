"""Types of arguments and options, shared options, and the lines of a file."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click
from rich.console import Console
from rich.progress import Progress

from validator.requests.ndjson import iter_lines
from validator.texts import danish_text
from validator.texts.file_errors import file_error_reason


class Folder(click.ParamType[Path]):
    """A folder that exists."""

    name = "mappe"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(value))
        if not path.is_dir():
            self.fail(danish_text(f"input.{'not-a-folder' if path.exists() else 'no-folder'}", path=path), param, ctx)
        return path


class InputFile(click.File):
    """A file to read from, or standard input, with a Danish text for a file that cannot be read."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            if not isinstance(error.__context__, OSError):
                raise
            self.fail(danish_text("input.unreadable", file=value, reason=file_error_reason(error.__context__)), param, ctx)


class Day(click.ParamType[datetime.date]):
    """A day of the calendar."""

    name = "ÅÅÅÅ-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        try:
            return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
        except ValueError:
            self.fail(danish_text("input.not-a-date", value=value), param, ctx)


RULES_OPTION = click.option("--rules", "path", type=Folder(), default=None, help="En anden mappe med regler end den indstillede.")
RELEASE_OPTION = click.option("--release", default=None, help="En anden udgave end den gældende, også en kladde.")


def read_lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a file, with a progress bar on a terminal.

    None is a line that is too long.
    """
    console = Console(stderr=True)
    if not (console.is_terminal and file.seekable()):
        yield from iter_lines(file)
        return
    size = os.fstat(file.fileno()).st_size
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(danish_text("input.progress"), total=size)
        for line in iter_lines(file):
            progress.update(task, advance=len(line or b"") + 1)
            yield line


def relative_path(path: Path) -> Path:
    """Return the path relative to the working directory, or unchanged outside of it.

    Editors and code hosts find files by relative paths.
    """
    real, here = Path(os.path.realpath(path)), Path.cwd()  # `resolve` raises RuntimeError for a loop of links
    return real.relative_to(here) if real.is_relative_to(here) else path
