"""Notes of rubrics: clean lines in Danish and English, with existing codes of others."""

import re

import pytest

from tests.catalogue.queries import CATALOG, rows, unclean
from validator.catalogue.catalogue import Catalogue

NOTES = rows(CATALOG / "notes.csv")
COLUMNS = ("includes_da", "includes_en", "not_here_da", "not_here_en", "use_when_da", "use_when_en")
MAX_LENGTH = 180
# One or more exclusions, each ending in its code: "strålende smerter i benet (L86); nakken (L83)".
EXCLUSION = re.compile(r".+ \((-?[A-Z]?[0-9]{2})\)")
# Codes outside L and N that physiotherapists use often.
COMMON_ELSEWHERE = {"A04", "A29", "K90", "K91", "R95", "P76", "T82", "U04", "W05", "X87"}


def codes(text: str) -> list[str]:
    """Return the codes in a text, in order."""
    return re.findall(r"\((-?[A-Z]?[0-9]{2})\)", text)


def test_the_columns_are_fixed_and_rubrics_unique() -> None:
    assert tuple(NOTES[0]) == ("code", *COLUMNS)
    assert len({row["code"] for row in NOTES}) == len(NOTES)


def test_rubrics_of_physiotherapy_have_notes(catalogue: Catalogue) -> None:
    noted = {row["code"] for row in NOTES}
    expected = COMMON_ELSEWHERE | {code for code, rubric in catalogue.rubrics.items() if rubric.chapter in ("L", "N")}
    assert sorted(expected - noted) == []
    assert sorted(noted - set(catalogue.rubrics)) == []


@pytest.mark.parametrize("column", COLUMNS)
def test_a_note_is_one_clean_line(column: str) -> None:
    texts = [row[column] for row in NOTES]
    assert unclean(texts) == []
    assert [text for text in texts if len(text) > MAX_LENGTH or text.endswith(".")] == []


def test_every_exclusion_has_a_code() -> None:
    parts = [part for row in NOTES for column in ("not_here_da", "not_here_en") for part in row[column].split("; ")]
    assert [part for part in parts if len(codes(part)) != 1 or not EXCLUSION.fullmatch(part)] == []


def test_excluded_codes_exist_and_are_other_rubrics(catalogue: Catalogue) -> None:
    assert [row["code"] for row in NOTES if not set(codes(row["not_here_da"])) <= set(catalogue.rubrics)] == []
    assert [row["code"] for row in NOTES if row["code"] in codes(row["not_here_da"])] == []


def test_both_languages_name_the_same_codes_in_the_same_order() -> None:
    assert [row["code"] for row in NOTES if codes(row["not_here_da"]) != codes(row["not_here_en"])] == []


def test_only_exclusions_have_codes() -> None:
    others = [column for column in COLUMNS if not column.startswith("not_here")]
    assert [row["code"] for row in NOTES for column in others if codes(row[column])] == []
