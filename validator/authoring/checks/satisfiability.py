"""Whether there can be a contact of which some tests hold and others do not. "No" is certain; "yes" may be too much.

The tests of each field of the contact are tried on values enough to tell them apart; those of diagnoses are sets of the space.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from validator.authoring.checks.contact_space import OTHER, Period, Setting, Space, values_of
from validator.rulebook.conditions import Exists, Test, test_holds
from validator.rulebook.normal_form import Branch, Literal, branches_of
from validator.rulebook.rule import Rule
from validator.rulebook.vocabulary import EXCEPTIONS, VOCABULARY

Asked = tuple[Test, bool]  # a test, and whether it must hold; where it must not, it may also have nothing to test
_SETTING = ("specialty", "course")
_AVOIDED = {"includes": False, "includes_none": True}  # when the items of a test must not be in a list
_PATIENCE = 2000  # contacts looked for before "perhaps" is the answer


@dataclass(frozen=True)
class Contact:
    """What is demanded of a contact. `found` are the diagnoses that the finding may point at (None where it points at none),
    `there` has for each diagnosis that must be there those that it may be, `absent` are those that must not, `complete` whether
    every code can be read."""

    settings: tuple[Setting, ...]
    found: int | None = None
    there: tuple[int, ...] = ()
    absent: int = 0
    complete: bool | None = None
    fields: frozenset[Asked] = frozenset()

    def with_found(self, found: int) -> "Contact":
        """The same, with fewer diagnoses that the finding may point at."""
        return replace(self, found=found)

    def without_beside(self, diagnoses: int) -> "Contact":
        """The same where none of some diagnoses stands beside the one that is found."""
        there = tuple(wanted & ~diagnoses for wanted in self.there if not wanted & (self.found or 0))
        return replace(self, there=there)


def is_own(test: Test) -> bool:
    """Whether a test is of a diagnosis's own field."""
    return VOCABULARY[test.field].scope == "diagnosis"


class Search:
    """Looks for contacts of one release on the days of one period."""

    def __init__(self, space: Space, period: Period, *, each: bool) -> None:
        self.space = space
        self.period = period
        self._possible: dict[object, int] = {}  # by course; asked some hundred thousand times for a few hundred rules
        self._any = Contact(space.settings, space.every if each else None)

    def exists(self, contact: Contact) -> bool:
        """Whether there can be such a contact."""
        by_field: dict[str, list[Asked]] = {}
        for test, wanted in contact.fields:
            by_field.setdefault(test.field, []).append((test, wanted))
        if not all(_some_value(field, frozenset(asked)) for field, asked in by_field.items()):
            return False
        return any(self.fits(contact, setting) for setting in contact.settings)

    def fits(self, contact: Contact, setting: Setting) -> bool:
        """Whether the diagnoses that are demanded can stand in a setting."""
        course = setting.value("course")
        possible = self._possible.get(course)
        if possible is None:
            possible = self._possible[course] = self.space.possible(setting, self.period)
        possible &= ~contact.absent
        return (contact.found is None or bool(contact.found & possible)) and all(wanted & possible for wanted in contact.there)

    def with_literal(self, contact: Contact, literal: Literal) -> Contact:
        """A contact of which a literal holds besides."""
        if isinstance(literal, Exists):
            met = self.space.all_of(literal.tests)
            if literal.wanted:
                return replace(contact, there=(*contact.there, met))
            if contact.complete is False:
                return replace(contact, settings=())
            return replace(contact, absent=contact.absent | met, complete=True)
        if is_own(literal):
            return replace(contact, found=(contact.found or 0) & self.space.mask(literal))
        if literal.field in _SETTING:
            kept = tuple(item for item in contact.settings if test_holds(literal, item.value(literal.field)))
            return replace(contact, settings=kept)
        return replace(contact, fields=contact.fields | {(literal, True)})

    def without_literal(self, contact: Contact, literal: Literal) -> Iterator[Contact]:
        """The contacts of which a literal does not hold, in each way that this can be."""
        if isinstance(literal, Exists):
            met = self.space.all_of(literal.tests)
            if literal.wanted:
                yield replace(contact, absent=contact.absent | met)
                return
            yield replace(contact, there=(*contact.there, met))
            if contact.complete is not True:
                yield replace(contact, complete=False)
        elif is_own(literal):
            yield replace(contact, found=(contact.found or 0) & ~self.space.mask(literal))
        elif literal.field in _SETTING:
            kept = tuple(item for item in contact.settings if not test_holds(literal, item.value(literal.field)))
            yield replace(contact, settings=kept)
        else:
            yield replace(contact, fields=contact.fields | {(literal, False)})

    def with_branch(self, branch: Branch) -> Contact:
        """A contact of which every literal of a branch holds."""
        contact = self._any
        for literal in branch:
            contact = self.with_literal(contact, literal)
        return contact

    def escapes(self, contact: Contact, branches: Iterable[Branch]) -> bool:
        """Whether there can be such a contact of which none of the branches holds."""
        budget = [_PATIENCE]
        return self._escapes(contact, tuple(branches), budget)

    def _escapes(self, contact: Contact, branches: tuple[Branch, ...], budget: list[int]) -> bool:
        budget[0] -= 1
        if budget[0] < 0:
            return True
        if not self.exists(contact):
            return False
        if not branches:
            return True
        return any(
            self._escapes(changed, branches[1:], budget)
            for literal in branches[0]
            for changed in self.without_literal(contact, literal)
        )


def whole_branches(rule: Rule) -> list[Branch]:
    """The branches of a rule with its exceptions and its specialties among their literals."""
    more: list[Literal] = [Test(EXCEPTIONS[name], "is", False) for name in rule.unless]
    if rule.specialties:
        more.append(Test("specialty", "one_of", rule.specialties))
    return [(*branch, *more) for branch in branches_of(rule.when)]


@lru_cache(maxsize=65536)
def _some_value(field: str, asked: frozenset[Asked]) -> bool:
    """Whether some value of a field, or none at all, answers everything that is asked of it."""
    return any(all(bool(test_holds(test, value)) is wanted for test, wanted in asked) for value in _values(field, asked))


def _values(field: str, asked: frozenset[Asked]) -> Iterator[Any]:
    """Values enough to tell the tests of a field apart; None where it was not given."""
    word, tests = VOCABULARY[field], [test for test, _ in asked]
    yield None
    if word.type == "flag":
        yield from (True, False)
    elif word.type == "integer":
        low, high = word.bounds
        near = {near for value in values_of(tests) for near in (value - 1, value, value + 1)}
        yield from (value for value in sorted({low, high, *near}) if low <= value <= high)
    elif word.type == "text":
        yield from word.values or {*values_of(tests), OTHER}
    else:
        yield ()
        # Only what must not be there limits a list: it may as well hold everything else.
        every = {*(word.values or (OTHER,)), *values_of(test for test in tests if test.operator != "empty")}
        yield tuple(sorted(every - set(values_of(test for test, wanted in asked if wanted is _AVOIDED.get(test.operator)))))
