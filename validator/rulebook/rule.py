"""Rules: condition, message, suggestions, source and examples."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Action
from validator.rulebook.conditions import Condition

Texts = Mapping[str, str]
Table = Literal["sex-pairs", "course-set"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion of a rule: a code, or the table that contains the code."""

    action: Action
    code: str | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A contact that the rule must find, or must not find.

    `encounter` is part of an encounter of the contract.
    """

    finds: bool
    encounter: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date

    def contains(self, other: "Period") -> bool:
        """Return whether the other period lies within this one."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: "Period") -> bool:
        """Return whether the two periods have a day in common."""
        return max(self.first, other.first) <= min(self.last, other.last)


def example_request(
    example: Example, *, pack: str = "dk", specialty: str = "51", date: datetime.date = datetime.date(2027, 6, 1)
) -> dict[str, Any]:
    """Return an example as a request; `pack`, `specialty` and `date` are defaults."""
    defaults = {"jurisdiction": pack, "date": date.isoformat(), "specialty": specialty, "diagnoses": []}
    return {"encounter": {**defaults, **example.encounter}}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for `specialties` (all where empty), in force from `valid_from` to `valid_to`.

    Both dates are included. With `each`, it is evaluated once per diagnosis, and its finding points there; otherwise
    the finding points `at` a field.
    """

    id: str
    kind: str
    severity: Severity
    when: Condition
    message: Texts
    explanation: Texts
    source: str
    each: Literal["diagnosis"] | None = None
    at: str | None = None
    unless: tuple[str, ...] = ()
    suggest: tuple[Proposal, ...] = ()
    specialties: tuple[str, ...] = ()
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    examples: tuple[Example, ...] = field(default=(), compare=False)

    @property
    def period(self) -> Period:
        """The days on which the rule is in force."""
        return Period(self.valid_from or datetime.date.min, self.valid_to or datetime.date.max)

    def applies(self, specialty: str | None, date: datetime.date) -> bool:
        """Return whether the rule is in force for a specialty on a date."""
        return (
            (not self.specialties or specialty in self.specialties)
            and (self.valid_from is None or self.valid_from <= date)
            and (self.valid_to is None or date <= self.valid_to)
        )
