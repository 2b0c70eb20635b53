"""Tries a case's right answers by the rules: one that gives an error finding cannot be right."""

from collections.abc import Iterable
from dataclasses import dataclass

from validator.judge import Validator
from validator.kinds import Severity
from validator.request import read_request
from validator.training.case import Answer, Case
from validator.verdict import Finding

PACK = "dk"  # whose contacts the cases are


@dataclass(frozen=True)
class Refusal:
    """A right answer of a case, its place among the right ones (0 is the key), and the error findings that it gives."""

    case: Case
    number: int
    findings: tuple[Finding, ...]

    @property
    def answer(self) -> Answer:
        return self.case.right_answers[self.number]


def refusals(case: Case, validator: Validator) -> list[Refusal]:
    """The right answers of a case that the rules refuse."""
    refused = []
    for number, answer in enumerate(case.right_answers):
        findings = errors(validator, case, answer)
        if findings:
            refused.append(Refusal(case, number, findings))
    return refused


def errors(validator: Validator, case: Case, answer: Answer) -> tuple[Finding, ...]:
    """The error findings that an answer to a case gives."""
    submission = read_request(case.right_request(answer))
    verdict = validator.validate(submission.encounter, submission.overrides)
    return tuple(finding for finding in verdict.findings if finding.hit.severity is Severity.ERROR)


def broken_by(cases: Iterable[Case], validator: Validator) -> list[Refusal]:
    """What would be refused if these rules became current; a case that is meant for one release only is left alone."""
    name = validator.release.name
    return [refusal for case in cases if case.release in (None, name) for refusal in refusals(case, validator)]
