"""The days on which a code is valid: one period, or several of a code that was brought back."""

import datetime

Days = tuple[datetime.date, datetime.date]  # the first and the last day of a period, both included


class DatedValidity:
    """The validity of a code, for classes with these fields.

    `valid_from` and `valid_to` are the period to show, both days included, None is no limit. `other_periods` are those before and
    after it, in order.
    """

    __slots__ = ()

    valid_from: datetime.date | None
    valid_to: datetime.date | None
    other_periods: tuple[Days, ...]

    @property
    def periods(self) -> tuple[Days, ...]:
        """All periods in order."""
        shown = self.valid_from or datetime.date.min, self.valid_to or datetime.date.max
        return tuple(sorted([shown, *self.other_periods])) if self.other_periods else (shown,)

    def is_valid(self, date: datetime.date) -> bool:
        if (self.valid_from is None or self.valid_from <= date) and (self.valid_to is None or date <= self.valid_to):
            return True
        return any(first <= date <= last for first, last in self.other_periods)

    def last_day_before(self, date: datetime.date) -> datetime.date | None:
        """Return the last day of the latest period that ended before a day, None where none did."""
        return max((last for _, last in self.periods if last < date), default=None)


def most_relevant_period(periods: tuple[Days, ...], date: datetime.date) -> Days:
    """Return the period that a day is in, else the last one before it, else the first one after it."""
    begun = [days for days in periods if days[0] <= date]
    return begun[-1] if begun else periods[0]
