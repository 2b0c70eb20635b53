"""The normal form of a condition: `not` pushed down to the tests; building and counting its branches."""

import pytest

from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.normal_form import branches_of, count_branches

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
def test_the_branches_of_a_condition_are_built_and_counted(condition: Condition, branches: list[tuple[Test | Exists, ...]]) -> None:
    assert branches_of(condition) == branches
    assert count_branches(condition) == len(branches)
    assert count_branches(Not(condition)) == len(branches_of(Not(condition)))


def test_branches_are_counted_without_building_them() -> None:
    assert count_branches(All((AnyOf((A, B, C)),) * 100)) == 3**100


def test_branches_beside_an_impossible_part_are_counted() -> None:
    """They are built before the part without branches is reached."""
    assert count_branches(All((AnyOf((A, B, C)), AnyOf(()), AnyOf((A, B, C))))) == 9
