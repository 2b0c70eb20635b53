"""Search for a possible contact for which some tests hold and others do not.

"No" is certain; "yes" may be wrong. The tests of a contact's field are tried on enough values to distinguish them;
tests of diagnoses are sets of diagnoses.
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
_MAX_STEPS = 2000  # contacts tried before the answer is "perhaps"


@dataclass(frozen=True)
class ContactDemands:
    """The requirements of a contact; diagnoses are sets of a DiagnosisSpace.

    `finding` are the diagnoses that the finding may point at (None: it points at none), `required` has a set for each diagnosis
    that must be present, `excluded` are those that must not be. `complete` says whether every code is readable (None: either).
    `replacement` are the diagnoses that may replace the one found, when a suggestion is followed.
    """

    settings: tuple[ContactSetting, ...]
    finding: int | None = None
    required: tuple[int, ...] = ()
    excluded: int = 0
    complete: bool | None = None
    fields: frozenset[Demand] = frozenset()
    replacement: int | None = None

    def without_others(self, diagnoses: int) -> "ContactDemands":
        """Return the requirements without these diagnoses beside the one that is found."""
        required = tuple(allowed & ~diagnoses for allowed in self.required if not allowed & (self.finding or 0))
        return replace(self, required=required)


def _is_of_diagnosis(test: Test) -> bool:
    return VOCABULARY[test.field].scope == "diagnosis"


class ContactSearch:
    """Search for contacts of one release during one period."""

    def __init__(self, space: DiagnosisSpace, period: Period, *, each: bool) -> None:
        self.space = space
        self.period = period
        self._possible: dict[object, int] = {}  # by course; read some 100,000 times for a few hundred rules
        self._any = ContactDemands(space.settings, space.all_diagnoses if each else None)

    def exists(self, contact: ContactDemands) -> bool:
        """Return whether such a contact is possible."""
        by_field: dict[str, list[Demand]] = {}
        for test, wanted in contact.fields:
            by_field.setdefault(test.field, []).append((test, wanted))
        if not all(can_be_met(frozenset(demands)) for demands in by_field.values()):
            return False
        return any(self.fits(contact, setting) for setting in contact.settings)

    def fits(self, contact: ContactDemands, setting: ContactSetting) -> bool:
        """Return whether the diagnoses can occur in a setting."""
        course = setting.value("course")
        possible = self._possible.get(course)
        if possible is None:
            possible = self._possible[course] = self.space.possible(setting, self.period)
        if contact.replacement is not None and not contact.replacement & possible:
            return False
        possible &= ~contact.excluded
        return (contact.finding is None or bool(contact.finding & possible)) and all(
            allowed & possible for allowed in contact.required
        )

    def with_literal(self, contact: ContactDemands, literal: Literal) -> ContactDemands:
        """Return the requirements with a literal that must hold."""
        if isinstance(literal, Exists):
            met = self.space.matching(literal.tests)
            if literal.wanted:
                return replace(contact, required=(*contact.required, met))
            if contact.complete is False:
                return replace(contact, settings=())
            return replace(contact, excluded=contact.excluded | met, complete=True)
        if _is_of_diagnosis(literal):
            return replace(contact, finding=(contact.finding or 0) & self.space.mask(literal))
        if literal.field in _SETTING:
            settings = tuple(item for item in contact.settings if is_met(literal, item.value(literal.field)))
            return replace(contact, settings=settings)
        return replace(contact, fields=contact.fields | {(literal, True)})

    def without_literal(self, contact: ContactDemands, literal: Literal) -> Iterator[ContactDemands]:
        """Yield the requirements with each way in which a literal can fail.

        If there is a replacement, the literal fails after it.
        """
        if isinstance(literal, Exists):
            if contact.replacement is not None:
                yield contact  # the other diagnoses after the replacement are not modelled
                return
            met = self.space.matching(literal.tests)
            if literal.wanted:
                yield replace(contact, excluded=contact.excluded | met)
                return
            yield replace(contact, required=(*contact.required, met))
            if contact.complete is not True:
                yield replace(contact, complete=False)
        elif _is_of_diagnosis(literal):
            unmet = ~self.space.mask(literal)
            if contact.replacement is not None:
                yield replace(contact, replacement=contact.replacement & unmet)
            else:
                yield replace(contact, finding=(contact.finding or 0) & unmet)
        elif literal.field in _SETTING:
            settings = tuple(item for item in contact.settings if not is_met(literal, item.value(literal.field)))
            yield replace(contact, settings=settings)
        else:
            yield replace(contact, fields=contact.fields | {(literal, False)})

    def with_branch(self, branch: Branch) -> ContactDemands:
        """Return the requirements under which every literal of a branch holds."""
        contact = self._any
        for literal in branch:
            contact = self.with_literal(contact, literal)
        return contact

    def can_avoid(self, contacts: Iterable[ContactDemands], branches: Iterable[Branch]) -> bool:
        """Return whether one of such contacts is possible for which none of the branches holds.

        The steps are bounded for all contacts together: a rule has up to 64, and is compared with every other rule.
        """
        avoided, budget = tuple(branches), [_MAX_STEPS]
        return any(self._can_avoid(contact, avoided, budget) for contact in contacts)

    def _can_avoid(self, contact: ContactDemands, branches: tuple[Branch, ...], budget: list[int]) -> bool:
        budget[0] -= 1
        if budget[0] < 0:
            return True
        if not self.exists(contact):
            return False
        if not branches:
            return True
        return any(
            self._can_avoid(changed, branches[1:], budget)
            for literal in branches[0]
            for changed in self.without_literal(contact, literal)
        )


def complete_branches(rule: Rule) -> list[Branch]:
    """Return the branches of a rule with its exceptions and specialties as further literals."""
    literals: list[Literal] = [Test(EXCEPTIONS[name], "is", False) for name in rule.unless]
    if rule.specialties:
        literals.append(Test("specialty", "one_of", rule.specialties))
    return [(*branch, *literals) for branch in branches_of(rule.when)]
