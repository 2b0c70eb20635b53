"""Searches for contacts that meet some tests and not others. "None exists" is certain; "one exists" may be wrong.

Fields of the contact are tried with representative values; tests of diagnoses are sets in the diagnosis space.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from validator.rulebook.analysis.diagnosis_space import ContactSetting, DiagnosisSpace
from validator.rulebook.analysis.field_values import Demand, can_be_met
from validator.rulebook.conditions import Exists, Test, is_met
from validator.rulebook.normal_form import Branch, Literal, branches_of
from validator.rulebook.rule import Period, Rule
from validator.rulebook.vocabulary import EXCEPTIONS, VOCABULARY

_SETTING = ("specialty", "course")
_MAX_SEARCHES = 2000  # then a contact is assumed to exist


@dataclass(frozen=True)
class ContactDemands:
    """Demands on a contact; sets of diagnoses are bit masks of the diagnosis space.

    `found`: the diagnoses that the finding may point at, None where it points at none. `there`: for each required
    diagnosis, the set it must be from. `absent`: those that must not occur. `complete`: whether every code is readable.
    `replacement`: those that may replace the one found, where a suggestion is followed.
    """

    settings: tuple[ContactSetting, ...]
    found: int | None = None
    there: tuple[int, ...] = ()
    absent: int = 0
    complete: bool | None = None
    fields: frozenset[Demand] = frozenset()
    replacement: int | None = None

    def without_beside(self, diagnoses: int) -> "ContactDemands":
        """Return these demands where none of the diagnoses occurs besides the one found."""
        there = tuple(wanted & ~diagnoses for wanted in self.there if not wanted & (self.found or 0))
        return replace(self, there=there)


def _is_of_diagnosis(test: Test) -> bool:
    """Return whether a test is of a field of diagnoses."""
    return VOCABULARY[test.field].scope == "diagnosis"


class ContactSearch:
    """Searches for contacts of one release within one period."""

    def __init__(self, space: DiagnosisSpace, period: Period, *, each: bool) -> None:
        self.space = space
        self.period = period
        self._possible: dict[object, int] = {}  # by course; read some hundred thousand times for a few hundred rules
        self._any = ContactDemands(space.settings, space.every if each else None)

    def exists(self, contact: ContactDemands) -> bool:
        """Return whether a contact can meet the demands."""
        by_field: dict[str, list[Demand]] = {}
        for test, wanted in contact.fields:
            by_field.setdefault(test.field, []).append((test, wanted))
        if not all(can_be_met(frozenset(demands)) for demands in by_field.values()):
            return False
        return any(self.fits(contact, setting) for setting in contact.settings)

    def fits(self, contact: ContactDemands, setting: ContactSetting) -> bool:
        """Return whether the demanded diagnoses are possible in a setting."""
        course = setting.value("course")
        possible = self._possible.get(course)
        if possible is None:
            possible = self._possible[course] = self.space.possible(setting, self.period)
        if contact.replacement is not None and not contact.replacement & possible:
            return False
        possible &= ~contact.absent
        return (contact.found is None or bool(contact.found & possible)) and all(wanted & possible for wanted in contact.there)

    def with_literal(self, contact: ContactDemands, literal: Literal) -> ContactDemands:
        """Return the demands of a contact that also meets a literal."""
        if isinstance(literal, Exists):
            met = self.space.all_of(literal.tests)
            if literal.wanted:
                return replace(contact, there=(*contact.there, met))
            if contact.complete is False:
                return replace(contact, settings=())
            return replace(contact, absent=contact.absent | met, complete=True)
        if _is_of_diagnosis(literal):
            return replace(contact, found=(contact.found or 0) & self.space.mask(literal))
        if literal.field in _SETTING:
            settings = tuple(item for item in contact.settings if is_met(literal, item.value(literal.field)))
            return replace(contact, settings=settings)
        return replace(contact, fields=contact.fields | {(literal, True)})

    def without_literal(self, contact: ContactDemands, literal: Literal) -> Iterator[ContactDemands]:
        """Yield the demands, one for each way, of a contact that does not meet a literal (after the replacement, if any)."""
        if isinstance(literal, Exists):
            if contact.replacement is not None:
                yield contact  # the effect of the replacement on other diagnoses is not analysed
                return
            met = self.space.all_of(literal.tests)
            if literal.wanted:
                yield replace(contact, absent=contact.absent | met)
                return
            yield replace(contact, there=(*contact.there, met))
            if contact.complete is not True:
                yield replace(contact, complete=False)
        elif _is_of_diagnosis(literal):
            unmet = ~self.space.mask(literal)
            if contact.replacement is not None:
                yield replace(contact, replacement=contact.replacement & unmet)
            else:
                yield replace(contact, found=(contact.found or 0) & unmet)
        elif literal.field in _SETTING:
            settings = tuple(item for item in contact.settings if not is_met(literal, item.value(literal.field)))
            yield replace(contact, settings=settings)
        else:
            yield replace(contact, fields=contact.fields | {(literal, False)})

    def with_branch(self, branch: Branch) -> ContactDemands:
        """Return the demands of a contact that meets every literal of a branch."""
        contact = self._any
        for literal in branch:
            contact = self.with_literal(contact, literal)
        return contact

    def escapes(self, contact: ContactDemands, branches: Iterable[Branch]) -> bool:
        """Return whether a contact can meet the demands and none of the branches."""
        budget = [_MAX_SEARCHES]
        return self._escapes(contact, tuple(branches), budget)

    def _escapes(self, contact: ContactDemands, branches: tuple[Branch, ...], budget: list[int]) -> bool:
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


def complete_branches(rule: Rule) -> list[Branch]:
    """Return the branches of a rule, with its exceptions and specialties as literals."""
    more: list[Literal] = [Test(EXCEPTIONS[name], "is", False) for name in rule.unless]
    if rule.specialties:
        more.append(Test("specialty", "one_of", rule.specialties))
    return [(*branch, *more) for branch in branches_of(rule.when)]
