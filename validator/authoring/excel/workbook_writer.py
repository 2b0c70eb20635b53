"""Writes the course table of a release as an Excel workbook, for its owner to edit.

Dates are real dates, codes and names are text that Excel must not take for numbers, and where one can choose there is a list.
"""

import datetime
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from validator.authoring.excel.release_rows import Value, rows_of
from validator.authoring.excel.sheet_layout import COURSES, FLAGS, HEAD, HEAD_ROWS, SOURCES, STATUS_WORDS, Column, Sheet, sheets_of
from validator.rulebook.release import Release
from validator.support.errors import UserError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LEAST_PHASES = 5
_LAST_ROW = 1000  # so far down the lists to choose from reach
_WIDTHS = {"date": 12, "flag": 14, "number": 12, "status": 16, "source": 18, "name": 20, "course": 20, "list": 26, "text": 44}
_GUIDE = (
    "Ret i de andre ark, gem filen, og læs den ind igen som en kladde: kodevagt rules import FIL.xlsx --to rules/dk/ny-udgave",
    "Afklares en kode, så slet ikke rækken: sæt en ny række ind under den med den nye dato. Den gamle gælder indtil da.",
    "Flere koder i én celle skrives med komma imellem. Kilden skal stå i arket Kilder.",
    "Et forløb slettes ikke; det ophører med en dato i Til.",
)


class ExcelMissingError(UserError):
    """The library that reads and writes Excel is not installed; the text says what to do."""

    def __init__(self) -> None:
        super().__init__('Excel kræver tilvalget "reports". Kør: pip install "kodevagt[reports]"')


def write_workbook(release: Release, edition: str) -> bytes:
    """The workbook of a release's course table, by the edition of the catalogue. Raises ExcelMissingError."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise ExcelMissingError from error
    book = Workbook()
    _write_head(book.active, release, edition)
    for sheet in sheets_of(release.languages, _phases(release)):
        written = book.create_sheet(sheet.title)
        _write_headings(written, sheet)
        for number, values in enumerate(rows_of(sheet, release), 2):
            _write_row(written, number, sheet, values)
        _offer_choices(written, sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _phases(release: Release) -> int:
    entries = [entry for course in release.courses.values() for entry in course.services]
    return max([_LEAST_PHASES, *(phase for entry in entries for phase in entry.by_phase)])


def _write_head(written: "Worksheet", release: Release, edition: str) -> None:
    written.title = HEAD
    values = (release.pack, release.name, edition, release.digest(edition))
    for number, (name, value) in enumerate(zip(HEAD_ROWS, values, strict=True), 1):
        _write(written, number, 1, name, bold=True)
        _write(written, number, 2, value)
    for number, sentence in enumerate(_GUIDE, len(HEAD_ROWS) + 2):
        _write(written, number, 1, sentence)
    written.column_dimensions["A"].width = 14


def _write_headings(written: "Worksheet", sheet: Sheet) -> None:
    from openpyxl.comments import Comment

    for number, column in enumerate(sheet.columns, 1):
        cell = _write(written, 1, number, column.heading, bold=True)
        cell.comment = Comment(sheet.meaning(column), "Kodevagt", width=320)
        written.column_dimensions[cell.column_letter].width = _WIDTHS[column.form]
    written.freeze_panes = "B2"


def _write_row(written: "Worksheet", number: int, sheet: Sheet, values: Mapping[Column, Value]) -> None:
    for place, column in enumerate(sheet.columns, 1):
        value = values.get(column)
        if value is not None:
            _write(written, number, place, value)
        elif column.form not in ("date", "number"):
            written.cell(number, place).number_format = "@"  # what is written here later stays text, as "08" must


def _write(written: "Worksheet", row: int, place: int, value: Value, *, bold: bool = False) -> Any:
    from openpyxl.styles import Alignment, Font

    cell = written.cell(row, place)
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"  # a text that begins with "=" is a text
        cell.number_format = "@"
    else:
        cell.value = value
    if isinstance(value, datetime.date):
        cell.number_format = "yyyy-mm-dd"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=row > 1 and written.title != HEAD, vertical="top")
    return cell


def _offer_choices(written: "Worksheet", sheet: Sheet) -> None:
    """Lists to choose from; another value is accepted here, and reported when the workbook is read."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    lists = {
        "status": f'"{",".join(STATUS_WORDS)}"',
        "flag": f'"{",".join(FLAGS)}"',
        "course": f"{COURSES}!$A$2:$A${_LAST_ROW}",
        "source": f"{SOURCES}!$A$2:$A${_LAST_ROW}",
    }
    for number, column in enumerate(sheet.columns, 1):
        if column.form in lists:
            choice = DataValidation(type="list", formula1=lists[column.form], allow_blank=True, showErrorMessage=False)
            letter = get_column_letter(number)
            choice.add(f"{letter}2:{letter}{_LAST_ROW}")
            written.add_data_validation(choice)
