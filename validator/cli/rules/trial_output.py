"""Start the sandbox for trials of releases, and print what a trial or a run of the examples found."""

from collections.abc import Iterable
from typing import Any

from validator.authoring.checks.report_formats import problem_json
from validator.authoring.examples import Unreached, Wrong
from validator.authoring.publishing import Tried, try_in_sandbox
from validator.cli.messages import CommandError, print_text
from validator.cli.output import counted, print_json, print_problems
from validator.sandbox.sandbox import Sandbox
from validator.settings import Settings
from validator.store.published_releases import Published
from validator.texts import danish_text
from validator.training.key_checks import Broken


def start_sandbox(settings: Settings) -> Sandbox:
    """Start a sandbox, which imports what a trial needs while the caller reads the catalogue."""
    sandbox = Sandbox(preload=try_in_sandbox.__module__, time_factor=settings.sandbox_time_factor)
    sandbox.start()
    return sandbox


def print_published(command: str, published: Published, new: bool, trial: dict[str, Any], tried: Tried, output_format: str) -> None:
    """Print a release that is in the store now; `new` is False where it was there before. `trial` is its trial as JSON."""
    if output_format == "json":
        print_json({**published.to_json(), "new": new, **trial})
        return
    print_problems(tried.problems)
    print_broken_cases(published.name, tried.broken)
    key = f"rules.{command}.{'done' if new else 'unchanged'}"
    print_text(key, name=published.name, digest=published.digest)
    if not published.current:
        print_text("rules.publish.activate", err=True, name=published.name)


def print_failed_trial(tried: Tried, name: str, output_format: str) -> None:
    """Print why a release is not published. Raises CommandError for a folder with several releases."""
    if output_format == "json":
        print_json({"published": None, **trial_json(tried)})
        return
    print_problems(tried.problems)
    print_examples(name, tried.wrong, tried.unreached)
    if tried.release is None and not tried.errors:
        raise CommandError("rules.publish.several-releases")
    errors = counted(len(tried.errors) + len(tried.wrong) + len(tried.unreached), "error")
    print_text("rules.publish.failed", err=True, name=name, errors=errors)


def print_broken_cases(name: str, broken: Iterable[Broken]) -> None:
    """Print the cases that a release breaks, one a line on standard error; they do not prevent its publication."""
    for case in broken:
        print_text("rules.test.broken-case", err=True, name=name, case=case)


def print_examples(name: str, wrong: Iterable[Wrong], unreached: Iterable[Unreached]) -> None:
    """Print the wrong examples of a release and the branches that no example reaches, one a line."""
    for example in wrong:
        if example.spoiled:
            reason = danish_text("rules.test.spoiled", kinds=", ".join(example.spoiled))
        else:
            reason = danish_text(f"rules.test.wrong-{_expected(example)}")
        print_text(
            "rules.test.wrong", name=name, rule=example.rule, number=example.number, expected=_expected(example), reason=reason
        )
    for branch in unreached:
        print_text("rules.test.unreached", name=name, rule=branch.rule, number=branch.number, condition=branch.text)


def trial_json(tried: Tried) -> dict[str, Any]:
    """Return a trial as plain data."""
    return {
        "problems": list(map(problem_json, tried.problems)),
        **examples_json(tried.wrong, tried.unreached),
        "cases": [case.to_json() for case in tried.broken],
    }


def examples_json(wrong: Iterable[Wrong], unreached: Iterable[Unreached]) -> dict[str, Any]:
    """Return the wrong examples and the branches that no example reaches as plain data."""
    return {
        "wrong": [
            {
                "rule": example.rule,
                "example": example.number,
                "expected": _expected(example),
                "spoiled": example.spoiled,
                "encounter": example.example.encounter,
            }
            for example in wrong
        ],
        "unreached": [{"rule": branch.rule, "branch": branch.number, "condition": branch.text} for branch in unreached],
    }


def _expected(wrong: Wrong) -> str:
    return "finds" if wrong.example.finds else "passes"
