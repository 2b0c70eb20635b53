"""`kodevagt validate`: judge a file of contacts, with the same answers as over HTTP."""

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, repeat
from typing import Any, BinaryIO

import click
from rich.console import Console
from rich.markup import escape

from validator.cli.common import load_service
from validator.cli.input import RELEASE_OPTION, InputFile, read_lines
from validator.cli.messages import EXIT_BAD_FILE, EXIT_FINDINGS
from validator.cli.output import TABLE_OR_JSON, print_table, status_name
from validator.contract.verdict import Verdict
from validator.requests.errors import RequestError
from validator.requests.ndjson import MAX_LINE_LENGTH, judge_lines
from validator.requests.problem_details import request_problem
from validator.requests.request import Submission, read_body
from validator.settings import read_settings
from validator.support.json_encoding import encode_json
from validator.texts import LANGUAGES, danish_text

_COLUMNS = ("severity", "path", "message", "suggestions", "rule")


@click.command()
@click.argument("file", type=InputFile("rb"))
@TABLE_OR_JSON
@click.option("--language", type=click.Choice(LANGUAGES), default=None, help="Teksternes sprog; ellers reglernes eget.")
@RELEASE_OPTION
def validate(file: BinaryIO, output_format: str, language: str | None, release: str | None) -> None:
    """Bedøm kontakterne i FILE: én forespørgsel som JSON, eller én pr. linje som NDJSON ("-" er standardinput)."""
    judge = partial(load_service(read_settings(), release).judge, language=language, release=release)
    console = Console(highlight=False)
    bad = error = False
    for number, text in enumerate(_answers(file, judge, language or LANGUAGES[0]), 1):
        answer = json.loads(text)
        bad = bad or "problem" in answer
        error = error or answer.get("status") == "error"
        if output_format == "json":
            click.echo(text)
        else:
            _print(console, number, answer)
    sys.exit(EXIT_BAD_FILE if bad else EXIT_FINDINGS if error else 0)


def _answers(file: BinaryIO, judge: Callable[[Submission], Verdict], language: str) -> Iterator[str]:
    """Yield the answer to a file's one request, or to each of its lines, as JSON.

    Blank lines at the beginning are skipped, but count for the line numbers.
    """
    lines = read_lines(file)
    blank_lines = 0
    first: bytes | None = b""
    for line in lines:
        if line is None or line.strip():
            first = line
            break
        blank_lines += 1
    if first is None or _is_ndjson(file.name, first):
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


def _is_ndjson(name: str, first: bytes) -> bool:
    """Return whether a file is NDJSON.

    Decided by its name, or by whether its first line is a complete JSON value.
    """
    if name.endswith((".ndjson", ".jsonl")):
        return True
    try:
        json.loads(first)
    except RecursionError:  # reported as the problem of this line, and the other lines are judged
        return True
    except ValueError:
        return False
    return True


def _print(console: Console, number: int, answer: dict[str, Any]) -> None:
    if "problem" in answer:
        problem = answer["problem"]
        heading = danish_text("validate.line", line=answer["line"])
        console.print(f"[bold]{heading}[/]: {escape(problem['title'])}. {escape(problem['detail'])}")
        for fault in problem["errors"]:
            console.print(f"  {escape(fault['path'] or '/')}: {escape(fault['message'])}")
        return
    heading = danish_text("validate.contact", number=number)
    not_savable = "" if answer["savable"] else danish_text("validate.not-savable")
    console.print(f"[bold]{heading}[/]: {status_name(answer['status'])}{not_savable}")
    if answer["findings"]:
        print_table("validate", _COLUMNS, map(_row, answer["findings"]))


def _row(finding: dict[str, Any]) -> tuple[str, ...]:
    suggestions = "\n".join(f"{item.get('code') or item.get('course')} {item['title'] or ''}" for item in finding["suggestions"])
    overridden = danish_text("validate.overridden") if finding["overridden"] else ""
    return f"{status_name(finding['severity'])}{overridden}", finding["path"], finding["message"], suggestions, finding["rule"]
