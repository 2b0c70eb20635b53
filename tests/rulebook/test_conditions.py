"""The semantics of conditions in every engine: present and absent values, empty lists, `not`, and unreadable codes."""

from collections.abc import Callable

import pytest

from tests.engines.factories import contact, diagnosis, rule
from validator.engines.closures import PlainEngine
from validator.engines.compiler import CompiledRules
from validator.engines.durable import DurableEngine
from validator.engines.interpreter import TreeEngine
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.facts import Facts, Value

Fires = Callable[..., bool]


def _by_tree(when: Condition, facts: Facts) -> bool:
    return bool(TreeEngine((rule(when),)).evaluate(facts))


def _by_plain(when: Condition, facts: Facts) -> bool:
    compiled_rules = CompiledRules((rule(when),))
    return bool(PlainEngine(compiled_rules).evaluate(compiled_rules.encode(facts)))


def _by_durable(when: Condition, facts: Facts) -> bool:
    compiled_rules = CompiledRules((rule(when),))
    return bool(DurableEngine(compiled_rules).evaluate(compiled_rules.encode(facts)))


@pytest.fixture(params=[_by_tree, _by_plain, _by_durable], ids=["tree", "plain", "durable"])
def fires(request: pytest.FixtureRequest) -> Fires:
    """Whether a condition is true of a contact, by each engine in turn."""
    ask: Callable[[Condition, Facts], bool] = request.param
    return lambda when, *diagnoses, complete=True, **fields: ask(when, contact(*diagnoses, complete=complete, **fields))


AGE, SEX, RADIATING, JOINTS = "patient.age", "patient.sex", "observations.radiating_pain", "observations.joints"
EVERY_TEST = [
    Test(SEX, "is", "male"),
    Test(SEX, "one_of", ("male", "female")),
    Test(SEX, "is_not", ("male",)),
    Test(RADIATING, "is", True),
    Test(RADIATING, "is", False),
    Test(AGE, "is", 18),
    Test(AGE, "one_of", (17, 18)),
    Test(AGE, "is_not", (18,)),
    Test(AGE, "at_least", 18),
    Test(AGE, "at_most", 17),
    Test(AGE, "at_least", 0),
    Test(AGE, "at_most", 1_000_000),
    Test(JOINTS, "includes", ("hip",)),
    Test(JOINTS, "includes_none", ("hip",)),
    Test(JOINTS, "empty", True),
    Test(JOINTS, "empty", False),
]


@pytest.mark.parametrize("test", EVERY_TEST, ids=str)
def test_a_test_on_an_absent_value_is_false_and_so_is_its_negation(fires: Fires, test: Test) -> None:
    assert not fires(test)
    assert not fires(Not(test))
    assert not fires(AnyOf((test, Not(test))))


@pytest.mark.parametrize(
    ("test", "holds", "does_not"),
    [
        (Test(SEX, "is", "male"), ["male"], ["female", "unknown"]),
        (Test(SEX, "one_of", ("male", "female")), ["male", "female"], ["other"]),
        (Test(SEX, "is_not", ("male", "female")), ["other", "unknown"], ["male", "female"]),
        (Test("specialty", "is", "8"), ["8"], ["08", "", "80"]),
        (Test("specialty", "is", "Ærø"), ["Ærø"], ["ærø", "Aero"]),
        (Test(RADIATING, "is", True), [True], [False]),
        (Test(RADIATING, "is", False), [False], [True]),
        (Test(AGE, "is", 18), [18], [17, 19, 0, -18]),
        (Test(AGE, "is", 0), [0], [1, -1]),
        (Test(AGE, "one_of", (0, 18)), [0, 18], [17, 1]),
        (Test(AGE, "is_not", (0, 18)), [17, 1, -1, 10**30], [0, 18]),
        (Test(AGE, "at_least", 18), [18, 19, 2**31, 2**63, 10**30], [17, 0, -18, -(10**30)]),
        (Test(AGE, "at_most", 17), [17, 0, -1, -(2**30), -(10**30)], [18, 2**63, 10**30]),
        (Test(AGE, "at_most", 1_000_000), [1_000_000], [1_000_001, 2**30]),
        (Test(JOINTS, "includes", ("hip", "knee")), [("hip",), ("back", "knee"), ("hip", "hip")], [(), ("back",)]),
        (Test(JOINTS, "includes_none", ("hip", "knee")), [(), ("back",)], [("hip",), ("back", "knee")]),
        (Test(JOINTS, "empty", True), [()], [("hip",)]),
        (Test(JOINTS, "empty", False), [("hip",)], [()]),
    ],
    ids=str,
)
def test_a_present_value_meets_either_a_test_or_its_negation(
    fires: Fires, test: Test, holds: list[Value], does_not: list[Value]
) -> None:
    name = test.field.replace(".", "__")
    for value in holds:
        assert fires(test, **{name: value})
        assert not fires(Not(test), **{name: value})
    for value in does_not:
        assert not fires(test, **{name: value})
        assert fires(Not(test), **{name: value})
        assert not fires(Not(Not(test)), **{name: value})


def test_a_negated_group_is_true_if_a_present_part_is_false(fires: Fires) -> None:
    young_man = All((Test(AGE, "at_most", 29), Test(SEX, "is", "male")))
    assert fires(Not(young_man), patient__age=30)
    assert fires(Not(young_man), patient__sex="female")
    assert not fires(Not(young_man), patient__age=20)
    assert not fires(Not(young_man))
    assert not fires(Not(AnyOf(young_man.parts)), patient__age=30)
    assert fires(Not(AnyOf(young_man.parts)), patient__age=30, patient__sex="other")


L84_MAIN = (Test("code", "is", "L84"), Test("role", "is", "main"))
MAIN, SECONDARY = diagnosis(code="L84", role="main"), diagnosis(code="L84", role="secondary")
OTHER_MAIN = diagnosis(code="L90", role="main")


def test_one_diagnosis_must_meet_all_tests_of_its_block(fires: Fires) -> None:
    assert fires(Exists(L84_MAIN), OTHER_MAIN, MAIN)
    assert not fires(Exists(L84_MAIN), OTHER_MAIN, SECONDARY)
    assert not fires(Exists(L84_MAIN))


def test_no_diagnosis_is_true_of_an_empty_list(fires: Fires) -> None:
    none = Exists(L84_MAIN, wanted=False)
    assert fires(none)
    assert fires(none, OTHER_MAIN, SECONDARY)
    assert not fires(none, OTHER_MAIN, MAIN)


def test_a_diagnosis_with_an_absent_value_does_not_meet_the_test(fires: Fires) -> None:
    injury = (Test("kind", "is", "injury"),)
    no_injury = (Test("kind", "is_not", ("injury",)),)
    for tests in (injury, no_injury):
        assert not fires(Exists(tests), diagnosis(code="M17.1"))
        assert fires(Exists(tests, wanted=False), diagnosis(code="M17.1"))


def test_the_negation_of_a_block_is_the_other_block(fires: Fires) -> None:
    for wanted in (True, False):
        for diagnoses in ((), (MAIN,), (OTHER_MAIN, SECONDARY)):
            negated = fires(Not(Exists(L84_MAIN, wanted)), *diagnoses)
            assert negated is fires(Exists(L84_MAIN, not wanted), *diagnoses) is not fires(Exists(L84_MAIN, wanted), *diagnoses)


def test_with_an_unreadable_code_the_absence_of_a_diagnosis_is_unknown(fires: Fires) -> None:
    some, none = Exists(L84_MAIN), Exists(L84_MAIN, wanted=False)
    for when in (none, Not(some), some, Not(none)):
        assert not fires(when, OTHER_MAIN, complete=False)
    for when, holds in ((some, True), (Not(none), True), (none, False), (Not(some), False)):
        assert fires(when, MAIN, complete=False) is holds
