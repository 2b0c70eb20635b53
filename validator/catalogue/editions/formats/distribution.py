"""The result of reading a distribution, and the error for a broken file."""

import calendar
import datetime
import functools
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from validator.catalogue.rubric import normal_form
from validator.support.errors import UserError
from validator.support.lookalikes import find_lookalikes, replace_lookalikes, show_invisible
from validator.support.personal_data import has_cpr
from validator.texts import danish_text
from validator.texts.lookalike_texts import lookalike_text

MAX_FILE_BYTES = 2**25
MAX_TITLE_LENGTH = 500  # characters
_MAX_QUOTE = 60  # characters of a file in a message
_DAY = datetime.timedelta(days=1)
_NO_START = datetime.date(1900, 1, 1)  # and earlier days, which databases use as their first one
_NO_END = datetime.date(2099, 12, 31)  # and later days: registers write 25000101, 2999-12-31 or 9999-12-31
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})([T ].+)?)?|([0-9]{2})([0-9]{2}))?")
# Midnight in Denmark, as a time in UTC, in summer and in winter.
_DANISH_MIDNIGHTS = (datetime.time(22), datetime.time(23))


class BrokenFileError(UserError):
    """A file that is rejected; the text is `file:line: fault`, in Danish."""


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """A code of a file with its line, or its row number in a table.

    Both days of validity are included, None is no limit.
    """

    line: int
    code: str
    titles: Mapping[str, str] = field(default_factory=dict)
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    chapter: str | None = None
    component: int | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What the owner must accept, by its name, before a file is imported; the text is in Danish."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file as read.

    `label` precedes line numbers in error messages; `name` and `title` are the file's own, else made from its name.
    `system` is the name or URI of a code system, `date` is ISO 8601; both None where the file has none.
    `left_out` has the codes that cannot be chosen, by the reason in Danish. `notes` are other sentences about the file, in Danish.
    A supplement has titles for codes of another file.
    """

    label: str
    name: str
    title: str
    rows: tuple[DistributionRow, ...]
    system: str | None = None
    date: str | None = None
    verified: bool = True
    questions: tuple[Question, ...] = ()
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    is_supplement: bool = False

    def error_at(self, line: int, text: str) -> BrokenFileError:
        """Return the error for a line."""
        return BrokenFileError(f"{self.label}:{line}: {text}")


def quoted(value: object, limit: int = _MAX_QUOTE) -> str:
    """Return the beginning of a text or a number for a message, and the kind of anything else, which may be nested without end."""
    if isinstance(value, (int, float)):
        value = json.dumps(value)
    if not isinstance(value, str):
        return danish_text("distribution.not-text")
    shown = show_invisible(value[:limit])
    return shown if len(value) <= limit else f"{shown}…"


def lookalike_fault(code: str) -> str:
    """Return what is wrong with a code that has a character that cannot be seen or only looks right, in Danish."""
    meant = replace_lookalikes(normal_form(code))
    if has_cpr(meant):  # which must not be shown
        return danish_text("edition.personal-data")
    return danish_text("edition.lookalike", code=quoted(meant), characters=lookalike_text(find_lookalikes(normal_form(code)), "da"))


def parse_first_day(text: str) -> datetime.date | None:
    """Return the first day of a validity, None where it has always begun.

    A month or a year begins on its first day. Raises ValueError with a Danish text.
    """
    first = _parse_period(text)[0] if text.strip() else None
    return first if first and first > _NO_START else None


def parse_last_day(text: str) -> datetime.date | None:
    """Return the last day of a validity, which is included, None where it has no end.

    A month or a year ends on its last day. Raises ValueError with a Danish text.
    """
    last = _parse_period(text)[1] if text.strip() else None
    return last if last and last < _NO_END else None


def parse_cessation(text: str) -> datetime.date | None:
    """Return the last day of a validity that has ceased on the day of a text, None where it has no end.

    What ceases in a month or a year ceases on its first day. Raises ValueError with a Danish text.
    """
    first, last = _parse_period(text)
    if last >= _NO_END:
        return None
    return first - _DAY if first > datetime.date.min else first


@functools.lru_cache(maxsize=1024)  # a register has few days, each on many codes
def _parse_period(text: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of a day, a month or a year, as FHIR and ISO 8601 write them.

    The day of a time is the one written, but for a Danish midnight in UTC, as databases export a day.
    Raises ValueError with a Danish text.
    """
    try:
        parts = _DATE.fullmatch(text.strip())
        if parts is None:
            raise ValueError
        year, month, day, time = int(parts[1]), parts[2] or parts[5], parts[3] or parts[6], parts[4]
        if month is None:
            return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        if day is None:
            return datetime.date(year, int(month), 1), datetime.date(year, int(month), calendar.monthrange(year, int(month))[1])
        date = datetime.date(year, int(month), int(day))
        if time and _is_danish_midnight(datetime.datetime.fromisoformat(text.strip())) and date < datetime.date.max:
            date += _DAY
        return date, date
    except ValueError as error:
        raise ValueError(danish_text("distribution.not-a-date", value=quoted(text))) from error


def _is_danish_midnight(moment: datetime.datetime) -> bool:
    return moment.utcoffset() == datetime.timedelta() and moment.time() in _DANISH_MIDNIGHTS


def clean_title(text: str) -> str:
    """Return a title in one line and in Unicode's composed form. Raises ValueError with a Danish text."""
    title = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(title) > MAX_TITLE_LENGTH:
        raise ValueError(danish_text("distribution.title-too-long", length=len(title), max=MAX_TITLE_LENGTH))
    if not title.isprintable():
        raise ValueError(danish_text("distribution.title-not-printable"))
    return title
