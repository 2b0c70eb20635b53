"""What the tests of the catalogue's words share: the files as they lie in the folder, and what a clean text is."""

import csv
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from validator.support.personal_data import has_cpr

HERE = Path(__file__).parent
CATALOG = HERE.parent.parent / "catalog"


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV file by column; every line has all columns and no more."""
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, strict=True))
    assert [row for row in read if None in row or None in row.values()] == [], path
    return read


def unclean(texts: Iterable[str]) -> list[str]:
    """The texts that are empty, not trimmed, not NFC, hold a control character or a doubled blank, or look like a CPR number."""
    return [text for text in texts if not text or text != " ".join(text.split()) or _odd(text)]


def _odd(text: str) -> bool:
    return not unicodedata.is_normalized("NFC", text) or has_cpr(text) or any(unicodedata.category(sign)[0] == "C" for sign in text)
