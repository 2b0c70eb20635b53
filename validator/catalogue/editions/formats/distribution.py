"""The result of reading a distribution, and the error for a broken file."""

import datetime
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
class Distribution:
    """A file as read.

    `label` precedes line numbers in error messages; `name` and `title` are the file's own.
    `system` is the name or URI of a code system, `date` is ISO 8601; both None where the file has none.
    """

    label: str
    name: str
    title: str
    rows: tuple[DistributionRow, ...]
    system: str | None = None
    date: str | None = None
    verified: bool = True

    def error_at(self, line: int, text: str) -> BrokenFileError:
        """Return the error for a line."""
        return BrokenFileError(f"{self.label}:{line}: {text}")


def quoted(value: object) -> str:
    """Return the beginning of a text for a message, and the kind of anything else, which may be nested without end."""
    if not isinstance(value, str):
        return danish_text("distribution.not-text")
    shown = show_invisible(value[:_MAX_QUOTE])
    return shown if len(value) <= _MAX_QUOTE else f"{shown}…"


def lookalike_fault(code: str) -> str:
    """Return what is wrong with a code that has a character that cannot be seen or only looks right, in Danish."""
    meant = replace_lookalikes(normal_form(code))
    if has_cpr(meant):  # which must not be shown
        return danish_text("edition.personal-data")
    return danish_text("edition.lookalike", code=quoted(meant), characters=lookalike_text(find_lookalikes(normal_form(code)), "da"))


def parse_day(text: str) -> datetime.date:
    """Parse a date in ISO 8601. Raises ValueError with a Danish text."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(danish_text("distribution.not-a-date", value=quoted(text))) from error


def clean_title(text: str) -> str:
    """Return a title in one line. Raises ValueError with a Danish text."""
    title = " ".join(text.split())
    if len(title) > MAX_TITLE_LENGTH:
        raise ValueError(danish_text("distribution.title-too-long", length=len(title), max=MAX_TITLE_LENGTH))
    if not title.isprintable():
        raise ValueError(danish_text("distribution.title-not-printable"))
    return title
