"""The statistics of cases as plain data, and as CSV for a spreadsheet."""

from collections.abc import Iterable
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.support.spreadsheet_csv import write_spreadsheet_csv
from validator.texts import training_text
from validator.training.case import in_language
from validator.training.case_bank import Bank
from validator.training.statistics import CaseFigures, SetFigures

_COLUMNS = ("case", "version", "title", "specialty", "course", "level", "answers", "exact", "exact_low", "exact_high", "group",
            "chapter", "ac1", "unclear", "wrong")  # fmt: skip


def case_row(figures: CaseFigures, bank: Bank, catalogue: Catalogue, language: str) -> dict[str, Any]:
    """Return the figures of a case with its description.

    The description is None where the case is no longer in the bank.
    """
    case, row = bank.cases.get(figures.case), figures.to_json()
    return {
        **row,
        "title": in_language(case.title, language) if case else None,
        "specialty": case.specialty if case else None,
        "course": case.course if case else None,
        "difficulty": case.level if case else None,
        "wrong": [{**wrong, "title": catalogue.title(wrong["code"], language)} for wrong in row["wrong"]],
        "why": training_text(f"unclear-{figures.unclear}", language) if figures.unclear else None,
    }


def set_row(figures: SetFigures, bank: Bank) -> dict[str, Any]:
    """Return the figures of a fixed set with the published rates."""
    return {**figures.to_json(), "published": bank.scoring.published}


def render_csv(rows: Iterable[dict[str, Any]], language: str) -> bytes:
    """Return rows of cases as CSV for a spreadsheet in a language."""
    return write_spreadsheet_csv([_COLUMNS, *map(_cells, rows)], language)


def _cells(row: dict[str, Any]) -> list[object]:
    low, high = row["interval"]
    wrong = " ".join(f"{item['code']}:{item['answers']}" for item in row["wrong"])
    cells = {**row, "exact_low": low, "exact_high": high, "level": row["difficulty"], "unclear": row["why"], "wrong": wrong}
    return [cells[column] for column in _COLUMNS]
