"""The feedback to an answer: the score, the key with its explanation, and the verdict."""

from dataclasses import dataclass
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.contract.verdict import Verdict
from validator.texts import training_text
from validator.training.answer_grading import GradedAnswer, has_too_many_main_codes, is_scored_by_phase, right_main_codes
from validator.training.case import Answer, Case, in_language, main_codes
from validator.training.scoring_scheme import ScoringScheme


@dataclass(frozen=True)
class Feedback:
    """An answer to a case, graded and judged.

    `attempts` is the number of the learner's answers to the case, including this one; `code` the code of a learner who was
    created for this answer.
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
        """Return the feedback as it is sent over HTTP."""
        case = self.case
        return {
            "case": case.id,
            "version": case.version,
            "attempt": self.attempts,
            "score": self.graded.score,
            "level": self.graded.grade,
            "given": case.given,
            "answer": self.answer,
            "key": case.key,
            "equally_right": case.equally_right,
            "rationale": in_language(case.rationale, language),
            "rules": case.rules,
            "why_it_matters": in_language(case.why_it_matters, language),
            "remark": self.remark(language),
            "secondary": self.graded.secondary,
            "phase": self._phase(),
            "codes": self._codes(language),
            "status": {"id": case.status, "text": training_text(case.status, language)},
            "verdict": self.verdict.to_json(),
        }

    def remark(self, language: str) -> str | None:
        """Return how the chosen code relates to the right one.

        Return None for a right answer without a remark.
        """
        graded, chosen = self.graded, main_codes(self.answer)
        if has_too_many_main_codes(self.case, self.answer):
            return training_text("several-mains", language)
        if graded.remark is not None:
            return in_language(graded.remark.reason, language)
        if graded.main_grade == "exact":
            is_wrong_phase = is_scored_by_phase(self.case) and graded.grade != "exact"
            return training_text("wrong-phase", language) if is_wrong_phase else None
        if not chosen:
            return training_text("wrong-role" if graded.main_grade == "accepted" else "no-main", language)
        if not right_main_codes(self.case):
            return training_text("nothing-needed", language)
        if graded.region is not None:
            return training_text("group", language, region=in_language(self.scoring.regions[graded.region].title, language))
        known = all(self.catalogue.get(code) for code in chosen)
        return training_text(graded.main_grade if known else "no-such-code", language)

    def _phase(self) -> dict[str, Any] | None:
        """Return the phase and the right phase; None where neither the answer nor the case has one."""
        if self.phase is None and self.case.phase is None:
            return None
        return {"answered": self.phase, "right": self.case.phase, "found": self.phase == self.case.phase}

    def _codes(self, language: str) -> list[dict[str, Any]]:
        """Return the codes of the answer and of the right answers, with title and link.

        Codes that are not in the catalogue are left out.
        """
        codes = [diagnosis.code for answer in (self.answer, *self.case.right_answers) for diagnosis in answer]
        return [
            {"code": code, "title": self.catalogue.title(code, language), "href": f"/v1/codes/{code}"}
            for code in dict.fromkeys(codes)
            if self.catalogue.get(code)
        ]
