"""Try a release in the sandbox, and print what the trial or a run of the examples found."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from validator.authoring.checks.inherited_examples import expected_of
from validator.authoring.checks.report_formats import problem_json
from validator.authoring.examples import UnreachedBranch, WrongExample
from validator.authoring.publishing import TrialReport, run_trial
from validator.catalogue.catalogue import Catalogue
from validator.cli.limited_work import command_sandbox, run_limited
from validator.cli.messages import EXIT_FINDINGS, CommandError, print_text
from validator.cli.output import counted, print_json, print_problems, print_unaccepted
from validator.sandbox.sandbox import BusyError, ChildDiedError
from validator.serving.service import installed_catalogue
from validator.settings import Settings
from validator.store.published_releases import PublishedRelease
from validator.training.bank_reader import read_cases
from validator.training.right_answer_checks import WithdrawnCase


def try_or_exit(
    settings: Settings, trial: Callable[..., TrialReport], subject: object, name: str, output_format: str, *arguments: object
) -> tuple[TrialReport, Catalogue]:
    """Run a trial of `validator.authoring.publishing` on its subject, with its further arguments.

    If the trial fails, print why and end the command. Raises CommandError where the sandbox was busy or its process died.
    """
    sandbox = command_sandbox()
    sandbox.start()
    catalogue = installed_catalogue(settings)
    cases = run_limited(read_cases, settings.cases, catalogue, file=settings.cases)
    try:
        tried = run_trial(sandbox, trial, subject, catalogue, cases, *arguments)
    except (BusyError, ChildDiedError) as error:
        raise CommandError("rules.publish.interrupted") from error
    if not tried.passed:
        _print_failed_trial(tried, name, output_format)
        sys.exit(EXIT_FINDINGS)
    return tried, catalogue


def print_published(key: str, published: PublishedRelease, tried: TrialReport) -> None:
    """Print a release that is in the store now, with the text `key`."""
    print_problems(tried.problems)
    print_broken_cases(published.name, tried.broken_cases)
    print_text(key, name=published.name, digest=published.digest)
    if not published.current:
        print_text("rules.publish.activate", err=True, name=published.name)


def _print_failed_trial(tried: TrialReport, name: str, output_format: str) -> None:
    if output_format == "json":
        print_json({"published": None, **trial_json(tried)})
        return
    print_problems(tried.problems)
    if tried.release is None and not tried.errors:
        raise CommandError("rules.publish.several-releases")
    print_unaccepted(tried)
    if tried.errors:
        print_text("rules.publish.failed", err=True, name=name, errors=counted(len(tried.errors), "error"))
    else:
        print_text("rules.publish.not-accepted", err=True, name=name)


def print_broken_cases(name: str, broken: Iterable[WithdrawnCase]) -> None:
    """Print the cases that a release breaks, one a line on standard error.

    They do not prevent its publication.
    """
    for case in broken:
        print_text("rules.test.broken-case", err=True, name=name, case=case)


def trial_json(tried: TrialReport) -> dict[str, Any]:
    """Return a trial as plain data."""
    return {
        "problems": list(map(problem_json, tried.problems)),
        **examples_json(tried.wrong, tried.unreached),
        "cases": [case.to_json() for case in tried.broken_cases],
    }


def examples_json(wrong: Iterable[WrongExample], unreached: Iterable[UnreachedBranch]) -> dict[str, Any]:
    """Return the wrong examples and the branches that no example reaches as plain data."""
    return {
        "wrong": [
            {
                "rule": example.rule,
                "example": example.number,
                "expected": expected_of(example),
                "date": example.date,
                "spoiled": example.spoiled,
                "encounter": example.example.encounter,
            }
            for example in wrong
        ],
        "unreached": [{"rule": branch.rule, "branch": branch.number, "condition": branch.text} for branch in unreached],
    }
