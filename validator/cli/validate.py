"""`kodevagt validate`: a file of contacts is judged, by the same rules and with the same answers as over HTTP."""

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, repeat
from typing import Any, BinaryIO

import click
from rich.console import Console
from rich.markup import escape

from validator.cli.common import EXIT_BAD_FILE, EXIT_FINDINGS, service_of
from validator.cli.input import read_lines
from validator.cli.output import STATUS_WORDS, TABLE_OR_JSON, print_table
from validator.contract.verdict import Verdict
from validator.requests.errors import RequestError
from validator.requests.ndjson import MAX_LINE_LENGTH, judge_lines
from validator.requests.problem_details import request_problem
from validator.requests.request import Submission, read_body
from validator.settings import read_settings
from validator.support.json_encoding import encode_json
from validator.texts import LANGUAGES


@click.command()
@click.argument("file", type=click.File("rb"))
@TABLE_OR_JSON
@click.option("--language", type=click.Choice(LANGUAGES), default=None, help="Teksternes sprog; ellers reglernes eget.")
@click.option("--release", default=None, help="En anden udgave end den gældende, også en kladde.")
def validate(file: BinaryIO, form: str, language: str | None, release: str | None) -> None:
    """Bedøm kontakterne i FILE: én forespørgsel som JSON, eller én pr. linje som NDJSON ("-" er standardinput)."""
    service = service_of(read_settings(), release)
    spoken = language or LANGUAGES[0]
    judge = partial(service.judge, language=language, release=release)
    console = Console()
    bad = error = False
    for number, text in enumerate(_answers(file, judge, spoken), 1):
        answer = json.loads(text)
        bad = bad or "problem" in answer
        error = error or answer.get("status") == "error"
        if form == "json":
            click.echo(text)
        else:
            _print(console, number, answer)
    sys.exit(EXIT_BAD_FILE if bad else EXIT_FINDINGS if error else 0)


def _answers(file: BinaryIO, judge: Callable[[Submission], Verdict], language: str) -> Iterator[str]:
    """The answer to a file's one request, or to each of its lines, as JSON. Blank lines at the beginning only count."""
    lines = read_lines(file)
    blank_lines = 0
    first: bytes | None = b""
    for line in lines:
        if line is None or line.strip():
            first = line
            break
        blank_lines += 1
    if first is None or _is_lines(file.name, first):
        yield from judge_lines(judge, chain(repeat(b"", blank_lines), [first], lines), problem_language=language)
        return
    content = b"\n" * min(blank_lines, MAX_LINE_LENGTH) + first + b"\n" + file.read(MAX_LINE_LENGTH)
    if len(content) > MAX_LINE_LENGTH:
        yield from judge_lines(judge, [None], problem_language=language)
        return
    try:
        yield judge(read_body(content)).json_text()
    except RequestError as error:
        yield encode_json({"line": 1, "problem": request_problem(error, language)})


def _is_lines(name: str, first: bytes) -> bool:
    """Whether a file is NDJSON: by its name, or because its first line is a whole value."""
    if name.endswith((".ndjson", ".jsonl")):
        return True
    try:
        json.loads(first)
    except ValueError:
        return False
    except RecursionError:  # that line has its problem, and the rest goes on
        return True
    return True


def _print(console: Console, number: int, answer: dict[str, Any]) -> None:
    """A contact's verdict as a person reads it."""
    if "problem" in answer:
        problem = answer["problem"]
        console.print(f"[bold]Linje {answer['line']}[/]: {escape(problem['title'])}. {escape(problem['detail'])}", highlight=False)
        for fault in problem["errors"]:
            console.print(f"  {escape(fault['path'] or '/')}: {escape(fault['message'])}", highlight=False)
        return
    ready = "" if answer["savable"] else " – kodningen er ikke klar til at blive sendt videre"
    console.print(f"[bold]Kontakt {number}[/]: {STATUS_WORDS[answer['status']]}{ready}", highlight=False)
    if not answer["findings"]:
        return
    print_table(("Alvor", "Sted", "Besked", "I stedet", "Regel"), map(_row, answer["findings"]))


def _row(finding: dict[str, Any]) -> tuple[str, ...]:
    instead = "\n".join(f"{item.get('code') or item.get('course')} {item['title'] or ''}" for item in finding["suggestions"])
    severity = f"{STATUS_WORDS[finding['severity']]}{' (fraveget)' if finding['overridden'] else ''}"
    return severity, finding["path"], finding["message"], instead, finding["rule"]
