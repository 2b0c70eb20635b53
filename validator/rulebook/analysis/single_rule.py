"""Analysis of one rule, or of two.

It uses neither the rest of the release nor the catalogue.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence

from validator.rulebook.analysis.field_values import Demand, can_be_met
from validator.rulebook.conditions import Exists, Test, is_met
from validator.rulebook.normal_form import Branch, Literal
from validator.rulebook.rule import Rule


def impossible_field(branches: Sequence[Branch]) -> str | None:
    """Return a field whose tests contradict each other if every branch has one.

    The condition can then never hold.
    """
    fields = [_contradiction(branch) for branch in branches]
    return fields[0] if fields and all(fields) else None


def still_found_after(branches: Sequence[Branch], fields: Mapping[str, object]) -> bool:
    """Return whether the condition still holds after the found code is replaced.

    The new code has these `fields`.
    """
    return all(any(_still_holds(other, branch, fields) for other in branches) for branch in branches)


def rule_question(rule: Rule) -> Hashable:
    """Return a key that is equal for rules that find the same thing."""
    return rule.kind, rule.each, rule.when, frozenset(rule.unless)


def can_apply_together(one: Rule, other: Rule) -> bool:
    """Return whether both rules can apply to one contact."""
    share = not one.specialties or not other.specialties or bool(set(one.specialties) & set(other.specialties))
    return share and one.period.overlaps(other.period)


def _contradiction(branch: Iterable[Literal]) -> str | None:
    """Return a field whose tests no contact can meet together."""
    demands: dict[str, set[Demand]] = {}
    blocks = [literal for literal in branch if isinstance(literal, Exists)]
    for block in blocks:
        if block.wanted and any(other.tests == block.tests and not other.wanted for other in blocks):
            return block.tests[0].field
    for literal in branch:
        if isinstance(literal, Exists):
            if literal.wanted and (field := _contradiction(literal.tests)):
                return field
        else:
            demands.setdefault(literal.field, set()).add((literal, True))
    return next((field for field, tests in demands.items() if not can_be_met(frozenset(tests), bounded=False)), None)


def _still_holds(other: Branch, branch: Branch, fields: Mapping[str, object]) -> bool:
    """Return whether `other` holds for the new code whenever `branch` held for the old one."""
    for literal in other:
        if isinstance(literal, Test) and literal.field in fields:
            if not is_met(literal, fields[literal.field]):
                return False
        elif literal not in branch or not isinstance(literal, Test) or literal.field == "course_names_code":
            return False  # the other diagnoses and the codes that the course names may differ afterwards
    return bool(other)
