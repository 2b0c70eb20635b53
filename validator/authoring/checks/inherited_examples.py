"""Examples that failed in the base of a release already, such as those of a code that an edition has ended since."""

from dataclasses import replace

from validator.authoring.checks.source_places import SourcePlaces
from validator.authoring.examples import ExampleReport, run_examples
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.problems import Problem
from validator.texts import danish_text


def without_inherited_failures(
    report: ExampleReport, base: Release | None, catalogue: Catalogue, places: SourcePlaces
) -> tuple[ExampleReport, list[Problem]]:
    """Return a report without the failures that the base has too, and a warning for each of their rules.

    Only rules that are the base's own can have such failures.
    """
    inherited = {rule.id: rule for rule in base.rules} if base is not None else {}
    unchanged = {rule.id for rule in report.release.rules if rule is inherited.get(rule.id)}
    if base is None or unchanged.isdisjoint(_failing_rules(report)):
        return report, []
    before = run_examples(base, catalogue)
    wrong = {(example.rule, example.number) for example in before.wrong if example.rule in unchanged}
    unreached = {(branch.rule, branch.number) for branch in before.unreached if branch.rule in unchanged}
    own = replace(
        report,
        wrong=tuple(example for example in report.wrong if (example.rule, example.number) not in wrong),
        unreached=tuple(branch for branch in report.unreached if (branch.rule, branch.number) not in unreached),
    )
    only_inherited = [rule for rule in _failing_rules(report) if rule not in _failing_rules(own)]
    return own, [_warning(rule, report, base, places) for rule in only_inherited]


def _failing_rules(report: ExampleReport) -> dict[str, None]:
    """Return the ids of rules with a failure, in order."""
    return dict.fromkeys([*(example.rule for example in report.wrong), *(branch.rule for branch in report.unreached)])


def _warning(rule: str, report: ExampleReport, base: Release, places: SourcePlaces) -> Problem:
    kinds = dict.fromkeys(kind for example in report.wrong if example.rule == rule for kind in example.spoiled)
    why = ", ".join(kinds) or danish_text("authoring.other-findings")
    return Problem("inherited-examples", places.rule(rule, "examples"), {"rule": rule, "base": base.name, "why": why})
