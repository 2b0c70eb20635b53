"""Grade an answer: how near its main diagnosis is to the key, its phase, and its secondary codes.

The secondary codes are compared with those of the right answer: found, missed or surplus.
"""

from dataclasses import dataclass

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.rubric import is_process_code
from validator.training.case import Answer, Case, CodeRemark, main_codes
from validator.training.levels_and_grades import GRADES, Grade
from validator.training.scoring_scheme import ScoringScheme


@dataclass(frozen=True, slots=True)
class SecondaryCodes:
    """The secondary codes of an answer compared with those of the right answer."""

    found: tuple[str, ...]
    missed: tuple[str, ...]
    surplus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """The grade of an answer; `score` is 0 to 1.

    `grade` is that of the main diagnosis, `main_grade`, unless the phase alone is scored. `remark` is the author's remark on the
    chosen main diagnosis, or on a secondary code where no main diagnosis is right and none was chosen. `region` is the body region
    that the answer shares with the right one, where `main_grade` is "group".
    """

    grade: Grade
    main_grade: Grade
    score: float
    secondary: SecondaryCodes
    remark: CodeRemark | None = None
    region: str | None = None


def grade_answer(
    case: Case, answer: Answer, scoring: ScoringScheme, catalogue: Catalogue, *, phase: int | None = None
) -> GradedAnswer:
    """Grade an answer whose codes are in normal form.

    The main diagnosis is scored, and the phase where the case asks for one: alone where no diagnosis is required, otherwise as
    half of the score.
    """
    main_grade = _grade(case, answer, scoring, catalogue)
    grade, score = main_grade, scoring.weights[main_grade]
    if case.phase is not None:
        found = phase == case.phase
        if is_scored_by_phase(case):
            grade, score = ("exact" if found else "miss"), float(found)
        else:
            score = (score + found) / 2
    return GradedAnswer(
        grade,
        main_grade,
        score,
        _secondary_codes(case, answer),
        _remark(case, answer, main_grade),
        _shared_region(case, answer, scoring) if main_grade == "group" else None,
    )


def is_scored_by_phase(case: Case) -> bool:
    """Return whether the phase alone is scored: the case asks for one, and no diagnosis is required."""
    return case.phase is not None and not case.key


def right_main_codes(case: Case) -> frozenset[str]:
    """Return the main codes of all right answers; empty where nothing has to be coded."""
    return frozenset().union(*map(main_codes, case.right_answers))


def has_too_many_main_codes(case: Case, answer: Answer) -> bool:
    """Return whether an answer has more distinct main codes than any right answer."""
    return len(main_codes(answer)) > max(1, *(len(main_codes(right)) for right in case.right_answers))


def _grade(case: Case, answer: Answer, scoring: ScoringScheme, catalogue: Catalogue) -> Grade:
    right = [main_codes(right_answer) for right_answer in case.right_answers]
    chosen = main_codes(answer)
    if has_too_many_main_codes(case, answer):
        return "miss"
    if not chosen and len(answer) == 1 and {answer[0].code} in right:
        return "accepted"  # the right code in the wrong role
    if chosen in right:
        return "exact"
    if not chosen:
        return "miss"
    if len(chosen) == 1 and any(remark.code in chosen for remark in case.alternatives):
        return "accepted"
    return max((_distance(code, right_main_codes(case), scoring, catalogue) for code in chosen), key=GRADES.index)


def _distance(code: str, right_codes: frozenset[str], scoring: ScoringScheme, catalogue: Catalogue) -> Grade:
    """Return the grade of a code by the nearest right code.

    One of several right codes alone is graded "group".
    """
    regions = scoring.regions_of(code)
    if code in right_codes or any(regions & scoring.regions_of(right) for right in right_codes):
        return "group"
    chapter = _chapter(code, catalogue)
    return "chapter" if chapter and any(chapter == _chapter(right, catalogue) for right in right_codes) else "miss"


def _chapter(code: str, catalogue: Catalogue) -> str | None:
    rubric = catalogue.get(code)
    return None if rubric is None or is_process_code(code) else rubric.chapter or None


def _secondary_codes(case: Case, answer: Answer) -> SecondaryCodes:
    """Compare with the right answer that shares most codes, the key before the others."""
    right = max(case.right_answers, key=lambda right: (main_codes(right) == main_codes(answer), len(set(right) & set(answer))))
    wanted = [diagnosis.code for diagnosis in right if diagnosis.role == "secondary"]
    chosen = list(dict.fromkeys(diagnosis.code for diagnosis in answer if diagnosis.role == "secondary"))
    return SecondaryCodes(
        tuple(code for code in wanted if code in chosen),
        tuple(code for code in wanted if code not in chosen),
        tuple(code for code in chosen if code not in wanted and code not in main_codes(right)),
    )


def _remark(case: Case, answer: Answer, grade: Grade) -> CodeRemark | None:
    chosen = main_codes(answer)
    if grade == "exact":
        chosen = frozenset() if chosen else frozenset(diagnosis.code for diagnosis in answer)
    if len(chosen) == 1:
        remarks = (*case.alternatives, *case.near_misses)
    else:  # a right code beside a wrong one gets no remark
        chosen -= right_main_codes(case)
        remarks = case.near_misses
    return next((remark for remark in remarks if remark.code in chosen), None)


def _shared_region(case: Case, answer: Answer, scoring: ScoringScheme) -> str | None:
    right_regions = frozenset[str]().union(*map(scoring.regions_of, right_main_codes(case)))
    return next((name for code in sorted(main_codes(answer)) for name in sorted(scoring.regions_of(code) & right_regions)), None)
