"""How a learner is doing, by course and by level, beside what trained coders reach."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from validator.store.attempts import Attempt
from validator.store.learners import Learner
from validator.training.case_bank import Bank
from validator.training.levels_and_grades import GRADES, LEVELS
from validator.training.scoring_scheme import FixedSet, PublishedRates

_GROUPED = GRADES[: GRADES.index("group") + 1]
_IN_CHAPTER = GRADES[: GRADES.index("chapter") + 1]


@dataclass(frozen=True, slots=True)
class Rates:
    """How many answers, their mean score, and the shares that are exact, at least of the region, and at least of the chapter (0-1).

    All but `answers` are None where there are no answers.
    """

    answers: int
    score: float | None
    exact: float | None
    group: float | None
    chapter: float | None

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("answers", "score", "exact", "group", "chapter")}


@dataclass(frozen=True, slots=True)
class SetProgress:
    """A fixed set: how many of its cases are answered and which are left, and once none is, the rates, which may stand beside
    published ones.
    """

    answered: int
    cases: int
    left: tuple[str, ...]
    first: Rates | None
    published: PublishedRates

    def to_json(self, name: str) -> dict[str, Any]:
        return {
            "set": name,
            "cases": {"answered": self.answered, "of": self.cases},
            "left": self.left,
            "first": self.first and self.first.to_json(),
            "published": asdict(self.published) if self.first else None,
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """A learner's progress; the rates are of first attempts, `latest` those of the latest attempt at each case."""

    since: datetime.date | None
    answered: int
    cases: int
    first: Rates
    latest: Rates
    by_course: dict[str | None, Rates]
    by_level: dict[str, Rates]
    sets: dict[str, SetProgress]
    attempts: tuple[Attempt, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "since": self.since and self.since.isoformat(),
            "cases": {"answered": self.answered, "of": self.cases},
            "first": self.first.to_json(),
            "latest": self.latest.to_json(),
            "by_course": [{"course": course, **rates.to_json()} for course, rates in self.by_course.items()],
            "by_level": [{"level": level, **rates.to_json()} for level, rates in self.by_level.items()],
            "sets": [held.to_json(name) for name, held in self.sets.items()],
        }


def rates(attempts: Iterable[Attempt]) -> Rates:
    """The rates of attempts."""
    held = list(attempts)
    if not held:
        return Rates(0, None, None, None, None)
    grades = [attempt.grade for attempt in held]
    shares = (sum(grade in counted for grade in grades) / len(held) for counted in (("exact",), _GROUPED, _IN_CHAPTER))
    return Rates(len(held), sum(attempt.score for attempt in held) / len(held), *shares)


def compute_progress(attempts: Sequence[Attempt], bank: Bank, playable: Iterable[str], learner: Learner | None) -> Progress:
    """The progress after attempts, the oldest first, towards all cases that are `playable` or were; a case that is gone counts
    among all, but in no course or level.
    """
    first = [attempt for attempt in attempts if attempt.first]
    latest = {attempt.case: attempt for attempt in attempts}
    known = [attempt for attempt in first if attempt.case in bank.cases]
    courses = sorted({bank.cases[attempt.case].course for attempt in known}, key=lambda course: (course is None, course or ""))

    def among(choose: Callable[[Attempt], object], wanted: object) -> Rates:
        return rates(attempt for attempt in known if choose(attempt) == wanted)

    return Progress(
        since=learner.since if learner else None,
        answered=len(latest),
        cases=len(latest.keys() | set(playable)),
        first=rates(first),
        latest=rates(latest.values()),
        by_course={course: among(lambda attempt: bank.cases[attempt.case].course, course) for course in courses},
        by_level={level: among(lambda attempt: bank.cases[attempt.case].level, level) for level in LEVELS},
        sets={name: _of_set(fixed, known, bank) for name, fixed in bank.scoring.sets.items()},
        attempts=tuple(attempts),
    )


def _of_set(fixed: FixedSet, first: Sequence[Attempt], bank: Bank) -> SetProgress:
    cases = [id for id in fixed.cases if id in bank.cases]
    held = [attempt for attempt in first if attempt.case in cases]
    is_whole = bool(cases) and len(held) == len(cases)
    done = {attempt.case for attempt in held}
    left = tuple(id for id in cases if id not in done)
    return SetProgress(len(held), len(cases), left, rates(held) if is_whole else None, bank.scoring.published)
