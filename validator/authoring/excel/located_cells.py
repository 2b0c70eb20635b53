"""The rows of a workbook as the located values that the readers of rule files take, each with its cell as its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from validator.authoring.excel.cell_place import CellPlace
from validator.authoring.excel.sheet_layout import COURSES, SOURCES, Sheet, entry_sheets
from validator.authoring.excel.workbook_reader import Cell, WorkbookContents, WorkbookRow
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.release_files import PACK_FILE

COURSES_FILE = "courses.yaml"
Pair = tuple[str, CellPlace, Located]  # a key, its place, and its value


@dataclass(frozen=True)
class DraftHead:
    """What a draft calls itself and builds on; `place` is that of all of it."""

    pack: str
    release: str
    extends: str
    place: CellPlace


def draft_documents(head: DraftHead, contents: WorkbookContents) -> dict[str, Located]:
    """The files of a draft by name."""
    named = {"pack": head.pack, "release": head.release, "status": "draft", "extends": head.extends}
    pack = [(key, head.place, Located(value, head.place)) for key, value in named.items()]
    sources = [(name, row.place, _source(row)) for name, row in contents.named(SOURCES).items()]
    if sources:
        pack.append(("sources", head.place, _mapping(sources, head.place)))
    documents = {PACK_FILE: _mapping(pack, head.place)}
    courses = [(name, row.place, _course(row, contents.sheets)) for name, row in contents.named(COURSES).items()]
    if courses:
        documents[COURSES_FILE] = _mapping([("courses", head.place, _mapping(courses, head.place))], head.place)
    return documents


def _source(row: WorkbookRow) -> Located:
    pairs: list[Pair] = []
    for key in ("title", "date", "url", "status"):
        cell = row.cell(key)
        if cell is not None:
            pairs.append((key, cell.place, _value(cell)))
        elif key in ("date", "url"):
            pairs.append((key, row.place, Located(None, row.place)))
    return Located({key: value for key, _, value in pairs}, row.place, {key: place for key, place, _ in pairs})


def _course(row: WorkbookRow, sheets: Mapping[Sheet, list[WorkbookRow]]) -> Located:
    pairs = list(_texts("title", row))
    specialty = row.cell("specialty")
    if specialty is not None:
        several = _value(specialty)
        pairs.append(("specialty", specialty.place, several.value[0] if len(several.value) == 1 else several))
    for sheet in entry_sheets(tuple(sheets)):
        own = [entry for entry in sheets[sheet] if entry.name == row.name]
        if own:
            place = own[0].place
            pairs.append((sheet.shape, place, Located([_entry(entry, sheet) for entry in own], place)))
    return _mapping(pairs, row.place) if pairs else Located(None, row.place)


def _entry(row: WorkbookRow, sheet: Sheet) -> Located:
    """A dated entry of a course; an entry of services has its phases even where it names none."""
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
    """A text in each of its languages; nothing where it is in none."""
    texts = [
        (column.language or "", cell.place, Located(str(cell.value), cell.place))
        for column, cell in row.cells.items()
        if column.key == key
    ]
    if texts:
        yield key, texts[0][1], _mapping(texts, row.place)


def _mapping(pairs: Iterable[Pair], empty: CellPlace) -> Located:
    """Keys and values at the place of the first key, as in a file; without any, at the place `empty`."""
    found = list(pairs)
    place = found[0][1] if found else empty
    return Located({key: value for key, _, value in found}, place, {key: key_place for key, key_place, _ in found})


def _value(cell: Cell) -> Located:
    if isinstance(cell.value, tuple):
        return Located([Located(item, cell.place) for item in cell.value], cell.place)
    return Located(cell.value, cell.place)
