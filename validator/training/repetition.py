"""Chooses a learner's next case from what went wrong: spaced repetition in boxes, as Leitner did it with cards.

A case that was answered rightly moves up a box, and waits longer in each; one that was answered wrongly begins again, and comes
back after a few others or the next day.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from validator.training.case import Case, main_codes
from validator.training.levels_and_grades import LEVELS
from validator.training.scoring_scheme import ScoringScheme

PASSING_SCORE = 0.75  # the least score of an answer that moves a case up
_DAY = datetime.timedelta(days=1)
BOX_INTERVALS = (_DAY, 1 * _DAY, 3 * _DAY, 7 * _DAY, 21 * _DAY, 60 * _DAY)  # of each box, the first for what went wrong
OTHERS_BETWEEN = 3  # other answers after which a case that went wrong comes back the same day


class Attempted(Protocol):
    """An attempt as far as it matters here."""

    @property
    def case(self) -> str: ...

    @property
    def score(self) -> float: ...

    @property
    def at(self) -> datetime.datetime: ...


@dataclass
class Card:
    """Where a case stands for a learner: its box, when it was last answered, and how many answers to others have come since."""

    box: int
    last: datetime.datetime
    others_since: int = 0

    @property
    def due(self) -> datetime.datetime:
        return self.last + BOX_INTERVALS[self.box]

    def is_due(self, now: datetime.datetime) -> bool:
        return now >= self.due or (self.box == 0 and self.others_since >= OTHERS_BETWEEN)


def build_cards(attempts: Iterable[Attempted]) -> dict[str, Card]:
    """The cards after a learner's attempts, which stand in the order in which they were made."""
    held: dict[str, Card] = {}
    for attempt in attempts:
        before = held.get(attempt.case)
        box = min((before.box if before else 0) + 1, len(BOX_INTERVALS) - 1) if attempt.score >= PASSING_SCORE else 0
        for card in held.values():
            card.others_since += 1
        held[attempt.case] = Card(box, attempt.at)
    return held


def next_case(cases: Sequence[Case], attempts: Iterable[Attempted], scoring: ScoringScheme, now: datetime.datetime) -> Case | None:
    """The case to answer next; None where there are no cases at all.

    In this order: one that went wrong and is due; a new one like one that went wrong; another that is due; a new one, the easiest
    first; one that is not due yet, but not the one just answered unless it is alone.
    """
    held = build_cards(attempts)
    known = [case for case in cases if case.id in held]
    due = sorted((case for case in known if held[case.id].is_due(now)), key=lambda case: (held[case.id].box, held[case.id].last))
    if due and held[due[0].id].box == 0:
        return due[0]
    new = sorted((case for case in cases if case.id not in held), key=lambda case: (LEVELS.index(case.level), case.id))
    wrong = [case for case in known if held[case.id].box == 0]
    like = next((case for case in new if any(_alike(case, other, scoring) for other in wrong)), None)
    if like is not None:
        return like
    later = sorted(known, key=lambda case: (held[case.id].others_since == 0, held[case.id].box, held[case.id].last))
    return next(iter((*due, *new, *later)), None)


def _alike(case: Case, other: Case, scoring: ScoringScheme) -> bool:
    """Whether two cases are of one course, or of one part of the body."""
    if case.course is not None and case.course == other.course:
        return True
    return bool(_regions(case, scoring) & _regions(other, scoring))


def _regions(case: Case, scoring: ScoringScheme) -> frozenset[str]:
    return frozenset(name for answer in case.right_answers for code in main_codes(answer) for name in scoring.regions_of(code))
