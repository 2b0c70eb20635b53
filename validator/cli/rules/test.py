"""`kodevagt rules test`: the examples of the rules, the branches that none of them reaches, and the keys of the coding cases."""

import sys
from collections.abc import Iterable
from typing import Any

import click

from validator.authoring.examples import ExampleReport, UnreachedBranch, WrongExample, run_examples
from validator.cli.common import EXIT_FINDINGS
from validator.cli.output import TEXT_OR_JSON, counted, print_json
from validator.cli.rules.release_lookup import find_folder, read_or_exit
from validator.settings import read_settings
from validator.training.bank_reader import read_cases
from validator.training.key_checks import Broken, broken_by


@click.command()
@click.argument("path", required=False)
@TEXT_OR_JSON
def test(path: str | None, form: str) -> None:
    """Prøv alle eksempler i regelfilerne under PATH (ellers de indstillede), og vis de grene, som intet eksempel når.

    PATH er en mappe eller navnet på en udgave, fx ekm-2024-11.

    En gren er en af de måder, en regels betingelse kan være opfyldt på. En regel uden "any" har én gren.

    Også de rigtige svar på alle cases bliver prøvet. Afviser den gældende udgave et af dem, eller den, som casen er skrevet til,
    er det en fejl; afviser en anden udgave det, bliver det nævnt.
    """
    used = read_settings()
    releases, catalogue = read_or_exit(find_folder(path, used.rules) if path else None, form)
    cases = read_cases(used.cases, catalogue)
    reports = [run_examples(release, catalogue) for release in releases]
    broken = {report.release.name: broken_by(cases, report.release, catalogue) for report in reports}
    if form == "json":
        rows = [{**_json(report), "cases": [one.to_json() for one in broken[report.release.name]]} for report in reports]
        print_json({"releases": rows})
    else:
        for report in reports:
            _print(report, broken[report.release.name])
    wrong = any(one.meant or report.release.status == "current" for report in reports for one in broken[report.release.name])
    sys.exit(0 if all(report.passed for report in reports) and not wrong else EXIT_FINDINGS)


def _print(report: ExampleReport, broken: tuple[Broken, ...]) -> None:
    name = f"{report.release.pack}/{report.release.name}"
    print_examples(name, report.wrong, report.unreached)
    print_broken_cases(name, broken)
    if report.passed:
        rules = counted(len(report.release.rules), "regel", "regler", none="0")
        branches = counted(report.branches, "gren", "grene", none="0")
        examples = counted(report.examples, "eksempel", "eksempler", none="0")
        click.echo(f"{name}: {rules} med {branches}, {examples}; alle eksempler passer, og alle grene er nået.")


def print_broken_cases(name: str, broken: Iterable[Broken]) -> None:
    """Print the cases that a release breaks, one a line on standard error; they do not keep it from being published."""
    for one in broken:
        click.echo(f"{name}: {one}", err=True)


def print_examples(name: str, wrong: Iterable[WrongExample], unreached: Iterable[UnreachedBranch]) -> None:
    """Print what is wrong with the examples of a release, one thing a line."""
    for one in wrong:
        click.echo(f"{name}: {one.rule}, eksempel {one.number} ({_side(one)}): {_reason(one)}")
    for item in unreached:
        click.echo(f'{name}: {item.rule}, gren {item.number} ({item.text}): intet eksempel når den. Tilføj et "finds".')


def wrong_json(wrong: WrongExample) -> dict[str, Any]:
    """A wrong example as plain data."""
    return {
        "rule": wrong.rule,
        "example": wrong.number,
        "expected": _side(wrong),
        "spoiled": list(wrong.spoiled),
        "encounter": wrong.example.encounter,
    }


def unreached_json(item: UnreachedBranch) -> dict[str, Any]:
    """A branch that no example reaches as plain data."""
    return {"rule": item.rule, "branch": item.number, "condition": item.text}


def _side(wrong: WrongExample) -> str:
    return "finds" if wrong.example.finds else "passes"


def _reason(wrong: WrongExample) -> str:
    if wrong.spoiled:
        return f"kontakten kan ikke bedømmes, som den er ment ({', '.join(wrong.spoiled)}). Ret koden, forløbet eller specialet."
    if wrong.example.finds:
        return "reglen finder intet ved kontakten. Ret eksemplet eller reglen."
    return "reglen finder noget ved kontakten. Ret eksemplet eller reglen."


def _json(report: ExampleReport) -> dict[str, Any]:
    return {
        "pack": report.release.pack,
        "release": report.release.name,
        "rules": len(report.release.rules),
        "branches": report.branches,
        "examples": report.examples,
        "wrong": list(map(wrong_json, report.wrong)),
        "unreached": list(map(unreached_json, report.unreached)),
    }
