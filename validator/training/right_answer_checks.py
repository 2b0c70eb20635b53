"""Judge a case's right answers by the rules.

An answer with an error finding cannot be right.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Finding
from validator.judging.validator import Validator
from validator.requests.request import read_request
from validator.rulebook.release import Release
from validator.texts import danish_text
from validator.training.case import Answer, Case

PACK = "dk"  # the rule pack that judges the cases


@dataclass(frozen=True)
class RejectedAnswer:
    """A right answer that the rules reject, with the error findings.

    `index` is its index in `Case.right_answers`, where 0 is the key.
    """

    index: int
    answer: Answer
    findings: tuple[Finding, ...]


def rejected_answers(case: Case, validator: Validator) -> list[RejectedAnswer]:
    """Return the right answers of a case that the rules reject."""
    answers = enumerate(case.right_answers)
    judged = (RejectedAnswer(index, answer, error_findings(validator, case, answer)) for index, answer in answers)
    return [answer for answer in judged if answer.findings]


def error_findings(validator: Validator, case: Case, answer: Answer) -> tuple[Finding, ...]:
    """Return the error findings of an answer to a case, with the right phase."""
    submission = read_request(case.request(answer, case.phase))
    verdict = validator.validate(submission.encounter, submission.overrides)
    return tuple(finding for finding in verdict.findings if finding.hit.severity is Severity.ERROR)


@dataclass(frozen=True)
class WithdrawnCase:
    """A case that is withdrawn while a release judges it.

    `answers` are the rejected answers, `messages` those of their findings. `for_this_release` is whether the case was
    written for just this release.
    """

    case: str
    answers: tuple[str, ...]
    messages: tuple[str, ...]
    for_this_release: bool

    def to_json(self) -> dict[str, Any]:
        return {"case": self.case, "answers": self.answers, "messages": self.messages}

    def __str__(self) -> str:
        answers, messages = danish_text("training.and").join(self.answers), " ".join(self.messages)
        return danish_text("training.case-withdrawn", case=self.case, answers=answers, messages=messages)


def withdrawn_cases(cases: Iterable[Case], release: Release, catalogue: Catalogue) -> tuple[WithdrawnCase, ...]:
    """Return the cases that are withdrawn if a release becomes current.

    Cases for another release are not judged.
    """
    if release.pack != PACK:
        return ()
    validator = Validator(release, catalogue, cache_size=0)
    judged = ((case, rejected_answers(case, validator)) for case in cases if case.release in (None, release.name))
    return tuple(_withdrawn_case(case, rejected) for case, rejected in judged if rejected)


def _withdrawn_case(case: Case, rejected: list[RejectedAnswer]) -> WithdrawnCase:
    codes = (" ".join(diagnosis.code for diagnosis in item.answer) or danish_text("training.no-code") for item in rejected)
    messages = dict.fromkeys(finding.message for item in rejected for finding in item.findings)
    return WithdrawnCase(case.id, tuple(codes), tuple(messages), case.release is not None)
