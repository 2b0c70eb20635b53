"""Conditions in disjunctive normal form: `not` pushed down to the tests, `any` spread into branches."""

from collections.abc import Iterable
from itertools import product
from math import prod
from typing import cast

from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.vocabulary import VOCABULARY

LIMIT_BRANCHES = 64
_COUNTED = 1000  # values between two bounds that are looked at one by one
Literal = Test | Exists
Branch = tuple[Literal, ...]


def branches_of(condition: Condition, *, positive: bool = True) -> list[Branch]:
    """The branches of a condition; it holds when every literal of one of them holds."""
    match condition:
        case Not(part):
            return branches_of(part, positive=not positive)
        case Test():
            return [(condition if positive else _negated(condition),)]
        case Exists(tests, wanted):
            return [(Exists(tests, wanted is positive),)]
        case All(parts) | AnyOf(parts):
            spread = [branches_of(part, positive=positive) for part in parts]
            if isinstance(condition, All) is positive:
                return [tuple(dict.fromkeys(sum(choice, ()))) for choice in product(*spread)]
            return [branch for branches in spread for branch in branches]


def branch_count(condition: Condition, *, positive: bool = True) -> int:
    """How many branches a condition has, without making them."""
    match condition:
        case Not(part):
            return branch_count(part, positive=not positive)
        case Test() | Exists():
            return 1
        case All(parts) | AnyOf(parts):
            counts = [branch_count(part, positive=positive) for part in parts]
            return prod(counts) if isinstance(condition, All) is positive else sum(counts)


def impossible_field(condition: Condition) -> str | None:
    """The field whose tests contradict each other in every branch, so that the condition can never hold; else None."""
    fields = [_contradiction(branch) for branch in branches_of(condition)]
    return fields[0] if fields and all(fields) else None


def _negated(test: Test) -> Test:
    """The test that holds of just the given values of which this one does not."""
    value = test.value
    match test.operator:
        case "is" if isinstance(value, bool):
            return Test(test.field, "is", not value)
        case "is":
            return Test(test.field, "is_not", (cast(str, value),))
        case "one_of":
            return Test(test.field, "is_not", value)
        case "is_not":
            return Test(test.field, "one_of", value)
        case "at_least":
            return Test(test.field, "at_most", cast(int, value) - 1)
        case "at_most":
            return Test(test.field, "at_least", cast(int, value) + 1)
        case "includes":
            return Test(test.field, "includes_none", value)
        case "includes_none":
            return Test(test.field, "includes", value)
        case "empty":
            return Test(test.field, "empty", not value)


def _contradiction(branch: Iterable[Literal]) -> str | None:
    by_field: dict[str, list[Test]] = {}
    blocks = [literal for literal in branch if isinstance(literal, Exists)]
    for block in blocks:
        if block.wanted and any(other.tests == block.tests and not other.wanted for other in blocks):
            return block.tests[0].field
    for literal in branch:
        if isinstance(literal, Exists):
            if literal.wanted and (field := _contradiction(literal.tests)):
                return field
        else:
            by_field.setdefault(literal.field, []).append(literal)
    return next((field for field, tests in by_field.items() if _contradict(tests)), None)


def _contradict(tests: list[Test]) -> bool:
    """Whether no value meets all the tests on one field."""
    allowed: set[object] | None = None
    excluded: set[object] = set()
    low = max((cast(int, test.value) for test in tests if test.operator == "at_least"), default=None)
    high = min((cast(int, test.value) for test in tests if test.operator == "at_most"), default=None)
    for test in tests:
        values: set[object] = set(test.value) if isinstance(test.value, tuple) else {test.value}
        if test.operator in ("is", "one_of"):
            allowed = values if allowed is None else allowed & values
        elif test.operator in ("is_not", "includes_none"):
            excluded |= values
    if allowed is not None:
        within = {value for value in allowed - excluded if low is None or cast(int, value) >= low}
        return not any(high is None or cast(int, value) <= high for value in within)
    if (
        low is not None
        and high is not None
        and (low > high or (high - low < _COUNTED and excluded.issuperset(range(low, high + 1))))
    ):
        return True
    field = VOCABULARY[tests[0].field]
    if field.values is not None and field.type == "text" and excluded.issuperset(field.values):
        return True
    included = [set(cast(tuple[str, ...], test.value)) for test in tests if test.operator == "includes"]
    empties = {test.value for test in tests if test.operator == "empty"}
    return len(empties) == 2 or (True in empties and bool(included)) or any(some <= excluded for some in included)
