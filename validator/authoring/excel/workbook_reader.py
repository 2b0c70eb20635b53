"""Reads an Excel workbook of the course table: rows of cells, each with its place, and what is wrong with the form of the workbook.

What the values mean is not judged here: the readers of rule files do that.
"""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from validator.authoring.excel.cell_place import CellPlace
from validator.authoring.excel.sheet_layout import FLAGS, HEAD, HEAD_ROWS, MOST_PHASES, STATUS_WORDS, Column, Sheet, sheets_of
from validator.authoring.excel.workbook_writer import ExcelMissingError
from validator.rulebook.yaml.problems import Problem, hint
from validator.support.errors import UserError

if TYPE_CHECKING:
    from openpyxl import Workbook

CellValue = str | int | bool | tuple[str, ...]
LARGEST = 2**22  # bytes
_LARGEST_UNPACKED = 2**26
_MOST_ROWS, _MOST_COLUMNS = 5000, 60
_SEPARATORS = re.compile(r"[,;\n]")
_DIGITS = re.compile(r"\d{1,9}")
_FORMULA = "f"


class WorkbookError(UserError):
    """A file that cannot be read as a workbook of the course table; the text says why, in one Danish sentence."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of a cell, in the form of its column."""

    value: CellValue
    place: CellPlace


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """A row by its columns; empty cells are not there."""

    place: CellPlace
    cells: Mapping[Column, Cell]

    def cell(self, key: str) -> Cell | None:
        """The first cell of a key."""
        return next((cell for column, cell in self.cells.items() if column.key == key), None)

    @property
    def name(self) -> str:
        """The course or the source that the row is about; empty where it does not say."""
        cell = self.cell("id")
        return str(cell.value) if cell else ""

    @property
    def name_place(self) -> CellPlace:
        return (self.cell("id") or self).place


@dataclass
class Contents:
    """The rows of each sheet, and what is wrong with the workbook; `texts` are the texts of the cells that may have problems."""

    sheets: dict[Sheet, list[WorkbookRow]]
    problems: list[Problem] = field(default_factory=list)
    texts: dict[CellPlace, str] = field(default_factory=dict)

    def named(self, title: str) -> dict[str, WorkbookRow]:
        """The rows of a sheet by their names; of several with one name the first."""
        found: dict[str, WorkbookRow] = {}
        for row in self.rows(title):
            if row.name:
                found.setdefault(row.name, row)
        return found

    def rows(self, title: str) -> list[WorkbookRow]:
        return next(rows for sheet, rows in self.sheets.items() if sheet.title == title)


class Book:
    """A workbook that could be opened. `head` is what it says of the release it was written from, by HEAD_ROWS."""

    def __init__(self, content: bytes, file: str) -> None:
        self._file = file
        self._book = _opened(content)
        self._titles = [sheet.title for sheet in self._book.worksheets]
        self.head = self._head()

    def read(self, languages: tuple[str, ...]) -> Contents:
        """The rows of all sheets, for texts in these languages."""
        found = Contents({})
        for sheet in sheets_of(languages, MOST_PHASES):
            found.sheets[sheet] = list(self._rows(sheet, found)) if sheet.title in self._titles else []
            if sheet.title not in self._titles:
                found.problems.append(Problem("sheet-missing", CellPlace(self._file, 1, 1, sheet.title), {"sheet": sheet.title}))
        return found

    def _head(self) -> dict[str, str]:
        if HEAD not in self._titles:
            raise WorkbookError(f'Arket "{HEAD}" mangler. Skriv et nyt ark med kodevagt rules export.')
        head = {str(row[0]).strip(): str(row[1] or "").strip() for row in self._book[HEAD].iter_rows(1, 20, 1, 2, values_only=True)}
        for name in HEAD_ROWS:
            if not head.get(name):
                raise WorkbookError(f'Arket "{HEAD}" siger ikke, hvad "{name}" er. Skriv et nyt ark med kodevagt rules export.')
        return {name: head[name] for name in HEAD_ROWS}

    def _rows(self, sheet: Sheet, found: Contents) -> Iterator[WorkbookRow]:
        written = self._book[sheet.title]
        if written.max_row > _MOST_ROWS:
            place = CellPlace(self._file, written.max_row, 1, sheet.title)
            found.problems.append(Problem("too-many-rows", place, {"limit": str(_MOST_ROWS)}))
            return
        columns = self._columns(sheet, found)
        for cells in written.iter_rows(2, written.max_row, 1, _MOST_COLUMNS):
            read: dict[Column, Cell] = {}
            for cell in cells:
                column = columns.get(cell.column)
                if column is None or _is_blank(cell.value):
                    continue
                place = CellPlace(self._file, cell.row, cell.column, sheet.title)
                found.texts[place] = _shown(cell.value)
                value = _value(cell, column, place, found.problems)
                if value is not None:
                    read[column] = Cell(value, place)
            if any(columns.get(cell.column) and not _is_blank(cell.value) for cell in cells):
                row = WorkbookRow(CellPlace(self._file, cells[0].row, 1, sheet.title), read)
                self._check_required(cells, columns, row, found)
                yield row

    def _columns(self, sheet: Sheet, found: Contents) -> dict[int, Column]:
        """The columns by their number, read from the headings of the first row."""
        known = {column.heading: column for column in sheet.columns}
        columns: dict[int, Column] = {}
        for number, given in enumerate(next(self._book[sheet.title].iter_rows(1, 1, 1, _MOST_COLUMNS, values_only=True)), 1):
            if _is_blank(given):
                continue
            place, heading = CellPlace(self._file, 1, number, sheet.title), _shown(given)
            column = known.get(heading)
            if column is None:
                found.problems.append(Problem("heading-unknown", place, {"heading": heading, "hint": hint(heading, list(known))}))
            elif column in columns.values():
                found.problems.append(Problem("heading-twice", place, {"heading": heading}))
            else:
                columns[number] = column
        place = CellPlace(self._file, 1, 1, sheet.title)
        for column in sheet.columns:
            if column.phase is None and column not in columns.values():
                found.problems.append(Problem("heading-missing", place, {"heading": column.heading}))
        return columns

    def _check_required(self, cells: Any, columns: Mapping[int, Column], row: WorkbookRow, found: Contents) -> None:
        filled = {cell.column for cell in cells if not _is_blank(cell.value)}
        for number, column in columns.items():
            if column.required and number not in filled:
                place = CellPlace(self._file, row.place.line, number, row.place.sheet)
                found.problems.append(Problem("cell-empty", place, {"heading": column.heading}))


def _opened(content: bytes) -> "Workbook":
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise ExcelMissingError from error
    if len(content) > LARGEST:
        raise WorkbookError(f"Filen er større end {LARGEST} byte.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > _LARGEST_UNPACKED:
                raise WorkbookError(f"Filen fylder mere end {_LARGEST_UNPACKED} byte, når den pakkes ud.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of what Excel keeps beside the cells and openpyxl leaves out
            return load_workbook(io.BytesIO(content))
    except WorkbookError:
        raise
    except Exception as error:  # a spoilt workbook makes openpyxl and what is below it raise almost anything
        raise WorkbookError("Filen kan ikke læses som et Excel-ark (.xlsx).") from error


def _value(cell: Any, column: Column, place: CellPlace, problems: list[Problem]) -> CellValue | None:
    """The value of a cell in the form of its column; None after a problem has been noted."""
    if cell.data_type == _FORMULA:
        problems.append(Problem("cell-formula", place))
        return None
    shown = _shown(cell.value)
    match column.form:
        case "list":
            return tuple(part for part in map(str.strip, _SEPARATORS.split(shown)) if part)
        case "number":
            return int(shown) if _DIGITS.fullmatch(shown) else shown
        case "flag":
            return _chosen(shown, {**FLAGS, "true": True, "false": False}, tuple(FLAGS), place, problems)
        case "status":
            known = {**STATUS_WORDS, **{key: key for key in STATUS_WORDS.values()}}
            return _chosen(shown, known, tuple(STATUS_WORDS), place, problems)
    return shown


def _chosen(
    shown: str, known: Mapping[str, str | bool], allowed: tuple[str, ...], place: CellPlace, problems: list[Problem]
) -> CellValue | None:
    value = known.get(shown.lower())
    if value is None:
        meant = hint(shown, allowed)
        values = {"given": shown[:60], "allowed": ", ".join(allowed), "hint": meant if meant.startswith("Mente") else ""}
        problems.append(Problem("not-allowed", place, values))
    return value


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _shown(value: object) -> str:
    """A cell's value as text: a day without its time, a whole number without a point."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).lower() if isinstance(value, bool) else str(value).strip()
