"""`kodevagt rules`: what the owner of the rule files does with them.

Exit codes: 0 where all is well, 1 where a rule file has problems or an example is wrong, 2 where the call itself is bad.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from validator.catalogue import Catalogue, CatalogueError, load_catalogue
from validator.cli_common import EXIT_FINDINGS, Refused, settings
from validator.rulebook import Release, RulebookError, read_folder
from validator.workshop import Report, Wrong, run_examples

_Command = Callable[..., None]


@click.group()
def rules() -> None:
    """Regelfilerne."""


def _on_folder(command: _Command) -> _Command:
    """The argument and the option that the commands share."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    formats = click.Choice(["text", "json"])
    command = click.option("--format", "form", type=formats, default="text", help="Tekst til mennesker, JSON til scripts.")(command)
    return click.argument("path", type=folder, required=False)(command)


@rules.command()
@_on_folder
def check(path: Path | None, form: str) -> None:
    """Vis alle problemer i regelfilerne under PATH (ellers de indstillede), hvert med fil, linje og kolonne."""
    releases, _ = _read(path, form)
    if form == "json":
        click.echo(json.dumps({"problems": []}))
    for release in releases if form == "text" else ():
        click.echo(f"{release.pack}/{release.name}: {len(release.courses)} forløb, {len(release.rules)} regler, ingen problemer.")


@rules.command()
@_on_folder
def test(path: Path | None, form: str) -> None:
    """Prøv alle eksempler i regelfilerne under PATH (ellers de indstillede), og vis de grene, som intet eksempel når.

    En gren er en af de måder, en regels betingelse kan være opfyldt på. En regel uden "any" har én gren.
    """
    releases, catalogue = _read(path, form)
    reports = [run_examples(release, catalogue) for release in releases]
    if form == "json":
        click.echo(json.dumps({"releases": list(map(_report, reports))}, ensure_ascii=False))
    else:
        for report in reports:
            _tell(report)
    sys.exit(0 if all(report.passed for report in reports) else EXIT_FINDINGS)


def _read(path: Path | None, form: str) -> tuple[list[Release], Catalogue]:
    """The releases of a folder; where it has problems they are told, and that is the end."""
    used = settings()
    try:
        catalogue = load_catalogue(used.catalog)
        return read_folder(path or used.rules, catalogue), catalogue
    except CatalogueError as error:
        raise Refused(str(error)) from error
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
            click.echo(_counted(len(error.problems), "problem", "problemer") + ".", err=True)
        sys.exit(EXIT_FINDINGS)


def _tell(report: Report) -> None:
    name = f"{report.release.pack}/{report.release.name}"
    for wrong in report.wrong:
        click.echo(f"{name}: {wrong.rule}, eksempel {wrong.number} ({_side(wrong)}): {_reason(wrong)}")
    for item in report.unreached:
        click.echo(f'{name}: {item.rule}, gren {item.number} ({item.text}): intet eksempel når den. Tilføj et "finds".')
    if report.passed:
        rules = _counted(len(report.release.rules), "regel", "regler")
        branches, examples = _counted(report.branches, "gren", "grene"), _counted(report.examples, "eksempel", "eksempler")
        click.echo(f"{name}: {rules} med {branches}, {examples}; alle eksempler passer, og alle grene er nået.")


def _side(wrong: Wrong) -> str:
    return "finds" if wrong.example.finds else "passes"


def _reason(wrong: Wrong) -> str:
    if wrong.spoiled:
        return f"kontakten kan ikke bedømmes, som den er ment ({', '.join(wrong.spoiled)}). Ret koden, forløbet eller specialet."
    if wrong.example.finds:
        return "reglen finder intet ved kontakten. Ret eksemplet eller reglen."
    return "reglen finder noget ved kontakten. Ret eksemplet eller reglen."


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _report(report: Report) -> dict[str, Any]:
    return {
        "pack": report.release.pack,
        "release": report.release.name,
        "rules": len(report.release.rules),
        "branches": report.branches,
        "examples": report.examples,
        "wrong": [
            {
                "rule": wrong.rule,
                "example": wrong.number,
                "expected": _side(wrong),
                "spoiled": list(wrong.spoiled),
                "encounter": wrong.example.encounter,
            }
            for wrong in report.wrong
        ],
        "unreached": [{"rule": item.rule, "branch": item.number, "condition": item.text} for item in report.unreached],
    }
