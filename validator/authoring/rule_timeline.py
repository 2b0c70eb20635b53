"""What is in force when, course by course, and the rules that hold for a time only."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from validator.authoring.checks.course_warnings import COLUMNS
from validator.authoring.explain.course_explanation import said_by, status_of
from validator.rulebook.course import Course, Entry, MainDiagnosis, Phases, ReferralCodes
from validator.rulebook.release import Release

_DA = "da"
COLUMN_NAMES = {
    "main_diagnosis": "hoveddiagnose",
    "referral": "henvisning",
    "phases": "faser",
    "services": "ydelser",
    "rule": "regel",
}


@dataclass(frozen=True, slots=True)
class TimelineSpan:
    """Something in force from `start` to `end`, both included; `end` is None where nothing ends it. `status` is decided,
    undecided or unconfirmed, as a clinician is told; `short` says in few words what holds, `text` in a sentence."""

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

    def holds_on(self, day: datetime.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def to_json(self, day: datetime.date) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "id": self.id,
            "title": self.title,
            "specialties": list(self.specialties),
            "column": self.column,
            "from": str(self.start) if self.start else None,
            "to": str(self.end) if self.end else None,
            "text": self.text,
            "status": self.status,
            "source": self.source,
            "in_force": self.holds_on(day),
        }


def build_timeline(release: Release) -> list[TimelineSpan]:
    """Every dated entry of the course table, course by course, and then the rules that do not hold at all times."""
    return [*(span for course in release.courses.values() for span in _of_course(course, release)), *_of_rules(release)]


def _of_course(course: Course, release: Release) -> Iterator[TimelineSpan]:
    title = course.title.get(_DA) or course.title[release.language]
    for column in COLUMNS:
        entries: tuple[Entry, ...] = getattr(course, column)
        ends = [entry.to or _day_before(later.start) for entry, later in pairwise(entries)]
        for entry, end in zip(entries, [*ends, entries[-1].to if entries else None], strict=False):
            source = release.sources[entry.source]
            what = (_short(entry), said_by(entry), status_of(entry, release.sources), source.title)
            yield TimelineSpan("course", course.id, title, course.specialties, column, entry.start, end, *what)


def _of_rules(release: Release) -> Iterator[TimelineSpan]:
    for rule in release.rules:
        if rule.valid_from or rule.valid_to:
            source = release.sources[rule.source]
            message = rule.message.get(_DA) or rule.message[release.language]
            what = (rule.id, message, source.status, source.title)
            yield TimelineSpan("rule", rule.id, rule.id, rule.specialties, "rule", rule.valid_from, rule.valid_to, *what)


def _short(entry: Entry) -> str:
    match entry:
        case MainDiagnosis():
            return ", ".join(entry.codes)
        case ReferralCodes():
            return ", ".join(entry.sks)
        case Phases():
            return f"{entry.first}–{entry.last}"
        case _:
            return ""


def _day_before(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=1)
