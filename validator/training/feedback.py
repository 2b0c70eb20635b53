"""What a learner is told once a case has been answered, and not before: the score, the key and why, and what the rules say."""

from dataclasses import dataclass
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.contract.verdict import Verdict
from validator.training.answer_grading import GradedAnswer, has_too_many_main_codes
from validator.training.case import Answer, Case, in_language, main_codes
from validator.training.scoring_scheme import ScoringScheme
from validator.training.texts import training_text


@dataclass(frozen=True)
class Feedback:
    """An answer to a case, marked and judged. `attempts` are those that the learner has made at it, this one included; `code` is
    the learner's own, where it was made for this answer.
    """

    case: Case
    answer: Answer
    phase: int | None
    graded: GradedAnswer
    verdict: Verdict
    scoring: ScoringScheme
    catalogue: Catalogue
    attempts: int
    code: str | None

    def to_json(self, language: str) -> dict[str, Any]:
        """The answer of the HTTP contract."""
        case, secondary = self.case, self.graded.secondary
        return {
            "case": case.id,
            "version": case.version,
            "attempt": self.attempts,
            "score": self.graded.score,
            "level": self.graded.grade,
            "answer": _coded(self.answer),
            "key": _coded(case.key),
            "equally_right": list(map(_coded, case.equally_right)),
            "rationale": in_language(case.rationale, language),
            "rules": list(case.rules),
            "why_it_matters": in_language(case.why_it_matters, language),
            "remark": self.remark(language),
            "secondary": {"found": secondary.found, "missed": secondary.missed, "surplus": secondary.surplus},
            "phase": self._phase(),
            "codes": self._codes(language),
            "status": {"id": case.status, "text": training_text(case.status, language)},
            "verdict": self.verdict.to_json(),
        }

    def remark(self, language: str) -> str | None:
        """Why the chosen code is near, or not; None where there is nothing to say to it."""
        graded, answered = self.graded, main_codes(self.answer)
        if has_too_many_main_codes(self.case, self.answer):
            return training_text("several-mains", language)
        if graded.remark is not None:
            return in_language(graded.remark.reason, language)
        if graded.grade == "exact":
            return None
        if not answered:
            return training_text("wrong-role" if graded.grade == "accepted" else "no-main", language)
        if not right_main_codes(self.case):
            return training_text("nothing-needed", language)
        if graded.region is not None:
            return training_text("group", language, region=in_language(self.scoring.regions[graded.region].title, language))
        known = all(self.catalogue.get(code) for code in answered)
        return training_text(graded.grade if known else "no-such-code", language)

    def _phase(self) -> dict[str, Any] | None:
        """The phase beside the right one; None where the case asks for none and none was given."""
        if self.phase is None and self.case.phase is None:
            return None
        return {"answered": self.phase, "right": self.case.phase, "found": self.phase == self.case.phase}

    def _codes(self, language: str) -> list[dict[str, Any]]:
        """Every code of the catalogue that is spoken of, with its title and where more stands about it."""
        spoken = [coded.code for answer in (self.answer, *self.case.right_answers) for coded in answer]
        return [
            {"code": code, "title": self.catalogue.title(code, language), "href": f"/v1/codes/{code}"}
            for code in dict.fromkeys(spoken)
            if self.catalogue.get(code)
        ]


def right_main_codes(case: Case) -> frozenset[str]:
    """The main diagnoses of all right answers; none where nothing is to be coded."""
    return frozenset().union(*map(main_codes, case.right_answers))


def _coded(answer: Answer) -> list[dict[str, str]]:
    return [{"code": coded.code, "role": coded.role} for coded in answer]
