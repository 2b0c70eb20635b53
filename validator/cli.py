"""`kodevagt`: the same verbs as over HTTP, for people and scripts.

Exit codes: 0 where all is well, 1 where an error finding stands or a rule file has problems, 2 where a file or the call
itself is bad.
"""

import ipaddress
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

import click
from flask import Flask
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from validator.batch import LIMIT_LINE, judge_lines, lines_of
from validator.catalogue import Catalogue, CatalogueError, load_catalogue
from validator.json_text import write
from validator.problem import request_problem
from validator.request import RequestError, Submission, read_body
from validator.rulebook import RulebookError, read_folder
from validator.service import Service
from validator.settings import Settings, SettingsError, read_settings
from validator.texts import LANGUAGES
from validator.verdict import Verdict

EXIT_FINDINGS, EXIT_BAD_FILE = 1, 2
# Python runs one thread of a worker at a time; the others are for callers that send or read slowly. More requests than are
# under way wait in the kernel.
_THREADS, _UNDER_WAY = 16, 64
_EXAMPLE = (
    "curl -s http://{address}/v1/validate -H 'Content-Type: application/json' -d "
    '\'{{"encounter": {{"date": "2025-10-14", "specialty": "51", "course": "artrose-knae", "diagnoses": [{{"code": "L92"}}]}}}}\''
)


class _Refused(click.ClickException):
    """A file or setting that cannot be used; said in a sentence, without a traceback."""

    exit_code = EXIT_BAD_FILE

    def format_message(self) -> str:
        return f"{self.message.rstrip('.')}."


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kodevagt")
def main() -> None:
    """Kodevagt: er diagnosekoden rigtig, hvorfor, og hvad vælges i stedet?"""


@main.command()
def serve() -> None:
    """Start tjenesten; adressen og andre indstillinger tages fra miljøvariablerne KODEVAGT_*."""
    from granian import Granian
    from granian.constants import Interfaces

    settings = _settings()
    if not _is_loopback(settings.host):
        raise _Refused(
            f"KODEVAGT_HOST={settings.host}: uden nøgler svarer tjenesten kun på maskinens egen adresse. "
            "Brug 127.0.0.1, localhost eller ::1."
        )
    _service(settings)  # a bad file is told here, once, and not by every worker
    _check_port(settings)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"Kodevagt svarer på http://{host}:{settings.port} (dokumentation: /docs). Prøv:\n")
    click.echo(_EXAMPLE.format(address=f"{host}:{settings.port}") + "\n")
    Granian(
        "api:serve",
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        backpressure=_UNDER_WAY,
        blocking_threads=_THREADS,
        log_access=False,
    ).serve(target_loader=load_application)


def load_application(_: str) -> Flask:
    """The application of a worker. Granian's own loader would look in the working directory first, and run another `api.py`."""
    return cast(Flask, import_module("api").serve())


@main.command()
@click.argument("file", type=click.File("rb"))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="Tabel til mennesker, JSON til scripts."
)
@click.option("--language", type=click.Choice(LANGUAGES), default=None, help="Teksternes sprog; ellers reglernes eget.")
@click.option("--release", default=None, help="En anden udgivet udgave end den gældende.")
def validate(file: BinaryIO, form: str, language: str | None, release: str | None) -> None:
    """Bedøm kontakterne i FILE: én forespørgsel som JSON, eller én pr. linje som NDJSON ("-" er standardinput)."""
    service = _service(_settings())
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
            _show(console, number, answer)
    sys.exit(EXIT_BAD_FILE if bad else EXIT_FINDINGS if error else 0)


@main.group()
def rules() -> None:
    """Regelfilerne."""


@rules.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Tekst til mennesker, JSON til scripts."
)
def check(path: Path | None, form: str) -> None:
    """Vis alle problemer i regelfilerne under PATH (ellers de indstillede), hvert med fil, linje og kolonne."""
    settings = _settings()
    try:
        releases = read_folder(path or settings.rules, _catalogue(settings))
    except RulebookError as error:
        if form == "json":
            problems = [
                {"file": item.place.file, "line": item.place.line, "column": item.place.column, "id": item.id, "text": item.text}
                for item in error.problems
            ]
            click.echo(json.dumps({"problems": problems}, ensure_ascii=False))
        else:
            for item in error.problems:
                click.echo(str(item))
            click.echo("1 problem." if len(error.problems) == 1 else f"{len(error.problems)} problemer.", err=True)
        sys.exit(EXIT_FINDINGS)
    if form == "json":
        click.echo(json.dumps({"problems": []}))
    for release in releases if form == "text" else ():
        click.echo(f"{release.pack}/{release.name}: {len(release.courses)} forløb, {len(release.rules)} regler, ingen problemer.")


def _answers(file: BinaryIO, judge: Callable[[Submission], Verdict], language: str) -> Iterator[str]:
    """The answer to a file's one request, or to each of its lines, as JSON."""
    lines = _watched(file)
    first = next(lines, b"")
    if first is None or _is_lines(file.name, first):
        yield from judge_lines(judge, chain([first], lines), problem_language=language)
        return
    content = first + b"\n" + file.read(LIMIT_LINE)
    if len(content) > LIMIT_LINE:
        yield from judge_lines(judge, [None], problem_language=language)
        return
    try:
        yield judge(read_body(content)).text()
    except RequestError as error:
        yield write({"line": 1, "problem": request_problem(error, language)})


def _is_lines(name: str, first: bytes) -> bool:
    """Whether a file is NDJSON: by its name, or because its first line is a whole value."""
    if name.endswith((".ndjson", ".jsonl")):
        return True
    try:
        json.loads(first)
    except ValueError:
        return False
    return True


def _watched(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a file; a person who waits for them sees how far it is, on standard error."""
    console = Console(stderr=True)
    if not (console.is_terminal and file.seekable()):
        yield from lines_of(file)
        return
    size = os.fstat(file.fileno()).st_size
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Bedømmer", total=size)
        for line in lines_of(file):
            progress.update(task, advance=len(line or b"") + 1)
            yield line


_WORDS = {"error": "fejl", "warning": "advarsel", "information": "oplysning", "ok": "ingen bemærkninger"}


def _show(console: Console, number: int, answer: dict[str, Any]) -> None:
    """A contact's verdict as a person reads it."""
    if "problem" in answer:
        problem = answer["problem"]
        console.print(f"[bold]Linje {answer['line']}[/]: {escape(problem['title'])}. {escape(problem['detail'])}", highlight=False)
        for fault in problem["errors"]:
            console.print(f"  {escape(fault['path'] or '/')}: {escape(fault['message'])}", highlight=False)
        return
    ready = "" if answer["savable"] else " – kodningen er ikke klar til at blive sendt videre"
    console.print(f"[bold]Kontakt {number}[/]: {_WORDS[answer['status']]}{ready}", highlight=False)
    if not answer["findings"]:
        return
    table = Table()
    for heading in ("Alvor", "Sted", "Besked", "I stedet", "Regel"):
        table.add_column(heading, overflow="fold")
    for finding in answer["findings"]:
        instead = "\n".join(f"{item.get('code') or item.get('course')} {item['title'] or ''}" for item in finding["suggestions"])
        severity = f"{_WORDS[finding['severity']]}{' (fraveget)' if finding['overridden'] else ''}"
        table.add_row(*map(_shown, (severity, finding["path"], finding["message"], instead, finding["rule"])))
    console.print(table)


def _shown(text: str) -> str:
    """What a caller sent must not steer the terminal: markup and control characters are shown, not obeyed."""
    return escape("".join(character if character.isprintable() or character == "\n" else "·" for character in text))


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsError as error:
        raise _Refused(str(error)) from error


def _catalogue(settings: Settings) -> Catalogue:
    try:
        return load_catalogue(settings.catalog)
    except CatalogueError as error:
        raise _Refused(str(error)) from error


def _service(settings: Settings) -> Service:
    try:
        return Service.from_settings(settings)
    except (CatalogueError, RulebookError) as error:
        raise _Refused(str(error)) from error


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        raise _Refused(
            f"KODEVAGT_PORT={settings.port}: porten kan ikke bruges ({error.strerror}). Vælg en anden, fx KODEVAGT_PORT=8001."
        ) from error


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
