"""A rubric of ICPC-2 with its words, and the normal form of a code."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from validator.catalogue.synonyms_and_notes import Notes, Synonym

CHAPTERS = "ABDFHKLNPRSTUWXYZ"
_PROCESS = re.compile(rf"[-{CHAPTERS}][3-6][0-9]")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Rubric:
    """One code of the catalogue; `chapter` is empty for a process code, `kind` as in `catalog/icpc2.csv`, both days valid.

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

    @property
    def sex(self) -> str | None:
        """The sex a chapter belongs to: W and X female, Y male, else None."""
        return {"W": "female", "X": "female", "Y": "male"}.get(self.chapter)

    def title(self, language: str) -> str | None:
        """The title in a language, else in the catalogue's first (Danish); None without one."""
        return self.titles.get(language) or next(iter(self.titles.values()), None)

    def short_title(self, language: str) -> str | None:
        """The same for the short title."""
        return self.short_titles.get(language) or next(iter(self.short_titles.values()), None)

    @property
    def validity(self) -> dict[str, str | None]:
        """The first and the last day on which the code is valid, as an answer has them; None where they are open."""
        days = {"valid_from": self.valid_from, "valid_to": self.valid_to}
        return {name: day.isoformat() if day else None for name, day in days.items()}

    def is_valid(self, date: datetime.date) -> bool:
        return (self.valid_from is None or self.valid_from <= date) and (self.valid_to is None or date <= self.valid_to)


@lru_cache(maxsize=4096)
def normal_form(code: str) -> str:
    """The code as it is judged: trimmed, upper case, without inner blanks (" l 83" gives "L83")."""
    return _BLANKS.sub("", code).upper()


def is_process(code: str) -> bool:
    """Whether a code has the place of a process code: -30 to -69, alone or behind a chapter letter."""
    return len(code) == 3 and _PROCESS.fullmatch(code) is not None


def reads_as_icpc(code: str) -> bool:
    """Whether an undeclared code is read as ICPC-2 whatever else it may be: three characters from a chapter letter on."""
    return len(code) == 3 and code[0] in CHAPTERS
