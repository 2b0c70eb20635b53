"""A structured course and its dated columns: what is mandatory, what the referral carries, phases and services."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from validator.rulebook.rule import Texts

Status = Literal["decided", "undecided", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with its validity, both days included, and the id of its source; `to` None where nothing has followed."""

    start: datetime.date
    to: datetime.date | None
    source: str


@dataclass(frozen=True, slots=True)
class MainDiagnosis(Entry):
    """The mandate: one of `codes` is the main diagnosis (or several of them together); `start_codes` may come first."""

    codes: tuple[str, ...]
    status: Status = "decided"
    note: Texts | None = None
    several: bool = False
    start_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralCodes(Entry):
    """The diagnoses a referral to the course carries: SKS (the beginning of the code) and ICPC-2."""

    sks: tuple[str, ...]
    icpc: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phases(Entry):
    """The phases of the course, first and last included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Services(Entry):
    """The primary services by phase; advisory."""

    by_phase: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Course:
    """A row of the course table. A column without entries says nothing about the course; `specialties` are those it belongs to."""

    id: str
    title: Texts
    specialties: tuple[str, ...]
    main_diagnosis: tuple[MainDiagnosis, ...] = ()
    referral: tuple[ReferralCodes, ...] = ()
    phases: tuple[Phases, ...] = ()
    services: tuple[Services, ...] = ()

    @property
    def specialty(self) -> str:
        """The first of its specialties, which its rules are named after, so that a further one changes no name."""
        return self.specialties[0]

    @property
    def mandate_start(self) -> datetime.date | None:
        """The first day the course requires or collects a diagnosis."""
        return min((entry.start for entry in (*self.main_diagnosis, *self.referral)), default=None)

    def named_codes(self, date: datetime.date) -> frozenset[str]:
        """The codes that the course itself names on a date; before its mandate, those that it will name."""
        entry = entry_in_force_or_first(self.main_diagnosis, date)
        return frozenset() if entry is None else frozenset(entry.codes + entry.start_codes)


AnyEntry = TypeVar("AnyEntry", bound=Entry)


def entry_in_force(entries: tuple[AnyEntry, ...], date: datetime.date) -> AnyEntry | None:
    """The entry in force on a date: the last that has begun, unless it has ended. `entries` stand by their start."""
    begun = [entry for entry in entries if entry.start <= date]
    if not begun or (begun[-1].to is not None and date > begun[-1].to):
        return None
    return begun[-1]


def entry_in_force_or_first(entries: tuple[AnyEntry, ...], date: datetime.date) -> AnyEntry | None:
    """The entry in force on a date; before the first has begun, that one."""
    return entries[0] if entries and date < entries[0].start else entry_in_force(entries, date)
