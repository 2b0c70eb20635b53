"""Conditions in disjunctive normal form: `not` pushed down to the tests, `any` spread into branches."""

from itertools import product
from math import prod
from typing import cast

from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test

MAX_BRANCHES = 64
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


def count_branches(condition: Condition, *, positive: bool = True) -> int:
    """How many branches a condition has, without making them; of parts that must hold together, each counts as one at least."""
    match condition:
        case Not(part):
            return count_branches(part, positive=not positive)
        case Test() | Exists():
            return 1
        case All(parts) | AnyOf(parts):
            counts = [count_branches(part, positive=positive) for part in parts]
            return prod(count or 1 for count in counts) if isinstance(condition, All) is positive else sum(counts)


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
