"""Problems with examples: wrong ones, branches that none reaches, and inherited ones that a draft changes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from validator.authoring.checks.source_places import SourcePlaces
from validator.authoring.examples import ExampleReport, UnreachedBranch, WrongExample, inherited_rules, run_examples
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.problems import Problem
from validator.texts import danish_text


def run_own_examples(
    release: Release, base: Release | None, catalogue: Catalogue, places: SourcePlaces
) -> tuple[ExampleReport, list[Problem]]:
    """Run the examples of a release, and return the failures of its own rules with the problems of all of them.

    A failure of a rule that is inherited unchanged is a warning: one that has to be accepted where the example shows
    something else than in the base, and another one where it failed in the base already.
    """
    report, inherited = run_examples(release, catalogue, base), inherited_rules(release, base)
    own = replace(
        report,
        wrong=tuple(example for example in report.wrong if example.rule not in inherited),
        unreached=tuple(branch for branch in report.unreached if branch.rule not in inherited),
    )
    changed = [example for example in report.wrong if example.rule in inherited]
    problems = [*(_wrong(example, places) for example in own.wrong), *(_unreached(branch, places) for branch in own.unreached)]
    if base is not None and changed:
        problems += _inherited(changed, base, catalogue, places)
    return own, problems


def accepted_elsewhere(report: ExampleReport, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems of a release that was published elsewhere; what its publisher accepted there is a warning.

    That is an example that shows something else than it says, with the branches that it no longer reaches. A contact that is
    wrong in itself, such as by a code that only this catalogue lacks, is an error.
    """
    changed = {(wrong.rule, str(wrong.number)) for wrong in report.wrong if not wrong.spoiled}
    for problem in problems:
        if problem.id == "wrong-example" and (problem.values["rule"], problem.values["number"]) in changed:
            yield replace(problem, id="example-accepted")
        elif problem.id != "unreached-branch" or problem.values["rule"] not in {rule for rule, _ in changed}:
            yield problem


def expected_of(wrong: WrongExample) -> str:
    """Return the key under which an example is written."""
    return "finds" if wrong.example.finds else "passes"


def _wrong(wrong: WrongExample, places: SourcePlaces) -> Problem:
    return Problem("wrong-example", places.rule(wrong.rule, "examples", wrong.number - 1), {**_values(wrong), "why": _shown(wrong)})


def _unreached(branch: UnreachedBranch, places: SourcePlaces) -> Problem:
    return Problem("unreached-branch", places.rule(branch.rule, "when"), {"rule": branch.rule, "branch": branch.text})


def _inherited(changed: list[WrongExample], base: Release, catalogue: Catalogue, places: SourcePlaces) -> Iterator[Problem]:
    """Yield the warnings about inherited examples that fail."""
    before = {(wrong.rule, wrong.number) for wrong in run_examples(base, catalogue).wrong}
    failed: dict[str, list[WrongExample]] = {}
    for wrong in changed:
        if (wrong.rule, wrong.number) in before:
            failed.setdefault(wrong.rule, []).append(wrong)
        else:
            place = places.rule(wrong.rule, "examples", wrong.number - 1)
            first = danish_text(f"authoring.example.{expected_of(wrong)}")
            yield Problem("example-changed", place, {**_values(wrong), "before": first, "after": _shown(wrong), "base": base.name})
    for rule, examples in failed.items():
        why = ", ".join(dict.fromkeys(kind for wrong in examples for kind in wrong.spoiled))
        values = {"rule": rule, "base": base.name, "why": why or danish_text("authoring.other-findings")}
        yield Problem("inherited-examples", places.rule(rule, "examples"), values)


def _values(wrong: WrongExample) -> dict[str, str]:
    return {"rule": wrong.rule, "number": str(wrong.number), "date": wrong.date.isoformat()}


def _shown(wrong: WrongExample) -> str:
    """Return what an example shows, which is not what it is to show."""
    if wrong.spoiled:
        return danish_text("authoring.example.spoiled", kinds=", ".join(wrong.spoiled))
    return danish_text(f"authoring.example.{'passes' if wrong.example.finds else 'finds'}")
