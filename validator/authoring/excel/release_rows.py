"""The courses, entries and sources of a release as rows of a workbook."""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from validator.authoring.excel.sheet_layout import COURSES, RUNNING, SOURCES, STATUSES, Column, Sheet
from validator.rulebook.release import Release

Value = str | int | datetime.date | None
_RUNNING_TEXTS = {key: word for word, key in RUNNING.items() if key != "keep"}
_STATUS_TEXTS = {key: word for word, key in STATUSES.items()}


def release_rows(sheet: Sheet, release: Release) -> Iterator[Mapping[Column, Value]]:
    """Yield the rows of a sheet by column; None is an empty cell."""
    for row in _rows(sheet, release):
        yield {column: _cell_value(row.get(column.key), column) for column in sheet.columns}


def _rows(sheet: Sheet, release: Release) -> Iterator[dict[str, object]]:
    """Yield the rows of a sheet by the keys of its columns."""
    if sheet.title == COURSES:
        for course in release.courses.values():
            yield {"id": course.id, "title": course.title, "specialty": course.specialties}
    elif sheet.title == SOURCES:
        for name, source in release.sources.items():
            date = datetime.date.fromisoformat(source.date) if source.date else None
            yield {"id": name, "title": source.title, "date": date, "url": source.url, "status": source.status}
    else:
        for course in release.courses.values():
            for entry in getattr(course, sheet.shape):
                values = {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry)}
                yield {"id": course.id, "from": entry.start, **values}


def _cell_value(value: Any, column: Column) -> Value:
    """Return a value in the form of its column."""
    if isinstance(value, Mapping):
        value = value.get(column.language if column.language else column.phase)
    if isinstance(value, tuple):
        return ", ".join(value) or None
    if column.form == "status":
        return _STATUS_TEXTS[value]
    if column.form == "running":
        return _RUNNING_TEXTS.get(value)
    if column.form == "flag":
        return "ja" if value else None
    cell_value: Value = value
    return cell_value
