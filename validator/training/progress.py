"""A learner's progress by course and level, compared with published rates.

The published rates are those of trained coders.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from validator.store.attempts import Attempt
from validator.store.learners import Learner
from validator.training.case_bank import Bank
from validator.training.levels_and_grades import GRADES, LEVELS
from validator.training.scoring_scheme import FixedSet, PublishedRates


@dataclass(frozen=True, slots=True)
class Rates:
    """The number of answers, their mean score, and shares by grade (0-1).

    The shares are of answers that are exact, at least in the region (`group`), or at least in the chapter. All but
    `answers` are None without answers.
    """

    answers: int
    score: float | None = None
    exact: float | None = None
    group: float | None = None
    chapter: float | None = None


@dataclass(frozen=True, slots=True)
class SetProgress:
    """The progress in a fixed set.

    `left` has the ids of the cases that are not answered, `first` the rates once none is left.
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
            "first": self.first,
            "published": self.published if self.first else None,
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """A learner's progress.

    The rates are of first attempts, but `latest` has those of the latest attempt at each case.
    """

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
            "since": self.since,
            "cases": {"answered": self.answered, "of": self.cases},
            "first": self.first,
            "latest": self.latest,
            "by_course": [{"course": course, **asdict(rates)} for course, rates in self.by_course.items()],
            "by_level": [{"level": level, **asdict(rates)} for level, rates in self.by_level.items()],
            "sets": [progress.to_json(name) for name, progress in self.sets.items()],
        }


def compute_rates(attempts: Collection[Attempt]) -> Rates:
    """Return the rates of attempts."""
    if not attempts:
        return Rates(0)

    def share(lowest: str) -> float:
        accepted = GRADES[: GRADES.index(lowest) + 1]
        return sum(attempt.grade in accepted for attempt in attempts) / len(attempts)

    score = sum(attempt.score for attempt in attempts) / len(attempts)
    return Rates(len(attempts), score, share("exact"), share("group"), share("chapter"))


def compute_progress(attempts: Sequence[Attempt], bank: Bank, playable: Iterable[str], learner: Learner | None) -> Progress:
    """Return the progress after attempts in chronological order.

    The cases counted are those that are `playable` or answered. A case that is no longer in the bank counts in the
    totals, but in no course or level.
    """
    first = [attempt for attempt in attempts if attempt.first]
    latest = {attempt.case: attempt for attempt in attempts}
    known = [attempt for attempt in first if attempt.case in bank.cases]
    courses = sorted({bank.cases[attempt.case].course for attempt in known}, key=lambda course: (course is None, course or ""))

    return Progress(
        since=learner.since if learner else None,
        answered=len(latest),
        cases=len(latest.keys() | set(playable)),
        first=compute_rates(first),
        latest=compute_rates(latest.values()),
        by_course={
            course: compute_rates([attempt for attempt in known if bank.cases[attempt.case].course == course]) for course in courses
        },
        by_level={
            level: compute_rates([attempt for attempt in known if bank.cases[attempt.case].level == level]) for level in LEVELS
        },
        sets={name: _set_progress(fixed, known, bank) for name, fixed in bank.scoring.sets.items()},
        attempts=tuple(attempts),
    )


def _set_progress(fixed: FixedSet, first: Sequence[Attempt], bank: Bank) -> SetProgress:
    cases = [id for id in fixed.cases if id in bank.cases]
    answered = {attempt.case: attempt for attempt in first if attempt.case in cases}
    left = tuple(id for id in cases if id not in answered)
    rates = compute_rates(answered.values()) if answered and not left else None
    return SetProgress(len(answered), len(cases), left, rates, bank.scoring.published)
