"""Runs the examples that the author of a rule gives, and names the branches that no example reaches.

A branch is one of the ways in which a rule's condition can hold; it is reached by an example that the rule finds through it.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from validator.catalogue.catalogue import Catalogue
from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Verdict
from validator.engines.interpreter import evaluate_condition
from validator.judging.validator import Validator
from validator.requests.request import Submission, read_request
from validator.rulebook.condition_text import render_branch
from validator.rulebook.facts import Facts
from validator.rulebook.normal_form import Branch, branches_of
from validator.rulebook.release import Release
from validator.rulebook.rule import Example, Rule, example_request
from validator.rulebook.vocabulary import EXCEPTIONS

# Every course of the releases that ship is in force then.
_DATE = datetime.date(2027, 6, 1)
_OF_ROLES = "multiple-main"  # an error that leaves every diagnosis to be judged


@dataclass(frozen=True, slots=True)
class Wrong:
    """An example that says otherwise than the release judges; `number` counts the rule's examples from 1.

    `spoiled` are the kinds of error that keep its contact from being judged as it was meant, so that it proves nothing.
    """

    rule: str
    number: int
    example: Example
    spoiled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreached:
    """A branch of a rule that no example reaches; `number` counts its branches from 1, `text` is as in a rule file."""

    rule: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ExampleReport:
    """What came of a release's examples, in the order of its rules."""

    release: Release
    examples: int
    branches: int
    wrong: tuple[Wrong, ...]
    unreached: tuple[Unreached, ...]

    @property
    def passed(self) -> bool:
        return not self.wrong and not self.unreached


def run_examples(release: Release, catalogue: Catalogue) -> ExampleReport:
    """Judges every example of every rule of a release, by the engine that judges contacts."""
    validator = Validator(release, catalogue, cache_size=0)
    wrong: list[Wrong] = []
    unreached: list[Unreached] = []
    branches = 0
    for rule in release.rules:
        missing = dict(enumerate(branches_of(rule.when), 1))
        branches += len(missing)
        for number, example in enumerate(rule.examples, 1):
            submission = completed(example, rule, release)
            verdict = validator.validate(submission.encounter)
            found = any(finding.hit.rule == rule.id for finding in verdict.findings)
            spoiled = tuple(_spoiling(verdict))
            if spoiled or found is not example.finds:
                wrong.append(Wrong(rule.id, number, example, spoiled))
            elif found:
                facts = validator.facts(submission.encounter)
                missing = {place: branch for place, branch in missing.items() if not _reaches(rule, branch, facts)}
        unreached += [Unreached(rule.id, place, render_branch(branch)) for place, branch in missing.items()]
    examples = sum(len(rule.examples) for rule in release.rules)
    return ExampleReport(release, examples, branches, tuple(wrong), tuple(unreached))


def completed(example: Example, rule: Rule, release: Release) -> Submission:
    """An example as a whole contact: what it leaves out is of the rule's own pack, specialty and time."""
    course = release.courses.get(str(example.encounter.get("course")))
    specialties = course.specialties if course else (*release.specialties, release.pack)
    asked = [name for name in specialties if not rule.specialties or name in rule.specialties]
    day = min(max(_DATE, rule.valid_from or _DATE), rule.valid_to or datetime.date.max)
    return read_request(example_request(example, pack=release.pack, specialty=(asked or specialties)[0], date=day))


def _reaches(rule: Rule, branch: Branch, facts: Facts) -> bool:
    """Whether the rule finds something through just this branch."""
    if rule.each is None:
        return all(evaluate_condition(literal, facts, facts.encounter) for literal in branch)
    asked = [diagnosis for diagnosis in facts.diagnoses if not any(diagnosis[EXCEPTIONS[name]] for name in rule.unless)]
    return any(
        all(evaluate_condition(literal, facts, {**facts.encounter, **diagnosis}) for literal in branch) for diagnosis in asked
    )


def _spoiling(verdict: Verdict) -> Iterator[str]:
    """The built-in checks that found an error in the contact itself: a code, course or specialty that does not exist."""
    for finding in verdict.findings:
        hit = finding.hit
        if hit.rule.startswith("core.") and hit.severity is Severity.ERROR and hit.kind != _OF_ROLES:
            yield hit.kind
