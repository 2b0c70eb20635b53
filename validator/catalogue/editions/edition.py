"""An edition of a code system: every code of one distribution, with its titles, valid from a day on. It is never changed.

As compact JSON it is kept in the store; the same edition always gives the same text and the same digest.
"""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from validator.support.json_encoding import encode_json

_FORMAT, _VERSION = "kodevagt-edition", 1
_LENGTH = 7  # of what is kept of a code


class EditionTextError(Exception):
    """A text that is no edition, or none that this version reads."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A code as a distribution has it, in normal form; `titles` by language, both days included and None where they are open.

    The last three are known of ICPC-2 only, and only where the distribution tells them.
    """

    code: str
    titles: Mapping[str, str] = field(default_factory=dict)
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    chapter: str | None = None
    component: int | None = None
    kind: str | None = None

    def is_valid(self, date: datetime.date) -> bool:
        return (self.valid_from is None or self.valid_from <= date) and (self.valid_to is None or date <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Edition:
    """One distribution of a code system (one of `systems.SYSTEMS`, or a URI of its own), in force from `start` on.

    `title` and `date` (ISO 8601) are shown as the source of findings. An edition that is not `verified` was read in a way that was
    never tried on a real file of its kind.
    """

    name: str
    system: str
    title: str
    date: str
    start: datetime.date
    verified: bool
    concepts: tuple[Concept, ...]

    @property
    def source(self) -> dict[str, str]:
        """Where its codes come from, as a finding tells it."""
        return {"title": self.title, "date": self.date, "status": "decided" if self.verified else "unconfirmed"}

    def text(self) -> str:
        """The edition as JSON."""
        return encode_json(
            {
                "format": _FORMAT,
                "version": _VERSION,
                "name": self.name,
                "system": self.system,
                "title": self.title,
                "date": self.date,
                "from": self.start.isoformat(),
                "verified": self.verified,
                "concepts": [_short(concept) for concept in self.concepts],
            }
        )

    def digest(self) -> str:
        """SHA-256 over all of it."""
        return f"sha256:{hashlib.sha256(self.text().encode()).hexdigest()}"


def parse_edition(text: str) -> Edition:
    """The edition of a text that `Edition.text` wrote. Raises EditionTextError."""
    try:
        held: dict[str, Any] = json.loads(text)
        if (held["format"], held["version"]) != (_FORMAT, _VERSION):
            raise EditionTextError(f"version {held['version']}")
        return Edition(
            name=held["name"],
            system=held["system"],
            title=held["title"],
            date=held["date"],
            start=datetime.date.fromisoformat(held["from"]),
            verified=held["verified"],
            concepts=tuple(map(_concept, held["concepts"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise EditionTextError("damaged") from error


def _short(concept: Concept) -> list[Any]:
    """A concept as a list that ends where nothing more is known of it: a distribution may have tens of thousands."""
    days = [day and day.isoformat() for day in (concept.valid_from, concept.valid_to)]
    row = [concept.code, dict(concept.titles), *days, concept.chapter, concept.component, concept.kind]
    while row[-1] is None:
        row.pop()
    return row


def _concept(row: list[Any]) -> Concept:
    start, end, *place = row[2:] + [None] * (_LENGTH - len(row))
    return Concept(row[0], row[1], _day(start), _day(end), *place)


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)
