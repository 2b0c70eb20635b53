"""What commands print: text, tables, JSON and reports of problems, and the options that choose between them."""

import dataclasses
import datetime
import json
import re
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Literal

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from validator.authoring.checks.release_check import ReleaseReport
from validator.authoring.checks.report_formats import REPORT_FORMATS
from validator.cli.common import Refused
from validator.rulebook.yaml.problems import CheckReport, Problem
from validator.store.audit import COMMAND_LINE, THIS_MACHINE
from validator.store.releases import RULE_FOLDER
from validator.support.atomic_files import reason, write_file

STATUS_WORDS = {"error": "fejl", "warning": "advarsel", "information": "oplysning", "ok": "ingen bemærkninger"}
_ACTORS = {COMMAND_LINE: "kommandolinjen", RULE_FOLDER: "regelmappen", THIS_MACHINE: "denne maskine"}
_KEY = re.compile(r"^key (?=\d+$)")

TEXT_OR_JSON = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Tekst til mennesker, JSON til scripts."
)
TABLE_OR_JSON = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="Tabel til mennesker, JSON til scripts."
)
REPORT_FORMAT = click.option(
    "--format", "form", type=click.Choice(list(REPORT_FORMATS)), default="text", help="Tekst til mennesker, resten til scripts."
)


def print_json(value: object, *, indent: int | None = None, err: bool = False) -> None:
    """Print JSON on one line, or indented; dataclasses are objects, dates and times ISO 8601."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent, default=_encode), err=err)


def _encode(value: object) -> object:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def print_items(items: Collection[object]) -> None:
    """Print a list as JSON, the way the HTTP API answers one."""
    print_json({"items": items, "total": len(items)})


def print_table(
    headings: Iterable[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str | None = None,
    whole: Collection[str] = (),
    numbers: Collection[str] = (),
) -> None:
    """Print a table that leaves nothing out in a narrow terminal; None is an empty cell, an empty row a line across.

    Columns in `whole` are not broken over several lines; those in `numbers` are aligned right.
    """
    table = Table(title=title, title_justify="left")
    for heading in headings:
        align: Literal["left", "right"] = "right" if heading in numbers else "left"
        table.add_column(heading, overflow="fold", no_wrap=heading in whole, justify=align)
    for row in rows:
        if row:
            table.add_row(*("" if cell is None else escaped(str(cell)) for cell in row))
        else:
            table.add_section()
    Console().print(table)


def print_report(report: CheckReport, form: str, sums: Iterable[str]) -> None:
    """Print a report on files in one of FORMS; as text, with what was checked and the counts on standard error."""
    content = REPORT_FORMATS[form](report)
    if content:
        click.echo(content)
    if form == "text":
        errors, warnings = len(report.errors), len(report.warnings)
        counts = f"{counted(errors, 'fejl', 'fejl')}, {counted(warnings, 'advarsel', 'advarsler')}."
        for line in (*sums, counts):
            click.echo(line, err=True)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems, one a line, as `check` does."""
    content = REPORT_FORMATS["text"](ReleaseReport((), tuple(problems)))
    if content:
        click.echo(content)


def write_output(file: str, content: bytes) -> None:
    """Write a file ("-" is standard output); the old content stays until all of the new one is on the disk."""
    if file == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        write_file(Path(file), content)
    except OSError as error:
        raise Refused(f"{file} kan ikke skrives ({reason(error)})") from error


def printable(text: str) -> str:
    """The text with control characters as points: what a caller or a file says must not steer the terminal."""
    return "".join(character if character.isprintable() or character == "\n" else "·" for character in text)


def escaped(text: str) -> str:
    """The text for rich: printable, and with its markup shown rather than obeyed."""
    return escape(printable(text))


def actor_name(actor: str) -> str:
    """An actor of the audit log, or the author of a release, as a person reads it."""
    return _ACTORS.get(actor) or _KEY.sub("nøgle ", actor)


def counted(number: int, one: str, several: str, *, none: str = "ingen") -> str:
    """A number with its noun, such as "1 fejl"; 0 is `none`."""
    return f"{number or none} {one if number == 1 else several}"
