"""The conditions of rules: tests, `any`, `not`, and blocks about the contact's diagnoses."""

from dataclasses import dataclass
from typing import Any, Literal

Operator = Literal["is", "one_of", "is_not", "at_least", "at_most", "includes", "includes_none", "empty"]
Constant = str | int | bool | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A test of a field.

    `one_of`, `is_not`, `includes` and `includes_none` take a tuple, `empty` a boolean.
    """

    field: str
    operator: Operator
    value: Constant

    __test__ = False  # keeps pytest from collecting the class


@dataclass(frozen=True, slots=True)
class All:
    """A condition that is true when every part is."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A condition that is true when at least one part is."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """A condition that is true when the part is false, not when it is unknown."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Exists:
    """A block about diagnoses.

    It is `diagnosis:` (some diagnosis meets all the tests) or, where not `wanted`, `no_diagnosis:` (none does).
    """

    tests: tuple[Test, ...]
    wanted: bool = True


Condition = Test | All | AnyOf | Not | Exists


def is_met(test: Test, value: object) -> bool | None:
    """Return whether a value meets a test; None where the value is absent."""
    if value is None:
        return None
    wanted: Any = test.value
    actual: Any = value
    match test.operator:
        case "is":
            return bool(actual == wanted)
        case "one_of":
            return bool(actual in wanted)
        case "is_not":
            return bool(actual not in wanted)
        case "at_least":
            return bool(actual >= wanted)
        case "at_most":
            return bool(actual <= wanted)
        case "includes":
            return any(item in actual for item in wanted)
        case "includes_none":
            return not any(item in actual for item in wanted)
        case "empty":
            return (not actual) is wanted
