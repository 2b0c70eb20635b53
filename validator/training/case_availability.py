"""Determine whether a case can be answered under the current rules, and if not, why."""

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from validator.judging.validator import Validator
from validator.requests.errors import RequestError
from validator.serving.service import Service
from validator.store.errors import DamagedReleaseError
from validator.texts import training_text
from validator.training.case import Case, in_language
from validator.training.right_answer_checks import PACK, rejected_answers


@dataclass(frozen=True)
class CaseAvailability:
    """A case with the validator of its release (None where that is not published).

    `playable` is false without a validator, and where the rules reject one of the right answers.
    """

    case: Case
    validator: Validator | None
    playable: bool

    def to_json(self, language: str) -> dict[str, Any]:
        """Return the case as an item of a list, without its answer."""
        case = self.case
        return {
            "id": case.id,
            "version": case.version,
            "title": in_language(case.title, language),
            "specialty": case.specialty,
            "course": case.course,
            "level": case.level,
            "date": case.date,
            "release": case.release,
            "status": {"id": case.status, "text": training_text(case.status, language)},
            "withdrawn": self.notice(language),
        }

    def to_detailed_json(self, language: str) -> dict[str, Any]:
        """Return the case with all that is shown before it is answered."""
        case = self.case
        return {
            **self.to_json(language),
            "vignette": in_language(case.vignette, language),
            "question": in_language(case.question, language),
            "given": case.shown_given,
            "asks_phase": case.phase is not None,
            "author": case.author,
            "reviewed": case.reviewed,
        }

    def notice(self, language: str) -> str | None:
        """Return why the case cannot be answered, without revealing the key; None where it can."""
        if self.validator is None:
            return training_text("release-missing", language, release=self.case.release or "")
        return None if self.playable else training_text("withdrawn", language, release=self.validator.release.name)


class AvailabilityCache:
    """Judge the right answers of each case once per validator."""

    def __init__(self) -> None:
        self._cached: WeakKeyDictionary[Validator, dict[str, CaseAvailability]] = WeakKeyDictionary()

    def get(self, case: Case, service: Service) -> CaseAvailability:
        """Return the availability of a case under the rules of a service."""
        try:
            validator = service.validator(PACK, case.release)
        except (RequestError, DamagedReleaseError):
            return CaseAvailability(case, None, playable=False)
        cached = self._cached.setdefault(validator, {})
        if case.id not in cached:
            cached[case.id] = CaseAvailability(case, validator, playable=not rejected_answers(case, validator))
        return cached[case.id]
