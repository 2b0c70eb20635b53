"""A coding case: a patient's story, what is right to code of it, what is nearly right and why, and why it matters."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from validator.catalogue.rubric import normal_form
from validator.contract.encounter import Role
from validator.rulebook.rule import Texts
from validator.training.levels_and_grades import Approval, Level


class CodedDiagnosis(NamedTuple):
    """One diagnosis of an answer; `code` is ICPC-2 in normal form where the answer is a right one."""

    code: str
    role: Role


Answer = tuple[CodedDiagnosis, ...]  # a whole one; empty where nothing is coded


@dataclass(frozen=True, slots=True)
class CodeRemark:
    """What there is to say to a learner whose main diagnosis is `code`."""

    code: str
    reason: Texts


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its author wrote it; texts are in Danish at least.

    `key` is one whole right answer and `equally_right` the others; `phase` the right phase, where the case asks for one; `given`
    the further members of the encounter, in the form of the HTTP contract; `date` the day that the case is played on. `release` is
    the only one that the case is meant for; None for whichever is current. `rules` are the ids of the rules that decide.
    """

    id: str
    version: int
    title: Texts
    specialty: str
    course: str | None
    level: Level
    date: datetime.date
    vignette: Texts
    question: Texts
    given: Mapping[str, Any]
    key: Answer
    phase: int | None
    equally_right: tuple[Answer, ...]
    alternatives: tuple[CodeRemark, ...]
    near_misses: tuple[CodeRemark, ...]
    rationale: Texts
    rules: tuple[str, ...]
    why_it_matters: Texts
    author: str
    reviewed: datetime.date
    status: Approval
    release: str | None

    @property
    def right_answers(self) -> tuple[Answer, ...]:
        """The key, and what is just as right."""
        return (self.key, *self.equally_right)

    def request(self, diagnoses: Iterable[Mapping[str, Any]], phase: int | None = None) -> dict[str, Any]:
        """The case's contact with these diagnoses, as a practice system would send it to be judged."""
        encounter: dict[str, Any] = {"date": self.date.isoformat(), "specialty": self.specialty}
        if self.course is not None:
            encounter["course"] = self.course
        if phase is not None:
            encounter["phase"] = phase
        return {"encounter": {**encounter, **self.given, "diagnoses": [dict(diagnosis) for diagnosis in diagnoses]}}

    def right_request(self, answer: Answer) -> dict[str, Any]:
        """The same with one of the right answers."""
        return self.request((coded._asdict() for coded in answer), self.phase)


def main_codes(answer: Iterable[CodedDiagnosis]) -> frozenset[str]:
    """The codes of the main diagnoses, in normal form."""
    return frozenset(normal_form(coded.code) for coded in answer if coded.role == "main")


def in_language(texts: Texts, language: str) -> str:
    """A text in a language, in Danish where the author wrote no other."""
    return texts.get(language) or texts["da"]
