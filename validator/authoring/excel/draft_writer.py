"""Writes the rows of a workbook as the files of a draft, in the form rule files keep; each part knows the cell it came from."""

import json
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from validator.authoring.excel.cell_place import CellPlace
from validator.authoring.excel.sheet_layout import COURSES, SOURCES, Column, Sheet, entry_sheets
from validator.authoring.excel.workbook_reader import Cell, CellValue, Row
from validator.rulebook.yaml.release_files import PACK_FILE

COURSES_FILE = "courses.yaml"
Table = Mapping[Sheet, list[Row]]
_PLAIN = re.compile(r"[A-Z]{1,2}\d[\dA-Z]*(\.\d+)?|[a-z][a-z0-9]*(-[a-z0-9]+)*|\d{4}-\d\d-\d\d")
_WORDS_OF_YAML = ("true", "false", "null", "yes", "no", "on", "off")
_INDENT = "  "


@dataclass
class Written:
    """A file line by line; each line is parts, and each part has the cell that it came from."""

    lines: list[list[tuple[str, CellPlace]]] = field(default_factory=list)

    def add(self, depth: int, *parts: tuple[str, CellPlace]) -> None:
        """A line, so deep below the others."""
        self.lines.append([(_INDENT * depth, parts[0][1]), *parts])

    @property
    def text(self) -> str:
        return "".join("".join(text for text, _ in line) + "\n" for line in self.lines)

    def cell(self, line: int, column: int) -> CellPlace:
        """The cell that stands at a place of the text, counted from 1."""
        parts = self.lines[min(line, len(self.lines)) - 1]
        starts = [1]
        for text, _ in parts[:-1]:
            starts.append(starts[-1] + len(text))
        return parts[max(bisect_right(starts, column) - 1, 0)][1]


@dataclass(frozen=True)
class DraftHead:
    """What a draft calls itself and builds on; `place` stands for all of it."""

    pack: str
    release: str
    extends: str
    place: CellPlace


def write_draft(
    head: DraftHead, table: Table, *, courses: Collection[str] | None = None, sources: Collection[str] | None = None
) -> dict[str, Written]:
    """The files of a draft with these courses and sources, by default with all."""
    by_title = {sheet.title: rows for sheet, rows in table.items()}
    files = {PACK_FILE: Written(), COURSES_FILE: Written()}
    for key, value in (("pack", head.pack), ("release", head.release), ("status", "draft"), ("extends", head.extends)):
        files[PACK_FILE].add(0, (f"{key}: {_scalar(value)}", head.place))
    named = [row for row in by_title[SOURCES] if _name(row) and (sources is None or _name(row) in sources)]
    if named:
        files[PACK_FILE].lines.append([("", head.place)])
        files[PACK_FILE].add(0, ("sources:", head.place))
        for row in named:
            _write_source(files[PACK_FILE], row)
    kept = [row for row in by_title[COURSES] if _name(row) and (courses is None or _name(row) in courses)]
    if not kept:
        del files[COURSES_FILE]
        return files
    files[COURSES_FILE].add(0, ("courses:", head.place))
    for row in kept:
        _write_course(files[COURSES_FILE], row, table)
    return files


def _write_source(written: Written, row: Row) -> None:
    cells = {column.key: cell for column, cell in row.cells.items()}
    parts = [(f"{_scalar(_name(row))}: {{", row.place)]
    for number, key in enumerate(("title", "date", "url", "status")):
        comma = ", " if number else ""
        if key in cells:
            parts.append((f"{comma}{key}: {_value(cells[key].value)}", cells[key].place))
        elif key in ("date", "url"):
            parts.append((f"{comma}{key}: null", row.place))
    written.add(1, *parts, ("}", row.place))


def _write_course(written: Written, row: Row, table: Table) -> None:
    name = _name(row)
    written.add(1, (f"{_scalar(name)}:", row.place))
    _write_texts(written, 2, "title", row)
    for column, cell in row.cells.items():
        if column.key == "specialty":
            value = cell.value
            one = isinstance(value, tuple) and len(value) == 1
            written.add(2, (f"specialty: {_quoted(value[0]) if one else _list(value, quoted=True)}", cell.place))  # type: ignore[index]
    for sheet in entry_sheets(tuple(table)):
        own = [entry for entry in table[sheet] if _name(entry) == name]
        if own:
            written.add(2, (f"{sheet.shape}:", own[0].place))
        for entry in own:
            _write_entry(written, entry, sheet)


def _write_entry(written: Written, row: Row, sheet: Sheet) -> None:
    """An entry: one line for each key, the first of them behind a dash."""
    first = len(written.lines)
    for key, cells in _by_key(row):
        if key in ("note", "title"):
            _write_texts(written, 4, key, row)
        elif key == "by_phase":
            written.add(4, ("by_phase:", cells[0][1].place))
            for column, cell in cells:
                written.add(5, (f"{column.phase}: {_list(cell.value)}", cell.place))
        elif key == "first":
            last = next((cell for column, cell in row.cells.items() if column.key == "last"), None)
            parts = [(f"range: [{_value(cells[0][1].value)}", cells[0][1].place)]
            if last is not None:
                parts.append((f", {_value(last.value)}", last.place))
            written.add(4, *parts, ("]", parts[-1][1]))
        elif key not in ("id", "last"):
            written.add(4, (f"{key}: {_value(cells[0][1].value)}", cells[0][1].place))
    if sheet.shape == "services" and not any(column.phase for column in row.cells):
        written.add(4, ("by_phase: {}", row.place))
    if len(written.lines) == first:
        written.add(4, ("{}", row.place))
    written.lines[first][0] = (f"{_INDENT * 3}- ", row.place)


def _by_key(row: Row) -> Iterator[tuple[str, list[tuple[Column, Cell]]]]:
    found: dict[str, list[tuple[Column, Cell]]] = {}
    for column, cell in row.cells.items():
        found.setdefault(column.key, []).append((column, cell))
    return iter(found.items())


def _write_texts(written: Written, depth: int, key: str, row: Row) -> None:
    """A text in each of its languages, in one line."""
    held = [(column.language, cell) for column, cell in row.cells.items() if column.key == key]
    if not held:
        return
    parts = [(f"{key}: {{", held[0][1].place)]
    for number, (language, cell) in enumerate(held):
        parts.append((f"{', ' if number else ''}{language}: {_quoted(str(cell.value))}", cell.place))
    written.add(depth, *parts, ("}", held[-1][1].place))


def _name(row: Row) -> str:
    return next((str(cell.value) for column, cell in row.cells.items() if column.key == "id"), "")


def _value(value: CellValue) -> str:
    return _list(value) if isinstance(value, tuple) else _scalar(value)


def _list(value: CellValue, *, quoted: bool = False) -> str:
    items = value if isinstance(value, tuple) else (value,)
    return f"[{', '.join(_quoted(str(item)) if quoted else _scalar(item) for item in items)}]"


def _scalar(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return value if _PLAIN.fullmatch(value) and value not in _WORDS_OF_YAML else _quoted(value)


def _quoted(value: str) -> str:
    """A text between quotes, in which YAML may not find anything else; what cannot be printed is escaped."""
    written = json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in written)
