"""Rules compiled for the engines: branches of comparisons between numbered slots and whole numbers.

A slot is a field, or what an engine shall not see (a list, a question about the diagnoses), computed here as 0 or 1. Texts become
small numbers, since a rule only ever asks whether two are equal; a number becomes that of the interval between the rules' bounds in
which it falls. So a contact is one row of small numbers, and one for each diagnosis; that is all an engine needs, and
contacts that no rule can tell apart have equal rows.

A row begins with the clinical slots, which are the contact's own; the rest follows from its coding, and is computed once
for contacts that are coded alike.
"""

import operator
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, cast

from validator.contract.encounter import Encounter
from validator.engines import slot_encoding
from validator.engines.branches import Comparison, PlanBranch, Row, Rows, joined
from validator.engines.relevant_slots import OpenSlots
from validator.rulebook.conditions import Exists, Test
from validator.rulebook.facts import Facts
from validator.rulebook.normal_form import branches_of
from validator.rulebook.rule import Rule
from validator.rulebook.vocabulary import CLINICAL, EXCEPTIONS, VOCABULARY

NO_DIAGNOSIS = -1
_CLINICAL, _CODED, _DIAGNOSIS = range(3)  # the parts of a row, in order
_Key = tuple[int, object]


class Plan:
    """The compiled form of a set of rules."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._texts: dict[str, dict[object, int]] = {}
        self._bounds: dict[str, list[int]] = {}
        self._clinical: dict[_Key, tuple[str, slot_encoding.OfValue]] = {}
        self._coded: dict[_Key, tuple[str, slot_encoding.OfValue]] = {}  # a question about all the diagnoses has no field
        literals = [
            (number, rule.each is not None, [*branch, *(Test(EXCEPTIONS[name], "is", False) for name in rule.unless)])
            for number, rule in enumerate(rules)
            for branch in branches_of(rule.when)
        ]
        for _, _, branch in literals:
            for literal in branch:
                self._prepare(literal)
        self._numbers = {key: number for number, key in enumerate(sorted((*self._clinical, *self._coded), key=_part))}
        self._asked_fields = list(self._clinical.values())
        self.asked = _asking(self._asked_fields)  # gives the clinical slots of a contact
        self._of_encounter = [fill for key, fill in self._coded.items() if _part(key) == _CODED]
        self._of_diagnosis = [fill for key, fill in self._coded.items() if _part(key) == _DIAGNOSIS]
        self.branches = tuple(
            PlanBranch(number, each, tuple(dict.fromkeys(part for literal in branch for part in self._comparisons(literal))))
            for number, each, branch in literals
        )
        self._open = OpenSlots(self.branches, len(self._asked_fields))

    def coded(self, facts: Facts) -> Rows:
        """The rest of its rows, which the coding decides."""
        given = facts.encounter
        encounter = [read(given[field]) if field else read(facts) for field, read in self._of_encounter]
        own = self._of_diagnosis
        return Rows(
            tuple(encounter), tuple([tuple(encounter + [read(values[field]) for field, read in own]) for values in facts.diagnoses])
        )

    def rows(self, facts: Facts) -> Rows:
        """The whole rows of a contact."""
        return joined(tuple([read(facts.encounter[field]) for field, read in self._asked_fields]), self.coded(facts))

    def telling(self, coded: Rows) -> Callable[[Encounter], Row]:
        """A function that gives as much of `asked` as a rule could still tell contacts apart by, when all are coded so."""
        return _asking([self._asked_fields[slot] for slot in sorted(self._open.of(coded))])

    def _prepare(self, literal: Test | Exists) -> None:
        key = _key(literal)
        if isinstance(literal, Exists):
            self._coded[key] = "", slot_encoding.exists(literal)
            return
        read: slot_encoding.OfValue
        if key[1] is literal:
            read = slot_encoding.flag(literal)
        elif VOCABULARY[literal.field].type == "text":
            texts = self._texts.setdefault(literal.field, {None: slot_encoding.MISSING})
            texts.setdefault(literal.value, len(texts))
            read = slot_encoding.text(texts)
        else:
            # "At least" begins at the value, "at most" ends before the next one, and "is" does both.
            value = int(cast(int, literal.value))
            begins = {value} if literal.operator == "at_least" else {value + 1}
            bounds = self._bounds.setdefault(literal.field, [])
            bounds[:] = sorted({*bounds, *begins, *([value] if literal.operator == "is" else [])})
            read = slot_encoding.integer(bounds)
        if key[0] == _CLINICAL:
            self._clinical[key] = literal.field, read
        else:
            self._coded[key] = literal.field, read

    def _comparisons(self, literal: Test | Exists) -> list[Comparison]:
        key = _key(literal)
        slot = self._numbers[key]
        if isinstance(literal, Exists) or key[1] is literal:
            return [Comparison(slot, "eq", 1)]
        value: Any = literal.value
        match literal.operator:
            case "is":
                texts = self._texts.get(literal.field)
                constant = self._interval(literal.field, value) if texts is None else texts[value]
                return [Comparison(slot, "eq", constant)]
            case "at_least":
                return [Comparison(slot, "ge", self._interval(literal.field, value))]
            case _:
                return [Comparison(slot, "le", self._interval(literal.field, value)), Comparison(slot, "ge", 0)]

    def _interval(self, field: str, value: int) -> int:
        return bisect_right(self._bounds[field], value)


def _key(literal: Test | Exists) -> _Key:
    """Literals with the same key share a slot: a plain comparison by its field, anything else by itself."""
    if isinstance(literal, Exists):
        return _CODED, literal
    plain = literal.operator in ("is", "at_least", "at_most")
    part = _CLINICAL if literal.field in CLINICAL else _CODED if VOCABULARY[literal.field].scope == "encounter" else _DIAGNOSIS
    return part, literal.field if plain else literal


def _part(key: _Key) -> int:
    return key[0]


def _asking(fields: Sequence[tuple[str, slot_encoding.OfValue]]) -> Callable[[Encounter], Row]:
    """A function that reads clinical fields, whose names say where they stand in an encounter, each into a slot."""
    if not fields:
        return lambda _: ()
    names, readers = zip(*fields, strict=True)
    given: Callable[[Encounter], Any] = operator.attrgetter(*names)
    if len(names) == 1:
        (reader,) = readers
        return lambda encounter: (reader(given(encounter)),)
    return lambda encounter: tuple([read(value) for read, value in zip(readers, given(encounter), strict=True)])
