"""The figures of cases as they are told: as plain data, and as a table for a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.training.case import in_language
from validator.training.case_bank import Bank
from validator.training.statistics import CaseFigures, SetFigures
from validator.training.texts import training_text

_COLUMNS = ("case", "version", "title", "specialty", "course", "level", "answers", "exact", "exact_low", "exact_high", "group",
            "chapter", "ac1", "unclear", "wrong")  # fmt: skip


def case_row(held: CaseFigures, bank: Bank, catalogue: Catalogue, language: str) -> dict[str, Any]:
    """The figures of a case with what it is, as far as it is still there."""
    case, told = bank.cases.get(held.case), held.to_json()
    return {
        **told,
        "title": in_language(case.title, language) if case else None,
        "specialty": case.specialty if case else None,
        "course": case.course if case else None,
        "difficulty": case.level if case else None,
        "wrong": [{**wrong, "title": catalogue.title(wrong["code"], language)} for wrong in told["wrong"]],
        "why": training_text(f"unclear-{held.unclear}", language) if held.unclear else None,
    }


def set_row(held: SetFigures, bank: Bank) -> dict[str, Any]:
    """The figures of a fixed set beside the published ones."""
    return {**held.to_json(), "published": asdict(bank.scoring.published)}


def render_csv(rows: Iterable[dict[str, Any]], language: str) -> bytes:
    """Rows of cases as a spreadsheet of the language opens them: in Danish with semicolons and a decimal comma."""
    text = io.StringIO()
    comma = language != "en"
    table = csv.writer(text, delimiter=";" if comma else ",")
    table.writerow(_COLUMNS)
    for row in rows:
        low, high = row["interval"]
        wrong = " ".join(f"{one['code']}:{one['answers']}" for one in row["wrong"])
        held = {**row, "exact_low": low, "exact_high": high, "level": row["difficulty"], "unclear": row["why"], "wrong": wrong}
        table.writerow([_cell(held[column], comma=comma) for column in _COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object, *, comma: bool) -> str:
    """A value as text; what a spreadsheet would take for a formula begins with an apostrophe."""
    if isinstance(value, float):
        return f"{value:.4f}".replace(".", ",") if comma else f"{value:.4f}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
