"""Access files are read with mdbtools and marked as unverified; truncated ones are refused.

The file was written with Jackcess in the format of Access 2000, with the project's titles; KiAP's file was not available.
"""

import gzip
from pathlib import Path

import pytest

from tests.catalogue.editions import day, titles
from tests.conftest import ROOT
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICPC
from validator.catalogue.editions.edition_import import build_edition
from validator.catalogue.editions.formats import BrokenFileError, access, read_distribution

CONTENT = gzip.decompress((ROOT / "tests" / "catalogue" / "access_2000.mdb.gz").read_bytes())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kiap.mdb"
    path.write_bytes(CONTENT)
    return path


def test_the_table_of_codes_is_read(path: Path, catalogue: Catalogue) -> None:
    distribution = read_distribution(path, "da")
    assert not distribution.verified
    assert {row.code: row.titles["da"] for row in distribution.rows}.keys() == titles(catalogue).keys()
    rows = {row.code: row for row in distribution.rows}
    assert rows["A10"].titles == {"da": "Blødning uden nærmere angivelse"}
    assert (rows["L18"].valid_from, rows["L84"].valid_to, rows["L90"].valid_to) == (day("2027-03-01"), day("2027-12-31"), None)


def test_its_edition_is_unconfirmed(path: Path) -> None:
    edition = build_edition(read_distribution(path, "da"), name="kiap", title="t", system=ICPC, start=day("2027-01-01")).edition
    assert edition.source["status"] == "unconfirmed"


@pytest.mark.parametrize("size", [1_000, 20_000, 100_000, 180_000, 188_416, 190_000, len(CONTENT) - 1])
def test_a_truncated_file_is_refused(size: int, path: Path) -> None:
    path.write_bytes(CONTENT[:size])
    with pytest.raises(BrokenFileError, match="afkortet"):
        read_distribution(path, "da")


def test_a_file_of_another_format_is_refused(path: Path) -> None:
    path.write_bytes(b"noget andet" * 1000)
    with pytest.raises(BrokenFileError, match="Access-fil"):
        read_distribution(path, "da")


def test_unknown_tables_are_listed_with_instructions(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_COLUMNS", {"nummer": "code", "tekst": "title"})
    with pytest.raises(BrokenFileError) as refused:
        read_distribution(path, "da")
    assert "ICPC2DK (Id, Kode, Tekst, Gyldig_fra, Gyldig_til); Kapitler (Bogstav, Navn)" in str(refused.value)
    assert "mdb-export" in str(refused.value)


def test_without_mdbtools_the_error_says_what_to_install(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BrokenFileError, match="apt-get install mdbtools"):
        read_distribution(path, "da")
