"""What stands in the cells of a workbook: the courses, entries and sources of a release, row by row and column by column."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from validator.authoring.excel.sheet_layout import COURSES, SOURCES, STATUS_WORDS, Column, Sheet
from validator.contract.verdict import Source
from validator.rulebook.course import Course, Entry, MainDiagnosis, Phases, ReferralCodes, Services
from validator.rulebook.release import Release

Value = str | int | datetime.date | None
_WORDS = {key: word for word, key in STATUS_WORDS.items()}


def rows_of(sheet: Sheet, release: Release) -> Iterator[Mapping[Column, Value]]:
    """The rows of a sheet; None is an empty cell."""
    if sheet.title == COURSES:
        held: Sequence[Mapping[str, object]] = [_course(course) for course in release.courses.values()]
    elif sheet.title == SOURCES:
        held = [_source(name, source) for name, source in release.sources.items()]
    else:
        held = [{"id": course.id, **_entry(entry)} for course in release.courses.values() for entry in getattr(course, sheet.shape)]
    for row in held:
        yield {column: _shown(row.get(column.key), column) for column in sheet.columns}


def _shown(value: Any, column: Column) -> Value:
    """A value as it stands in the cell of a column."""
    if isinstance(value, Mapping):
        value = value.get(column.language if column.language else column.phase)
    if isinstance(value, tuple):
        return ", ".join(value) or None
    if column.form == "status":
        return _WORDS[value]
    if column.form == "flag":
        return "ja" if value else None
    shown: Value = value
    return shown


def _course(course: Course) -> dict[str, object]:
    return {"id": course.id, "title": course.title, "specialty": course.specialties}


def _source(name: str, source: Source) -> dict[str, object]:
    date = datetime.date.fromisoformat(source.date) if source.date else None
    return {"id": name, "title": source.title, "date": date, "url": source.url, "status": source.status}


def _entry(entry: Entry) -> dict[str, object]:
    dated: dict[str, object] = {"from": entry.start, "to": entry.to, "source": entry.source}
    match entry:
        case MainDiagnosis():
            own: dict[str, object] = {
                "codes": entry.codes,
                "status": entry.status,
                "note": entry.note or {},
                "several": entry.several,
                "start_codes": entry.start_codes,
            }
        case ReferralCodes():
            own = {"sks": entry.sks, "icpc": entry.icpc}
        case Phases():
            own = {"first": entry.first, "last": entry.last}
        case Services():
            own = {"by_phase": entry.by_phase}
        case _:
            raise TypeError(entry)
    return dated | own
