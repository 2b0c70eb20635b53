"""Nearest codes of a mistyped one: by edit distance, then by numeric difference."""

import pytest

from validator.catalogue.catalogue import Catalogue


def edits(one: str, other: str) -> int:
    """Return the Levenshtein distance, as in textbooks."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, row[0] = row[0], place
        for column, opposite in enumerate(other, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (letter != opposite))
    return row[-1]


@pytest.mark.parametrize(
    ("code", "nearest"),
    [
        ("L21", ["L20", "L26", "L27", "L28", "L29"]),  # one digit wrong; 20 is 1 away, 29 is 8
        ("A12", ["A11", "A13", "A10", "A16", "A18"]),
        ("L06", ["L05", "L07", "L04", "L08", "L03"]),
    ],
)
def test_a_wrong_digit_is_corrected_to_the_nearest_number(code: str, nearest: list[str], catalogue: Catalogue) -> None:
    assert catalogue.nearest_codes(code)[:5] == nearest


@pytest.mark.parametrize("code", ["L21", "L999", "L8", "LL84", "N02", "L9O", "U891", "Z30", "Y00"])
def test_the_order_is_edit_distance_then_number(code: str, catalogue: Catalogue) -> None:
    found = catalogue.nearest_codes(code)
    number = int(code[1:]) if code[1:].isdecimal() else None
    order = [(edits(code, near), 0 if number is None else abs(int(near[1:]) - number)) for near in found]
    assert found
    assert order == sorted(order)
    assert {near[0] for near in found} == {code[0]}
    diagnoses = [other for other, rubric in catalogue.rubrics.items() if other[0] == code[0] and rubric.kind != "process"]
    best = min(edits(code, other) for other in diagnoses)
    assert order[0][0] == best


def test_process_codes_are_never_nearest(catalogue: Catalogue) -> None:
    near = catalogue.nearest_codes("A3") + catalogue.nearest_codes("W31") + catalogue.nearest_codes("-31")
    assert [code for code in near if catalogue.rubrics[code].kind == "process"] == []


@pytest.mark.parametrize("code", ["", "E12", "5", "L", "sklerose", "L" * 200, "L٣٤", "L²²²²"])
def test_a_code_with_only_its_chapter_in_common_has_no_nearest_codes(code: str, catalogue: Catalogue) -> None:
    assert catalogue.nearest_codes(code) == []
