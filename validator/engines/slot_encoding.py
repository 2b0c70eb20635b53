"""What fills the slots of a row: small numbers in place of a field's value, or of the answer to a question about the diagnoses."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any

from validator.rulebook.conditions import Exists, Test
from validator.rulebook.facts import Facts, Value

MISSING = -1  # not given; what is given counts from 0
OfValue = Callable[[Any], int]


def integer(bounds: list[int]) -> OfValue:
    """The number of the interval between bounds in which a number falls."""
    return lambda value: MISSING if value is None else bisect_right(bounds, value)


def text(numbers: Mapping[object, int]) -> OfValue:
    """The number of a text, or 0 for one that no rule names; `numbers` has one for None."""
    return lambda value: numbers.get(value, 0)


def flag(test: Test) -> OfValue:
    """1 where the test holds of a value that was given, else 0."""
    holds = _predicate(test)
    return lambda value: int(value is not None and holds(value))


def exists(block: Exists) -> Callable[[Facts], int]:
    """A slot that a question about all the diagnoses fills: 1 where it holds, else 0."""
    tests = [(test.field, _predicate(test)) for test in block.tests]

    def met(values: Mapping[str, Value]) -> bool:
        return all(values[field] is not None and holds(values[field]) for field, holds in tests)

    def read(facts: Facts) -> int:
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
