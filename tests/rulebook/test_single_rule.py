"""The analysis of a single condition: contradictions are named, and only impossible conditions are called so."""

import pytest

from validator.rulebook.analysis.single_rule import impossible_field
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.normal_form import branches_of

AGE, SEX, JOINTS, RADIATING = "patient.age", "patient.sex", "observations.joints", "observations.radiating_pain"
A, B = (Test(AGE, "is", age) for age in range(2))
L84 = (Test("code", "is", "L84"),)


def impossible(condition: Condition) -> str | None:
    return impossible_field(branches_of(condition))


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
    (Test(AGE, "at_most", -1),),  # no age can be, but nothing contradicts it: a warning says so, with the catalogue at hand
    (Test("component", "is_not", (1, 2, 3, 4, 5, 6, 7)),),
    (
        Test(JOINTS, "includes_none", ("hip", "knee", "shoulder", "elbow", "hand", "ankle", "neck", "back")),
        Test(JOINTS, "empty", False),
    ),
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
def test_contradicting_tests_are_named(field: str, tests: tuple[Test, ...]) -> None:
    assert impossible(All(tests)) == field
    assert impossible(All(tests[::-1])) == field


@pytest.mark.parametrize("tests", POSSIBLE, ids=str)
def test_tests_that_a_value_can_meet_are_not_contradictions(tests: tuple[Test, ...]) -> None:
    assert impossible(All(tests)) is None
    assert impossible(All(tests[::-1])) is None


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
    assert impossible(condition) == field


def test_a_condition_that_requires_and_excludes_a_diagnosis_is_impossible() -> None:
    assert impossible(All((Exists(L84), Exists(L84, wanted=False)))) is not None
