"""What every reader of a distribution gives, and how it says that a file is broken."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_TITLE_LENGTH = 500  # characters


class BrokenFileError(Exception):
    """A file that is not taken in; the text is `file:line: what is wrong`, in Danish."""


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """A code as it stands in a file: its line, or its number in a table, and what the file says of it; both days are included."""

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
    """A file as it was read. `label` is what a line of it is told by, `name` and `title` what it calls itself.

    `system` is a code system by its name or its URI, None where the file does not say; `date` is ISO 8601, None likewise.
    """

    label: str
    name: str
    title: str
    rows: tuple[DistributionRow, ...]
    system: str | None = None
    date: str | None = None
    verified: bool = True

    def error_at(self, line: int, text: str) -> BrokenFileError:
        """What is wrong at a line."""
        return BrokenFileError(f"{self.label}:{line}: {text}")


def parse_day(text: str) -> datetime.date:
    """A day as it must be written. Raises ValueError with a text for people."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f'"{text}" er ikke en dato. Skriv den som ÅÅÅÅ-MM-DD') from error


def clean_title(text: str) -> str:
    """A title in one line. Raises ValueError with a text for people."""
    title = " ".join(text.split())
    if len(title) > MAX_TITLE_LENGTH:
        raise ValueError(f"titlen er på {len(title)} tegn; højst {MAX_TITLE_LENGTH} er tilladt")
    if not title.isprintable():
        raise ValueError("titlen har tegn, der ikke kan vises; filen er måske i en anden tegnkodning")
    return title
