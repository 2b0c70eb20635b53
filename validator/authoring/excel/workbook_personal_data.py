"""Refusal of workbooks with CPR numbers, in any cell of any sheet or in the name of a sheet."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from validator.authoring.excel.workbook_errors import WorkbookError
from validator.support.personal_data import any_has_cpr, has_cpr
from validator.texts import danish_text

if TYPE_CHECKING:
    from openpyxl import Workbook

_LAST_COLUMN = 16384  # of Excel
_MAX_CELLS = 10  # cells that the message names
_CPR_LENGTH = 10


def refuse_personal_data(book: "Workbook", max_rows: int) -> None:
    """Raise WorkbookError, with the cells, where one of the first `max_rows` rows of a sheet has a CPR number."""
    for number, title in enumerate(book.sheetnames, 1):
        if has_cpr(title):
            raise WorkbookError(danish_text("authoring.excel.personal-data-sheet", number=number))
    cells = list(islice(_cells_with_cpr(book, max_rows), _MAX_CELLS))
    if cells:
        raise WorkbookError(danish_text("authoring.excel.personal-data", cells=", ".join(cells)))


def _cells_with_cpr(book: "Workbook", max_rows: int) -> Iterator[str]:
    from openpyxl.utils import get_column_letter

    for sheet in book.worksheets:
        rows = sheet.iter_rows(max_col=_LAST_COLUMN, values_only=True)
        for number, row in enumerate(islice(rows, max_rows), 1):
            if any_has_cpr(map(_searched_text, filter(None, row))):  # nearly all of the cells are empty
                for column, value in enumerate(row, 1):
                    if value and has_cpr(_searched_text(value)):
                        yield f"{sheet.title}!{get_column_letter(column)}{number}"


def _searched_text(value: object) -> str:
    """Return a value as text; Excel drops the zero that many CPR numbers begin with from a number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).zfill(_CPR_LENGTH) if isinstance(value, int) and not isinstance(value, bool) else str(value)
