"""A condition as its author wrote it: tests, `any`, `not`, and questions about the contact's diagnoses."""

from dataclasses import dataclass
from typing import Any, Literal

Operator = Literal["is", "one_of", "is_not", "at_least", "at_most", "includes", "includes_none", "empty"]
Constant = str | int | bool | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A field and what is asked of it; `one_of`, `is_not`, `includes` and `includes_none` take a tuple, `empty` a truth value."""

    field: str
    operator: Operator
    value: Constant

    __test__ = False  # the name is the language's; pytest must not collect it


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part can be tested and does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Exists:
    """`diagnosis:` some diagnosis meets all of the tests; `no_diagnosis:` (`wanted` false) none does."""

    tests: tuple[Test, ...]
    wanted: bool = True


Condition = Test | All | AnyOf | Not | Exists


def test_holds(test: Test, value: object) -> bool | None:
    """Whether one test holds of one value; None where the value was not given."""
    if value is None:
        return None
    wanted: Any = test.value
    given: Any = value
    match test.operator:
        case "is":
            return bool(given == wanted)
        case "one_of":
            return bool(given in wanted)
        case "is_not":
            return bool(given not in wanted)
        case "at_least":
            return bool(given >= wanted)
        case "at_most":
            return bool(given <= wanted)
        case "includes":
            return any(item in given for item in wanted)
        case "includes_none":
            return not any(item in given for item in wanted)
        case "empty":
            return (not given) is wanted
