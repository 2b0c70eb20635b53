"""The values in the cells of a workbook: the courses, entries and sources of a release, row by row and column by column."""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from validator.authoring.excel.sheet_layout import COURSES, SOURCES, STATUS_WORDS, Column, Sheet
from validator.contract.verdict import Source
from validator.rulebook.course import Course, Entry
from validator.rulebook.release import Release

Value = str | int | datetime.date | None
_WORDS = {key: word for word, key in STATUS_WORDS.items()}


def rows_of(sheet: Sheet, release: Release) -> Iterator[Mapping[Column, Value]]:
    """The rows of a sheet; None is an empty cell."""
    if sheet.title == COURSES:
        rows: Sequence[Mapping[str, object]] = [_course(course) for course in release.courses.values()]
    elif sheet.title == SOURCES:
        rows = [_source(name, source) for name, source in release.sources.items()]
    else:
        rows = [{"id": course.id, **_entry(entry)} for course in release.courses.values() for entry in getattr(course, sheet.shape)]
    for row in rows:
        yield {column: _shown(row.get(column.key), column) for column in sheet.columns}


def _shown(value: Any, column: Column) -> Value:
    """A value in the form of its column."""
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
    return {"from": entry.start, **{part.name: getattr(entry, part.name) for part in dataclasses.fields(entry)}}
