"""The periods of the entries of courses and of the rules with dates."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from validator.authoring.checks.course_warnings import COLUMNS
from validator.authoring.explain.entry_text import entry_status, entry_text
from validator.rulebook.course import Course, Entry, MainDiagnosis, Phases, ReferralCodes
from validator.rulebook.release import Release
from validator.texts import danish_text

_DA = "da"


@dataclass(frozen=True, slots=True)
class TimelineSpan:
    """An entry or a rule in force from `start` to `end`, both included; None is an open end.

    `status` is "decided", "undecided" or "unconfirmed"; `short` is a label of a few characters, `text` a description.
    """

    subject: Literal["course", "rule"]
    id: str
    title: str
    specialties: tuple[str, ...]
    column: str
    start: datetime.date | None
    end: datetime.date | None
    short: str
    text: str
    status: str
    source: str

    def is_in_force(self, day: datetime.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def to_json(self, day: datetime.date) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "id": self.id,
            "title": self.title,
            "specialties": self.specialties,
            "column": self.column,
            "from": str(self.start) if self.start else None,
            "to": str(self.end) if self.end else None,
            "text": self.text,
            "status": self.status,
            "source": self.source,
            "in_force": self.is_in_force(day),
        }


def build_timeline(release: Release) -> list[TimelineSpan]:
    """Return every dated entry of the course table, by course, and then the rules with dates."""
    return [*(span for course in release.courses.values() for span in _course_spans(course, release)), *_rule_spans(release)]


def column_text(column: str) -> str:
    """Return the Danish name of a span's column."""
    return danish_text(f"authoring.timeline.{column}")


def _course_spans(course: Course, release: Release) -> Iterator[TimelineSpan]:
    title = course.title.get(_DA) or course.title[release.language]
    for column in COLUMNS:
        entries: tuple[Entry, ...] = getattr(course, column)
        for entry, later in zip(entries, (*entries[1:], None), strict=False):
            end = entry.to or (later.start - datetime.timedelta(days=1) if later else None)
            source = release.sources[entry.source]
            what = (_label(entry), entry_text(entry, "da"), entry_status(entry, release.sources), source.title)
            yield TimelineSpan("course", course.id, title, course.specialties, column, entry.start, end, *what)


def _rule_spans(release: Release) -> Iterator[TimelineSpan]:
    for rule in release.rules:
        if rule.valid_from or rule.valid_to:
            source = release.sources[rule.source]
            message = rule.message.get(_DA) or rule.message[release.language]
            what = (rule.id, message, source.status, source.title)
            yield TimelineSpan("rule", rule.id, rule.id, rule.specialties, "rule", rule.valid_from, rule.valid_to, *what)


def _label(entry: Entry) -> str:
    match entry:
        case MainDiagnosis():
            return ", ".join(entry.codes)
        case ReferralCodes():
            return ", ".join(entry.sks)
        case Phases():
            return f"{entry.first}–{entry.last}"
        case _:
            return ""
