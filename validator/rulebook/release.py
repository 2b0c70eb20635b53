"""A release: the courses, rules, sources and specialties of one pack; immutable."""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from validator.catalogue.code_systems import DEFAULT_SYSTEMS
from validator.contract.verdict import Source
from validator.rulebook.course import Course
from validator.rulebook.rule import Example, Rule, Texts, example_request
from validator.support.added_fields import published_fields

_ONE_DAY = datetime.timedelta(days=1)
ReleaseStatus = Literal["current", "published", "draft"]


@dataclass(frozen=True)
class Release:
    """The rules that judge contacts from `start` on.

    `pack` is the jurisdiction; `languages` has its own language first.
    """

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
        """The code system of the pack's contacts."""
        return DEFAULT_SYSTEMS[self.pack]

    @cached_property
    def main_diagnosis_codes(self) -> frozenset[str]:
        """Every code that is a main diagnosis of some course."""
        return frozenset(code for course in self.courses.values() for entry in course.main_diagnosis for code in entry.codes)

    def courses_with_code(self, code: str) -> list[Course]:
        """Return the courses that have an ICPC-2 code on some date.

        The code is among their main or referral diagnoses.
        """
        return [
            course
            for course in self.courses.values()
            if any(code in entry.codes for entry in course.main_diagnosis) or any(code in entry.icpc for entry in course.referral)
        ]

    def first_day(self, rule: Rule, course: str) -> datetime.date:
        """Return the first day on which a rule and a course are in force; the course is ignored where there is none.

        It is the date of an example that has none, so that a later period does not change what the example shows.
        """
        found = self.courses.get(course)
        begins = (self.start, rule.valid_from, found.mandate_start if found else None)
        return min(max(filter(None, begins)), rule.valid_to or datetime.date.max)

    def complete_example(self, example: Example, rule: Rule) -> dict[str, Any]:
        """Return an example of a rule as a request.

        A pack or specialty that it lacks is one for which the rule is in force, a date the first day of rule and course.
        """
        name = str(example.encounter.get("course"))
        course = self.courses.get(name)
        specialties = course.specialties if course else (*self.specialties, self.pack)
        covered = [specialty for specialty in specialties if not rule.specialties or specialty in rule.specialties]
        day = self.first_day(rule, name)
        return example_request(example, pack=self.pack, specialty=(covered or specialties)[0], date=day)

    @cached_property
    def change_dates(self) -> tuple[datetime.date, ...]:
        """The days on which the set of rules in force changes, in order."""
        starts = {rule.valid_from for rule in self.rules if rule.valid_from}
        ends = {rule.valid_to + _ONE_DAY for rule in self.rules if rule.valid_to and rule.valid_to < datetime.date.max}
        return tuple(sorted(starts | ends))

    @cached_property
    def course_change_dates(self) -> tuple[datetime.date, ...]:
        """The days on which the course table changes, in order."""
        columns = [
            entry
            for course in self.courses.values()
            for column in (course.main_diagnosis, course.referral, course.phases, course.services)
            for entry in column
        ]
        ends = {entry.to + _ONE_DAY for entry in columns if entry.to and entry.to < datetime.date.max}
        return tuple(sorted({entry.start for entry in columns} | ends))

    def digest(self, edition: str) -> str:
        """Return the SHA-256 over the content of the release and the edition of its catalogue."""
        content = {
            "catalogue": edition,
            **{part.name: _plain(getattr(self, part.name)) for part in dataclasses.fields(self) if part.name != "status"},
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _plain(value: object) -> object:
    """Return any part of a release as JSON.

    A dataclass includes its class name, which must therefore never change. A field that was added later is left out where it
    has its default.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__, **{name: _plain(item) for name, item in published_fields(value).items()}}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
