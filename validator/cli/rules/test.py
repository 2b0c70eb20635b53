"""`kodevagt rules test`: run the examples of the rules.

Also judge the right answers of the coding cases.
"""

import sys
from typing import Any

import click

from validator.authoring.examples import ExampleReport, run_examples
from validator.cli.limited_work import run_limited
from validator.cli.messages import EXIT_FINDINGS, print_text
from validator.cli.output import TEXT_OR_JSON, counted, print_json
from validator.cli.rules.release_lookup import find_folder, full_name, read_or_exit
from validator.cli.rules.trial_output import examples_json, print_broken_cases, print_examples
from validator.settings import read_settings
from validator.training.bank_reader import read_cases
from validator.training.right_answer_checks import WithdrawnCase, withdrawn_cases


@click.command()
@click.argument("path", required=False)
@TEXT_OR_JSON
def test(path: str | None, output_format: str) -> None:
    """Prøv alle eksempler i regelfilerne under PATH (ellers de indstillede), og vis de grene, som intet eksempel når.

    PATH er en mappe eller navnet på en udgave, fx ekm-2024-11.

    En gren er en af de måder, en regels betingelse kan være opfyldt på. En regel uden "any" har én gren.

    Også de rigtige svar på alle cases bliver prøvet. Afviser den gældende udgave et af dem, eller den, som casen er skrevet til,
    er det en fejl; afviser en anden udgave det, bliver det nævnt.
    """
    releases, catalogue = read_or_exit(find_folder(path), output_format)
    folder = read_settings().cases
    cases = run_limited(read_cases, folder, catalogue, file=folder)
    reports = [run_limited(run_examples, release, catalogue, file=full_name(release)) for release in releases]
    broken = [run_limited(withdrawn_cases, cases, release, catalogue, file=folder) for release in releases]
    if output_format == "json":
        print_json({"releases": [_json(*row) for row in zip(reports, broken, strict=True)]})
    else:
        for report, broken_cases in zip(reports, broken, strict=True):
            _print(report, broken_cases)
    failed = any(
        case.for_this_release or release.status == "current"
        for release, found in zip(releases, broken, strict=True)
        for case in found
    )
    sys.exit(0 if all(report.passed for report in reports) and not failed else EXIT_FINDINGS)


def _print(report: ExampleReport, broken: tuple[WithdrawnCase, ...]) -> None:
    name = full_name(report.release)
    print_examples(name, report.wrong, report.unreached)
    print_broken_cases(name, broken)
    if report.passed:
        rules = counted(len(report.release.rules), "rule", none="0")
        branches, examples = counted(report.branches, "branch", none="0"), counted(report.examples, "example", none="0")
        print_text("rules.test.passed", name=name, rules=rules, branches=branches, examples=examples)


def _json(report: ExampleReport, broken: tuple[WithdrawnCase, ...]) -> dict[str, Any]:
    return {
        "pack": report.release.pack,
        "release": report.release.name,
        "rules": len(report.release.rules),
        "branches": report.branches,
        "examples": report.examples,
        **examples_json(report.wrong, report.unreached),
        "cases": [case.to_json() for case in broken],
    }
