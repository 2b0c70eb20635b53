"""A rule: when something is found, what is said, what to do instead, and where it comes from."""

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
    """A suggestion as a rule states it: a code, or the table that has it."""

    action: Action
    code: str | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A contact of which the author says that the rule finds (or passes) it; `encounter` is a fragment in the contract's form."""

    finds: bool
    encounter: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date

    def contains(self, other: "Period") -> bool:
        """Whether all days of the other are among its own."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: "Period") -> bool:
        """Whether some day is in both."""
        return max(self.first, other.first) <= min(self.last, other.last)


def example_request(
    example: Example, *, pack: str = "dk", specialty: str = "51", date: datetime.date = datetime.date(2027, 6, 1)
) -> dict[str, Any]:
    """An example as a request; `pack`, `specialty` and `date` are for what it does not say itself."""
    rest = {"jurisdiction": pack, "date": date.isoformat(), "specialty": specialty, "diagnoses": []}
    return {"encounter": {**rest, **example.encounter}}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in force from `valid_from` to `valid_to`, both included, for `specialties` (all where empty).

    With `each` it is asked once per diagnosis and its finding points there; without, the finding points `at` a field.
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
        """The days on which it is in force."""
        return Period(self.valid_from or datetime.date.min, self.valid_to or datetime.date.max)

    def applies(self, specialty: str | None, date: datetime.date) -> bool:
        """Whether the rule is in force for a specialty on a date."""
        return (
            (not self.specialties or specialty in self.specialties)
            and (self.valid_from is None or self.valid_from <= date)
            and (self.valid_to is None or date <= self.valid_to)
        )
