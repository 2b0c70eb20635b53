"""Distributions of every format give the same codes; a broken file is refused."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogue.editions import PACKAGE, code_system, csv_text, day, list_text, package_folder, tarball, titles
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICPC
from validator.catalogue.editions.edition_import import build_edition
from validator.catalogue.editions.formats import BrokenFileError, read_distribution

ICPC_URL = "http://hl7.org/fhir/sid/icpc-2"


def read(path: Path, system: str | None = None) -> dict[str, dict[str, str]]:
    """Return the titles of each code of a file, as imported."""
    distribution = read_distribution(path, "da")
    system = system or distribution.system or ICPC
    prepared = build_edition(distribution, name="a", title="t", system=system, start=day("2027-01-01"))
    return {concept.code: dict(concept.titles) for concept in prepared.edition.concepts}


def refusal(path: Path) -> str:
    with pytest.raises(BrokenFileError) as refused:
        read(path)
    return str(refused.value)


@pytest.fixture
def codes(catalogue: Catalogue) -> dict[str, str]:
    return titles(catalogue)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


Write = Callable[[str, str | bytes], Path]


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("L8\u200b4", 'koden "L84" indeholder et usynligt tegn (U+200B)'),
        ("L84\u00ad", 'koden "L84" indeholder et usynligt tegn (U+00AD)'),
        ("L84\ufe0f", 'koden "L84" indeholder et usynligt tegn (U+FE0F)'),
        ("\uff2c84", 'koden "L84" indeholder det brede Ｌ (U+FF2C) i stedet for L'),
        ("\u041084", 'koden "A84" indeholder det kyrilliske А (U+0410) i stedet for A'),
        ("0101\u200b901234", "her står noget, der ligner et CPR-nummer"),
    ],
)
def test_a_code_with_a_character_that_only_looks_right_is_refused(
    code: str, fault: str, codes: dict[str, str], write: Write
) -> None:
    path = write("icpc.csv", csv_text({"A01": codes["A01"], code: "Titel"}))
    assert refusal(path).startswith(f"{path}:3: {fault}")
    path = write("icpc.json", code_system(ICPC_URL, [{"code": "A01", "display": codes["A01"]}, {"code": code, "display": "Titel"}]))
    assert f": {fault}" in refusal(path)
    assert re.search(r"\.json:\d+: ", refusal(path))


def test_another_system_may_have_codes_in_another_alphabet(write: Write) -> None:
    assert read(write("a.csv", "code,title_da\n\u0410\u041201,Titel\n"), "http://example.org/codes") == {
        "\u0410\u041201": {"da": "Titel"}
    }
    with pytest.raises(BrokenFileError, match="U\\+200B"):
        read(write("a.csv", "code,title_da\nAB\u200b01,Titel\n"), "http://example.org/codes")


def test_the_npm_package_is_read_as_tarball_folder_and_list(tmp_path: Path, codes: dict[str, str], write: Write) -> None:
    expected = {code: {"nb": title} for code, title in codes.items()}
    local = {**codes, "D991": "Lokal", "A191": "Lokal"}
    assert read(tarball(tmp_path / "pakke.tgz", local)) == expected
    assert read(package_folder(tmp_path / "unpacked" / "package", local).parent) == expected
    assert read(package_folder(tmp_path / "home" / "node_modules" / PACKAGE, local).parent.parent.parent) == expected
    assert read(write("ICPC2.json", list_text(local))) == expected


def test_name_and_title_come_from_the_package(tmp_path: Path, codes: dict[str, str]) -> None:
    found = read_distribution(tarball(tmp_path / "x.tgz", codes, "1.2027.3"), "da")
    assert (found.name, found.system) == ("navikt-diagnosekoder-1.2027.3", ICPC)
    assert found.title == f"ICPC-2, norsk udgave ({PACKAGE} 1.2027.3)"


def test_a_list_of_codes_is_not_said_to_be_the_package(codes: dict[str, str], write: Write) -> None:
    assert read_distribution(write("koder.json", list_text(codes)), "da").title == "ICPC-2 fra koder.json"


@pytest.mark.parametrize("make", [lambda text: text, lambda text: f"\ufeff{text}", lambda text: text.replace("\n", "\r\n")])
def test_csv_may_have_a_byte_order_mark_and_any_line_endings(
    make: Callable[[str], str], codes: dict[str, str], write: Write
) -> None:
    assert read(write("x.csv", make(csv_text(codes)))) == {code: {"da": title} for code, title in codes.items()}


def test_csv_may_have_semicolons_dates_and_several_languages(codes: dict[str, str], write: Write) -> None:
    head = "Code;Title;title_en;component;kind;valid_from;valid_to\n"
    rows = "".join(f'{code};"{title}";;;;;\n' for code, title in codes.items())
    path = write("x.csv", f"{head}{rows}A22; Ny  klage ;New;1;symptom;2027-03-01;2027-12-31\n;;;;;;\n")
    row = read_distribution(path, "da").rows[-1]
    assert (row.code, row.titles) == ("A22", {"da": "Ny klage", "en": "New"})
    assert (row.valid_from, row.valid_to, row.component, row.kind) == (day("2027-03-01"), day("2027-12-31"), 1, "symptom")


def test_a_code_system_of_fhir_is_read(codes: dict[str, str], write: Write) -> None:
    concepts = [{"code": code, "display": title} for code, title in codes.items()]
    path = write(
        "x.json", code_system(ICPC_URL, concepts, version="2027", title="ICPC-2 fra et register", date="2026-12-01T12:00:00Z")
    )
    found = read_distribution(path, "da")
    assert (found.system, found.date, found.name, found.title) == (
        ICPC,
        "2026-12-01",
        "Prøvesystem-2027",
        "ICPC-2 fra et register 2027",
    )
    assert read(path) == {code: {"da": title} for code, title in codes.items()}


def test_the_properties_of_fhir_concepts_are_read(write: Write) -> None:
    concepts = [
        {
            "code": "A",
            "display": "Kapitel",
            "property": [{"code": "notSelectable", "valueBoolean": True}],
            "concept": [
                {"code": "a1", "display": "Et", "designation": [{"language": "en-GB", "value": "One"}]},
                {"code": "a2", "display": "To", "property": [{"code": "inactive", "valueBoolean": True}]},
                {"code": "a3", "display": "Tre", "property": [{"code": "status", "valueCode": "retired"}]},
                {"code": "a4", "display": "Fire", "property": [{"code": "retirementDate", "valueDateTime": "2027-07-01"}]},
                {"code": "a5", "display": "Fem", "property": [{"code": "status", "valueCode": "active"}]},
                {"code": "a6", "display": "Seks", "property": [{"code": "retirementDate", "valueDateTime": "0001-01-01"}]},
            ],
        }
    ]
    path = write("x.json", code_system("https://example.org/x", concepts, language="nb-NO"))
    assert read(path) == {"A1": {"en": "One", "nb": "Et"}, "A4": {"nb": "Fire"}, "A5": {"nb": "Fem"}, "A6": {"nb": "Seks"}}
    ends = {row.code: row.valid_to for row in read_distribution(path, "da").rows}
    assert (ends["a4"], ends["a6"]) == (day("2027-06-30"), day("0001-01-01"))


def with_line(text: str, number: int, line: str) -> str:
    """Return the text with a line replaced."""
    lines = text.splitlines()
    lines[number - 1] = line
    return "\n".join(lines) + "\n"


BROKEN_CSV: dict[str, tuple[Callable[[str], str | bytes], int, str]] = {
    "cut off in a line": (lambda text: text[: text.index("L90") + 6], 0, "afkortet"),
    "cut off after a line": (lambda text: text[: text.index("P01")], 0, "kapitel P, R, S, T, U, W, X, Y, Z"),
    "cut off in a quotation": (lambda text: text[: text.index("L90") + 8] + "\n", 0, "anførselstegn"),
    "another encoding": (lambda text: text.encode("latin-1", "replace"), 0, "UTF-8"),
    "double code": (lambda text: with_line(text, 40, 'A01,"Igen"'), 40, "A01 står også på linje 2"),
    "the same code in small letters": (lambda text: with_line(text, 40, ' a01 ,"Igen"'), 40, "A01 står også på linje 2"),
    "unknown column": (lambda text: with_line(text, 1, "code,titel"), 1, "ukendt kolonne: titel"),
    "double column": (lambda text: with_line(text, 1, "code,code"), 1, "to gange"),
    "no column of codes": (lambda text: with_line(text, 1, "title_da,title_en"), 1, "mangler en kolonne"),
    "no column of titles": (lambda text: with_line(text, 1, "code,chapter"), 1, "mangler en kolonne"),
    "too many fields": (lambda text: with_line(text, 50, "A80,x,y"), 50, "2 felter"),
    "too few fields": (lambda text: with_line(text, 50, "A80"), 50, "2 felter"),
    "no code": (lambda text: with_line(text, 50, ",Uden kode"), 50, "koden mangler"),
    "no title": (lambda text: with_line(text, 50, "A22,"), 50, "A22 har ingen titel"),
    "no code of ICPC-2": (lambda text: with_line(text, 50, "M17.1,Knæ"), 50, "af et andet kodesystem, så nævn det med --system"),
    "a chapter that is none": (lambda text: with_line(text, 50, "C12,x"), 50, "C12"),
    "a title without end": (lambda text: with_line(text, 50, f"A80,{'x' * 501}"), 50, "501 tegn"),
    "characters that cannot be shown": (lambda text: with_line(text, 50, "A80,x\x1b[31m"), 50, "tegn, der ikke kan vises"),
    "nothing": (lambda _: "", 1, "tom"),
    "no codes": (lambda _: "code,title\n", 1, "ingen koder"),
}


@pytest.mark.parametrize("case", BROKEN_CSV)
def test_a_broken_csv_file_is_refused_at_its_line(case: str, codes: dict[str, str], write: Write) -> None:
    spoil, number, word = BROKEN_CSV[case]
    content = spoil(csv_text(codes))
    path = write("x.csv", content)
    text = refusal(path)
    lines = (content if isinstance(content, bytes) else content.encode()).splitlines()
    if case == "another encoding":
        number = next(number for number, line in enumerate(lines, 1) if not line.isascii())
    assert text.startswith(f"{path}:{number or len(lines)}: ")
    assert word in text


@pytest.mark.parametrize(
    ("column", "value", "word"),
    [
        ("valid_from", "01-03-2027", "ÅÅÅÅ-MM-DD"),
        ("valid_to", "2027-13-01", "ÅÅÅÅ-MM-DD"),
        ("component", "8", "fra 1 til 7"),
        ("component", "et", "fra 1 til 7"),
        ("kind", "sygdom", "symptom, process"),
        ("chapter", "B", 'kapitlet "B"'),
    ],
)
def test_a_wrong_value_in_a_csv_file_is_refused_at_its_line(column: str, value: str, word: str, write: Write) -> None:
    path = write("x.csv", f"code,title,{column}\nA80,x,\nA81,y,{value}\n")
    text = refusal(path)
    assert text.startswith(f"{path}:3: ")
    assert word in text


def test_a_validity_that_ends_before_it_begins_is_refused(write: Write) -> None:
    assert "ophører" in refusal(write("x.csv", "code,title,valid_from,valid_to\nA80,x,2027-02-01,2027-01-01\n"))


LIST = [{"code": "A01", "text": "a"}, {"code": "A02", "text": "b"}, {"code": "A03", "text": "c"}]
BROKEN_LISTS: dict[str, tuple[str, int, str]] = {
    "cut off": (list_text({"A01": "a", "A02": "b"})[:-20], 8, "afkortet"),
    "double code": (list_text({"A01": "a"})[:-2] + ',\n {"code": "A01", "text": "b"}\n]', 6, "A01 står også på linje 2"),
    "double member": ('[\n {"code": "A01", "code": "A02", "text": "b"}\n]', 2, '"code" står to gange'),
    "unknown member": ('[\n {"code": "A01", "text": "b", "navn": "c"}\n]', 2, "ukendt felt: navn"),
    "missing member": ('[\n {"code": "A01"}\n]', 2, "mangler"),
    "a number as code": ('[\n\n {"code": 1, "text": "b"}\n]', 3, "skal være tekst"),
    "no title": ('[\n {"code": "A01", "text": " "}\n]', 2, "skal være tekst"),
    "something else than objects": ('["A01"]', 1, "liste af koder"),
    "something else than a list": ("5", 1, "CodeSystem"),
    "not a number": ('[{"code": NaN}]', 1, "JSON"),
    "too deep": ("[" * 100_000, 1, "indlejret"),
    "few": (json.dumps(LIST), 1, "kapitel B"),
}


@pytest.mark.parametrize("case", BROKEN_LISTS)
def test_a_broken_list_is_refused_at_its_line(case: str, write: Write) -> None:
    content, number, word = BROKEN_LISTS[case]
    path = write("ICPC2.json", content)
    text = refusal(path)
    assert text.startswith(f"{path}:{number}: ")
    assert word in text


def test_a_list_in_another_encoding_is_refused_at_its_line(write: Write) -> None:
    path = write("ICPC2.json", list_text({"A01": "a", "A02": "Bløde"}).encode("latin-1"))
    assert refusal(path).startswith(f"{path}:8: ")


BROKEN_FHIR: dict[str, tuple[str, int, str]] = {
    "no url": ('{"resourceType": "CodeSystem", "content": "complete"}', 1, "url mangler"),
    "not whole": (code_system("https://example.org/x", [], content="fragment"), 1, "fragment"),
    "no code": (code_system("https://example.org/x", [{"display": "Uden"}]), 8, "code mangler"),
    "double code": (code_system("https://example.org/x", [{"code": c, "display": "x"} for c in ("a", "b", "A")]), 16, "linje 8"),
    "no title": (code_system("https://example.org/x", [{"code": "a"}]), 8, "ingen titel"),
    "concepts that are no list": ('{"resourceType": "CodeSystem", "content": "complete", "url": "a:b", "concept": 5}', 1, "liste"),
    "concepts that are none": ('{"resourceType": "CodeSystem", "content": "complete", "url": "a:b", "concept": [5]}', 1, "objekt"),
    "a wrong day": (
        code_system("a:b", [{"code": "a", "display": "x", "property": [{"code": "retirementDate", "valueDateTime": "juli"}]}]),
        8,
        "ÅÅÅÅ-MM-DD",
    ),
    "something else": ('{"resourceType": "ValueSet"}', 1, "CodeSystem"),
}


@pytest.mark.parametrize("case", BROKEN_FHIR)
def test_a_broken_code_system_is_refused_at_its_line(case: str, write: Write) -> None:
    content, number, word = BROKEN_FHIR[case]
    path = write("x.json", content)
    text = refusal(path)
    assert text.startswith(f"{path}:{number}: ")
    assert word in text


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_tarball_is_refused(part: float, tmp_path: Path, codes: dict[str, str]) -> None:
    path = tarball(tmp_path / "x.tgz", codes)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    assert "afkortet" in refusal(path)


def test_a_tarball_with_a_flipped_bit_is_refused(tmp_path: Path, codes: dict[str, str]) -> None:
    path = tarball(tmp_path / "x.tgz", codes)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    assert str(path) in refusal(path)


def test_another_package_is_refused(tmp_path: Path, codes: dict[str, str]) -> None:
    folder = package_folder(tmp_path / "package", codes)
    (folder / "package.json").write_text('{"name": "andet"}', encoding="utf-8")
    assert f"ikke {PACKAGE}" in refusal(folder)
    for broken, word in (("{", "JSON"), ("[" * 100_000, "indlejret")):
        (folder / "package.json").write_text(broken, encoding="utf-8")
        assert word in refusal(folder)
    shutil.rmtree(folder / "lib")
    assert "lib/ICPC2.json" in refusal(folder)


def test_an_unknown_file_extension_is_refused(write: Write) -> None:
    assert ".csv" in refusal(write("x.docx", "x"))


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    assert "kan ikke læses" in refusal(tmp_path / "findes-ikke.csv")


def test_icpc_1_local_and_process_codes_and_headings_are_skipped(codes: dict[str, str], write: Write) -> None:
    more = {
        "A12": "x",
        "A14": "x",
        "A15": "x",
        "A17": "x",
        "B03": "x",
        "A00": "x",
        "D991": "x",
        "A30": "x",
        "K44": "x",
        "-30": "Tjek",
    }
    distribution = read_distribution(write("x.csv", csv_text({**codes, **more})), "da")
    prepared = build_edition(distribution, name="a", title="t", system=ICPC, start=day("2027-01-01"))
    assert {concept.code for concept in prepared.edition.concepts} == {*codes, "-30"}
    assert prepared.skipped == {
        "koder fra ICPC-1": ["A12", "A14", "A15", "A17", "B03"],
        "overskrifter": ["A00"],
        "lokale koder med fire tegn": ["D991"],
        "proceskoder med kapitelbogstav": ["A30", "K44"],
    }
