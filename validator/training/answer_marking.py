"""Marks an answer: how near its main diagnosis is to the key, and which of its other codes were found, missed or surplus."""

from dataclasses import dataclass

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.rubric import is_process_code
from validator.training.case import Answer, Case, Remark, mains
from validator.training.closed_lists import GRADES, Grade
from validator.training.scoring_scheme import Scoring

_GROUP, _CHAPTER, _MISS = GRADES.index("group"), GRADES.index("chapter"), GRADES.index("miss")


@dataclass(frozen=True, slots=True)
class Secondary:
    """The secondary codes of an answer beside those of the right one."""

    found: tuple[str, ...]
    missed: tuple[str, ...]
    surplus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer is worth. `score` is 0 to 1; `region` is the one that it shares with the right answer, where that decides.

    `remark` is what the author has to say to the main diagnosis that was chosen; where none is needed and none was chosen, to a
    secondary code.
    """

    grade: Grade
    score: float
    secondary: Secondary
    remark: Remark | None = None
    region: str | None = None


def mark(case: Case, answer: Answer, scoring: Scoring, catalogue: Catalogue) -> Mark:
    """The mark of an answer whose codes are in normal form. Only the main diagnosis moves the score."""
    grade = _grade(case, answer, scoring, catalogue)
    return Mark(
        grade,
        scoring.weights[grade],
        _secondary(_nearest(case, answer), answer),
        _remark(case, answer, grade),
        _shared_region(case, answer, scoring) if grade == "group" else None,
    )


def _grade(case: Case, answer: Answer, scoring: Scoring, catalogue: Catalogue) -> Grade:
    right = [mains(one) for one in case.right_answers]
    answered = mains(answer)
    if has_several_mains(case, answer):
        return "miss"
    if not answered and len(answer) == 1 and {answer[0].code} in right:
        return "accepted"  # the right code in the wrong role
    if answered in right:
        return "exact"
    if not answered:
        return "miss"
    if len(answered) == 1 and any(remark.code in answered for remark in case.alternatives):
        return "accepted"
    wanted = frozenset().union(*right)
    return GRADES[max(_apart(code, wanted, scoring, catalogue) for code in answered)]


def has_several_mains(case: Case, answer: Answer) -> bool:
    """Whether an answer has more main diagnoses than any right one; the same code twice is one."""
    return len(mains(answer)) > max(1, *(len(mains(right)) for right in case.right_answers))


def _apart(code: str, wanted: frozenset[str], scoring: Scoring, catalogue: Catalogue) -> int:
    """How far a code is from the nearest of the right ones, as a place in GRADES; one of several right ones is of their group."""
    regions = scoring.regions_of(code)
    if code in wanted or any(regions & scoring.regions_of(other) for other in wanted):
        return _GROUP
    chapter = _chapter(code, catalogue)
    return _CHAPTER if chapter and any(chapter == _chapter(other, catalogue) for other in wanted) else _MISS


def _chapter(code: str, catalogue: Catalogue) -> str | None:
    rubric = catalogue.get(code)
    return None if rubric is None or is_process_code(code) else rubric.chapter or None


def _nearest(case: Case, answer: Answer) -> Answer:
    """The right answer that this one is held against: the one with most of its codes, the key before the others."""
    return max(case.right_answers, key=lambda right: (mains(right) == mains(answer), len(set(right) & set(answer))))


def _secondary(right: Answer, answer: Answer) -> Secondary:
    wanted = [coded.code for coded in right if coded.role == "secondary"]
    given = list(dict.fromkeys(coded.code for coded in answer if coded.role == "secondary"))
    return Secondary(
        tuple(code for code in wanted if code in given),
        tuple(code for code in wanted if code not in given),
        tuple(code for code in given if code not in wanted and code not in mains(right)),
    )


def _remark(case: Case, answer: Answer, grade: Grade) -> Remark | None:
    chosen = mains(answer)
    if grade == "exact":
        chosen = frozenset() if chosen else frozenset(coded.code for coded in answer)
    alone = len(chosen) == 1
    if not alone:  # what is said to a right code is said to it alone
        chosen -= frozenset().union(*map(mains, case.right_answers))
    spoken = (*case.alternatives, *case.near_misses) if alone else case.near_misses
    return next((remark for remark in spoken if remark.code in chosen), None)


def _shared_region(case: Case, answer: Answer, scoring: Scoring) -> str | None:
    wanted = frozenset[str]().union(*(scoring.regions_of(code) for right in case.right_answers for code in mains(right)))
    return next((name for code in sorted(mains(answer)) for name in sorted(scoring.regions_of(code) & wanted)), None)
