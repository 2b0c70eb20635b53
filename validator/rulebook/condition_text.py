"""Render conditions as in a rule file: `code: L84, observations.radiating_pain: true`."""

from collections.abc import Iterable

from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.normal_form import Literal


def render_branch(literals: Iterable[Literal]) -> str:
    """Render the tests and blocks of a branch on one line."""
    return ", ".join(_block(literal) if isinstance(literal, Exists) else _test(literal) for literal in literals)


def render_condition(condition: Condition) -> str:
    """Render a condition on one line."""
    match condition:
        case All(parts):
            return ", ".join(map(render_condition, parts))
        case AnyOf(parts):
            return f"any: [{', '.join(f'{{{render_condition(part)}}}' for part in parts)}]"
        case Not(part):
            return f"not: {{{render_condition(part)}}}"
        case _:
            return render_branch([condition])


def _block(block: Exists) -> str:
    return f"{'diagnosis' if block.wanted else 'no_diagnosis'}: {{{', '.join(map(_test, block.tests))}}}"


def _test(test: Test) -> str:
    value = _values(test.value)
    match test.operator:
        case "is" | "one_of":
            return f"{test.field}: {value}"
        case "is_not":
            return f"{test.field}: {{not: {value}}}"
        case operator:
            return f"{test.field}: {{{operator}: {value}}}"


def _values(value: object) -> str:
    """Render a value as YAML; a list of one item has no brackets."""
    if isinstance(value, tuple):
        return _values(value[0]) if len(value) == 1 else f"[{', '.join(map(_values, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) and value.isdecimal() else str(value)
