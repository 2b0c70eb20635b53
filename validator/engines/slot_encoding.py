"""Encoders for the slots of a row.

Each maps a field's value, or a block about the diagnoses, to a small number.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any

from validator.rulebook.conditions import Exists, Test
from validator.rulebook.facts import Facts, Value

MISSING = -1  # the value was not sent; encoded values count from 0
ValueEncoder = Callable[[Any], int]


def interval_encoder(bounds: list[int]) -> ValueEncoder:
    """Return an encoder of numbers.

    It encodes a number as the index of the interval between `bounds` that holds it.
    """
    return lambda value: MISSING if value is None else bisect_right(bounds, value)


def text_encoder(numbers: Mapping[object, int]) -> ValueEncoder:
    """Return an encoder of texts.

    It encodes a text that no rule names as 0; `numbers` has an entry for None.
    """
    return lambda value: numbers.get(value, 0)


def flag_encoder(test: Test) -> ValueEncoder:
    """Return an encoder that gives 1 where a value was sent and meets the test, else 0."""
    is_met = _predicate(test)
    return lambda value: int(value is not None and is_met(value))


def block_encoder(block: Exists) -> Callable[[Facts], int]:
    """Return an encoder of all the diagnoses: 1 where the block is true of them, else 0."""
    tests = [(test.field, _predicate(test)) for test in block.tests]

    def meets_all(values: Mapping[str, Value]) -> bool:
        return all(values[field] is not None and is_met(values[field]) for field, is_met in tests)

    def encode(facts: Facts) -> int:
        found = any(meets_all(values) for values in facts.diagnoses)
        return int(found if block.wanted else facts.complete and not found)

    return encode


def _predicate(test: Test) -> Callable[[Any], bool]:
    """Return a test as a function of a value that is not None."""
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
