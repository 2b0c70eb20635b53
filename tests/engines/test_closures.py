"""The plain engine compares the numbers of a row with a branch's constants, and says which rule fired where."""

import pytest

from tests.engines.factories import contact, diagnosis, rule
from validator.engines.branches import NO_DIAGNOSIS, Operator
from validator.engines.closures import PlainEngine
from validator.engines.compiler import CompiledRules
from validator.rulebook.conditions import All, AnyOf, Exists, Test
from validator.rulebook.rule import Rule

ADULT = Test("patient.age", "at_least", 18)
L84 = Test("code", "is", "L84")


def fired(*rules: Rule) -> frozenset[tuple[int, int]]:
    compiled_rules = CompiledRules(rules)
    facts = contact(diagnosis(code="L86"), diagnosis(code="L84"), diagnosis(code="L84"), patient__age=40)
    return PlainEngine(compiled_rules).evaluate(compiled_rules.encode(facts))


def test_without_rules_nothing_fires() -> None:
    assert fired() == frozenset()


def test_a_rule_of_the_contact_fires_once_and_at_no_diagnosis() -> None:
    assert fired(rule(ADULT)) == {(0, NO_DIAGNOSIS)}


def test_a_rule_of_each_diagnosis_fires_where_it_is_true() -> None:
    assert fired(rule(L84, each=True)) == {(0, 1), (0, 2)}
    assert fired(rule(ADULT, each=True)) == {(0, 0), (0, 1), (0, 2)}


def test_a_rule_of_each_diagnosis_can_test_the_others() -> None:
    beside = All((L84, Exists((Test("code", "is", "L86"),))))
    assert fired(rule(beside, each=True)) == {(0, 1), (0, 2)}


def test_rules_keep_their_numbers() -> None:
    assert fired(rule(L84, each=True), rule(Test("patient.age", "at_most", 17)), rule(ADULT)) == {(0, 1), (0, 2), (2, NO_DIAGNOSIS)}


def test_several_true_branches_of_a_rule_are_one_hit() -> None:
    assert fired(rule(AnyOf((ADULT, Test("patient.age", "is", 40))))) == {(0, NO_DIAGNOSIS)}


@pytest.mark.parametrize(
    ("operator", "ages"),
    [("is", [18]), ("at_least", [18, 19, 130]), ("at_most", [0, 17, 18])],
)
def test_bounds_are_inclusive(operator: Operator, ages: list[int]) -> None:
    compiled_rules = CompiledRules((rule(Test("patient.age", operator, 18)),))
    engine = PlainEngine(compiled_rules)

    assert [age for age in (0, 17, 18, 19, 130) if engine.evaluate(compiled_rules.encode(contact(patient__age=age)))] == ages
    assert not engine.evaluate(compiled_rules.encode(contact()))


def test_the_engine_name_is_plain() -> None:
    assert PlainEngine.name == "plain"
