"""Rules are split into rulesets that durable-rules accepts, and every rule fires."""

import json

import pytest

from tests.engines.extension import Extension
from tests.engines.factories import contact, diagnosis, rule
from validator.engines.closures import PlainEngine
from validator.engines.compiler import CompiledRules
from validator.engines.durable import MAX_RULES, DurableEngine, EngineError
from validator.rulebook.analysis.release_cost import MAX_BRANCH_TESTS, MAX_DIAGNOSES
from validator.rulebook.conditions import All, AnyOf, Test

L84 = Test("code", "is", "L84")
OTHER_CODES = tuple(Test("code", "is_not", (f"A{number}",)) for number in range(260))
ADULT = Test("patient.age", "at_least", 18)


def sizes(extension: Extension) -> list[int]:
    """Return the number of rules in each ruleset, without the canary."""
    return [len(json.loads(definition)) - 1 for definition in extension.definitions]


@pytest.mark.parametrize(
    ("branches", "chunks"),
    [(0, []), (1, [1]), (50, [50]), (51, [50, 1]), (64, [50, 14]), (65, [50, 15]), (100, [50, 50]), (200, [50] * 4)],
)
@pytest.mark.parametrize("each", [False, True])
def test_a_ruleset_has_at_most_50_rules_and_all_fire(extension: Extension, branches: int, chunks: list[int], each: bool) -> None:
    compiled_rules = CompiledRules(tuple(rule(L84 if each else ADULT, each=each) for _ in range(branches)))
    engine = DurableEngine(compiled_rules)

    fired = engine.evaluate(compiled_rules.encode(contact(diagnosis(code="L84"), diagnosis(code="L90"), patient__age=18)))

    assert sizes(extension) == chunks
    assert fired == {(number, 0 if each else -1) for number in range(branches)}


def test_branches_of_one_rule_can_be_in_different_rulesets(extension: Extension) -> None:
    ages = AnyOf(tuple(Test("patient.age", "is", age) for age in range(60)))
    compiled_rules = CompiledRules((rule(ages),))
    engine = DurableEngine(compiled_rules)

    assert sizes(extension) == [MAX_RULES, 10]
    for age, hits in ((0, {(0, -1)}), (49, {(0, -1)}), (50, {(0, -1)}), (59, {(0, -1)}), (60, set())):
        assert engine.evaluate(compiled_rules.encode(contact(patient__age=age))) == hits


def test_several_true_branches_of_a_rule_are_one_hit() -> None:
    either = AnyOf((ADULT, Test("patient.sex", "is", "male")))
    compiled_rules = CompiledRules((rule(either),))

    assert DurableEngine(compiled_rules).evaluate(compiled_rules.encode(contact(patient__age=40, patient__sex="male"))) == {(0, -1)}


def test_rules_of_the_contact_and_of_diagnoses_share_a_ruleset_but_no_fact(extension: Extension) -> None:
    compiled_rules = CompiledRules((rule(ADULT), rule(L84, each=True), rule(ADULT, each=True)))
    engine = DurableEngine(compiled_rules)

    assert sizes(extension) == [3]
    rows = compiled_rules.encode(contact(diagnosis(code="L90"), diagnosis(code="L84"), patient__age=18))
    assert engine.evaluate(rows) == {(0, -1), (1, 1), (2, 0), (2, 1)}


def test_100_diagnoses_on_which_200_rules_fire_are_all_found() -> None:
    compiled_rules = CompiledRules(tuple(rule(L84, each=True) for _ in range(200)))
    rows = compiled_rules.encode(contact(*[diagnosis(code="L84")] * 100))

    assert len(DurableEngine(compiled_rules).evaluate(rows)) == 20_000


def test_50_rules_with_300_different_tests_fire() -> None:
    """durable-rules takes at most 200 fields in a fact, so a ruleset must not ask for more."""
    codes = tuple(f"L{number:03}" for number in range(300))
    tests = [Test("previous.codes", "includes", (code,)) for code in codes]
    compiled_rules = CompiledRules(tuple(rule(All(tuple(tests[start : start + 6]))) for start in range(0, 300, 6)))

    fired = DurableEngine(compiled_rules).evaluate(compiled_rules.encode(contact(previous__codes=codes)))

    assert fired == {(number, -1) for number in range(50)}


def test_rules_of_as_many_tests_as_may_be_published_find_every_diagnosis() -> None:
    condition = All(OTHER_CODES[:MAX_BRANCH_TESTS])
    compiled_rules = CompiledRules(tuple(rule(condition, each=True, unless=("course-names-code",)) for _ in range(MAX_RULES)))
    rows = compiled_rules.encode(contact(*(diagnosis(code=f"L{number}") for number in range(MAX_DIAGNOSES))))

    fired = DurableEngine(compiled_rules).evaluate(rows)

    assert len(fired) == MAX_RULES * MAX_DIAGNOSES
    assert fired == PlainEngine(compiled_rules).evaluate(rows)


def test_a_rule_of_260_flags_is_refused_when_it_is_loaded() -> None:
    """durable-rules loads it, and fails at the first fact with all of them."""
    with pytest.raises(EngineError, match="260 tests"):
        DurableEngine(CompiledRules((rule(All(OTHER_CODES), each=True),)))
