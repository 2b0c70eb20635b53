"""The tree evaluator: a condition is true, false or unknown, and only a true one fires a rule."""

import pytest

from tests.engines.factories import contact, diagnosis, rule
from validator.engines.branches import NO_DIAGNOSIS
from validator.engines.interpreter import TreeEngine, evaluate_condition
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.facts import Facts

TRUE, FALSE, UNKNOWN = Test("patient.age", "is", 40), Test("patient.age", "is", 41), Test("phase", "is", 1)
FACTS = contact(diagnosis(code="L84", role="main"), diagnosis(code="L90", role="secondary"), patient__age=40)


def evaluate(condition: Condition, facts: Facts = FACTS) -> bool | None:
    return evaluate_condition(condition, facts, facts.encounter)


@pytest.mark.parametrize(
    ("parts", "all_of_them", "any_of_them"),
    [
        ((TRUE, TRUE), True, True),
        ((TRUE, FALSE), False, True),
        ((FALSE, FALSE), False, False),
        ((TRUE, UNKNOWN), None, True),
        ((FALSE, UNKNOWN), False, None),
        ((UNKNOWN, UNKNOWN), None, None),
        ((TRUE, FALSE, UNKNOWN), False, True),
    ],
)
def test_an_absent_value_makes_a_condition_unknown_unless_the_rest_decides(
    parts: tuple[Condition, ...], all_of_them: bool | None, any_of_them: bool | None
) -> None:
    for order in (parts, parts[::-1]):
        assert evaluate(All(order)) is all_of_them
        assert evaluate(AnyOf(order)) is any_of_them


@pytest.mark.parametrize(("part", "negated"), [(TRUE, False), (FALSE, True), (UNKNOWN, None)])
def test_not_inverts_known_conditions_and_leaves_unknown_ones(part: Condition, negated: bool | None) -> None:
    assert evaluate(Not(part)) is negated


def test_one_diagnosis_must_meet_all_tests_of_a_block() -> None:
    l84, secondary = Test("code", "is", "L84"), Test("role", "is", "secondary")
    assert evaluate(Exists((l84,))) is True
    assert evaluate(Exists((l84, secondary))) is False
    assert evaluate(Exists((l84, secondary), wanted=False)) is True


def test_with_an_unreadable_code_absence_is_unknown_but_presence_is_known() -> None:
    incomplete = Facts(FACTS.encounter, FACTS.diagnoses, complete=False)
    blocks = [Exists((Test("code", "is", code),), wanted) for code in ("L84", "L86") for wanted in (True, False)]
    assert [evaluate(block, incomplete) for block in blocks] == [True, False, None, None]


def test_a_rule_of_each_diagnosis_fires_where_it_is_true_and_one_of_the_contact_at_none() -> None:
    rules = (rule(TRUE), rule(FALSE), rule(UNKNOWN), rule(TRUE, each=True), rule(Test("role", "is", "secondary"), each=True))
    assert TreeEngine(rules).evaluate(FACTS) == {(0, NO_DIAGNOSIS), (3, 0), (3, 1), (4, 1)}


def test_a_rule_is_silent_where_the_course_names_the_code_only_if_it_says_so() -> None:
    facts = contact(diagnosis(code="L84", course_names_code=True), diagnosis(code="L86"))
    known = Test("category", "is_not", ("M17",))
    facts = Facts(facts.encounter, tuple({**values, "category": values["code"]} for values in facts.diagnoses))
    assert TreeEngine((rule(known, each=True),)).evaluate(facts) == {(0, 0), (0, 1)}
    assert TreeEngine((rule(known, each=True, unless=("course-names-code",)),)).evaluate(facts) == {(0, 1)}
