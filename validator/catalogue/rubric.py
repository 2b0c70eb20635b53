"""A rubric of ICPC-2 with its titles, synonyms and notes, and the normal form of a code."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from validator.catalogue.synonyms_and_notes import Notes, Synonym
from validator.catalogue.validity import DatedValidity, Days

CHAPTERS = "ABDFHKLNPRSTUWXYZ"
_PROCESS = re.compile(rf"[-{CHAPTERS}][3-6][0-9]")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Rubric(DatedValidity):
    """A code of ICPC-2; `chapter` is empty for a process code, `kind` as in `catalog/icpc2.csv`.

    Titles, short titles and notes are by language.
    """

    code: str
    chapter: str
    component: int
    kind: str
    titles: Mapping[str, str] = field(default_factory=dict)
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    short_titles: Mapping[str, str] = field(default_factory=dict)
    synonyms: tuple[Synonym, ...] = ()
    notes: Mapping[str, Notes] = field(default_factory=dict)
    other_periods: tuple[Days, ...] = ()

    @property
    def sex(self) -> str | None:
        """The sex of the chapter: female for W and X, male for Y, else None."""
        return {"W": "female", "X": "female", "Y": "male"}.get(self.chapter)

    def title(self, language: str) -> str | None:
        """Return the title in a language, else in the first (Danish); None without one."""
        return self.titles.get(language) or next(iter(self.titles.values()), None)

    def short_title(self, language: str) -> str | None:
        """Return the short title likewise."""
        return self.short_titles.get(language) or next(iter(self.short_titles.values()), None)

    @property
    def validity(self) -> dict[str, str | None]:
        """The first and last valid day as ISO 8601, None where there is no limit."""
        days = {"valid_from": self.valid_from, "valid_to": self.valid_to}
        return {name: day.isoformat() if day else None for name, day in days.items()}


@lru_cache(maxsize=4096)
def normal_form(code: str) -> str:
    """Return the code in upper case and without blanks (" l 83" gives "L83")."""
    return _BLANKS.sub("", code).upper()


def is_process_code(code: str) -> bool:
    """Return whether a code is -30 to -69, or has a chapter letter instead of the hyphen."""
    return len(code) == 3 and _PROCESS.fullmatch(code) is not None


def looks_like_icpc(code: str) -> bool:
    """Return whether a code has three characters, the first a chapter letter.

    Without a system, it is taken for ICPC-2.
    """
    return len(code) == 3 and code[0] in CHAPTERS
