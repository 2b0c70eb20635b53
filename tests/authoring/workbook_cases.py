"""A spoilt workbook for every problem that only a workbook can have, and for some that rule files have as well."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

Edit = Callable[[Any], None]


@dataclass(frozen=True)
class Spoilt:
    """An edit of the small release's workbook, the problem that it makes and the cell that it is told of."""

    id: str
    cell: str
    edit: Edit


def edited(content: bytes, edit: Edit) -> bytes:
    """The workbook after somebody has edited it in Excel."""
    book = load_workbook(BytesIO(content))
    edit(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def put(sheet: str, **cells: object) -> Edit:
    """Writes into cells of a sheet."""

    def edit(book: Any) -> None:
        for cell, value in cells.items():
            book[sheet][cell] = value

    return edit


def _rows(book: Any) -> None:
    book["Faser"]["A6000"] = "parkinson"


MAIN, COURSES = "Hoveddiagnoser", "Forløb"
WORKBOOK_CASES = [
    Spoilt("sheet-missing", "Faser!A1", lambda book: book.remove(book["Faser"])),
    Spoilt("heading-missing", f"{MAIN}!A1", put(MAIN, C1=None)),
    Spoilt("heading-unknown", f"{MAIN}!K1", put(MAIN, K1="Kodder")),
    Spoilt("heading-twice", f"{MAIN}!K1", put(MAIN, K1="Koder")),
    Spoilt("too-many-rows", "Faser!A6000", _rows),
    Spoilt("cell-empty", f"{MAIN}!D2", put(MAIN, D2=None)),
    Spoilt("cell-formula", f"{MAIN}!D2", put(MAIN, D2="=A2")),
    Spoilt("double-row", f"{COURSES}!A4", put(COURSES, A4="laenderyg", B4="Igen", C4="Again", D4="51")),
    Spoilt("course-not-listed", f"{MAIN}!A2", put(MAIN, A2="lænderyg")),
    Spoilt("source-not-listed", f"{MAIN}!H2", put(MAIN, H2="møde")),
    Spoilt("course-without-rows", f"{COURSES}!A4", put(COURSES, A4="ny", B4="Ny", C4="New", D4="51")),
    Spoilt(
        "course-in-both",
        "Henvisninger!A3",
        put("Henvisninger", A3="laenderyg", B3="2025-01-01", D3="DM54", E3="L03", F3="moede"),
    ),
    Spoilt("rows-without-referral", "Faser!A3", put("Faser", A3="laenderyg", B3="2025-01-01", D3=1, E3=5, F3="moede")),
    Spoilt("course-removed", f"{COURSES}!A1", lambda book: (book[COURSES].delete_rows(2), book[MAIN].delete_rows(2))),
]
SHARED_CASES = [
    Spoilt("not-date", f"{MAIN}!B2", put(MAIN, B2="01-10-2025")),
    Spoilt("ends-before-start", f"{MAIN}!B2", put(MAIN, C2="2025-09-01")),
    Spoilt("unknown-code", f"{MAIN}!D2", put(MAIN, D2="L84, L8E")),
    Spoilt("unknown-code", f"{MAIN}!D2", put(MAIN, D2="L84 eller L86")),
    Spoilt("double-value", f"{MAIN}!D2", put(MAIN, D2="L84;L84")),
    Spoilt("process-code", f"{MAIN}!E2", put(MAIN, E2="A30")),
    Spoilt("not-allowed", f"{MAIN}!F2", put(MAIN, F2="måske")),
    Spoilt("not-allowed", f"{MAIN}!G2", put(MAIN, G2="afgjordt")),
    Spoilt("missing-language", f"{MAIN}!I2", put(MAIN, J2=None)),
    Spoilt("unknown-specialty", f"{COURSES}!D2", put(COURSES, D2=99)),
    Spoilt("bad-id", f"{COURSES}!A4", put(COURSES, A4="Ny vej", B4="Ny", C4="New", D4="51")),
    Spoilt("not-number", "Faser!E2", put("Faser", E2="fem")),
    Spoilt("not-allowed", "Ydelser!D2", put("Ydelser", D2="hold")),
    Spoilt("unknown-phase", "Ydelser!J2", put("Ydelser", J1="Fase 9", J2="video")),
    Spoilt("not-date", "Kilder!C2", put("Kilder", C2="2024-13-01")),
    Spoilt(
        "entries-gap",
        f"{MAIN}!B3",
        put(MAIN, C2="2025-12-01", A3="laenderyg", B3="2026-01-01", D3="L03", G3="afklaret", H3="moede"),
    ),
    Spoilt("entries-same-day", f"{MAIN}!B3", put(MAIN, A3="laenderyg", B3="2025-10-01", D3="L03", G3="afklaret", H3="moede")),
]
