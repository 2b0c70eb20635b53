"""Letters that a wrong encoding damaged are reported with their lines; the same characters in other languages are not."""

import json
import unicodedata
from pathlib import Path

import pytest

from tests.catalogue.editions import code_system, day, list_text
from validator.catalogue.code_systems import SKS
from validator.catalogue.editions.edition_import import build_edition
from validator.catalogue.editions.formats import BrokenFileError, TableOptions, read_distribution
from validator.catalogue.editions.formats.damaged_letters import find_damaged_letter

WORDS = (
    *("Knæ", "løst", "håndled", "Ømhed", "Ålesyge", "Ætsning", "ØRE", "é", "über", "Malmö", "naïve", "garçon"),
    *("37,5 °C", "½ år", "µg"),
)


def twice_encoded(text: str, encoding: str) -> str:
    """Return a text whose UTF-8 was read in another encoding; bytes that Windows-1252 lacks are read as Latin-1."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("word", WORDS)
def test_doubly_encoded_letters_are_found(word: str, encoding: str) -> None:
    assert find_damaged_letter(twice_encoded(word, encoding)), twice_encoded(word, encoding)
    assert find_damaged_letter(twice_encoded(twice_encoded(word, encoding), encoding)), "three times"


@pytest.mark.parametrize("text", ["KnÃ¦", "lÃ¸st", "hÃ¥nd", "Ã˜re", "Ã†ble", "Ã…reknude", "blÃ¥", "RÅ“d", "kommaâ€™er", "et � her"])
def test_examples_of_damaged_letters_are_found(text: str) -> None:
    if text == "RÅ“d":
        assert find_damaged_letter(text) == "Å“"
    assert find_damaged_letter(text)


@pytest.mark.parametrize("word", [*WORDS, *(unicodedata.normalize("NFD", word) for word in WORDS)])
def test_right_letters_are_not_reported(word: str) -> None:
    assert find_damaged_letter(word) is None
    assert find_damaged_letter(word.upper()) is None


@pytest.mark.parametrize(
    "text",
    [
        "IRMÃ",
        "IRMÃ…",
        "IRMÃ”",
        "«IRMû",
        "MANHÃ – TARDE",
        "Ã",
        "SÃO, LIÇÕES, MAÇÃ",
        "„HÄ“",
        "kromosom «Å»",
        "Ångström",
        "PLAÎTRE Âge",
        "Ännu",
        "Å-symptom",
        "Vitamin Â",
        "maçã",
        "IRMÃ\u00a0MAIS",
    ],
)
def test_capitals_of_other_languages_are_not_reported(text: str) -> None:
    assert find_damaged_letter(text) is None


def refusal(folder: Path, name: str, content: str, encoding: str = "") -> str:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenFileError) as refused:
        read_distribution(path, "da", TableOptions(encoding))
    return str(refused.value).removeprefix(str(path))


def test_a_table_is_refused_with_the_first_ten_lines_and_their_number(tmp_path: Path) -> None:
    text = "code,title\nDX00,Hel\n" + "".join(f"DX{number},KnÃ¦\n" for number in range(10, 22))
    message = refusal(tmp_path, "x.csv", text)
    lines = "3, 4, 5, 6, 7, 8, 9, 10, 11, 12 …"
    assert message.startswith(f':3: bogstaver er gået i stykker, fx "Ã¦" for "æ". Linjer i alt: 12 ({lines}).')


def test_a_few_lines_are_all_named(tmp_path: Path) -> None:
    message = refusal(tmp_path, "x.csv", "code,title\nDX10,l�st\nDX11,Helt\nDX12,kn�\n")
    assert message.startswith(':2: der står "�" for bogstaver, som er gået tabt. Linjer i alt: 2 (2, 4).')


def test_utf_8_read_as_windows_1252_by_choice_is_refused_with_the_remedy(tmp_path: Path) -> None:
    assert "Prøv uden --encoding" in refusal(tmp_path, "x.csv", "code,title\nDX10,Knæ\n", "cp1252")


def test_damaged_letters_in_a_code_are_found(tmp_path: Path) -> None:
    assert refusal(tmp_path, "x.csv", "code,title\nDX10,a\nÃ…1,b\n").startswith(":3: bogstaver er gået i stykker")


def test_damaged_letters_are_found_in_other_formats(tmp_path: Path) -> None:
    concepts = [{"code": "K1", "display": "Knæ"}, {"code": "K2", "display": "KnÃ¦"}]
    assert "bogstaver er gået i stykker" in refusal(tmp_path, "x.json", code_system("https://example.org/x", concepts))
    assert "bogstaver er gået i stykker" in refusal(tmp_path, "x.json", list_text({"A01": "KnÃ¦"}))


@pytest.mark.parametrize("kind", ["csv", "fhir", "list"])
def test_titles_and_codes_are_stored_in_the_composed_form(kind: str, tmp_path: Path) -> None:
    decomposed = "Kna\u030a o\u0308m"
    texts = {
        "csv": ("x.csv", f"code,title_da\nKA\u030a1,{decomposed}\n"),
        "fhir": ("x.json", code_system("https://example.org/x", [{"code": "KA\u030a1", "display": decomposed}])),
        "list": ("x.json", json.dumps([{"code": "KA\u030a1", "text": decomposed}])),
    }
    path = tmp_path / texts[kind][0]
    path.write_text(texts[kind][1], encoding="utf-8")
    edition = build_edition(read_distribution(path, "da"), name="a", title="t", system=SKS, start=day("2027-01-01")).edition
    assert (edition.concepts[0].code, list(edition.concepts[0].titles.values())) == ("K\u00c51", ["Kn\u00e5 \u00f6m"])
