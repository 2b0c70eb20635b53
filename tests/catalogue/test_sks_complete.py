"""SKScomplete.txt: its diagnoses are read with their periods, and what is left out is said."""

from pathlib import Path

import pytest

from tests.catalogue.editions import SKS_LINES, day, sks_file, sks_line
from validator.catalogue.code_systems import SKS
from validator.catalogue.editions.edition import Concept
from validator.catalogue.editions.edition_import import build_edition
from validator.catalogue.editions.formats import BrokenFileError, Distribution, TableOptions, read_distribution


def read(folder: Path, content: bytes, name: str = "SKScomplete.txt", encoding: str = "") -> Distribution:
    path = folder / name
    path.write_bytes(content)
    return read_distribution(path, "da", TableOptions(encoding))


def concepts(distribution: Distribution, start: str = "1994-01-01") -> dict[str, Concept]:
    edition = build_edition(distribution, name="a", title="t", system=SKS, start=day(start)).edition
    return {concept.code: concept for concept in edition.concepts}


def refusal(folder: Path, file: bytes) -> str:
    with pytest.raises(BrokenFileError) as refused:
        read(folder, file)
    return str(refused.value).removeprefix(str(folder / "SKScomplete.txt"))


@pytest.mark.parametrize("name", ["SKScomplete.txt", "koder.txt", "koder.csv"])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-8", "utf-8-sig"])
def test_the_file_is_recognised_by_its_content(name: str, encoding: str, tmp_path: Path) -> None:
    found = read(tmp_path, sks_file(SKS_LINES, encoding), name)
    assert (found.system, found.verified) == (SKS, False)
    assert found.title == f"SKS-diagnoser fra {name}"
    assert concepts(found)["DX10"].titles == {"da": "Ømhed af prøven"}


def test_a_chosen_encoding_is_used(tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError, match=":2: linjen kan ikke læses som utf-8"):
        read(tmp_path, sks_file(SKS_LINES), encoding="utf-8")


def test_the_periods_of_a_code_are_kept(tmp_path: Path) -> None:
    code = concepts(read(tmp_path, sks_file(SKS_LINES)))["DX109A"]
    days = ("1994-01-01", True), ("1999-12-31", True), ("2002-01-01", False), ("2005-01-01", True), ("2026-01-01", True)
    for date, valid in days:
        assert code.is_valid(day(date)) is valid, date
    assert code.periods[-1][1] == day("9999-12-31")


def test_lines_that_are_left_out_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path, sks_file([*SKS_LINES, sks_line("DX15", "Aldrig i brug", "20050101", "20041231")]))
    assert [row.code for row in found.rows] == ["DX10", "DX109A", "DX109A"]
    assert found.notes == ("Springes over: 3 linjer, der ikke er diagnoser (opr 1, und 2).",)
    prepared = build_edition(found, name="a", title="t", system=SKS, start=day("1994-01-01"))
    assert prepared.notes == found.notes
    assert prepared.skipped == {"overskrifter": ["D", "DX1"], "koder, der ophører, før de begynder": ["DX15"]}


def test_blank_lines_and_trimmed_lines_are_read(tmp_path: Path) -> None:
    text = "\n".join([SKS_LINES[2].rstrip("* 1"), "", SKS_LINES[3]])
    assert set(concepts(read(tmp_path, text.encode("cp1252")))) == {"DX10", "DX109A"}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([*SKS_LINES, sks_line("DX12", "x")[:40]], ":9: linjen er på 40 tegn, alle de andre på 214; filen er afkortet"),
        ([*SKS_LINES, sks_line("DX12", "x")[:200]], ":9: linjen er på 200 tegn, alle de andre på 214; filen er afkortet"),
        ([*SKS_LINES[:3], "diaDX11", *SKS_LINES[3:]], ":4: linjen har ikke formen fra SKScomplete.txt"),
        ([SKS_LINES[0], sks_line("DX12", "x", "19941301")], ':2: "19941301" er ikke en dato'),
        ([SKS_LINES[-1]], ":1: filen har formen fra SKScomplete.txt, men ingen diagnoser"),
    ],
    ids=["cut off in the days", "cut off after the text", "a line of another form", "no day", "no diagnoses"],
)
def test_a_broken_file_is_refused_at_its_line(lines: list[str], message: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, sks_file(lines)).startswith(message)


def test_overlapping_periods_are_refused_with_both_lines(tmp_path: Path) -> None:
    found = read(tmp_path, sks_file([*SKS_LINES, sks_line("DX109A", "Igen", "19990101", "20011231")]))
    with pytest.raises(BrokenFileError, match=":9: DX109A gælder også efter linje 4 på nogle af de samme dage"):
        concepts(found)


def test_a_title_of_a_personal_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError, match=":1: her står noget, der ligner et CPR-nummer"):
        concepts(read(tmp_path, sks_file([sks_line("DX10", "Ømhed 010203-1234")])))


def test_columns_are_not_chosen_in_a_fixed_width(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(sks_file(SKS_LINES))
    with pytest.raises(BrokenFileError, match="Kør kommandoen uden --columns"):
        read_distribution(path, "da", TableOptions("", {"code": "a", "title": "b"}))
