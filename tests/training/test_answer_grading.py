"""What an answer is worth: only its main diagnosis moves the score, by the weights and regions of the bank."""

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

MARKS = (
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


@pytest.mark.parametrize(("values", "given", "grade"), MARKS)
def test_an_answer_is_marked(values: dict[str, Any], given: Answer, grade: str, catalogue: Catalogue) -> None:
    marked = grade_answer(case(**values), given, SCORING, catalogue)
    assert marked.grade == grade
    assert marked.score == SCORING.weights[marked.grade]


def test_secondary_codes_are_told_and_move_nothing(catalogue: Catalogue) -> None:
    knee = case(key=answer("L90", "+L15", "+A01"))
    marked = grade_answer(knee, answer("L90", "+A01", "+L18"), SCORING, catalogue)
    assert (marked.score, marked.secondary.found, marked.secondary.missed, marked.secondary.surplus) == (
        1.0,
        ("A01",),
        ("L15",),
        ("L18",),
    )


def test_an_answer_is_held_against_the_right_one_that_it_is_nearest_to(catalogue: Catalogue) -> None:
    marked = grade_answer(case(**UNDECIDED), answer("L03", "+L84"), SCORING, catalogue)
    assert (marked.secondary.found, marked.secondary.surplus) == (("L84",), ())


def test_the_authors_word_on_the_chosen_code_is_found(catalogue: Catalogue) -> None:
    knee = case(**KNEE)
    assert [remark and remark.code for remark in (grade_answer(knee, answer(code), SCORING, catalogue).remark for code in ("L15", "L91", "L92", "L90"))] == ["L15", "L91", None, None]  # fmt: skip  # noqa: E501


def test_where_nothing_is_needed_the_authors_word_on_a_secondary_code_is_found(catalogue: Catalogue) -> None:
    nothing = case(**NOTHING, near_misses=remarks("N29"))
    said = [
        grade_answer(nothing, given, SCORING, catalogue).remark
        for given in (answer("+N29"), answer("N87", "+N29"), answer("+L90"), answer())
    ]
    assert [remark and remark.code for remark in said] == ["N29", None, None, None]


def test_of_two_main_diagnoses_the_authors_word_is_on_the_wrong_one(catalogue: Catalogue) -> None:
    both = case(**BOTH, alternatives=remarks("L90"), near_misses=remarks("L91"))
    said = [
        grade_answer(both, given, SCORING, catalogue).remark
        for given in (answer("L90"), answer("L90", "L91"), answer("L90", "A01"))
    ]
    assert [remark and remark.code for remark in said] == ["L90", "L91", None]


def test_the_key_of_every_case_that_ships_is_worth_everything(bank: Bank, catalogue: Catalogue) -> None:
    for held in bank.cases.values():
        for right in held.right_answers:
            assert grade_answer(held, right, bank.scoring, catalogue).score == 1.0, held.id


def test_the_regions_that_ship_have_the_codes_of_the_design(bank: Bank) -> None:
    shipped = {name: set(region.codes) for name, region in bank.scoring.regions.items()}
    assert shipped["knee"] == {"L15", "L78", "L90", "L96"}
    assert {"L13", "L89"} <= shipped["hip"]
    assert {"L08", "L92"} <= shipped["shoulder"]
    assert {"L02", "L03", "L84", "L86"} <= shipped["back"]
    assert {"L01", "L83"} <= shipped["neck"]
    assert (bank.scoring.published.exact, bank.scoring.published.group, bank.scoring.published.chapter) == (71, 84, 94)
