"""Tries a case's right answers by the rules: one that gives an error finding cannot be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Finding
from validator.judging.validator import Validator
from validator.requests.request import read_request
from validator.rulebook.release import Release
from validator.training.case import Answer, Case

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


@dataclass(frozen=True)
class Broken:
    """A case that is withdrawn while a release judges it: its id, the answers that are refused, and what is said to them.

    `meant`: the case was written for just this release.
    """

    case: str
    answers: tuple[str, ...]
    messages: tuple[str, ...]
    meant: bool

    def to_json(self) -> dict[str, Any]:
        return {"case": self.case, "answers": list(self.answers), "messages": list(self.messages)}

    def __str__(self) -> str:
        return f"casen {self.case} trækkes tilbage: svaret {' og '.join(self.answers)} afvises. {' '.join(self.messages)}"


def broken_by(cases: Iterable[Case], release: Release, catalogue: Catalogue) -> tuple[Broken, ...]:
    """The cases that would be withdrawn if a release became current; one that is meant for another release is left alone."""
    if release.pack != PACK:
        return ()
    validator = Validator(release, catalogue, cache_size=0)
    tried = ((case, refusals(case, validator)) for case in cases if case.release in (None, release.name))
    return tuple(_broken(case, refused) for case, refused in tried if refused)


def _broken(case: Case, refused: list[Refusal]) -> Broken:
    answers = (" ".join(coded.code for coded in refusal.answer) or "uden kode" for refusal in refused)
    messages = dict.fromkeys(finding.message for refusal in refused for finding in refusal.findings)
    return Broken(case.id, tuple(answers), tuple(messages), case.release is not None)
