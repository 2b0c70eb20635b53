"""Representative values of fields: enough to decide whether tests can be met together."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from validator.catalogue.rubric import Rubric
from validator.rulebook.conditions import Test, is_met
from validator.rulebook.facts import Value
from validator.rulebook.vocabulary import VOCABULARY, Field

Demand = tuple[Test, bool]  # a test, and whether it must be met; if not, the field may also be absent
OTHER = "~"  # stands for every text that no rule mentions
_AVOIDED = {"includes": False, "includes_none": True}  # where the items of a test must not be in the list


def fields_of_code(code: str, rubric: Rubric | None) -> dict[str, Value]:
    """Return the fields of a diagnosis that its code determines; without an ICPC-2 rubric, code and category only."""
    chapter, component, kind = (rubric.chapter, rubric.component, rubric.kind) if rubric else (None, None, None)
    return {"code": code, "category": code[:3], "chapter": chapter, "component": component, "kind": kind}


@lru_cache(maxsize=65536)
def can_be_met(demands: frozenset[Demand], *, bounded: bool = True) -> bool:
    """Return whether some value of the field, or its absence, meets all demands; they are of one field.

    Unless `bounded`, values outside the vocabulary count too: then False means that the demands contradict each other.
    """
    field = VOCABULARY[next(iter(demands))[0].field]
    return any(all(bool(is_met(test, value)) is wanted for test, wanted in demands) for value in _values(field, demands, bounded))


def constants_of(tests: Iterable[Test]) -> Iterator[Any]:
    """Yield the constants of tests."""
    for test in tests:
        yield from test.value if isinstance(test.value, tuple) else (test.value,)


def _values(field: Field, demands: frozenset[Demand], bounded: bool) -> Iterator[Any]:
    """Yield representative values of a field; None for its absence."""
    tests = [test for test, _ in demands]
    yield None
    if field.type == "flag":
        yield from (True, False)
    elif field.type == "integer":
        low, high = field.bounds
        near = {near for value in constants_of(tests) for near in (value - 1, value, value + 1)}
        yield from (value for value in {low, high, *near} if low <= value <= high) if bounded else near
    elif field.type == "text":
        yield from field.values or {*constants_of(tests), OTHER}
    else:
        yield ()
        # The list contains everything that no demand excludes.
        known = field.values if field.values and bounded else (*(field.values or ()), OTHER)
        every = {*known, *constants_of(test for test in tests if test.operator != "empty")}
        yield tuple(every - set(constants_of(test for test, wanted in demands if wanted is _AVOIDED.get(test.operator))))
