"""Answers are graded by their main diagnosis, with the weights and regions of the scoring scheme."""

from typing import Any

import pytest

from tests.training.case_factory import SCORING, answer, case, remarks
from validator.catalogue.catalogue import Catalogue
from validator.training.answer_grading import grade_answer
from validator.training.case import Answer
from validator.training.case_bank import Bank

KNEE: dict[str, Any] = {"alternatives": remarks("L91"), "near_misses": remarks("L15", "M17.1")}
BOTH: dict[str, Any] = {"key": answer("L89", "L90")}
UNDECIDED: dict[str, Any] = {"key": answer("L84"), "equally_right": (answer("L86"), answer("L03", "+L84"))}
NOTHING: dict[str, Any] = {"key": (), "equally_right": (answer("N87"),)}
DIZZY: dict[str, Any] = {"key": answer("H82")}

GRADED_ANSWERS = (
    (KNEE, answer("L90"), "exact"),
    (KNEE, answer("L90", "+L15"), "exact"),
    (KNEE, answer("L91"), "accepted"),
    (KNEE, answer("+L90"), "accepted"),
    (KNEE, answer("+L90", "+L15"), "miss"),
    (KNEE, answer("+L91"), "miss"),
    (KNEE, answer("L15"), "group"),
    (KNEE, answer("L15", "+L90"), "group"),
    (KNEE, answer("L92"), "chapter"),
    (KNEE, answer("N17"), "miss"),
    (KNEE, answer("M17.1"), "miss"),
    (KNEE, answer("L999"), "miss"),
    (KNEE, answer("A45"), "miss"),
    (KNEE, answer("L90", "L15"), "miss"),
    (KNEE, answer("L90", "L90"), "exact"),
    (KNEE, answer(), "miss"),
    (BOTH, answer("L89", "L90"), "exact"),
    (BOTH, answer("L90", "L89"), "exact"),
    (BOTH, answer("L90"), "group"),
    (BOTH, answer("L89", "L15"), "group"),
    (BOTH, answer("L89", "L92"), "chapter"),
    (BOTH, answer("L89", "N17"), "miss"),
    (BOTH, answer("L89", "L90", "L15"), "miss"),
    (UNDECIDED, answer("L86"), "exact"),
    (UNDECIDED, answer("L03"), "exact"),
    (UNDECIDED, answer("+L86"), "accepted"),
    (NOTHING, answer(), "exact"),
    (NOTHING, answer("+L90"), "exact"),
    (NOTHING, answer("+L90", "+N87"), "exact"),
    (NOTHING, answer("+N87"), "accepted"),
    (NOTHING, answer("N87"), "exact"),
    (NOTHING, answer("N86"), "chapter"),
    (NOTHING, answer("L90"), "miss"),
    (DIZZY, answer("N17"), "group"),
)


@pytest.mark.parametrize(("values", "chosen", "grade"), GRADED_ANSWERS)
def test_answer_gets_its_grade(values: dict[str, Any], chosen: Answer, grade: str, catalogue: Catalogue) -> None:
    graded = grade_answer(case(**values), chosen, SCORING, catalogue)
    assert graded.grade == grade
    assert graded.score == SCORING.weights[graded.grade]


PHASES = (
    (NOTHING, answer(), 3, "exact", 1.0),
    (NOTHING, answer("N87"), 3, "exact", 1.0),
    (NOTHING, answer("L90"), 3, "exact", 1.0),
    (NOTHING, answer(), 2, "miss", 0.0),
    (NOTHING, answer("N87"), None, "miss", 0.0),
    (KNEE, answer("L90"), 3, "exact", 1.0),
    (KNEE, answer("L90"), 2, "exact", 0.5),
    (KNEE, answer("L15"), 3, "group", 0.75),
    (KNEE, answer("L15"), None, "group", 0.25),
    (KNEE, answer(), 3, "miss", 0.5),
)


@pytest.mark.parametrize(("values", "chosen", "phase", "grade", "score"), PHASES)
def test_the_phase_is_scored_where_the_case_asks_for_one(
    values: dict[str, Any], chosen: Answer, phase: int | None, grade: str, score: float, catalogue: Catalogue
) -> None:
    """Alone where no diagnosis is required, and otherwise as half of the score."""
    graded = grade_answer(case(**values, phase=3), chosen, SCORING, catalogue, phase=phase)
    assert (graded.grade, graded.score) == (grade, score)


def test_a_phase_that_is_not_asked_for_is_not_scored(catalogue: Catalogue) -> None:
    assert grade_answer(case(**KNEE), answer("L90"), SCORING, catalogue, phase=2).score == 1.0


def test_secondary_codes_are_compared_but_do_not_change_the_score(catalogue: Catalogue) -> None:
    knee = case(key=answer("L90", "+L15", "+A01"))
    graded = grade_answer(knee, answer("L90", "+A01", "+L18"), SCORING, catalogue)
    assert (graded.score, graded.secondary.found, graded.secondary.missed, graded.secondary.surplus) == (
        1.0,
        ("A01",),
        ("L15",),
        ("L18",),
    )


def test_secondary_codes_are_compared_with_the_most_similar_right_answer(catalogue: Catalogue) -> None:
    graded = grade_answer(case(**UNDECIDED), answer("L03", "+L84"), SCORING, catalogue)
    assert (graded.secondary.found, graded.secondary.surplus) == (("L84",), ())


def test_remark_on_the_chosen_code(catalogue: Catalogue) -> None:
    knee = case(**KNEE)
    assert [remark and remark.code for remark in (grade_answer(knee, answer(code), SCORING, catalogue).remark for code in ("L15", "L91", "L92", "L90"))] == ["L15", "L91", None, None]  # fmt: skip  # noqa: E501


def test_remark_on_a_secondary_code_where_nothing_has_to_be_coded(catalogue: Catalogue) -> None:
    nothing = case(**NOTHING, near_misses=remarks("N29"))
    remarks_on_answers = [
        grade_answer(nothing, chosen, SCORING, catalogue).remark
        for chosen in (answer("+N29"), answer("N87", "+N29"), answer("+L90"), answer())
    ]
    assert [remark and remark.code for remark in remarks_on_answers] == ["N29", None, None, None]


def test_remark_is_on_the_wrong_one_of_two_main_diagnoses(catalogue: Catalogue) -> None:
    both = case(**BOTH, alternatives=remarks("L90"), near_misses=remarks("L91"))
    remarks_on_answers = [
        grade_answer(both, chosen, SCORING, catalogue).remark
        for chosen in (answer("L90"), answer("L90", "L91"), answer("L90", "A01"))
    ]
    assert [remark and remark.code for remark in remarks_on_answers] == ["L90", "L91", None]


def test_right_answers_of_shipped_cases_score_1(bank: Bank, catalogue: Catalogue) -> None:
    for shipped in bank.cases.values():
        for right in shipped.right_answers:
            assert grade_answer(shipped, right, bank.scoring, catalogue, phase=shipped.phase).score == 1.0, shipped.id


def test_shipped_regions_have_the_designed_codes(bank: Bank) -> None:
    shipped = {name: set(region.codes) for name, region in bank.scoring.regions.items()}
    assert shipped["knee"] == {"L15", "L78", "L90", "L96"}
    assert {"L13", "L89"} <= shipped["hip"]
    assert {"L08", "L92"} <= shipped["shoulder"]
    assert {"L02", "L03", "L84", "L86"} <= shipped["back"]
    assert {"L01", "L83"} <= shipped["neck"]
    assert (bank.scoring.published.exact, bank.scoring.published.group, bank.scoring.published.chapter) == (71, 84, 94)
