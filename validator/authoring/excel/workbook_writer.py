"""Write the course table of a release as an Excel workbook to edit.

Dates are dates; codes and names are text, so that Excel does not convert them to numbers; columns with fixed values have a list.
"""

import datetime
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from validator.authoring.excel.release_rows import Value, release_rows
from validator.authoring.excel.sheet_layout import (
    COURSES,
    FLAGS,
    HEAD,
    HEAD_ROWS,
    RUNNING,
    SOURCES,
    STATUSES,
    Column,
    Sheet,
    build_sheets,
)
from validator.rulebook.release import Release
from validator.support.errors import UserError
from validator.texts import danish_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MIN_PHASES = 5
_LAST_ROW = 1000  # of the cells with lists to choose from
_WIDTHS = {
    "date": 12,
    "flag": 14,
    "number": 12,
    "status": 16,
    "running": 20,
    "source": 18,
    "name": 20,
    "course": 20,
    "list": 26,
    "text": 44,
}


class ExcelMissingError(UserError):
    """The library that reads and writes Excel is not installed; the text says what to do."""

    def __init__(self) -> None:
        super().__init__(danish_text("authoring.excel.extra"))


def write_workbook(release: Release, edition: str) -> bytes:
    """Return the workbook of a release.

    `edition` is the catalogue that the release's digest is computed with. Raises ExcelMissingError.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise ExcelMissingError from error
    book = Workbook()
    _write_head(book.active, release, edition)
    for sheet in build_sheets(release.languages, _max_phase(release)):
        worksheet = book.create_sheet(sheet.title)
        _write_headings(worksheet, sheet)
        for number, values in enumerate(release_rows(sheet, release), 2):
            _write_row(worksheet, number, sheet, values)
        _offer_choices(worksheet, sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _max_phase(release: Release) -> int:
    entries = [entry for course in release.courses.values() for entry in course.services]
    return max([_MIN_PHASES, *(phase for entry in entries for phase in entry.by_phase)])


def _write_head(worksheet: "Worksheet", release: Release, edition: str) -> None:
    worksheet.title = HEAD
    values = (release.pack, release.name, edition, release.digest(edition))
    for number, (name, value) in enumerate(zip(HEAD_ROWS, values, strict=True), 1):
        _write(worksheet, number, 1, name, bold=True)
        _write(worksheet, number, 2, value)
    for number, sentence in enumerate(danish_text("authoring.excel.guide").splitlines(), len(HEAD_ROWS) + 2):
        _write(worksheet, number, 1, sentence)
    worksheet.column_dimensions["A"].width = 14


def _write_headings(worksheet: "Worksheet", sheet: Sheet) -> None:
    from openpyxl.comments import Comment

    for number, column in enumerate(sheet.columns, 1):
        cell = _write(worksheet, 1, number, column.heading, bold=True)
        cell.comment = Comment(sheet.meaning(column), "Kodevagt", width=320)
        worksheet.column_dimensions[cell.column_letter].width = _WIDTHS[column.form]
    worksheet.freeze_panes = "B2"


def _write_row(worksheet: "Worksheet", number: int, sheet: Sheet, values: Mapping[Column, Value]) -> None:
    for place, column in enumerate(sheet.columns, 1):
        value = values.get(column)
        if value is not None:
            _write(worksheet, number, place, value)
        elif column.form not in ("date", "number"):
            worksheet.cell(number, place).number_format = "@"  # keeps what is typed here later as text, such as "08"


def _write(worksheet: "Worksheet", row: int, place: int, value: Value, *, bold: bool = False) -> Any:
    from openpyxl.styles import Alignment, Font

    cell = worksheet.cell(row, place)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # even if it begins with "="
        cell.number_format = "@"
    if isinstance(value, datetime.date):
        cell.number_format = "yyyy-mm-dd"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=row > 1 and worksheet.title != HEAD, vertical="top")
    return cell


def _offer_choices(worksheet: "Worksheet", sheet: Sheet) -> None:
    """Add lists to choose from.

    Excel accepts other values too; they are reported when the workbook is read.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    lists = {
        "status": f'"{",".join(STATUSES)}"',
        "flag": f'"{",".join(FLAGS)}"',
        "running": f'"{",".join(RUNNING)}"',
        "course": f"{COURSES}!$A$2:$A${_LAST_ROW}",
        "source": f"{SOURCES}!$A$2:$A${_LAST_ROW}",
    }
    for number, column in enumerate(sheet.columns, 1):
        if column.form in lists:
            choice = DataValidation(type="list", formula1=lists[column.form], allow_blank=True, showErrorMessage=False)
            letter = get_column_letter(number)
            choice.add(f"{letter}2:{letter}{_LAST_ROW}")
            worksheet.add_data_validation(choice)
