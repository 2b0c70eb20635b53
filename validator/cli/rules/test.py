"""`kodevagt rules test`: run the examples of the rules.

Also judge the right answers of the coding cases.
"""

import datetime
import sys
from functools import partial
from typing import Any

import click

from validator.authoring.checks.release_check import ExaminedRelease, check_folder
from validator.authoring.checks.report_formats import problem_json
from validator.cli.input import relative_path
from validator.cli.limited_work import run_limited
from validator.cli.messages import EXIT_FINDINGS, print_text
from validator.cli.output import ACCEPT, TEXT_OR_JSON, counted, print_json, print_problems, print_unaccepted
from validator.cli.rules.release_lookup import find_folder, full_name, other_releases, print_release_report
from validator.cli.rules.trial_output import examples_json, print_broken_cases
from validator.rulebook.release import Release
from validator.serving.service import installed_catalogue
from validator.settings import read_settings
from validator.training.bank_reader import read_cases
from validator.training.right_answer_checks import WithdrawnCase, withdrawn_cases


@click.command()
@click.argument("path", required=False)
@ACCEPT
@TEXT_OR_JSON
def test(path: str | None, accept: tuple[str, ...], output_format: str) -> None:
    """Prøv alle eksempler i regelfilerne under PATH (ellers de indstillede), og vis de grene, som intet eksempel når.

    PATH er en mappe eller navnet på en udgave, fx ekm-2024-11.

    En gren er en af de måder, en regels betingelse kan være opfyldt på. En regel uden "any" har én gren.

    Alt, hvad der hindrer, at udgaven udgives, bliver vist.

    Også de rigtige svar på alle cases bliver prøvet. Afviser den gældende udgave et af dem, er det en fejl; afviser en anden udgave
    det, bliver det nævnt.
    """
    settings = read_settings()
    catalogue, folder = installed_catalogue(settings), relative_path(find_folder(path))
    checked = partial(check_folder, others=other_releases(folder))
    report = run_limited(checked, folder, catalogue, datetime.date.today(), accept, file=folder)
    if not report.readable:
        print_release_report(report, output_format)
        sys.exit(EXIT_FINDINGS)
    cases = run_limited(read_cases, settings.cases, catalogue, file=settings.cases)
    tried = [
        (found, found.release, run_limited(withdrawn_cases, cases, found.release, catalogue, file=settings.cases))
        for found in report.examined
    ]
    if output_format == "json":
        print_json({"releases": [_json(*row) for row in tried]})
    else:
        for row in tried:
            _print(*row)
        print_unaccepted(report)
    failed = any(broken and release.status == "current" for _, release, broken in tried)
    sys.exit(0 if report.publishable and not failed else EXIT_FINDINGS)


def _print(found: ExaminedRelease, release: Release, broken: tuple[WithdrawnCase, ...]) -> None:
    name = full_name(release)
    print_problems(problem for problem in found.problems if problem.prevents_publishing)
    print_broken_cases(name, broken)
    if found.publishable:
        rules = counted(len(release.rules), "rule", none="0")
        branches, examples = (counted(getattr(found.examples, key), noun, none="0") for key, noun in _COUNTS.items())
        print_text("rules.test.passed", name=name, rules=rules, branches=branches, examples=examples)


_COUNTS = {"branches": "branch", "examples": "example"}


def _json(found: ExaminedRelease, release: Release, broken: tuple[WithdrawnCase, ...]) -> dict[str, Any]:
    examples = found.examples
    return {
        "pack": release.pack,
        "release": release.name,
        "rules": len(release.rules),
        "branches": examples.branches,
        "examples": examples.examples,
        "publishable": found.publishable,
        **examples_json(examples.wrong, examples.unreached),
        "problems": [problem_json(problem) for problem in found.problems if problem.prevents_publishing],
        "cases": [case.to_json() for case in broken],
    }
