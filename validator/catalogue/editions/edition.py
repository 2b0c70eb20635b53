"""An edition of a code system: the codes and titles of one distribution.

The store has editions as compact JSON; equal editions have the same text and digest.
"""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from validator.catalogue.validity import DatedValidity, Days
from validator.support.garbage_collection import gc_deferred
from validator.support.json_encoding import encode_json

_FORMAT = "kodevagt-edition"
_VERSION, _VERSION_WITH_PERIODS = 1, 2  # the second only where a code has several periods, so that others keep their digest
MAX_CODES = 60_000  # all of SKS's; a worker keeps every code of the editions in use
MAX_EDITION_BYTES = 2**23  # as JSON
_ROW_LENGTH = 8  # fields of a concept


class EditionTextError(Exception):
    """A text that is not an edition, or of an unsupported version."""


@dataclass(frozen=True, slots=True)
class Concept(DatedValidity):
    """A code of a distribution, in normal form.

    Titles are by language. Chapter, component and kind are for ICPC-2 only, None where the distribution lacks them.
    """

    code: str
    titles: Mapping[str, str] = field(default_factory=dict)
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    chapter: str | None = None
    component: int | None = None
    kind: str | None = None
    other_periods: tuple[Days, ...] = ()

    def __reduce__(self) -> tuple[type["Concept"], tuple[Any, ...]]:
        """Pickle the fields alone, which takes a third of the time: a sandbox gets or returns every code of an edition."""
        return Concept, tuple(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True)
class Edition:
    """One distribution of a code system, in force from `start` on.

    `system` is one of `code_systems.SYSTEMS` or another URI, or `code_systems.BRIDGES`: then it has the ICPC-2 codes of each ICD-10
    code, the preferred one first, and no concepts.
    `title` and `date` (ISO 8601) are the source of findings. `verified` is false for a file format whose reader was never tried
    on a real file.
    """

    name: str
    system: str
    title: str
    date: str
    start: datetime.date
    verified: bool
    concepts: tuple[Concept, ...]
    bridges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The number of its codes."""
        return len(self.concepts) or len(self.bridges)

    @property
    def source(self) -> dict[str, str]:
        """The source of its codes, as part of a finding."""
        return {"title": self.title, "date": self.date, "status": "decided" if self.verified else "unconfirmed"}

    def json_text(self) -> str:
        """Return the edition as JSON."""
        return encode_json(
            {
                "format": _FORMAT,
                "version": _VERSION_WITH_PERIODS if any(concept.other_periods for concept in self.concepts) else _VERSION,
                "name": self.name,
                "system": self.system,
                "title": self.title,
                "date": self.date,
                "from": self.start.isoformat(),
                "verified": self.verified,
                "concepts": [_dump_concept(concept) for concept in self.concepts],
                **({"bridges": self.bridges} if self.bridges else {}),
            }
        )

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its JSON."""
        return f"sha256:{hashlib.sha256(self.json_text().encode()).hexdigest()}"


@gc_deferred()
def parse_edition(text: str) -> Edition:
    """Parse the text of `Edition.json_text`. Raises EditionTextError."""
    try:
        data: dict[str, Any] = json.loads(text)
        if data["format"] != _FORMAT or data["version"] not in (_VERSION, _VERSION_WITH_PERIODS):
            raise EditionTextError(f"version {data['version']}")
        return Edition(
            name=data["name"],
            system=data["system"],
            title=data["title"],
            date=data["date"],
            start=datetime.date.fromisoformat(data["from"]),
            verified=data["verified"],
            concepts=tuple(map(_load_concept, data["concepts"])),
            bridges={origin: tuple(targets) for origin, targets in data.get("bridges", {}).items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EditionTextError("damaged") from error


def _dump_concept(concept: Concept) -> list[Any]:
    """Return a concept as a list without trailing None, to save space."""
    days = [day and day.isoformat() for day in (concept.valid_from, concept.valid_to)]
    periods = [[day.isoformat() for day in period] for period in concept.other_periods] or None
    row = [concept.code, dict(concept.titles), *days, concept.chapter, concept.component, concept.kind, periods]
    while row[-1] is None:
        row.pop()
    return row


def _load_concept(row: list[Any]) -> Concept:
    start, end, chapter, component, kind, periods = row[2:] + [None] * (_ROW_LENGTH - len(row))
    parse = datetime.date.fromisoformat
    others = tuple((parse(first), parse(last)) for first, last in periods or ())
    return Concept(row[0], row[1], _parse_day(start), _parse_day(end), chapter, component, kind, others)


@lru_cache(maxsize=1024)  # an edition has thousands of codes for each day that it names; they share the object
def _parse_day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)
