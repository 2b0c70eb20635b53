"""Courses: the main diagnoses, referral codes, phases and services of each, by date."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, TypeVar

from validator.rulebook.rule import Period, Texts

_DAY = datetime.timedelta(days=1)
Status = Literal["decided", "undecided", "unconfirmed"]
# What the owners of rules may write for each status, in rule files and in workbooks.
STATUS_WORDS: Mapping[str, Status] = {
    "decided": "decided",
    "afklaret": "decided",
    "afgjort": "decided",
    "undecided": "undecided",
    "under afklaring": "undecided",
    "unconfirmed": "unconfirmed",
    "ubekræftet": "unconfirmed",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated value, valid from `start` to `to`, with the id of its source.

    Both dates are included; `to` is None for a value without end.
    """

    start: datetime.date
    to: datetime.date | None
    source: str


@dataclass(frozen=True, slots=True)
class MainDiagnosis(Entry):
    """The required main diagnosis: one of `codes`, or `several` together.

    `start_codes` are accepted at the start.
    """

    codes: tuple[str, ...]
    status: Status = "decided"
    note: Texts | None = None
    several: bool = False
    start_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralCodes(Entry):
    """The diagnoses of a referral to the course.

    `sks` are SKS codes or their beginnings, `icpc` are ICPC-2 codes.
    """

    sks: tuple[str, ...]
    icpc: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phases(Entry):
    """The numbers of the first and the last phase."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Services(Entry):
    """The primary services by phase; advisory."""

    by_phase: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Course:
    """A course of the course table and the specialties it belongs to; a column may be empty."""

    id: str
    title: Texts
    specialties: tuple[str, ...]
    main_diagnosis: tuple[MainDiagnosis, ...] = ()
    referral: tuple[ReferralCodes, ...] = ()
    phases: tuple[Phases, ...] = ()
    services: tuple[Services, ...] = ()

    @property
    def specialty(self) -> str:
        """Its first specialty, which is part of the ids of its rules."""
        return self.specialties[0]

    @property
    def mandate_start(self) -> datetime.date | None:
        """The first day on which the course requires a main diagnosis or a referral diagnosis."""
        return min((entry.start for entry in (*self.main_diagnosis, *self.referral)), default=None)

    def named_codes(self, date: datetime.date) -> frozenset[str]:
        """Return the main diagnoses and start codes on a date.

        Before the first entry, they are those of that entry.
        """
        entry = entry_in_force_or_first(self.main_diagnosis, date)
        return frozenset() if entry is None else frozenset(entry.codes + entry.start_codes)


AnyEntry = TypeVar("AnyEntry", bound=Entry)


def dated_entries(entries: tuple[AnyEntry, ...]) -> Iterator[tuple[AnyEntry, Period]]:
    """Yield the entries of a column with the days on which each is in force. `entries` are sorted by start.

    An entry ends before the next one begins.
    """
    for entry, later in zip_longest(entries, entries[1:]):
        last = entry.to or datetime.date.max
        yield entry, Period(entry.start, last if later is None else min(last, later.start - _DAY))


def entry_in_force(entries: tuple[AnyEntry, ...], date: datetime.date) -> AnyEntry | None:
    """Return the entry in force on a date. `entries` are sorted by start."""
    begun = [entry for entry in entries if entry.start <= date]
    if not begun or (begun[-1].to is not None and date > begun[-1].to):
        return None
    return begun[-1]


def entry_in_force_or_first(entries: tuple[AnyEntry, ...], date: datetime.date) -> AnyEntry | None:
    """Return the entry in force on a date; before the first entry, that one."""
    return entries[0] if entries and date < entries[0].start else entry_in_force(entries, date)
