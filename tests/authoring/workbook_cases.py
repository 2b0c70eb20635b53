"""A bad workbook for every problem that only workbooks have, and for some that rule files have as well."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

Edit = Callable[[Any], None]


@dataclass(frozen=True)
class BadWorkbook:
    """An edit of the small release's workbook, and the problem and cell that it leads to."""

    id: str
    cell: str
    edit: Edit


def edited(content: bytes, edit: Edit) -> bytes:
    """Return the workbook after an edit in Excel."""
    book = load_workbook(BytesIO(content))
    edit(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def put(sheet: str, **cells: object) -> Edit:
    """Return an edit that writes into cells of a sheet."""

    def edit(book: Any) -> None:
        for cell, value in cells.items():
            book[sheet][cell] = value

    return edit


def _rows(book: Any) -> None:
    book["Faser"]["A6000"] = "parkinson"


MAIN, COURSES = "Hoveddiagnoser", "Forløb"
WORKBOOK_CASES = [
    BadWorkbook("sheet-missing", "Faser!A1", lambda book: book.remove(book["Faser"])),
    BadWorkbook("heading-missing", f"{MAIN}!A1", put(MAIN, C1=None)),
    BadWorkbook("heading-unknown", f"{MAIN}!K1", put(MAIN, K1="Kodder")),
    BadWorkbook("heading-twice", f"{MAIN}!K1", put(MAIN, K1="Koder")),
    BadWorkbook("too-many-rows", "Faser!A5001", _rows),
    BadWorkbook("cell-empty", f"{MAIN}!D2", put(MAIN, D2=None)),
    BadWorkbook("cell-formula", f"{MAIN}!D2", put(MAIN, D2="=A2")),
    BadWorkbook("double-row", f"{COURSES}!A4", put(COURSES, A4="laenderyg", B4="Igen", C4="Again", D4="51")),
    BadWorkbook("course-not-listed", f"{MAIN}!A2", put(MAIN, A2="lænderyg")),
    BadWorkbook("source-not-listed", f"{MAIN}!H2", put(MAIN, H2="møde")),
    BadWorkbook("course-without-rows", f"{COURSES}!A4", put(COURSES, A4="ny", B4="Ny", C4="New", D4="51")),
    BadWorkbook(
        "course-in-both",
        "Henvisninger!A3",
        put("Henvisninger", A3="laenderyg", B3="2025-01-01", D3="DM54", E3="L03", F3="moede"),
    ),
    BadWorkbook("rows-without-referral", "Faser!A3", put("Faser", A3="laenderyg", B3="2025-01-01", D3=1, E3=5, F3="moede")),
    BadWorkbook("rows-without-phases", "Ydelser!A2", lambda book: book["Faser"].delete_rows(2)),
    BadWorkbook("cell-quoted", f"{COURSES}!B2", put(COURSES, B2="“Smerter i lænderyg”")),
    BadWorkbook("course-removed", f"{COURSES}!A1", lambda book: (book[COURSES].delete_rows(2), book[MAIN].delete_rows(2))),
]
WARNING_CASES = [BadWorkbook("cell-without-heading", f"{MAIN}!L2", put(MAIN, D2="L84", L2="husk mødet"))]
SHARED_CASES = [
    BadWorkbook("not-date", f"{MAIN}!B2", put(MAIN, B2="01-10-2025")),
    BadWorkbook("ends-before-start", f"{MAIN}!B2", put(MAIN, C2="2025-09-01")),
    BadWorkbook("unknown-code", f"{MAIN}!D2", put(MAIN, D2="L84, L8E")),
    BadWorkbook("unknown-code", f"{MAIN}!D2", put(MAIN, D2="L84 eller L86")),
    BadWorkbook("unknown-code", f"{MAIN}!D2", put(MAIN, D2="L84, L86\u200b")),
    BadWorkbook("double-value", f"{MAIN}!D2", put(MAIN, D2="L84;L84")),
    BadWorkbook("process-code", f"{MAIN}!E2", put(MAIN, E2="A30")),
    BadWorkbook("not-allowed", f"{MAIN}!F2", put(MAIN, F2="måske")),
    BadWorkbook("not-allowed", f"{MAIN}!G2", put(MAIN, G2="afgjordt")),
    BadWorkbook("missing-language", f"{MAIN}!J2", put(MAIN, J2=None)),
    BadWorkbook("missing-language", f"{MAIN}!I2", put(MAIN, I2=None)),
    BadWorkbook("missing-key", f"{MAIN}!I2", put(MAIN, I2=None, J2=None)),
    BadWorkbook("unknown-specialty", f"{COURSES}!D2", put(COURSES, D2=99)),
    BadWorkbook("bad-id", f"{COURSES}!A4", put(COURSES, A4="Ny vej", B4="Ny", C4="New", D4="51")),
    BadWorkbook("not-number", "Faser!E2", put("Faser", E2="fem")),
    BadWorkbook("not-allowed", "Ydelser!D2", put("Ydelser", D2="hold")),
    BadWorkbook("unknown-phase", "Ydelser!J2", put("Ydelser", J1="Fase 9", J2="video")),
    BadWorkbook("not-date", "Kilder!C2", put("Kilder", C2="2024-13-01")),
    BadWorkbook(
        "entries-gap",
        f"{MAIN}!B3",
        put(MAIN, C2="2025-12-01", A3="laenderyg", B3="2026-01-01", D3="L03", G3="afgjort", H3="moede"),
    ),
    BadWorkbook("entries-same-day", f"{MAIN}!B3", put(MAIN, A3="laenderyg", B3="2025-10-01", D3="L03", G3="afgjort", H3="moede")),
]
