"""The normal form of a condition: `not` pushed down to the tests, branches made and counted, contradictions named."""

import pytest

from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.normal_form import branch_count, branches_of, impossible_field

AGE, SEX, JOINTS, RADIATING = "patient.age", "patient.sex", "observations.joints", "observations.radiating_pain"
A, B, C, D = (Test(AGE, "is", age) for age in range(4))
NOT_A, NOT_B, NOT_C, NOT_D = (Test(AGE, "is_not", (age,)) for age in range(4))
L84 = (Test("code", "is", "L84"),)


@pytest.mark.parametrize(
    ("test", "negated"),
    [
        (Test(SEX, "is", "male"), Test(SEX, "is_not", ("male",))),
        (Test(AGE, "is", 18), Test(AGE, "is_not", (18,))),
        (Test(AGE, "is", 1), Test(AGE, "is_not", (1,))),
        (Test(AGE, "is", 0), Test(AGE, "is_not", (0,))),
        (Test(RADIATING, "is", True), Test(RADIATING, "is", False)),
        (Test(RADIATING, "is", False), Test(RADIATING, "is", True)),
        (Test(SEX, "one_of", ("male", "other")), Test(SEX, "is_not", ("male", "other"))),
        (Test(SEX, "is_not", ("male", "other")), Test(SEX, "one_of", ("male", "other"))),
        (Test(AGE, "at_least", 18), Test(AGE, "at_most", 17)),
        (Test(AGE, "at_least", 0), Test(AGE, "at_most", -1)),
        (Test(AGE, "at_most", 17), Test(AGE, "at_least", 18)),
        (Test(JOINTS, "includes", ("hip", "knee")), Test(JOINTS, "includes_none", ("hip", "knee"))),
        (Test(JOINTS, "includes_none", ("hip",)), Test(JOINTS, "includes", ("hip",))),
        (Test(JOINTS, "empty", True), Test(JOINTS, "empty", False)),
        (Test(JOINTS, "empty", False), Test(JOINTS, "empty", True)),
        (Exists(L84), Exists(L84, wanted=False)),
        (Exists(L84, wanted=False), Exists(L84)),
    ],
    ids=str,
)
def test_every_operator_has_its_negation(test: Test | Exists, negated: Test | Exists) -> None:
    ((literal,),) = branches_of(Not(test))
    assert literal == negated
    assert type(getattr(literal, "value", None)) is type(getattr(negated, "value", None))  # True == 1
    assert branches_of(Not(Not(test))) == [(test,)]


@pytest.mark.parametrize(
    ("condition", "branches"),
    [
        (A, [(A,)]),
        (All((A, B)), [(A, B)]),
        (AnyOf((A, B)), [(A,), (B,)]),
        (All((A, AnyOf((B, C)))), [(A, B), (A, C)]),
        (All((AnyOf((A, B)), AnyOf((C, D)))), [(A, C), (A, D), (B, C), (B, D)]),
        (AnyOf((All((A, B)), C)), [(A, B), (C,)]),
        (Not(All((A, B))), [(NOT_A,), (NOT_B,)]),
        (Not(AnyOf((A, B))), [(NOT_A, NOT_B)]),
        (Not(All((A, Not(AnyOf((B, C)))))), [(NOT_A,), (B,), (C,)]),
        (Not(AnyOf((All((A, B)), All((C, D))))), [(NOT_A, NOT_C), (NOT_A, NOT_D), (NOT_B, NOT_C), (NOT_B, NOT_D)]),
        (All((A, Exists(L84))), [(A, Exists(L84))]),
        (Not(All((A, Exists(L84)))), [(NOT_A,), (Exists(L84, wanted=False),)]),
        (All((A, All((A, B)), B)), [(A, B)]),
    ],
    ids=str,
)
def test_the_branches_of_a_condition_are_made_and_counted(condition: Condition, branches: list[tuple[Test | Exists, ...]]) -> None:
    assert branches_of(condition) == branches
    assert branch_count(condition) == len(branches)
    assert branch_count(Not(condition)) == len(branches_of(Not(condition)))


def test_branches_are_counted_where_no_one_could_make_them() -> None:
    assert branch_count(All((AnyOf((A, B, C)),) * 100)) == 3**100


IMPOSSIBLE: list[tuple[str, tuple[Test, ...]]] = [
    (AGE, (Test(AGE, "at_least", 30), Test(AGE, "at_most", 29))),
    (AGE, (Test(AGE, "is", 18), Test(AGE, "is", 19))),
    (AGE, (Test(AGE, "is", 18), Test(AGE, "at_least", 19))),
    (AGE, (Test(AGE, "is", 18), Test(AGE, "at_most", 17))),
    (AGE, (Test(AGE, "one_of", (1, 2)), Test(AGE, "is_not", (2, 1)))),
    (AGE, (Test(AGE, "at_least", 5), Test(AGE, "at_most", 6), Test(AGE, "is_not", (5, 6)))),
    (SEX, (Test(SEX, "is", "male"), Test(SEX, "is_not", ("male",)))),
    (SEX, (Test(SEX, "one_of", ("male", "other")), Test(SEX, "one_of", ("female", "unknown")))),
    (SEX, (Test(SEX, "is_not", ("female", "male", "other", "unknown")),)),
    ("role", (Test("role", "is_not", ("main",)), Test("role", "is_not", ("secondary",)))),
    (RADIATING, (Test(RADIATING, "is", True), Test(RADIATING, "is", False))),
    (JOINTS, (Test(JOINTS, "includes", ("hip",)), Test(JOINTS, "includes_none", ("hip", "knee")))),
    (JOINTS, (Test(JOINTS, "includes", ("hip",)), Test(JOINTS, "empty", True))),
    (JOINTS, (Test(JOINTS, "empty", False), Test(JOINTS, "empty", True))),
]
POSSIBLE: list[tuple[Test, ...]] = [
    (Test(AGE, "at_least", 29), Test(AGE, "at_most", 29)),
    (Test(AGE, "at_least", 5), Test(AGE, "at_most", 7), Test(AGE, "is_not", (5, 7))),
    (Test(AGE, "one_of", (1, 2)), Test(AGE, "is_not", (2,))),
    (Test(AGE, "one_of", (17, 40)), Test(AGE, "at_least", 18), Test(AGE, "at_most", 40)),
    (Test(AGE, "is", 0), Test(AGE, "at_most", 0)),
    (Test(SEX, "is_not", ("female", "male")), Test(SEX, "is_not", ("other",))),
    (Test("code", "is_not", ("L84", "L86")),),
    (Test(JOINTS, "includes", ("hip",)), Test(JOINTS, "includes", ("knee",))),
    (Test(JOINTS, "includes", ("hip", "knee")), Test(JOINTS, "includes_none", ("hip",))),
    (Test(JOINTS, "includes_none", ("hip",)), Test(JOINTS, "empty", False)),
    (Test(JOINTS, "includes_none", ("hip",)), Test(JOINTS, "empty", True)),
    (Test(JOINTS, "includes", ("hip",)), Test(JOINTS, "empty", False)),
]


@pytest.mark.parametrize(("field", "tests"), IMPOSSIBLE, ids=str)
def test_tests_that_contradict_each_other_are_named(field: str, tests: tuple[Test, ...]) -> None:
    assert impossible_field(All(tests)) == field
    assert impossible_field(All(tests[::-1])) == field


@pytest.mark.parametrize("tests", POSSIBLE, ids=str)
def test_tests_that_a_value_can_meet_are_not(tests: tuple[Test, ...]) -> None:
    assert impossible_field(All(tests)) is None
    assert impossible_field(All(tests[::-1])) is None


TWO_SEXES = (Test(SEX, "is", "male"), Test(SEX, "is", "female"))
TWO_CODES = (Test("code", "is", "L84"), Test("code", "is", "L86"))


@pytest.mark.parametrize(
    ("condition", "field"),
    [
        (AnyOf((All(TWO_SEXES), A)), None),
        (AnyOf((All(TWO_SEXES), All((A, B)))), SEX),
        (All((AnyOf(TWO_SEXES), AnyOf(TWO_SEXES))), None),
        (All((AnyOf(TWO_SEXES), Test(SEX, "is", "other"))), SEX),
        (Not(AnyOf((Not(TWO_SEXES[0]), Not(TWO_SEXES[1])))), SEX),
        (Not(All(TWO_SEXES)), None),
        (Exists(TWO_CODES), "code"),
        (Exists(TWO_CODES, wanted=False), None),
        (Not(Exists(TWO_CODES)), None),
        (All((Exists(TWO_CODES[:1]), Exists(TWO_CODES[1:]))), None),
        (All((TWO_CODES[0], Exists(TWO_CODES[1:]))), None),
    ],
    ids=str,
)
def test_a_condition_is_impossible_when_every_branch_is(condition: Condition, field: str | None) -> None:
    assert impossible_field(condition) == field


def test_a_condition_that_wants_a_diagnosis_and_excludes_it_is_impossible() -> None:
    assert impossible_field(All((Exists(L84), Exists(L84, wanted=False)))) is not None
