"""The reader of Excel workbooks of the course table.

It returns rows of cells with their places, and problems with the form of the workbook. The readers of rule files
check the values.
"""

import contextlib
import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from validator.authoring.excel.cell_place import CellPlace
from validator.authoring.excel.sheet_layout import FLAGS, HEAD, HEAD_ROWS, MAX_PHASES, STATUSES, Column, Sheet, build_sheets
from validator.authoring.excel.strict_workbook import transitional_workbook
from validator.authoring.excel.workbook_errors import WorkbookError
from validator.authoring.excel.workbook_personal_data import refuse_personal_data
from validator.authoring.excel.workbook_writer import ExcelMissingError
from validator.rulebook.course import STATUS_WORDS
from validator.rulebook.yaml.problems import Problem, hint, nearest_hint
from validator.texts import danish_text

if TYPE_CHECKING:
    from openpyxl import Workbook

CellValue = str | int | bool | tuple[str, ...]
MAX_FILE_BYTES = 2**22  # bytes
_MAX_UNPACKED_BYTES = 2**25
_MAX_ROWS, _MAX_COLUMNS = 5000, 60
_SEPARATORS = re.compile(r"[,;\n]")
_DIGITS = re.compile(r"\d{1,9}")
_QUOTES = "\"'“”„‟‘’‚‛"
_IN_QUOTES = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}]")
_FORMULA = "f"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its value in the form of its column."""

    value: CellValue
    place: CellPlace


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """A row with its cells by column, without empty cells, and the places of all columns."""

    place: CellPlace
    cells: Mapping[Column, Cell]
    places: Mapping[Column, CellPlace]

    def column(self, place: CellPlace) -> Column | None:
        """Return the column of a place in this row."""
        return next((column for column, cell in self.places.items() if cell == place), None)

    def cell(self, key: str) -> Cell | None:
        """Return the first cell of a key."""
        return next((cell for column, cell in self.cells.items() if column.key == key), None)

    @property
    def name(self) -> str:
        """The course or the source of the row; empty if its cell is."""
        cell = self.cell("id")
        return str(cell.value) if cell else ""

    @property
    def name_place(self) -> CellPlace:
        return (self.cell("id") or self).place


@dataclass
class WorkbookContents:
    """The rows of each sheet, the problems of the workbook, and the texts of its cells."""

    sheets: dict[Sheet, list[WorkbookRow]]
    problems: list[Problem] = field(default_factory=list)
    texts: dict[CellPlace, str] = field(default_factory=dict)

    def add_problem(self, id: str, place: CellPlace, **values: str) -> None:
        self.problems.append(Problem(id, place, values))

    def named(self, title: str) -> dict[str, WorkbookRow]:
        """Return the rows of a sheet by name; of several with one name, the first."""
        rows: dict[str, WorkbookRow] = {}
        for row in self.rows(title):
            if row.name:
                rows.setdefault(row.name, row)
        return rows

    def rows(self, title: str) -> list[WorkbookRow]:
        return next(rows for sheet, rows in self.sheets.items() if sheet.title == title)


class CourseWorkbook:
    """An open workbook.

    `head` describes, by HEAD_ROWS, the release that it was written from. Raises WorkbookError.
    """

    def __init__(self, content: bytes, file: str) -> None:
        self._file = file
        with _reading():
            self._book = _open(content)
            refuse_personal_data(self._book, _MAX_ROWS)
            self._titles = [sheet.title for sheet in self._book.worksheets]
            self.head = self._head()

    def read(self, languages: tuple[str, ...]) -> WorkbookContents:
        """Return the rows of all sheets, with texts in these languages. Raises WorkbookError."""
        contents = WorkbookContents({})
        for sheet in build_sheets(languages, MAX_PHASES):
            contents.sheets[sheet] = []
            if sheet.title in self._titles:
                with _reading():
                    contents.sheets[sheet] = list(self._rows(sheet, contents))
            else:
                contents.add_problem("sheet-missing", self._place(sheet, 1, 1), sheet=sheet.title)
        return contents

    def _place(self, sheet: Sheet, row: int, column: int) -> CellPlace:
        return CellPlace(self._file, row, column, sheet.title)

    def _head(self) -> dict[str, str]:
        if HEAD not in self._titles:
            raise WorkbookError(danish_text("authoring.excel.no-head", sheet=HEAD))
        head = {str(row[0]).strip(): str(row[1] or "").strip() for row in self._book[HEAD].iter_rows(1, 20, 1, 2, values_only=True)}
        for name in HEAD_ROWS:
            if not head.get(name):
                raise WorkbookError(danish_text("authoring.excel.no-head-value", sheet=HEAD, name=name))
        return {name: head[name] for name in HEAD_ROWS}

    def _rows(self, sheet: Sheet, contents: WorkbookContents) -> Iterator[WorkbookRow]:
        rows = self._book[sheet.title].iter_rows(max_col=_MAX_COLUMNS)
        headings = next(rows, ())
        columns = self._columns(sheet, headings, contents)
        with_heading = {number for number, cell in enumerate(headings, 1) if not _is_blank(cell.value)}
        for number, cells in enumerate(rows, 2):
            if number > _MAX_ROWS:
                contents.add_problem("too-many-rows", self._place(sheet, number, 1), limit=str(_MAX_ROWS))
                return
            filled = {columns[at]: (at, cell) for at, cell in enumerate(cells, 1) if at in columns and not _is_blank(cell.value)}
            for at, cell in enumerate(cells, 1):
                if at not in with_heading and not _is_blank(cell.value):
                    with_heading.add(at)  # the first cell of a column is reported
                    place = self._place(sheet, number, at)
                    contents.texts[place] = _text(cell.value)
                    contents.add_problem("cell-without-heading", place)
            if not filled:
                continue
            values: dict[Column, Cell] = {}
            for column, (at, cell) in filled.items():
                place = self._place(sheet, number, at)
                contents.texts[place] = _text(cell.value)
                value = _cell_value(cell, column, place, contents)
                if value is not None:
                    values[column] = Cell(value, place)
            places = {column: self._place(sheet, number, at) for at, column in columns.items()}
            for column, place in places.items():
                if column.required and column not in filled:
                    contents.add_problem("cell-empty", place, heading=column.heading)
            yield WorkbookRow(self._place(sheet, number, 1), values, places)

    def _columns(self, sheet: Sheet, headings: Iterable[Any], contents: WorkbookContents) -> dict[int, Column]:
        """Return the columns by number, from the cells of the first row."""
        known = {column.heading: column for column in sheet.columns}
        columns: dict[int, Column] = {}
        for number, cell in enumerate(headings, 1):
            if _is_blank(cell.value):
                continue
            place, heading = self._place(sheet, 1, number), _text(cell.value)
            column = known.get(heading)
            if column is None:
                contents.add_problem("heading-unknown", place, heading=heading, hint=hint(heading, list(known)))
            elif column in columns.values():
                contents.add_problem("heading-twice", place, heading=heading)
            else:
                columns[number] = column
        for column in sheet.columns:
            if column.phase is None and column not in columns.values():
                contents.add_problem("heading-missing", self._place(sheet, 1, 1), heading=column.heading)
        return columns


@contextlib.contextmanager
def _reading() -> Iterator[None]:
    """Raise WorkbookError for whatever openpyxl and zipfile raise for a damaged file, which is almost anything."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # about extensions of Excel that openpyxl ignores
            yield
    except (WorkbookError, ExcelMissingError, MemoryError):
        raise
    except Exception as error:
        raise WorkbookError(danish_text("authoring.excel.unreadable")) from error


def _open(content: bytes) -> "Workbook":
    """Open a workbook whose cells are read from the file when they are asked for.

    So a merged range, a format or a comment of a whole sheet costs nothing. Raises WorkbookError, or almost anything for a
    damaged file.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise ExcelMissingError from error
    if len(content) > MAX_FILE_BYTES:
        raise WorkbookError(danish_text("authoring.excel.too-large", limit=MAX_FILE_BYTES))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(item.file_size for item in archive.infolist()) > _MAX_UNPACKED_BYTES:
            raise WorkbookError(danish_text("authoring.excel.too-large-unpacked", limit=_MAX_UNPACKED_BYTES))
    book = load_workbook(io.BytesIO(transitional_workbook(content)), read_only=True, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file states may be wrong
    return book


def _cell_value(cell: Any, column: Column, place: CellPlace, contents: WorkbookContents) -> CellValue | None:
    """Return the value of a cell in the form of its column; None after adding a problem."""
    if cell.data_type == _FORMULA:
        contents.add_problem("cell-formula", place)
        return None
    text = _text(cell.value)
    parts = [part for part in map(str.strip, _SEPARATORS.split(text)) if part] if column.form == "list" else [text]
    if quotes := [part[0] for part in parts if _IN_QUOTES.fullmatch(part)]:
        contents.add_problem("cell-quoted", place, character=quotes[0])
        parts = [_IN_QUOTES.sub(r"\1", part) for part in parts]
        text = parts[0]
    choices: Mapping[str, str | bool]
    match column.form:
        case "list":
            return tuple(parts)
        case "number":
            return int(text) if _DIGITS.fullmatch(text) else text
        case "flag":
            words, choices = tuple(FLAGS), {**FLAGS, "true": True, "false": False}
        case "status":
            words, choices = tuple(STATUSES), STATUS_WORDS
        case _:
            return text
    value = choices.get(text.lower())
    if value is None:
        contents.add_problem("not-allowed", place, given=text[:60], allowed=", ".join(words), hint=nearest_hint(text, words))
    return value


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _text(value: object) -> str:
    """Return a cell's value as text: a date without a time, a whole number without decimals."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).lower() if isinstance(value, bool) else str(value).strip()
