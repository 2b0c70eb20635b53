"""A release: courses, rules, sources and specialties of one pack under one name, whole and immutable."""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from validator.catalogue.code_systems import DEFAULT_SYSTEMS
from validator.contract.verdict import Source
from validator.rulebook.course import Course
from validator.rulebook.rule import Rule, Texts

ReleaseStatus = Literal["current", "published", "draft"]


@dataclass(frozen=True)
class Release:
    """What judges a contact. `pack` is the jurisdiction, `languages` its own language first, `start` the first day it speaks of."""

    pack: str
    name: str
    status: ReleaseStatus
    languages: tuple[str, ...]
    owner: Texts
    start: datetime.date
    sources: Mapping[str, Source]
    specialties: Mapping[str, Texts]
    courses: Mapping[str, Course]
    rules: tuple[Rule, ...]

    @property
    def language(self) -> str:
        """The pack's own language."""
        return self.languages[0]

    @property
    def system(self) -> str:
        """The code system in which its contacts are coded."""
        return DEFAULT_SYSTEMS[self.pack]

    @cached_property
    def main_diagnosis_codes(self) -> frozenset[str]:
        """Every code that some course names as a main diagnosis."""
        return frozenset(code for course in self.courses.values() for entry in course.main_diagnosis for code in entry.codes)

    def courses_with_code(self, code: str) -> list[Course]:
        """The courses that name a code of ICPC-2, as a main diagnosis or as a referral's, on any date."""
        return [
            course
            for course in self.courses.values()
            if any(code in entry.codes for entry in course.main_diagnosis) or any(code in entry.icpc for entry in course.referral)
        ]

    @cached_property
    def change_dates(self) -> tuple[datetime.date, ...]:
        """The days on which the set of rules in force changes, in order."""
        one_day = datetime.timedelta(days=1)
        starts = {rule.valid_from for rule in self.rules if rule.valid_from}
        ends = {rule.valid_to + one_day for rule in self.rules if rule.valid_to and rule.valid_to < datetime.date.max}
        return tuple(sorted(starts | ends))

    @cached_property
    def course_change_dates(self) -> tuple[datetime.date, ...]:
        """The days on which something in the course table changes, in order."""
        one_day = datetime.timedelta(days=1)
        columns = [
            entry
            for course in self.courses.values()
            for column in (course.main_diagnosis, course.referral, course.phases, course.services)
            for entry in column
        ]
        ends = {entry.to + one_day for entry in columns if entry.to and entry.to < datetime.date.max}
        return tuple(sorted({entry.start for entry in columns} | ends))

    def digest(self, edition: str) -> str:
        """SHA-256 over the whole release and the edition of the catalogue it is judged with."""
        content = {
            "catalogue": edition,
            **{part.name: _plain(getattr(self, part.name)) for part in dataclasses.fields(self) if part.name != "status"},
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _plain(value: object) -> object:
    """JSON for anything a release holds; a dataclass carries its name, so that two of one shape differ."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__, **{part.name: _plain(getattr(value, part.name)) for part in dataclasses.fields(value)}}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
