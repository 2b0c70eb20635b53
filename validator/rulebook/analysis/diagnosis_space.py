"""The possible diagnoses and settings of contacts.

They are distinguished in as much detail as a release's rules can distinguish them. There are finitely many diagnoses:
every code of the catalogue, in either role, named by the course or not. A set of diagnoses is an integer with one bit
for each, so that one operation handles all of them. The space may contain more contacts than can occur, never fewer:
what has no contact here is impossible.
"""

import datetime
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICPC
from validator.contract.encounter import ROLES
from validator.rulebook.analysis.field_values import OTHER, constants_of, fields_of_code
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test, is_met
from validator.rulebook.course import Course
from validator.rulebook.facts import Value
from validator.rulebook.release import Release
from validator.rulebook.rule import Period


class ContactSetting(NamedTuple):
    """A specialty and one of its courses that a contact may belong to; None for no known one."""

    specialty: str | None
    course: Course | None

    def value(self, field: str) -> str | None:
        """Return the value of the field `specialty` or `course`."""
        return self.specialty if field == "specialty" else self.course.id if self.course else None


class DiagnosisSpace:
    """The possible diagnoses and settings under one release and one catalogue."""

    def __init__(self, release: Release, catalogue: Catalogue) -> None:
        mentioned = _mentioned(release)
        rows = [
            {**row, "role": role, "course_names_code": named}
            for row in _codes(catalogue, release.system, mentioned["code"], mentioned["category"])
            for role in ROLES
            for named in (True, False)
            if not (named and row["code"] is None)
        ]
        self.all_diagnoses = (1 << len(rows)) - 1
        self._index: dict[str, dict[Value, int]] = {}
        for number, row in enumerate(rows):
            for field, value in row.items():
                masks = self._index.setdefault(field, {})
                masks[value] = masks.get(value, 0) | 1 << number
        known = {*release.specialties} or mentioned["specialty"] | {OTHER}
        self.settings = (
            ContactSetting(None, None),
            *(ContactSetting(specialty, None) for specialty in sorted(known)),
            *(ContactSetting(specialty, course) for course in release.courses.values() for specialty in course.specialties),
        )
        self.mask = cache(self._mask)

    def with_code(self, code: str) -> int:
        """Return the diagnoses with a code."""
        return self._index["code"].get(code, 0)

    def with_role(self, role: str) -> int:
        """Return the diagnoses in a role."""
        return self._index["role"][role]

    def matching(self, tests: Iterable[Test]) -> int:
        """Return the diagnoses that meet all of the tests."""
        met = self.all_diagnoses
        for test in tests:
            met &= self.mask(test)
        return met

    def _mask(self, test: Test) -> int:
        """Return the diagnoses that meet a test of one of their fields."""
        met = 0
        for value, mask in self._index[test.field].items():
            if is_met(test, value):
                met |= mask
        return met

    def possible(self, setting: ContactSetting, period: Period) -> int:
        """Return the diagnoses that can occur in a setting during a period.

        They depend on the codes that its course names.
        """
        named_rows = self._index["course_names_code"].get(True, 0)
        always, sometimes = frozenset[str](), frozenset[str]()
        if setting.course is not None:
            by_day = [setting.course.named_codes(day) for day in _days(setting.course, period)]
            earlier = (entry.codes for entry in setting.course.main_diagnosis if entry.start <= period.last)
            # A patient's course keeps a code that was right when it was set, as if the course still named it.
            always, sometimes = frozenset.intersection(*by_day), frozenset.union(*by_day).union(*earlier)
        can_be_named = self._codes_mask(sometimes) & named_rows
        cannot_be_unnamed = self._codes_mask(always) & ~named_rows
        return (can_be_named | (self.all_diagnoses & ~named_rows)) & ~cannot_be_unnamed

    def _codes_mask(self, codes: Iterable[str]) -> int:
        mask = 0
        for code in codes:
            mask |= self.with_code(code)
        return mask


def _days(course: Course, period: Period) -> list[datetime.date]:
    """Return days on which a course names everything that it names during a period."""
    one_day = datetime.timedelta(days=1)
    changes = {entry.start for entry in course.main_diagnosis}
    changes |= {entry.to + one_day for entry in course.main_diagnosis if entry.to and entry.to < datetime.date.max}
    return [period.first, *(day for day in changes if period.first < day <= period.last)]


def _codes(catalogue: Catalogue, system: str, codes: set[str], categories: set[str]) -> Iterator[dict[str, Value]]:
    """Yield the fields of possible codes.

    A code of another system than the pack's has no fields that rules can test.
    """
    yield dict.fromkeys(fields_of_code(OTHER, None))
    if system == ICPC:
        for rubric in catalogue.rubrics.values():
            if not rubric.code.startswith("-"):
                yield fields_of_code(rubric.code, rubric)
    else:  # too many to list: the mentioned codes, another one of each category, and one of no mentioned category
        for code in sorted({*codes, *categories, *(f"{category}.{OTHER}" for category in categories), OTHER * 4}):
            yield fields_of_code(code, None)


def _mentioned(release: Release) -> dict[str, set[str]]:
    """Return the constants in tests of the fields "code", "category" and "specialty".

    The codes that rules suggest or courses name are included.
    """
    mentioned: dict[str, set[str]] = {"code": set(), "category": set(), "specialty": set()}
    for course in release.courses.values():
        mentioned["code"].update(code for entry in course.main_diagnosis for code in entry.codes + entry.start_codes)
    for rule in release.rules:
        mentioned["specialty"].update(rule.specialties)
        mentioned["code"].update(proposal.code for proposal in rule.suggest if proposal.code)
        for test in tests_in(rule.when):
            if test.field in mentioned:
                mentioned[test.field].update(constants_of([test]))
    return mentioned


def tests_in(condition: Condition) -> Iterator[Test]:
    """Yield every test in a condition."""
    match condition:
        case Test():
            yield condition
        case Not(part):
            yield from tests_in(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from tests_in(part)
        case Exists(tests):
            yield from tests
