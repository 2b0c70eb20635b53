"""Run the examples of rules and find the branches that no example reaches.

A branch is one of the ways in which a rule's condition can hold. An example reaches it if the rule fires through that branch.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from validator.catalogue.catalogue import Catalogue
from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Verdict
from validator.engines.interpreter import evaluate_condition
from validator.judging.validator import Validator
from validator.requests.request import read_request
from validator.rulebook.condition_text import render_branch
from validator.rulebook.facts import Facts
from validator.rulebook.normal_form import Branch, branches_of
from validator.rulebook.release import Release
from validator.rulebook.rule import Example, Rule
from validator.rulebook.vocabulary import EXCEPTIONS

_ALLOWED_ERROR = "multiple-main"  # does not keep any diagnosis from being judged


@dataclass(frozen=True, slots=True)
class WrongExample:
    """An example that the rule does not judge as expected.

    `number` counts the rule's examples from 1; `date` is the day on which it was judged. `spoiled` are kinds of errors in
    the contact itself, such as an unknown code, which make the example prove nothing.
    """

    rule: str
    number: int
    example: Example
    date: datetime.date
    spoiled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreachedBranch:
    """A branch that no example reaches.

    `number` counts the rule's branches from 1; `text` is written as in a rule file.
    """

    rule: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ExampleReport:
    """The results of the examples of a release, in the order of its rules."""

    release: Release
    examples: int
    branches: int
    wrong: tuple[WrongExample, ...]
    unreached: tuple[UnreachedBranch, ...]

    @property
    def passed(self) -> bool:
        return not self.wrong and not self.unreached


def inherited_rules(release: Release, base: Release | None) -> frozenset[str]:
    """Return the ids of the rules that a release has unchanged from its base."""
    before = {rule.id: rule for rule in base.rules} if base else {}
    return frozenset(rule.id for rule in release.rules if rule is before.get(rule.id))


def run_examples(release: Release, catalogue: Catalogue, base: Release | None = None) -> ExampleReport:
    """Run every example of every rule of a release through the validator.

    The examples of a rule that is inherited from the base are completed as in the base, where they were written.
    """
    inherited = inherited_rules(release, base)
    validator = Validator(release, catalogue, cache_size=0)
    wrong: list[WrongExample] = []
    unreached: list[UnreachedBranch] = []
    branches = 0
    for rule in release.rules:
        unreached_branches = dict(enumerate(branches_of(rule.when), 1))
        branches += len(unreached_branches)
        for number, example in enumerate(rule.examples, 1):
            written_in = base if base and rule.id in inherited else release
            submission = read_request(written_in.complete_example(example, rule))
            verdict = validator.validate(submission.encounter)
            fires = any(finding.hit.rule == rule.id for finding in verdict.findings)
            spoiled = tuple(_contact_errors(verdict))
            if spoiled or fires is not example.finds:
                wrong.append(WrongExample(rule.id, number, example, submission.encounter.date, spoiled))
            elif fires:
                facts = validator.facts(submission.encounter)
                unreached_branches = {
                    place: branch for place, branch in unreached_branches.items() if not _reaches(rule, branch, facts)
                }
        unreached += [UnreachedBranch(rule.id, place, render_branch(branch)) for place, branch in unreached_branches.items()]
    examples = sum(len(rule.examples) for rule in release.rules)
    return ExampleReport(release, examples, branches, tuple(wrong), tuple(unreached))


def _reaches(rule: Rule, branch: Branch, facts: Facts) -> bool:
    """Return whether the rule fires through this branch."""
    if rule.each is None:
        return all(evaluate_condition(literal, facts, facts.encounter) for literal in branch)
    candidates = [diagnosis for diagnosis in facts.diagnoses if not any(diagnosis[EXCEPTIONS[name]] for name in rule.unless)]
    return any(
        all(evaluate_condition(literal, facts, {**facts.encounter, **diagnosis}) for literal in branch) for diagnosis in candidates
    )


def _contact_errors(verdict: Verdict) -> Iterator[str]:
    """Yield the kinds of errors in the contact itself.

    They are about codes, courses or specialties that do not exist.
    """
    for finding in verdict.findings:
        hit = finding.hit
        if hit.rule.startswith("core.") and hit.severity is Severity.ERROR and hit.kind != _ALLOWED_ERROR:
            yield hit.kind
