"""Where a case stands with the rules: whether it can be answered now, and if not, why."""

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from validator.judging.validator import Validator
from validator.requests.errors import RequestError
from validator.serving.service import Service
from validator.training.case import Case, in_language
from validator.training.right_answer_checks import PACK, rejected_answers
from validator.training.texts import training_text


@dataclass(frozen=True)
class CaseAvailability:
    """A case with what judges it. Not `playable` where there is nothing that judges it, or the rules refuse its right answer."""

    case: Case
    validator: Validator | None
    playable: bool

    def to_json(self, language: str) -> dict[str, Any]:
        """The case as it stands in a list, without anything of its answer."""
        case = self.case
        return {
            "id": case.id,
            "version": case.version,
            "title": in_language(case.title, language),
            "specialty": case.specialty,
            "course": case.course,
            "level": case.level,
            "date": case.date.isoformat(),
            "release": case.release,
            "status": {"id": case.status, "text": training_text(case.status, language)},
            "withdrawn": self.notice(language),
        }

    def to_detailed_json(self, language: str) -> dict[str, Any]:
        """The same with what is to be read before it is answered."""
        case = self.case
        return {
            **self.to_json(language),
            "vignette": in_language(case.vignette, language),
            "question": in_language(case.question, language),
            "given": dict(case.given),
            "asks_phase": case.phase is not None,
            "author": case.author,
            "reviewed": case.reviewed.isoformat(),
        }

    def notice(self, language: str) -> str | None:
        """Why the case cannot be answered, without giving its key away; None where it can."""
        if self.validator is None:
            return training_text("release-missing", language, release=self.case.release or "")
        return None if self.playable else training_text("withdrawn", language, release=self.validator.release.name)


class AvailabilityCache:
    """Tries each case once by each release: a service that takes up another release has its cases tried anew by that."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Validator, dict[str, CaseAvailability]] = WeakKeyDictionary()

    def of(self, case: Case, service: Service) -> CaseAvailability:
        """Where a case stands with the rules of a service."""
        try:
            validator = service.validator(PACK, case.release)
        except RequestError:
            return CaseAvailability(case, None, playable=False)
        known = self._known.setdefault(validator, {})
        found = known.get(case.id)
        if found is None:
            found = known[case.id] = CaseAvailability(case, validator, playable=not rejected_answers(case, validator))
        return found
