"""The rows of a workbook as located values for the readers of rule files.

The places of the values are cells.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from validator.authoring.excel.cell_place import CellPlace
from validator.authoring.excel.sheet_layout import COURSES, SOURCES, Sheet, entry_sheets
from validator.authoring.excel.workbook_reader import Cell, WorkbookContents, WorkbookRow
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.release_files import PACK_FILE

COURSES_FILE = "courses.yaml"
Pair = tuple[str, CellPlace, Located]  # a key, its place, and its value


def draft_documents(head: Mapping[str, str], head_place: CellPlace, contents: WorkbookContents) -> dict[str, Located]:
    """Return the files of a draft by name.

    `head` has the keys of its `pack.yaml`, all at one place.
    """
    pack: list[Pair] = [(key, head_place, Located(value, head_place)) for key, value in head.items()]
    sources = [(name, row.place, _source(row)) for name, row in contents.named(SOURCES).items()]
    if sources:
        pack.append(("sources", head_place, _mapping(sources, head_place)))
    documents = {PACK_FILE: _mapping(pack, head_place)}
    courses = [(name, row.place, _course(row, contents.sheets)) for name, row in contents.named(COURSES).items()]
    if courses:
        documents[COURSES_FILE] = _mapping([("courses", head_place, _mapping(courses, head_place))], head_place)
    return documents


def _source(row: WorkbookRow) -> Located:
    pairs: list[Pair] = []
    for key in ("title", "date", "url", "status"):
        cell = row.cell(key)
        if cell is not None:
            pairs.append((key, cell.place, _value(cell)))
        elif key in ("date", "url"):
            pairs.append((key, row.place, Located(None, row.place)))
    return replace(_mapping(pairs, row.place), place=row.place)


def _course(row: WorkbookRow, sheets: Mapping[Sheet, list[WorkbookRow]]) -> Located:
    pairs = list(_texts("title", row))
    specialty = row.cell("specialty")
    if specialty is not None:
        value = _value(specialty)
        pairs.append(("specialty", specialty.place, value.value[0] if len(value.value) == 1 else value))
    for sheet in entry_sheets(tuple(sheets)):
        entries = [entry for entry in sheets[sheet] if entry.name == row.name]
        if entries:
            place = entries[0].place
            pairs.append((sheet.shape, place, Located([_entry(entry, sheet) for entry in entries], place)))
    return _mapping(pairs, row.place) if pairs else Located(None, row.place)


def _entry(row: WorkbookRow, sheet: Sheet) -> Located:
    """Return a dated entry of a course.

    An entry of services has `by_phase` even without any phase.
    """
    pairs: list[Pair] = []
    for key in dict.fromkeys(column.key for column in row.cells):
        cells = [(column, cell) for column, cell in row.cells.items() if column.key == key]
        place = cells[0][1].place
        if key == "note":
            pairs += _texts(key, row)
        elif key == "by_phase":
            phases = [(str(column.phase), cell.place, _value(cell)) for column, cell in cells]
            pairs.append((key, place, _mapping(phases, place)))
        elif key == "first":
            bounds = [cell for cell in (cells[0][1], row.cell("last")) if cell is not None]
            pairs.append(("range", place, Located([_value(cell) for cell in bounds], place)))
        elif key not in ("id", "last"):
            pairs.append((key, place, _value(cells[0][1])))
    if sheet.shape == "services" and not any(column.phase for column in row.cells):
        pairs.append(("by_phase", row.place, Located({}, row.place)))
    return _mapping(pairs, row.place)


def _texts(key: str, row: WorkbookRow) -> Iterator[Pair]:
    """Yield a text in its languages, if it is in any."""
    texts = [
        (column.language or "", cell.place, Located(str(cell.value), cell.place))
        for column, cell in row.cells.items()
        if column.key == key
    ]
    if texts:
        yield key, texts[0][1], _mapping(texts, row.place)


def _mapping(pairs: Iterable[Pair], empty: CellPlace) -> Located:
    """Return a mapping at the place of its first key, as in a file.

    An empty mapping is at the place `empty`.
    """
    pairs = list(pairs)
    place = pairs[0][1] if pairs else empty
    return Located({key: value for key, _, value in pairs}, place, {key: key_place for key, key_place, _ in pairs})


def _value(cell: Cell) -> Located:
    if isinstance(cell.value, tuple):
        return Located([Located(item, cell.place) for item in cell.value], cell.place)
    return Located(cell.value, cell.place)
