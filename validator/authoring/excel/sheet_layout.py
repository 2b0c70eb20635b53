"""The sheets and columns of the course table in Excel.

The writer and the reader of workbooks use them. A row of `Forløb` is a course; a row of the sheets after it is one
dated entry of a course, as in `courses.yaml`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from validator.rulebook.course import Status
from validator.rulebook.yaml.file_keys import KEYS
from validator.texts import danish_text

Form = Literal["name", "course", "text", "date", "list", "flag", "status", "source", "number"]
LANGUAGE_NAMES = {"da": "dansk", "en": "engelsk", "sv": "svensk"}
STATUSES: Mapping[str, Status] = {"afklaret": "decided", "under afklaring": "undecided", "ubekræftet": "unconfirmed"}
FLAGS = {"ja": True, "nej": False}
COURSES, SOURCES, HEAD = "Forløb", "Kilder", "Udgave"
HEAD_ROWS = ("Pakke", "Udgave", "Katalog", "Kontrolsum")
MAX_PHASES = 12
_PHASE = "Fase"


@dataclass(frozen=True, slots=True)
class Column:
    """A column, identified by its heading.

    `key` is the key of the rule file, and `language` or `phase` the key below it.
    """

    heading: str
    key: str
    form: Form
    required: bool = False
    language: str | None = None
    phase: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; `shape` is the mapping in KEYS that describes its rows."""

    title: str
    shape: str
    columns: tuple[Column, ...]

    def meaning(self, column: Column) -> str:
        """Return what a column means in Danish, with its key in the rule files."""
        if column.form in ("name", "course"):
            return danish_text("authoring.excel.source-name" if self.title == SOURCES else "authoring.excel.course-name")
        name = "range" if column.key in ("first", "last") else column.key
        key = next(key for key in KEYS[self.shape] if key.name == name)
        return f"{key.name}: {key.meaning['da']}"


_DATES = (Column("Forløb", "id", "course", True), Column("Fra", "from", "date", True), Column("Til", "to", "date"))
_SOURCE = Column("Kilde", "source", "source", True)
_STATUS = Column("Status", "status", "status", True)


def build_sheets(languages: tuple[str, ...], phases: int) -> tuple[Sheet, ...]:
    """Return the sheets for texts in these languages and services of phases from 1 to `phases`."""
    titles = _texts("Titel", "title", languages, required=True)
    codes = (Column("Koder", "codes", "list", True), Column("Symptomkoder i begyndelsen", "start_codes", "list"))
    decision = (Column("Flere sammen", "several", "flag"), _STATUS, _SOURCE, *_texts("Note", "note", languages))
    referral = (Column("SKS-koder", "sks", "list", True), Column("ICPC-2-koder", "icpc", "list", True), _SOURCE)
    first_and_last = (Column("Første fase", "first", "number", True), Column("Sidste fase", "last", "number", True))
    services = (Column(f"{_PHASE} {number}", "by_phase", "list", phase=number) for number in range(1, phases + 1))
    source = (Column("Titel", "title", "text", True), Column("Dato", "date", "date"), Column("Adresse", "url", "text"), _STATUS)
    return (
        Sheet(COURSES, "course", (Column("Forløb", "id", "name", True), *titles, Column("Speciale", "specialty", "list", True))),
        Sheet("Hoveddiagnoser", "main_diagnosis", (*_DATES, *codes, *decision)),
        Sheet("Henvisninger", "referral", (*_DATES, *referral)),
        Sheet("Faser", "phases", (*_DATES, *first_and_last, _SOURCE)),
        Sheet("Ydelser", "services", (*_DATES, *services, _SOURCE)),
        Sheet(SOURCES, "source", (Column("Kilde", "id", "name", True), *source)),
    )


def entry_sheets(sheets: tuple[Sheet, ...]) -> Iterator[Sheet]:
    """Return the sheets whose rows are dated entries."""
    return (sheet for sheet in sheets if sheet.title not in (COURSES, SOURCES))


def _texts(heading: str, key: str, languages: tuple[str, ...], *, required: bool = False) -> Iterator[Column]:
    for language in languages:
        yield Column(f"{heading} ({LANGUAGE_NAMES.get(language, language)})", key, "text", required, language)
