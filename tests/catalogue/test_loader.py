"""A catalogue folder with a fault is refused with the file, the line and the fault."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from validator.catalogue.csv_tables import CatalogueError
from validator.catalogue.loader import load_catalogue
from validator.catalogue.synonyms_and_notes import Exclusion, Notes, Synonym

SHIPPED = Path(__file__).parent.parent.parent / "catalog"
TABLES = ["icpc2.csv", "process_dk.csv", "bridges.csv", "sex_pairs.csv", "kva.csv", "icd10_se.csv", "synonyms.csv", "notes.csv"]
Edit = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped catalogue."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "catalog"))


def edit_line(path: Path, number: int, edit: Edit) -> None:
    """Replace line `number` of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[number - 1] = edit(lines[number - 1])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(CatalogueError) as refused:
        load_catalogue(folder)
    return str(refused.value)


def test_the_shipped_folder_is_loaded(folder: Path) -> None:
    assert load_catalogue(folder).edition == json.loads((SHIPPED / "edition.json").read_text(encoding="utf-8"))["name"]


@pytest.mark.parametrize("file", ["edition.json", *TABLES])
def test_a_missing_file_is_named(file: str, folder: Path) -> None:
    (folder / file).unlink()
    assert refusal(folder).startswith(str(folder / file))


@pytest.mark.parametrize("file", TABLES)
@pytest.mark.parametrize(
    ("edit", "column"),
    [
        (lambda header: f"{header},extra", "extra"),
        (lambda header: header.partition(",")[2], None),
        (lambda header: header.replace(",", ";"), ";"),
        (lambda header: f"\ufeff{header}", None),
    ],
    ids=["unknown column", "missing column", "semicolons", "byte order mark"],
)
def test_a_wrong_header_is_refused(file: str, edit: Edit, column: str | None, folder: Path) -> None:
    first = (folder / file).read_text(encoding="utf-8").partition(",")[0]
    edit_line(folder / file, 1, edit)
    text = refusal(folder)
    assert text.startswith(f"{folder / file}:1: ")
    assert (column or first) in text


WRONG_LINES: dict[str, tuple[str, int, Edit, str]] = {
    "short line": ("icpc2.csv", 100, lambda line: line.rpartition(",")[0], "kolonner"),
    "long line": ("icpc2.csv", 100, lambda line: f"{line},x", "kolonner"),
    "empty code": ("icpc2.csv", 2, lambda _: ",,2,process,a,b,c,d", "code"),
    "double code": ("icpc2.csv", 3, lambda _: "-30,,2,process,a,b,c,d", "-30"),
    "component in letters": ("icpc2.csv", 3, lambda _: "-31,,to,process,a,b,c,d", "to"),
    "double bridge": ("bridges.csv", 3, lambda _: "A15,A70,1,", "A15"),
    "bridge to no code": ("bridges.csv", 5, lambda _: "M17,L91x,1,", "L91x"),
    "preference in letters": ("bridges.csv", 5, lambda _: "M17,L91,ja,", "ja"),
    "bridge from nothing": ("bridges.csv", 5, lambda _: ",L91,1,", "icd10"),
    "long reason": ("bridges.csv", 5, lambda _: f"M17,L91,1,{'x' * 101}", "100"),
    "pair without a man": ("sex_pairs.csv", 2, lambda _: "X76,Y00,1", "Y00"),
    "pair without a woman": ("sex_pairs.csv", 2, lambda _: "X00,Y78,1", "X00"),
    "double pair": ("sex_pairs.csv", 3, lambda _: "W13,Y13,1", "W13"),
    "double process code": ("process_dk.csv", 4, lambda _: "A30,to gange,twice", "A30"),
    "process code without its rubric": ("process_dk.csv", 4, lambda _: "A70,ingen proces,no process", "A70"),
    "double Swedish code": ("icd10_se.csv", 3, lambda _: "E66.9,a,b", "E66.9"),
    "Swedish code without its point": ("icd10_se.csv", 3, lambda _: "F329,a,b", "F329"),
    "Swedish code in small letters": ("icd10_se.csv", 3, lambda _: "f32.9,a,b", "f32.9"),
    "double measure": ("kva.csv", 3, lambda _: "AA039,a,b", "AA039"),
    "synonym of no code": ("synonyms.csv", 9, lambda _: "L100,da,ondt,lay,1", "L100"),
    "synonym without a word": ("synonyms.csv", 9, lambda _: "L90,da,,lay,1", "term"),
    "double synonym": ("synonyms.csv", 3, lambda _: "-30,da,fuldt helbredstjek,clinical,0", "fuldt helbredstjek"),
    "synonym in an unknown language": ("synonyms.csv", 9, lambda _: "L90,no,kneslitasje,lay,1", "no"),
    "synonym of an unknown kind": ("synonyms.csv", 9, lambda _: "L90,da,slidgigt,slang,1", "slang"),
    "synonym with a preference in letters": ("synonyms.csv", 9, lambda _: "L90,da,slidgigt,lay,ja", "ja"),
    "notes on no code": ("notes.csv", 4, lambda line: line.replace("A04", "A12", 1), "A12"),
    "double notes": ("notes.csv", 4, lambda _: "A01,,,,,,", "A01"),
    "exclusion without a code": ("notes.csv", 4, lambda line: line.replace(" (P05)", ""), "alderdomssvækkelse"),
    "exclusion with an unknown code": ("notes.csv", 4, lambda line: line.replace("(P05)", "(P14)"), "P14"),
}


@pytest.mark.parametrize("case", WRONG_LINES)
def test_a_wrong_line_is_refused_at_its_line(case: str, folder: Path) -> None:
    file, number, edit, word = WRONG_LINES[case]
    edit_line(folder / file, number, edit)
    text = refusal(folder)
    assert text.startswith(f"{folder / file}:{number}: ")
    assert word in text


def test_bridges_need_no_column_of_reasons(folder: Path) -> None:
    path = folder / "bridges.csv"
    path.write_text("icd10,icpc2,preferred\nM17,L90,1\n", encoding="utf-8")
    catalogue = load_catalogue(folder)
    assert (catalogue.bridges, catalogue.bridge_reasons) == ({"M17": ("L90",)}, {})


def test_an_unclosed_quotation_mark_is_refused(folder: Path) -> None:
    edit_line(folder / "kva.csv", 4, lambda line: f'"{line}')
    assert refusal(folder).startswith(f"{folder / 'kva.csv'}:")


@pytest.mark.parametrize("date", ["2025-13-01", "01-04-2025", "i går"])
@pytest.mark.parametrize("column", ["valid_from", "valid_to"])
def test_a_wrong_date_of_validity_is_refused(column: str, date: str, folder: Path) -> None:
    lines = (folder / "icpc2.csv").read_text(encoding="utf-8").splitlines()
    rows = [f"{lines[0]},{column}", *(f"{line}," for line in lines[1:])]
    rows[70] += date
    (folder / "icpc2.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert refusal(folder).startswith(f"{folder / 'icpc2.csv'}:71: ")


def test_another_encoding_is_refused_at_its_line(folder: Path) -> None:
    path = folder / "icpc2.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    number = next(number for number, line in enumerate(lines, 1) if number > 300 and "æ" in line.decode())
    lines[number - 1] = lines[number - 1].decode().encode("latin-1")
    path.write_bytes(b"".join(lines))
    assert refusal(folder).startswith(f"{path}:{number}: ")


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", "5", '{"title": "t", "date": "2026-11-21"}', '{"name": 5, "title": "t", "date": "2026-11-21"}'),
        pytest.param("[" * 100_000, id="nested"),
    ],
)
def test_a_broken_edition_is_refused(text: str, folder: Path) -> None:
    (folder / "edition.json").write_text(text, encoding="utf-8")
    assert refusal(folder).startswith(str(folder / "edition.json"))


def test_both_dates_of_validity_are_read(folder: Path) -> None:
    lines = (folder / "icpc2.csv").read_text(encoding="utf-8").splitlines()
    rows = [f"{lines[0]},valid_from,valid_to", *(f"{line},," for line in lines[1:])]
    rows = [row.replace(",,", ",2025-01-01,2025-12-31") if row.startswith("L84,") else row for row in rows]
    (folder / "icpc2.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    rubric = load_catalogue(folder).rubrics["L84"]
    assert (str(rubric.valid_from), str(rubric.valid_to)) == ("2025-01-01", "2025-12-31")


def test_a_rubric_has_its_short_titles_its_synonyms_and_its_notes(folder: Path) -> None:
    rubric = load_catalogue(folder).rubrics["L86"]
    assert rubric.short_titles["da"] == "Rygsyndrom med udstråling"
    assert Synonym("iskias", "da", "lay", preferred=True) in rubric.synonyms
    assert Synonym("spinalstenose", "da", "clinical", preferred=False) in rubric.synonyms
    assert rubric.notes["da"].includes == "iskias, lumbal nerverodspåvirkning og diskusprolaps i lænd eller brystryg"
    assert Exclusion("rygsmerter uden udstråling", "L84") in rubric.notes["da"].not_here


def test_a_danish_process_code_may_have_synonyms(folder: Path) -> None:
    edit_line(folder / "synonyms.csv", 9, lambda _: "X37,da,celleskrab,lay,1")
    assert [synonym.term for synonym in load_catalogue(folder).rubrics["X37"].synonyms] == ["celleskrab"]


def test_parts_of_a_note_are_optional(folder: Path) -> None:
    edit_line(folder / "notes.csv", 4, lambda _: "A04,træthed,,,,,")
    notes = load_catalogue(folder).rubrics["A04"].notes
    assert notes["da"] == Notes("træthed", (), None)
    assert notes["en"] == Notes(None, (), None)


def test_a_rubric_without_notes_has_none(folder: Path) -> None:
    assert load_catalogue(folder).rubrics["A70"].notes == {}


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("icpc2.csv", "L84,", "L84\u200b,", "code indeholder et usynligt tegn (U+200B): L84"),
        ("bridges.csv", "M48.0,", "\u041c48.0,", "icd10 indeholder det kyrilliske М (U+041C) i stedet for M: M48.0"),
        ("sex_pairs.csv", "X76,", "X76\u00ad,", "female indeholder et usynligt tegn (U+00AD): X76"),
        ("icd10_se.csv", "M17.1,", "m171,", "code er ikke skrevet som i ICD-10-SE (M17.1): m171"),
    ],
)
def test_a_character_that_only_looks_right_is_named(file: str, old: str, new: str, fault: str, folder: Path) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert f"\n{old}" in text
    path.write_text(text.replace(f"\n{old}", f"\n{new}", 1), encoding="utf-8")
    line = text.partition(f"\n{old}")[0].count("\n") + 2
    assert refusal(folder) == f"{path}:{line}: {fault}"
