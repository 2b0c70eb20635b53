"""Print results as text, tables, JSON and reports of problems.

Also the options that choose between these formats.
"""

import dataclasses
import datetime
import json
import re
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import click
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from validator.authoring.checks.report_formats import REPORT_FORMATS, problem_lines
from validator.cli.messages import CommandError, print_text
from validator.cli.table_layout import column_widths
from validator.rulebook.yaml.problem_texts import ACCEPTABLE
from validator.rulebook.yaml.problems import CheckReport, Problem, WithProblems
from validator.support.atomic_files import write_atomically
from validator.texts import DANISH, danish_text
from validator.texts.file_errors import file_error_reason

_KEY_ACTOR = re.compile(r"key (\d+)")


def format_option(*formats: str, help: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option `--format`, whose default is the first format."""
    return click.option("--format", "output_format", type=click.Choice(formats), default=formats[0], help=help)


TEXT_OR_JSON = format_option("text", "json", help="Tekst til mennesker, JSON til scripts.")
TABLE_OR_JSON = format_option("table", "json", help="Tabel til mennesker, JSON til scripts.")
REPORT_FORMAT = format_option(*REPORT_FORMATS, help="Tekst til mennesker, resten til scripts.")
ACCEPT = click.option(
    "--accept", multiple=True, type=click.Choice(ACCEPTABLE), metavar="ID", help="En advarsel, som er godtaget; kan gentages."
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


def print_list(
    output_format: str,
    items: Collection[object],
    key: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    unbroken: Collection[str] = (),
) -> None:
    """Print a list as JSON, in the shape of the HTTP API's lists, or its rows as a table."""
    if output_format == "json":
        print_json({"items": items, "total": len(items)})
    else:
        print_table(key, columns, rows, unbroken=unbroken)


def print_result(output_format: str, value: object, key: str, **values: Any) -> None:
    """Print the result of a command as JSON, or as the text of `key`."""
    if output_format == "json":
        print_json(value)
    else:
        print_text(key, **values)


def print_table(
    key: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str | None = None,
    unbroken: Collection[str] = (),
    numbers: Collection[str] = (),
) -> None:
    """Print a table in which no word is cut; an empty row is a line across.

    In a terminal that is too narrow for it, print each row as lines of "heading: value". The heading of a column is the text
    `key.column`. Columns in `unbroken` do not wrap; those in `numbers` are aligned right.
    """
    headings = [danish_text(f"{key}.{column}") for column in columns]
    cells = [[printable(_cell(cell)) for cell in row] for row in rows]
    filled = [row for row in cells if row]
    texts = [[heading, *(row[number] for row in filled)] for number, heading in enumerate(headings)]
    console = Console()
    widths = column_widths(texts, [column in unbroken for column in columns], console.width)
    if widths is None:
        _print_rows(title, headings, filled)
        return
    table = Table(title=escape(title) if title else None, title_justify="left")
    for column, heading, width in zip(columns, headings, widths, strict=True):
        align: Literal["left", "right"] = "right" if column in numbers else "left"
        table.add_column(heading, width=width, justify=align)
    for row in cells:
        if row:
            table.add_row(*map(escape, row))
        else:
            table.add_section()
    console.print(table)


def _print_rows(title: str | None, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows as lines of "heading: value", without empty values, and a blank line after each row."""
    if title:
        click.echo(f"{title}\n")
    for row in rows:
        for heading, value in zip(headings, row, strict=True):
            if value:
                lines = value.replace("\n", f"\n{' ' * (cell_len(heading) + 2)}")
                click.echo(f"{heading}: {lines}" if heading else lines)
        click.echo()


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {item}" for name, item in value.items())
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def print_report(report: CheckReport, output_format: str, sums: Iterable[str]) -> None:
    """Print a report on files in one of REPORT_FORMATS.

    As text, also print what was checked and the counts on standard error.
    """
    content = REPORT_FORMATS[output_format](report)
    if content:
        click.echo(content)
    if output_format == "text":
        for line in sums:
            click.echo(line, err=True)
        errors, warnings = counted(len(report.errors), "error"), counted(len(report.warnings), "warning")
        print_text("report.counts", err=True, errors=errors, warnings=warnings)
        print_unaccepted(report)


def print_unaccepted(report: WithProblems) -> None:
    """Print which warnings have to be accepted before the release is published, and how; nothing where there are none."""
    if ids := report.unaccepted:
        options = " ".join(f"--accept {id}" for id in ids)
        print_text("report.unaccepted", err=True, options=options, ids=", ".join(ids))


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems, one a line, in the text format of the `check` commands."""
    content = problem_lines(problems)
    if content:
        click.echo(content)


def write_output(file: str, content: bytes) -> None:
    """Replace a file atomically, or write to standard output ("-"). Raises CommandError."""
    if file == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        write_atomically(Path(file), content)
    except OSError as error:
        raise CommandError("output.unwritable", file=file, reason=file_error_reason(error)) from error


def printable(text: str) -> str:
    """Replace control characters by points.

    Otherwise a request or a file could control the terminal.
    """
    return "".join(character if character.isprintable() or character == "\n" else "·" for character in text)


def escape_markup(text: str) -> str:
    """Return printable text for rich, without markup of its own."""
    return escape(printable(text))


def status_name(status: str) -> str:
    """Return the Danish name of a status or a severity."""
    return danish_text(f"status.{status}")


def actor_name(actor: str) -> str:
    """Return the Danish name of an actor of the audit log or of the author of a release."""
    key = _KEY_ACTOR.fullmatch(actor)
    return danish_text("actor.key", id=key[1]) if key else DANISH.get(f"actor.{actor}", actor)


def counted(number: int, noun: str, *, none: str | None = None) -> str:
    """Return a number with its noun, such as "1 fejl".

    0 is the catalogue's word for none, or `none` where it is set.
    """
    form = "one" if number == 1 else "many"
    return f"{number or none or danish_text('count.none')} {danish_text(f'count.{noun}.{form}')}"
