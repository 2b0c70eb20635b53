"""`kodevagt rules test`: the examples of the rules, the branches that none of them reaches, and the keys of the coding cases."""

import json
import sys
from collections.abc import Iterable
from typing import Any

import click

from validator.authoring.examples import ExampleReport, Unreached, Wrong, run_examples
from validator.cli.common import EXIT_FINDINGS, settings
from validator.cli.rules.release_lookup import read
from validator.cli.rules.rules_common import FORM, cases_of, folder_of, tell_broken
from validator.training.key_checks import Broken, broken_by


@click.command()
@click.argument("path", required=False)
@FORM
def test(path: str | None, form: str) -> None:
    """Prøv alle eksempler i regelfilerne under PATH (ellers de indstillede), og vis de grene, som intet eksempel når.

    PATH er en mappe eller navnet på en udgave, fx ekm-2024-11.

    En gren er en af de måder, en regels betingelse kan være opfyldt på. En regel uden "any" har én gren.

    Også de rigtige svar på alle cases bliver prøvet. Afviser den gældende udgave et af dem, eller den, som casen er skrevet til,
    er det en fejl; afviser en anden udgave det, bliver det nævnt.
    """
    used = settings()
    releases, catalogue = read(folder_of(path, used.rules) if path else None, form)
    cases = cases_of(used, catalogue)
    reports = [run_examples(release, catalogue) for release in releases]
    broken = {report.release.name: broken_by(cases, report.release, catalogue) for report in reports}
    if form == "json":
        told = [{**_report(report), "cases": [one.to_json() for one in broken[report.release.name]]} for report in reports]
        click.echo(json.dumps({"releases": told}, ensure_ascii=False))
    else:
        for report in reports:
            _tell(report, broken[report.release.name])
    wrong = any(one.meant or report.release.status == "current" for report in reports for one in broken[report.release.name])
    sys.exit(0 if all(report.passed for report in reports) and not wrong else EXIT_FINDINGS)


def _tell(report: ExampleReport, broken: tuple[Broken, ...]) -> None:
    name = f"{report.release.pack}/{report.release.name}"
    tell_examples(name, report.wrong, report.unreached)
    tell_broken(name, broken)
    if report.passed:
        rules = _counted(len(report.release.rules), "regel", "regler")
        branches, examples = _counted(report.branches, "gren", "grene"), _counted(report.examples, "eksempel", "eksempler")
        click.echo(f"{name}: {rules} med {branches}, {examples}; alle eksempler passer, og alle grene er nået.")


def tell_examples(name: str, wrong: Iterable[Wrong], unreached: Iterable[Unreached]) -> None:
    """What is wrong with the examples of a release, one thing a line."""
    for one in wrong:
        click.echo(f"{name}: {one.rule}, eksempel {one.number} ({_side(one)}): {_reason(one)}")
    for item in unreached:
        click.echo(f'{name}: {item.rule}, gren {item.number} ({item.text}): intet eksempel når den. Tilføj et "finds".')


def wrong_json(wrong: Wrong) -> dict[str, Any]:
    """A wrong example as plain data."""
    return {
        "rule": wrong.rule,
        "example": wrong.number,
        "expected": _side(wrong),
        "spoiled": list(wrong.spoiled),
        "encounter": wrong.example.encounter,
    }


def unreached_json(item: Unreached) -> dict[str, Any]:
    """A branch that no example reaches as plain data."""
    return {"rule": item.rule, "branch": item.number, "condition": item.text}


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


def _report(report: ExampleReport) -> dict[str, Any]:
    return {
        "pack": report.release.pack,
        "release": report.release.name,
        "rules": len(report.release.rules),
        "branches": report.branches,
        "examples": report.examples,
        "wrong": list(map(wrong_json, report.wrong)),
        "unreached": list(map(unreached_json, report.unreached)),
    }
