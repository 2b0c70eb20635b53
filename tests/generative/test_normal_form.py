"""The normal form of a condition drawn at random means what the condition means, and its negation the opposite."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generative.strategies import BLOCKS, CONDITIONS, ON_ONE_FIELD, PROFILE, contacts
from validator.engines.interpreter import evaluate_condition
from validator.rulebook.analysis.single_rule import impossible_field
from validator.rulebook.conditions import All, Condition, Exists, Not, Test
from validator.rulebook.facts import Facts, Value
from validator.rulebook.normal_form import branches_of, count_branches
from validator.rulebook.vocabulary import VOCABULARY

pytestmark = pytest.mark.slow
SETTINGS = settings(PROFILE, max_examples=100)
CONDITION_AND_CONTACTS = {"condition": CONDITIONS[True], "contacts": contacts(2)}


def verdicts(condition: Condition, facts: Facts) -> list[bool | None]:
    """What the tree says of each diagnosis of a contact."""
    return [evaluate_condition(condition, facts, {**facts.encounter, **values}) for values in facts.diagnoses]


@SETTINGS
@given(**CONDITION_AND_CONTACTS)
def test_one_branch_holds_exactly_where_the_condition_does(condition: Condition, contacts: list[Facts]) -> None:
    branches = [All(branch) for branch in branches_of(condition)]

    for facts in contacts:
        spread = zip(*[verdicts(branch, facts) for branch in branches], strict=True)
        assert [True in said for said in spread] == [said is True for said in verdicts(condition, facts)]


@SETTINGS
@given(**CONDITION_AND_CONTACTS)
def test_the_negation_holds_exactly_where_the_condition_is_false(condition: Condition, contacts: list[Facts]) -> None:
    negated = [All(branch) for branch in branches_of(condition, positive=False)]

    for facts in contacts:
        spread = zip(*[verdicts(branch, facts) for branch in negated], strict=True)
        assert [True in said for said in spread] == [said is False for said in verdicts(condition, facts)]


@SETTINGS
@given(condition=CONDITIONS[True], positive=st.booleans())
def test_branches_are_counted_without_being_made(condition: Condition, positive: bool) -> None:
    if count_branches(condition, positive=positive) <= 10_000:
        branches = branches_of(condition, positive=positive)
        assert len(branches) == count_branches(condition, positive=positive)
        assert not any(isinstance(literal, Not) for branch in branches for literal in branch)


@SETTINGS
@given(block=BLOCKS, contacts=contacts(2))
def test_a_question_and_its_negation_answer_the_opposite(block: Exists, contacts: list[Facts]) -> None:
    other = Exists(block.tests, not block.wanted)
    for facts in contacts:
        first, second = evaluate_condition(block, facts, facts.encounter), evaluate_condition(other, facts, facts.encounter)
        assert second is (None if first is None else not first)


def test_a_condition_called_impossible_never_holds() -> None:
    called = looked = 0

    def is_closed(values: Mapping[str, Value]) -> bool:
        """Whether every field with closed values has one of them, as it has in a contact that was read."""
        closed = {name: field.values for name, field in VOCABULARY.items() if field.values and field.type == "text"}
        return all(values.get(name) in (None, *allowed) for name, allowed in closed.items())

    @settings(PROFILE, max_examples=150)
    @given(tests=ON_ONE_FIELD, more=CONDITIONS[True], contacts=contacts(2))
    def never_holds(tests: tuple[Test, ...], more: Condition, contacts: list[Facts]) -> None:
        nonlocal called, looked
        condition = All((*tests, more))
        if impossible_field(branches_of(condition)) is not None:
            called += 1
            read = [facts for facts in contacts if all(map(is_closed, (facts.encounter, *facts.diagnoses)))]
            looked += len(read)
            assert not any(True in verdicts(condition, facts) for facts in read)

    never_holds()
    assert called >= 30
    assert looked >= 30
