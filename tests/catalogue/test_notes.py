"""The notes of a rubric: one clean line each in Danish and English, and codes that exist and are not its own."""

import re

import pytest

from tests.catalogue.queries import CATALOG, rows, unclean
from validator.catalogue.catalogue import Catalogue

NOTES = rows(CATALOG / "notes.csv")
COLUMNS = ("includes_da", "includes_en", "not_here_da", "not_here_en", "use_when_da", "use_when_en")
LONGEST = 180
# One or more places, each ending in its code: "strålende smerter i benet (L86); nakken (L83)".
PLACE = re.compile(r".+ \((-?[A-Z]?[0-9]{2})\)")
# Outside L and N, where physiotherapists code often.
MET = {"A04", "A29", "K90", "K91", "R95", "P76", "T82", "U04", "W05", "X87"}


def codes(text: str) -> list[str]:
    """The codes a text names, in its order."""
    return re.findall(r"\((-?[A-Z]?[0-9]{2})\)", text)


def test_the_columns_are_as_agreed_and_a_rubric_stands_once() -> None:
    assert tuple(NOTES[0]) == ("code", *COLUMNS)
    assert len({row["code"] for row in NOTES}) == len(NOTES)


def test_l_n_and_what_else_physiotherapy_meets_have_notes(catalogue: Catalogue) -> None:
    noted = {row["code"] for row in NOTES}
    due = MET | {code for code, rubric in catalogue.rubrics.items() if rubric.chapter in ("L", "N")}
    assert sorted(due - noted) == []
    assert sorted(noted - set(catalogue.rubrics)) == []


@pytest.mark.parametrize("column", COLUMNS)
def test_a_note_is_one_clean_line(column: str) -> None:
    texts = [row[column] for row in NOTES]
    assert unclean(texts) == []
    assert [text for text in texts if len(text) > LONGEST or text.endswith(".")] == []


def test_every_place_that_is_not_here_names_its_code() -> None:
    parts = [part for row in NOTES for column in ("not_here_da", "not_here_en") for part in row[column].split("; ")]
    assert [part for part in parts if len(codes(part)) != 1 or not PLACE.fullmatch(part)] == []


def test_the_codes_that_are_not_here_exist_and_are_not_the_rubric_itself(catalogue: Catalogue) -> None:
    assert [row["code"] for row in NOTES if not set(codes(row["not_here_da"])) <= set(catalogue.rubrics)] == []
    assert [row["code"] for row in NOTES if row["code"] in codes(row["not_here_da"])] == []


def test_both_languages_name_the_same_codes_in_the_same_order() -> None:
    assert [row["code"] for row in NOTES if codes(row["not_here_da"]) != codes(row["not_here_en"])] == []


def test_only_what_is_not_here_names_codes() -> None:
    others = [column for column in COLUMNS if not column.startswith("not_here")]
    assert [row["code"] for row in NOTES for column in others if codes(row[column])] == []
