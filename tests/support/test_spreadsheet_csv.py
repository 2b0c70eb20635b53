"""CSV that a spreadsheet opens right."""

import pytest

from validator.support.spreadsheet_csv import unguarded, write_spreadsheet_csv


def test_danish_and_swedish_have_semicolons_and_decimal_commas() -> None:
    rows = [["kode", "andel"], ["L84", 0.5], [None, 12]]
    assert write_spreadsheet_csv(rows, "da") == "\ufeffkode;andel\r\nL84;0,5000\r\n;12\r\n".encode()
    assert write_spreadsheet_csv(rows, "sv") == write_spreadsheet_csv(rows, "da")
    assert write_spreadsheet_csv(rows, "en") == "\ufeffkode,andel\r\nL84,0.5000\r\n,12\r\n".encode()


@pytest.mark.parametrize("text", ["=1+1", "+45 12", "-skade", "@a", "-30x", "-", "-30\n=1"])
def test_a_text_that_would_be_a_formula_is_guarded(text: str) -> None:
    written = write_spreadsheet_csv([[text]], "da").decode("utf-8-sig").rstrip("\r\n").strip('"')
    assert written == f"'{text}"
    assert unguarded(written) == text


@pytest.mark.parametrize("text", ["L84", "-30", "+7", "'skade", "", "a=b"])
def test_any_other_text_is_unchanged(text: str) -> None:
    assert write_spreadsheet_csv([[text, ""]], "da").decode("utf-8-sig") == f"{text};\r\n"
    assert unguarded(text) == text
