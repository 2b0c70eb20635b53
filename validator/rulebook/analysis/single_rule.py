"""What can be said of a rule, or of two, without the rest of their release and without the catalogue."""

from collections.abc import Hashable, Iterable, Mapping, Sequence

from validator.rulebook.analysis.field_values import Demand, can_be_met
from validator.rulebook.conditions import Exists, Test, test_holds
from validator.rulebook.normal_form import Branch, Literal
from validator.rulebook.rule import Rule


def impossible_field(branches: Sequence[Branch]) -> str | None:
    """The field whose tests contradict each other in every branch, so that the condition can never hold; else None."""
    fields = [_contradiction(branch) for branch in branches]
    return fields[0] if fields and all(fields) else None


def still_found_after(branches: Sequence[Branch], fields: Mapping[str, object]) -> bool:
    """Whether a condition holds again after the code that it found is replaced by another, whose `fields` are known."""
    return all(any(_holds_again(other, branch, fields) for other in branches) for branch in branches)


def rule_question(rule: Rule) -> Hashable:
    """What a rule asks and what it calls that; two rules with the same question find the same thing."""
    return rule.kind, rule.each, rule.when, frozenset(rule.unless)


def can_apply_together(one: Rule, other: Rule) -> bool:
    """Whether two rules may both be asked about a contact, on some day."""
    share = not one.specialties or not other.specialties or bool(set(one.specialties) & set(other.specialties))
    return share and one.period.overlaps(other.period)


def _contradiction(branch: Iterable[Literal]) -> str | None:
    """The field whose tests no contact can meet together."""
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
    return next((field for field, asked in demands.items() if not can_be_met(frozenset(asked), bounded=False)), None)


def _holds_again(other: Branch, branch: Branch, fields: Mapping[str, object]) -> bool:
    """Whether `other` holds of the new code wherever `branch` held of the one that it replaces."""
    for literal in other:
        if isinstance(literal, Test) and literal.field in fields:
            if not test_holds(literal, fields[literal.field]):
                return False
        elif literal not in branch or not isinstance(literal, Test) or literal.field == "course_names_code":
            return False  # the other diagnoses, and what the course names, may be otherwise afterwards
    return bool(other)
