"""Rules compiled for the engines: branches of comparisons between numbered slots and whole numbers.

A slot is a field, or what an engine shall not see (a list, a question about the diagnoses), computed here as 0 or 1. Texts become
small numbers, since a rule only ever asks whether two are equal; a number becomes that of the interval between the rules' bounds in
which it falls. So a contact is one row of small numbers, and one for each diagnosis; that is all an engine needs, and
contacts that no rule can tell apart have equal rows.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, cast

from validator.facts import EXCEPTIONS, VOCABULARY, Facts, Value
from validator.rulebook.conditions import Exists, Test
from validator.rulebook.normal import branches_of
from validator.rulebook.rule import Rule

Row = tuple[int, ...]
Operator = Literal["eq", "ge", "le"]
MISSING = -1  # not given; what is given counts from 0
NO_DIAGNOSIS = -1


@dataclass(frozen=True, slots=True)
class Comparison:
    slot: int
    operator: Operator
    constant: int


@dataclass(frozen=True, slots=True)
class PlanBranch:
    """Fires rule number `rule` when every comparison holds of the contact's row, or (`each`) of a diagnosis's."""

    rule: int
    each: bool
    comparisons: tuple[Comparison, ...]


class Rows(NamedTuple):
    """A contact as the engines see it: its own row, and one row for each diagnosis that begins with it."""

    encounter: Row
    diagnoses: tuple[Row, ...]


Values = Mapping[str, Value]


class Plan:
    """The compiled form of a set of rules."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._texts: dict[str, dict[object, int]] = {}
        self._bounds: dict[str, list[int]] = {}
        self._slots: dict[tuple[str, object], Callable[[Facts, Values], int]] = {}
        literals = [
            (number, rule.each is not None, [*branch, *(Test(EXCEPTIONS[name], "is", False) for name in rule.unless)])
            for number, rule in enumerate(rules)
            for branch in branches_of(rule.when)
        ]
        for _, _, branch in literals:
            for literal in branch:
                self._prepare(literal)
        # The contact's slots come first, so that a diagnosis's row begins with the contact's.
        self._slots = dict(sorted(self._slots.items(), key=lambda item: item[0][0] == "diagnosis"))
        self._numbers = {key: number for number, key in enumerate(self._slots)}
        self._of_encounter = [read for (scope, _), read in self._slots.items() if scope == "encounter"]
        self._of_diagnosis = [read for (scope, _), read in self._slots.items() if scope == "diagnosis"]
        self.branches = tuple(
            PlanBranch(number, each, tuple(dict.fromkeys(part for literal in branch for part in self._comparisons(literal))))
            for number, each, branch in literals
        )

    def rows(self, facts: Facts) -> Rows:
        """The facts as rows of whole numbers."""
        encounter = [read(facts, facts.encounter) for read in self._of_encounter]
        return Rows(
            tuple(encounter),
            tuple(tuple(encounter + [read(facts, values) for read in self._of_diagnosis]) for values in facts.diagnoses),
        )

    def _prepare(self, literal: Test | Exists) -> None:
        key = _key(literal)
        if isinstance(literal, Exists):
            self._slots[key] = _exists(literal)
        elif key[1] is literal:
            self._slots[key] = _as_flag(_predicate(literal), literal.field)
        elif VOCABULARY[literal.field].type == "text":
            texts = self._texts.setdefault(literal.field, {})
            texts.setdefault(literal.value, len(texts) + 1)
            self._slots[key] = _text(literal.field, texts)
        else:
            # The value itself and the next one up, so that "at least", "at most" and "is" all fall on a bound.
            value = int(cast(int, literal.value))
            bounds = self._bounds.setdefault(literal.field, [])
            bounds[:] = sorted({*bounds, value, value + 1})
            self._slots[key] = _integer(literal.field, bounds)

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


def _key(literal: Test | Exists) -> tuple[str, object]:
    """Literals with the same key share a slot: a plain comparison by its field, anything else by itself."""
    if isinstance(literal, Exists):
        return "encounter", literal
    plain = literal.operator in ("is", "at_least", "at_most")
    return VOCABULARY[literal.field].scope, literal.field if plain else literal


def _integer(field: str, bounds: list[int]) -> Callable[[Facts, Values], int]:
    def read(_: Facts, values: Values) -> int:
        value: Any = values[field]
        return MISSING if value is None else bisect_right(bounds, value)

    return read


def _text(field: str, numbers: Mapping[object, int]) -> Callable[[Facts, Values], int]:
    def read(_: Facts, values: Values) -> int:
        value = values[field]
        return MISSING if value is None else numbers.get(value, 0)

    return read


def _as_flag(holds: Callable[[Any], bool], field: str) -> Callable[[Facts, Values], int]:
    def read(_: Facts, values: Values) -> int:
        value = values[field]
        return int(value is not None and holds(value))

    return read


def _exists(block: Exists) -> Callable[[Facts, Values], int]:
    tests = [(test.field, _predicate(test)) for test in block.tests]

    def met(values: Values) -> bool:
        return all(values[field] is not None and holds(values[field]) for field, holds in tests)

    def read(facts: Facts, _: Values) -> int:
        found = any(met(values) for values in facts.diagnoses)
        return int(found if block.wanted else facts.complete and not found)

    return read


def _predicate(test: Test) -> Callable[[Any], bool]:
    """A test as a function of a value that was given."""
    wanted: Any = test.value
    match test.operator:
        case "is":
            return lambda value: bool(value == wanted)
        case "one_of":
            return frozenset(wanted).__contains__
        case "is_not":
            return lambda value, excluded=frozenset(wanted): value not in excluded  # type: ignore[misc]
        case "at_least":
            return lambda value: bool(value >= wanted)
        case "at_most":
            return lambda value: bool(value <= wanted)
        case "includes":
            return lambda value, some=frozenset(wanted): not some.isdisjoint(value)  # type: ignore[misc]
        case "includes_none":
            return lambda value, some=frozenset(wanted): some.isdisjoint(value)  # type: ignore[misc]
        case "empty":
            return lambda value: (not value) is wanted
