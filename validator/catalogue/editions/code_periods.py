"""One code of an edition from several rows of a distribution, each with a period of its validity."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from validator.catalogue.editions.edition import Concept
from validator.catalogue.editions.formats.distribution import BrokenFileError, Distribution
from validator.catalogue.validity import Days, most_relevant_period
from validator.texts import danish_text

_DAY = datetime.timedelta(days=1)


class ConceptRow(NamedTuple):
    """A row of a distribution as a concept, with its line."""

    line: int
    concept: Concept

    @property
    def period(self) -> Days:
        return self.concept.periods[0]


def merge_periods(distribution: Distribution, rows: Sequence[ConceptRow], start: datetime.date) -> Concept:
    """Return the concept of rows with the same code. Raises BrokenFileError, with both lines, where periods overlap.

    Periods without a day between them are merged. They may share a day, as where one ends on the day on which the next begins.
    Titles are those of the period that the edition's first day is in, else of the last one before it.
    """
    if len(rows) == 1:
        return rows[0].concept
    rows = sorted(rows, key=lambda row: row.period)
    merged = [rows[0].period]
    for before, row in pairwise(rows):
        first, last = row.period
        if first < before.period[1] or first == before.period[0]:
            raise _overlap(distribution, before, row)
        if first <= _next_day(before.period[1]):
            merged[-1] = merged[-1][0], last
        else:
            merged.append((first, last))
    named = most_relevant_period(tuple(row.period for row in rows), start)
    concept = next(row.concept for row in rows if row.period == named)
    shown = most_relevant_period(tuple(merged), start)
    return replace(
        concept,
        valid_from=None if shown[0] == datetime.date.min else shown[0],
        valid_to=None if shown[1] == datetime.date.max else shown[1],
        other_periods=tuple(days for days in merged if days != shown),
    )


def _next_day(day: datetime.date) -> datetime.date:
    return day if day == datetime.date.max else day + _DAY


def _overlap(distribution: Distribution, *rows: ConceptRow) -> BrokenFileError:
    """Return the error for two rows that are valid on the same days, at the later line."""
    earlier, later = sorted(row.line for row in rows)
    code = rows[0].concept.code
    has_days = any(row.concept.valid_from or row.concept.valid_to for row in rows)
    key = "edition.overlapping-periods" if has_days else "edition.duplicate-code"
    return distribution.error_at(later, danish_text(key, code=code, line=earlier))
