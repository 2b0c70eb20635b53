"""The sheets and columns of the course table in Excel, in one table: what writes a workbook and what reads it take them from here.

A row of `Forløb` is a course; a row of the sheets after it is one dated entry of a course, as in `courses.yaml`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from validator.rulebook.yaml.file_keys import KEYS

Form = Literal["name", "course", "text", "date", "list", "flag", "status", "source", "number"]
LANGUAGE_NAMES = {"da": "dansk", "en": "engelsk", "sv": "svensk"}
STATUS_WORDS = {"afgjort": "decided", "under afklaring": "undecided", "ubekræftet": "unconfirmed"}
FLAGS = {"ja": True, "nej": False}
COURSES, SOURCES, HEAD = "Forløb", "Kilder", "Udgave"
HEAD_ROWS = ("Pakke", "Udgave", "Katalog", "Kontrolsum")
MOST_PHASES = 12
_PHASE = "Fase"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading. `key` is that of the rule file; `language` or `phase` tell which of the values under it."""

    heading: str
    key: str
    form: Form
    required: bool = False
    language: str | None = None
    phase: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, and the shape of its rows in KEYS; the rows of `courses` are the courses themselves."""

    title: str
    shape: str
    columns: tuple[Column, ...]

    def meaning(self, column: Column) -> str:
        """What a column is for, in Danish, with the key that it has in the rule files."""
        if column.form in ("name", "course"):
            return "Forløbets navn i regelfilerne." if self.title != SOURCES else "Kildens navn i regelfilerne."
        if self.shape == "phases" and column.key in ("first", "last"):
            key = next(key for key in KEYS["phases"] if key.name == "range")
        else:
            key = next(key for key in KEYS[self.shape] if key.name == column.key)
        return f"{key.name}: {key.meaning['da']}"


_DATES = (Column("Forløb", "id", "course", True), Column("Fra", "from", "date", True), Column("Til", "to", "date"))
_SOURCE = Column("Kilde", "source", "source", True)


def sheets_of(languages: tuple[str, ...], phases: int) -> tuple[Sheet, ...]:
    """The sheets for texts in these languages and for services of so many phases."""
    return (
        Sheet(
            COURSES,
            "course",
            (
                Column("Forløb", "id", "name", True),
                *_texts("Titel", "title", languages, required=True),
                Column("Speciale", "specialty", "list", True),
            ),
        ),
        Sheet(
            "Hoveddiagnoser",
            "main_diagnosis",
            (
                *_DATES,
                Column("Koder", "codes", "list", True),
                Column("Symptomkoder i begyndelsen", "start_codes", "list"),
                Column("Flere sammen", "several", "flag"),
                Column("Status", "status", "status", True),
                _SOURCE,
                *_texts("Note", "note", languages),
            ),
        ),
        Sheet(
            "Henvisninger",
            "referral",
            (*_DATES, Column("SKS-koder", "sks", "list", True), Column("ICPC-2-koder", "icpc", "list", True), _SOURCE),
        ),
        Sheet(
            "Faser",
            "phases",
            (*_DATES, Column("Første fase", "first", "number", True), Column("Sidste fase", "last", "number", True), _SOURCE),
        ),
        Sheet(
            "Ydelser",
            "services",
            (*_DATES, *(Column(f"{_PHASE} {n}", "by_phase", "list", phase=n) for n in range(1, phases + 1)), _SOURCE),
        ),
        Sheet(
            SOURCES,
            "source",
            (
                Column("Kilde", "id", "name", True),
                Column("Titel", "title", "text", True),
                Column("Dato", "date", "date"),
                Column("Adresse", "url", "text"),
                Column("Status", "status", "status", True),
            ),
        ),
    )


def entry_sheets(sheets: tuple[Sheet, ...]) -> Iterator[Sheet]:
    """Those whose rows are dated entries."""
    return (sheet for sheet in sheets if sheet.title not in (COURSES, SOURCES))


def _texts(heading: str, key: str, languages: tuple[str, ...], *, required: bool = False) -> Iterator[Column]:
    for language in languages:
        yield Column(f"{heading} ({LANGUAGE_NAMES.get(language, language)})", key, "text", required, language)
