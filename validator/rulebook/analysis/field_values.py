"""The values of a field that tests can distinguish."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from validator.catalogue.rubric import Rubric
from validator.rulebook.conditions import Test, is_met
from validator.rulebook.facts import Value
from validator.rulebook.vocabulary import VOCABULARY, Field

Demand = tuple[Test, bool]  # a test, and whether it must hold; if it must not, the field may also be absent
OTHER = "~"  # a text that no rule mentions
_AVOIDED = {"includes": False, "includes_none": True}  # when the items of a test must not be in a list


def fields_of_code(code: str, rubric: Rubric | None) -> dict[str, Value]:
    """Return the fields of a diagnosis that follow from its code.

    Without an ICPC-2 rubric, only code and category have values.
    """
    chapter, component, kind = (rubric.chapter, rubric.component, rubric.kind) if rubric else (None, None, None)
    return {"code": code, "category": code[:3], "chapter": chapter, "component": component, "kind": kind}


@lru_cache(maxsize=65536)
def can_be_met(demands: frozenset[Demand], *, bounded: bool = True) -> bool:
    """Return whether some value of the field, or its absence, meets all demands.

    All demands are on one field. Unless `bounded`, numbers may be outside the field's range and lists may have
    unknown items: then False means that the demands contradict each other, whatever the field can be.
    """
    field = VOCABULARY[next(iter(demands))[0].field]
    return any(all(bool(is_met(test, value)) is wanted for test, wanted in demands) for value in _values(field, demands, bounded))


def constants_of(tests: Iterable[Test]) -> Iterator[Any]:
    """Yield the constants in tests."""
    for test in tests:
        yield from test.value if isinstance(test.value, tuple) else (test.value,)


def _values(field: Field, demands: frozenset[Demand], bounded: bool) -> Iterator[Any]:
    """Yield enough values to distinguish the tests of a field; None stands for its absence."""
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
        # A list with every item that is not excluded meets all other tests.
        known = field.values if field.values and bounded else (*(field.values or ()), OTHER)
        items = {*known, *constants_of(test for test in tests if test.operator != "empty")}
        yield tuple(items - set(constants_of(test for test, wanted in demands if wanted is _AVOIDED.get(test.operator))))
