"""The codes that the courses and rules of a release name, and the days on which they do."""

from collections.abc import Iterator
from typing import NamedTuple

from validator.catalogue.code_systems import ICPC, KVA, SKS
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.course import Course, dated_entries
from validator.rulebook.release import Release
from validator.rulebook.rule import Period, Rule


class NamedCode(NamedTuple):
    """A code that a course or a rule names in a period.

    With `is_beginning` it stands for every code that begins with it.
    """

    system: str
    code: str
    is_beginning: bool
    period: Period
    owner: Course | Rule


def named_codes(release: Release) -> Iterator[NamedCode]:
    """Yield the codes that a release names, once for each time; those of examples are left out."""
    for course in release.courses.values():
        yield from _codes_of_course(course, release.system)
    for rule in release.rules:
        yield from _codes_of_rule(rule, release.system)


def _codes_of_course(course: Course, system: str) -> Iterator[NamedCode]:
    for main, period in dated_entries(course.main_diagnosis):
        for code in (*main.codes, *main.start_codes):
            yield NamedCode(system, code, False, period, course)
    for referral, period in dated_entries(course.referral):
        for code in referral.icpc:
            yield NamedCode(ICPC, code, False, period, course)
        for code in referral.sks:
            yield NamedCode(SKS, code, True, period, course)


def _codes_of_rule(rule: Rule, system: str) -> Iterator[NamedCode]:
    for test in _tests(rule.when):
        # The system of the values, and whether they are beginnings.
        kinds = {"code": (system, False), "previous.codes": (system, False), "category": (system, True), "measures": (KVA, False)}
        if test.field in kinds and test.operator != "empty":
            values = test.value if isinstance(test.value, tuple) else (test.value,)
            for value in values:
                yield NamedCode(kinds[test.field][0], str(value), kinds[test.field][1], rule.period, rule)
    for proposal in rule.suggest:
        if proposal.code is not None:
            yield NamedCode(system, proposal.code, False, rule.period, rule)


def _tests(condition: Condition) -> Iterator[Test]:
    match condition:
        case Test():
            yield condition
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _tests(part)
        case Not(part):
            yield from _tests(part)
        case Exists(tests):
            yield from tests
