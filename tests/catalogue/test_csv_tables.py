"""CSV as other programs write it: its delimiter, its encoding, its columns and its last line."""

from pathlib import Path

import pytest

from tests.catalogue.editions import day
from validator.catalogue.editions.formats import BrokenFileError, Distribution, TableOptions, read_distribution
from validator.catalogue.editions.formats.csv_format import parse_columns
from validator.support.errors import UserError

TEXT = "code;title_da\nDX10;Knæ, løst\nDX11;Øre\n"
ROWS = [("DX10", {"da": "Knæ, løst"}), ("DX11", {"da": "Øre"})]


def read(folder: Path, content: str | bytes, encoding: str = "", columns: str = "", name: str = "x.csv") -> Distribution:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_distribution(path, "da", TableOptions(encoding, parse_columns(columns) if columns else None))


def rows(distribution: Distribution) -> list[tuple[str, dict[str, str]]]:
    return [(row.code, dict(row.titles)) for row in distribution.rows]


def refusal(folder: Path, content: str | bytes, encoding: str = "", columns: str = "", name: str = "x.csv") -> str:
    with pytest.raises(BrokenFileError) as refused:
        read(folder, content, encoding, columns, name)
    return str(refused.value).removeprefix(str(folder / name))


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        TEXT.replace(";", "\t"),
        'code,title_da\nDX10,"Knæ, løst"\nDX11,Øre\n',
        f"sep=;\n{TEXT}",
        f'"sep=;"\r\n{TEXT}',
        f"SEP=\t\n{TEXT}".replace(";", "\t"),
        '"code";"title_da"\n"DX10";"Knæ, løst"\n"DX11";"Øre"\n',
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
    ],
    ids=["semicolon", "tab", "comma", "sep=", "sep= in quotation marks", "sep= with a tab", "all quoted", "CRLF", "CR"],
)
def test_delimiters_and_line_breaks(content: str, tmp_path: Path) -> None:
    assert rows(read(tmp_path, content)) == ROWS


def test_a_delimiter_within_a_quoted_column_name_does_not_count(tmp_path: Path) -> None:
    text = '"KODE, SKS, D";TEKST\nDX10;Knæ\n'
    assert rows(read(tmp_path, text, columns='"code=KODE, SKS, D",title_da=TEKST')) == [("DX10", {"da": "Knæ"})]


def test_a_header_of_very_many_columns_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, ",".join(["ukendt"] * 50_000) + "\n").startswith(":1: ukendt kolonne: ukendt, ukendt")
    assert refusal(tmp_path, "x" * 200_000 + "\n").startswith(":1: et felt er på mere end 131.072 tegn")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_decides_the_encoding(encoding: str, tmp_path: Path) -> None:
    text = f"\ufeff{TEXT}" if encoding.startswith("utf-16-") else TEXT
    assert rows(read(tmp_path, text.encode(encoding))) == ROWS
    assert rows(read(tmp_path, text.encode(encoding), "cp1252")) == ROWS


def test_windows_1252_is_read_where_it_is_chosen(tmp_path: Path) -> None:
    assert rows(read(tmp_path, TEXT.encode("cp1252"), "cp1252")) == ROWS


@pytest.mark.parametrize(
    ("content", "encoding", "message"),
    [
        (TEXT.encode("cp1252"), "", ":2: linjen er ikke i UTF-8. Er filen gemt i Windows' tegnkodning, så kør kommandoen igen med"),
        ("code;title_da\nDX10;Kn\u00e6".encode()[:-1], "", ":2: filen slutter midt i et tegn: den er afkortet"),
        (b"code;title_da\nDX10;Kn\x81\n", "cp1252", ":2: linjen kan ikke læses som cp1252"),
        (TEXT.encode("cp1252"), "utf-8", ":2: linjen kan ikke læses som utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode("cp1252"), "", ":2: linjen kan ikke læses som UTF-8"),
        (TEXT.encode("utf-16")[:-1], "", ":3: linjen kan ikke læses som UTF-16"),
        ("code;title_da\nDX10;Kne\n".encode("utf-16-le"), "", ":1: linjen har et nultegn"),
        (b"\xef\xbb\xbf", "", ":1: filen er tom"),
    ],
    ids=range(8),
)
def test_another_encoding_is_refused_with_its_line(content: bytes, encoding: str, message: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, content, encoding).startswith(message)


def test_a_last_line_without_a_line_break_is_read_and_pointed_out(tmp_path: Path) -> None:
    found = read(tmp_path, TEXT.removesuffix("\n"))
    assert rows(found) == ROWS
    assert found.notes == ('Filens sidste linje slutter uden et linjeskift. Se efter, at den er hel: "DX11 Øre"',)
    assert read(tmp_path, TEXT).notes == ()
    assert read(tmp_path, f"{TEXT};").notes == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{TEXT}DX12", ":4: linjen har ikke 2 felter som den første; filen er måske afkortet"),
        (f'{TEXT}DX12;"Uden slut', ":4: et anførselstegn er aldrig lukket"),
        (f"{TEXT}DX12;", None),
    ],
)
def test_a_file_that_is_cut_off_is_noticed(text: str, message: str | None, tmp_path: Path) -> None:
    if message:
        assert refusal(tmp_path, text).startswith(message)
    else:
        assert read(tmp_path, text).notes[0].endswith('"DX12"')


def test_lines_are_counted_with_the_sep_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, f"sep=;\n{TEXT};uden kode\n").startswith(":5: koden mangler")
    assert refusal(tmp_path, f'sep=;\n{TEXT}DX12;"x').startswith(":5: et anførselstegn")
    assert refusal(tmp_path, "sep=|\ncode|title\n").startswith(':1: sep= nævner "|"')


OTHER = "KODE;TEKST;GRUPPE;FRA;TIL\nDX10;Knæ;7;2027-01-01;25000101\n"


def test_columns_may_be_chosen_and_others_are_not_read(tmp_path: Path) -> None:
    (row,) = read(tmp_path, OTHER, columns="code=kode, title_da=Tekst,valid_from=FRA,valid_to=TIL").rows
    assert (row.code, row.titles, row.valid_from, row.valid_to) == ("DX10", {"da": "Knæ"}, day("2027-01-01"), None)
    (row,) = read(tmp_path, OTHER, columns="code=KODE,title=TEKST,title_en=TEKST").rows
    assert (row.titles, row.valid_from) == ({"da": "Knæ", "en": "Knæ"}, None)


def test_a_chosen_column_may_be_written_in_another_unicode_form(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "A\u030arsag;title\nDX10;Knæ\n", columns="code=\u00c5rsag,title=title").rows
    assert row.code == "DX10"


@pytest.mark.parametrize(
    ("text", "columns", "message"),
    [
        (OTHER, "code=KODE,title_da=NAVN", ':1: filen har ingen kolonne "NAVN". Filens kolonner er: KODE, TEKST, GRUPPE, FRA, TIL'),
        ("KODE;KODE;TEKST\na;b;c\n", "code=KODE,title=TEKST", ":1: kolonnen KODE står to gange"),
        (OTHER, "", ":1: ukendt kolonne: kode, tekst, gruppe, fra, til. Kodevagt læser code, title"),
        ("code;chapter\nA01;A\n", "", ":1: der mangler en kolonne med koder eller med titler. Filens kolonner er: code, chapter"),
    ],
)
def test_a_column_that_is_missing_is_reported_with_those_of_the_file(text: str, columns: str, message: str, tmp_path: Path) -> None:
    found = refusal(tmp_path, text, columns=columns)
    assert found.startswith(message)
    assert columns or "--columns code=KODE,title_da=TEKST" in found


@pytest.mark.parametrize(
    "columns", ["KODE", "kode=KODE,title=T", "code=,title=T", "code=A,code=B,title=T", "title_dansk=T,code=K", "code=A\nB,title=T"]
)
def test_a_choice_that_is_not_understood_is_refused(columns: str) -> None:
    with pytest.raises(UserError, match="--columns skrives som code=KODE"):
        parse_columns(columns)


@pytest.mark.parametrize("columns", ["code=KODE", "title_da=TEKST", " "])
def test_a_choice_without_codes_or_titles_is_refused(columns: str) -> None:
    with pytest.raises(UserError):
        parse_columns(columns)


@pytest.mark.parametrize("name", ["x.json", "x.tgz", "x.mdb", "x.docx"])
def test_what_is_chosen_for_a_table_is_refused_for_other_files(name: str, tmp_path: Path) -> None:
    assert "bruges kun til en tabel" in refusal(tmp_path, "{}", "cp1252", name=name)
    assert "bruges kun til en tabel" in refusal(tmp_path, "{}", columns="code=A,title=B", name=name)


def test_days_are_read_as_registers_write_them(tmp_path: Path) -> None:
    text = "code,title,valid_from,valid_to\nDX10,a,19000101,9999-12-31\nDX11,b,2027-02,2028-02\n"
    first, second = read(tmp_path, text).rows
    assert (first.valid_from, first.valid_to) == (None, None)
    assert (second.valid_from, second.valid_to) == (day("2027-02-01"), day("2028-02-29"))
