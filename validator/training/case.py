"""A coding case: vignette, right answers, the author's remarks on wrong codes, explanation."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from validator.catalogue.rubric import normal_form
from validator.contract.encounter import Role
from validator.rulebook.rule import Texts
from validator.training.levels_and_grades import Approval, Level

# Observations that the rules compare with the code, and that would give the code away before the answer.
_DECIDING_OBSERVATIONS = frozenset({"radiating_pain", "joints"})


@dataclass(frozen=True, slots=True)
class CodedDiagnosis:
    """One diagnosis of an answer.

    In the right answers of a case, `code` is ICPC-2 in normal form.
    """

    code: str
    role: Role


Answer = tuple[CodedDiagnosis, ...]  # all diagnoses of one answer; empty where nothing is coded


@dataclass(frozen=True, slots=True)
class CodeRemark:
    """The author's comment for learners who chose `code` as main diagnosis."""

    code: str
    reason: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case as its author wrote it; texts are in Danish at least.

    `key` is one right answer and `equally_right` the others; `phase` the right phase, where the case asks for one; `given`
    the further members of the encounter, in the form of the HTTP contract; `date` the day of the contact. `release` is the only
    release that the case is written for; None means the current one. `rules` are the ids of the rules that decide.
    """

    id: str
    version: int
    title: Texts
    specialty: str
    course: str | None = None
    level: Level
    date: datetime.date
    vignette: Texts
    question: Texts
    given: Mapping[str, Any] = field(default_factory=dict)
    key: Answer
    phase: int | None = None
    equally_right: tuple[Answer, ...] = ()
    alternatives: tuple[CodeRemark, ...] = ()
    near_misses: tuple[CodeRemark, ...]
    rationale: Texts
    rules: tuple[str, ...]
    why_it_matters: Texts
    author: str
    reviewed: datetime.date
    status: Approval
    release: str | None = None

    @property
    def right_answers(self) -> tuple[Answer, ...]:
        """The key, followed by the answers that are equally right."""
        return (self.key, *self.equally_right)

    @property
    def shown_given(self) -> dict[str, Any]:
        """The given members that are shown before the answer."""
        observations = self.given.get("observations") or {}
        shown = {name: value for name, value in observations.items() if name not in _DECIDING_OBSERVATIONS}
        others = {name: value for name, value in self.given.items() if name != "observations"}
        return {**others, "observations": shown} if shown else others

    def request(self, answer: Answer, phase: int | None) -> dict[str, Any]:
        """Return the validation request that a practice system would send with this answer."""
        encounter = {"date": self.date.isoformat(), "specialty": self.specialty, "course": self.course, "phase": phase}
        stated = {name: value for name, value in encounter.items() if value is not None}
        return {"encounter": {**stated, **self.given, "diagnoses": list(map(asdict, answer))}}


def main_codes(answer: Iterable[CodedDiagnosis]) -> frozenset[str]:
    """Return the codes of the main diagnoses, in normal form."""
    return frozenset(normal_form(diagnosis.code) for diagnosis in answer if diagnosis.role == "main")


def in_language(texts: Texts, language: str) -> str:
    """Return the text in a language, or in Danish where the author wrote no other."""
    return texts.get(language) or texts["da"]
