"""Conditions in disjunctive normal form.

They are branches of tests and blocks, without `not` and `any`.
"""

from itertools import product
from math import prod
from typing import Any

from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Operator, Test

MAX_BRANCHES = 64
Literal = Test | Exists
Branch = tuple[Literal, ...]
_OPPOSITES: dict[Operator, Operator] = {
    "one_of": "is_not",
    "is_not": "one_of",
    "includes": "includes_none",
    "includes_none": "includes",
}


def branches_of(condition: Condition, *, positive: bool = True) -> list[Branch]:
    """Return the branches of a condition; it is true when every literal of one branch is."""
    match condition:
        case Not(part):
            return branches_of(part, positive=not positive)
        case Test():
            return [(condition if positive else _negated(condition),)]
        case Exists(tests, wanted):
            return [(Exists(tests, wanted is positive),)]
        case All(parts) | AnyOf(parts):
            parts_branches = [branches_of(part, positive=positive) for part in parts]
            if isinstance(condition, All) is positive:
                return [tuple(dict.fromkeys(sum(choice, ()))) for choice in product(*parts_branches)]
            return [branch for branches in parts_branches for branch in branches]


def count_branches(condition: Condition, *, positive: bool = True) -> int:
    """Count the branches of a condition without building them.

    Each part of a conjunction counts as at least one.
    """
    match condition:
        case Not(part):
            return count_branches(part, positive=not positive)
        case Test() | Exists():
            return 1
        case All(parts) | AnyOf(parts):
            counts = [count_branches(part, positive=positive) for part in parts]
            return prod(count or 1 for count in counts) if isinstance(condition, All) is positive else sum(counts)


def _negated(test: Test) -> Test:
    """Return the test that is met by exactly the values that do not meet this one."""
    value: Any = test.value
    match test.operator:
        case "is" | "empty" if isinstance(value, bool):
            return Test(test.field, test.operator, not value)
        case "is":
            return Test(test.field, "is_not", (value,))
        case "at_least":
            return Test(test.field, "at_most", value - 1)
        case "at_most":
            return Test(test.field, "at_least", value + 1)
        case operator:
            return Test(test.field, _OPPOSITES[operator], value)
