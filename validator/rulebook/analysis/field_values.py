"""Which values a field can have, as far as some tests can distinguish them."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from validator.catalogue.rubric import Rubric
from validator.rulebook.conditions import Test, test_holds
from validator.rulebook.facts import Value
from validator.rulebook.vocabulary import VOCABULARY, Field

Demand = tuple[Test, bool]  # a test, and whether it must hold; where it must not, the field may also be absent
OTHER = "~"  # a text that no rule mentions
_AVOIDED = {"includes": False, "includes_none": True}  # when the items of a test must not be in a list


def fields_of_code(code: str, rubric: Rubric | None) -> dict[str, Value]:
    """What a code decides of the fields of its diagnosis; without a rubric of ICPC-2, only the code and its category."""
    chapter, component, kind = (rubric.chapter, rubric.component, rubric.kind) if rubric else (None, None, None)
    return {"code": code, "category": code[:3], "chapter": chapter, "component": component, "kind": kind}


@lru_cache(maxsize=65536)
def can_be_met(demands: frozenset[Demand], *, bounded: bool = True) -> bool:
    """Whether some value of their one field, or its absence, meets all demands.

    Unless `bounded`, a number may be of any size and a list may hold what the vocabulary does not know: then "no" means that the
    demands contradict each other, whatever the field can be.
    """
    word = VOCABULARY[next(iter(demands))[0].field]
    return any(
        all(bool(test_holds(test, value)) is wanted for test, wanted in demands) for value in _values(word, demands, bounded)
    )


def constants_of(tests: Iterable[Test]) -> Iterator[Any]:
    """The constants in some tests."""
    for test in tests:
        yield from test.value if isinstance(test.value, tuple) else (test.value,)


def _values(word: Field, demands: frozenset[Demand], bounded: bool) -> Iterator[Any]:
    """Values enough to distinguish the tests of a field; None where it is absent."""
    tests = [test for test, _ in demands]
    yield None
    if word.type == "flag":
        yield from (True, False)
    elif word.type == "integer":
        low, high = word.bounds
        near = {near for value in constants_of(tests) for near in (value - 1, value, value + 1)}
        yield from (value for value in {low, high, *near} if low <= value <= high) if bounded else near
    elif word.type == "text":
        yield from word.values or {*constants_of(tests), OTHER}
    else:
        yield ()
        # Only what must not be there limits a list: it may as well hold everything else.
        known = word.values if word.values and bounded else (*(word.values or ()), OTHER)
        every = {*known, *constants_of(test for test in tests if test.operator != "empty")}
        yield tuple(every - set(constants_of(test for test, wanted in demands if wanted is _AVOIDED.get(test.operator))))
