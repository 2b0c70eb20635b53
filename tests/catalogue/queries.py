"""Helpers for tests of the catalogue's files."""

import csv
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from validator.support.personal_data import has_cpr

HERE = Path(__file__).parent
CATALOG = HERE.parent.parent / "catalog"


def rows(path: Path) -> list[dict[str, str]]:
    """Read the lines of a CSV file by column, which all have the columns of the header."""
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, strict=True))
    assert [row for row in read if None in row or None in row.values()] == [], path
    return read


def unclean(texts: Iterable[str]) -> list[str]:
    """Return the texts that are not clean.

    Clean is trimmed, not empty, NFC, without control characters, repeated blanks and CPR numbers.
    """
    return [text for text in texts if not text or text != " ".join(text.split()) or _has_forbidden_characters(text)]


def _has_forbidden_characters(text: str) -> bool:
    return not unicodedata.is_normalized("NFC", text) or has_cpr(text) or any(unicodedata.category(sign)[0] == "C" for sign in text)
