"""Choose a learner's next case by spaced repetition in Leitner boxes.

A case with a passing answer moves up one box, and each box has a longer interval. A failed case returns to box 0, and is due
again after a few other cases or the next day.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from validator.store.attempts import Attempt
from validator.training.answer_grading import right_main_codes
from validator.training.case import Case
from validator.training.levels_and_grades import LEVELS
from validator.training.scoring_scheme import ScoringScheme

PASSING_SCORE = 0.75  # the lowest score that moves a case up
_DAY = datetime.timedelta(days=1)
BOX_INTERVALS = (_DAY, 1 * _DAY, 3 * _DAY, 7 * _DAY, 21 * _DAY, 60 * _DAY)  # by box
_OTHERS_BETWEEN = 3  # other answers after which a failed case is due again on the same day


@dataclass
class Card:
    """The state of a case for a learner.

    `box` is its Leitner box, `last` the time of the last answer, and `others_since` the number of answers to other
    cases since.
    """

    box: int
    last: datetime.datetime
    others_since: int = 0

    @property
    def due(self) -> datetime.datetime:
        return self.last + BOX_INTERVALS[self.box]

    def is_due(self, now: datetime.datetime) -> bool:
        return now >= self.due or (self.box == 0 and self.others_since >= _OTHERS_BETWEEN)


def build_cards(attempts: Iterable[Attempt]) -> dict[str, Card]:
    """Return the cards by case id after a learner's attempts, which are in chronological order."""
    cards: dict[str, Card] = {}
    for attempt in attempts:
        previous = cards.get(attempt.case)
        box = min((previous.box if previous else 0) + 1, len(BOX_INTERVALS) - 1) if attempt.score >= PASSING_SCORE else 0
        for card in cards.values():
            card.others_since += 1
        cards[attempt.case] = Card(box, attempt.at)
    return cards


def next_case(cases: Sequence[Case], attempts: Iterable[Attempt], scoring: ScoringScheme, now: datetime.datetime) -> Case | None:
    """Return the case to answer next; None where there are no cases.

    In this order: a failed case that is due; a new case similar to a failed one; another case that is due; a new case, the easiest
    first; a case that is not due yet, the one just answered last.
    """
    cards = build_cards(attempts)
    known = [case for case in cases if case.id in cards]
    due = sorted((case for case in known if cards[case.id].is_due(now)), key=lambda case: (cards[case.id].box, cards[case.id].last))
    if due and cards[due[0].id].box == 0:
        return due[0]
    new = sorted((case for case in cases if case.id not in cards), key=lambda case: (LEVELS.index(case.level), case.id))
    wrong = [case for case in known if cards[case.id].box == 0]
    similar = next((case for case in new if any(_is_similar(case, other, scoring) for other in wrong)), None)
    if similar is not None:
        return similar
    later = sorted(known, key=lambda case: (cards[case.id].others_since == 0, cards[case.id].box, cards[case.id].last))
    return next(iter((*due, *new, *later)), None)


def _is_similar(case: Case, other: Case, scoring: ScoringScheme) -> bool:
    """Return whether two cases are of the same course or body region."""
    same_course = case.course is not None and case.course == other.course
    return same_course or bool(_regions(case, scoring) & _regions(other, scoring))


def _regions(case: Case, scoring: ScoringScheme) -> frozenset[str]:
    return frozenset[str]().union(*map(scoring.regions_of, right_main_codes(case)))
