"""Checks of one rule or a pair of rules, without the rest of the release and the catalogue."""

from collections.abc import Hashable, Iterable, Mapping, Sequence

from validator.rulebook.analysis.field_values import Demand, can_be_met
from validator.rulebook.conditions import Exists, Test, is_met
from validator.rulebook.normal_form import Branch, Literal
from validator.rulebook.rule import Rule


def impossible_field(branches: Sequence[Branch]) -> str | None:
    """Return a field whose tests contradict each other, where that is so in every branch; else None."""
    fields = [_contradiction(branch) for branch in branches]
    return fields[0] if fields and all(fields) else None


def still_found_after(branches: Sequence[Branch], fields: Mapping[str, object]) -> bool:
    """Return whether a condition is still true after its code is replaced by one with these `fields`."""
    return all(any(_is_met_again(other, branch, fields) for other in branches) for branch in branches)


def rule_question(rule: Rule) -> Hashable:
    """Return what identifies the finding of a rule; two rules with equal values find the same."""
    return rule.kind, rule.each, rule.when, frozenset(rule.unless)


def can_apply_together(one: Rule, other: Rule) -> bool:
    """Return whether two rules can apply to the same contact."""
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


def _is_met_again(other: Branch, branch: Branch, fields: Mapping[str, object]) -> bool:
    """Return whether `other` is true of the new code wherever `branch` was true of the replaced one."""
    for literal in other:
        if isinstance(literal, Test) and literal.field in fields:
            if not is_met(literal, fields[literal.field]):
                return False
        elif literal not in branch or not isinstance(literal, Test) or literal.field == "course_names_code":
            return False  # other diagnoses, and the codes that the course names, may differ afterwards
    return bool(other)
