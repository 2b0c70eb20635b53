"""CSV as a spreadsheet opens it without being asked: UTF-8 with a byte order mark, and the delimiter of the language."""

import csv
import io
import re
from collections.abc import Iterable

_FORMULA = re.compile(r"(?![+-]?[0-9]+\Z)[=+\-@\t\r]")  # the beginning of what a spreadsheet may run; a whole number is none
_GUARDED = re.compile(rf"'(?={_FORMULA.pattern})")


def write_spreadsheet_csv(rows: Iterable[Iterable[object]], language: str) -> bytes:
    """Return rows as CSV; None is an empty cell.

    In Danish and Swedish, cells are separated by semicolons and decimals are written with commas, four of them.
    """
    decimal_comma = language != "en"
    text = io.StringIO()
    table = csv.writer(text, delimiter=";" if decimal_comma else ",")
    table.writerows([_cell(value, decimal_comma=decimal_comma) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def unguarded(cell: str) -> str:
    """Return the text of a cell without the apostrophe that `write_spreadsheet_csv` may have put before it."""
    return _GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell


def _cell(value: object, *, decimal_comma: bool) -> str:
    """Return a value as text; an apostrophe keeps a spreadsheet from reading it as a formula."""
    if isinstance(value, float):
        return f"{value:.4f}".replace(".", ",") if decimal_comma else f"{value:.4f}"
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text
