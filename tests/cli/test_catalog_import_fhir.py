"""`kodevagt catalog import` of CodeSystems that ask, and of supplements."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.catalogue.editions import code_system, csv_text, titles
from tests.stores import make_store
from validator.catalogue.catalogue import Catalogue
from validator.cli.main import main
from validator.store.database import Database
from validator.store.editions import list_editions, read_editions

SYSTEM = "https://example.org/skader"
ICPC_URL = "http://hl7.org/fhir/sid/icpc-2"


class Importer:
    """Imports of CodeSystems into a store of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database(make_store(folder / "kodevagt.db"))

    def take(self, text: str, *words: str, name: str = "x.json", start: str = "2027-01-01", code: int = 0) -> Result:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        words = ("catalog", "import", str(path), "--from", start, *words)
        result = CliRunner().invoke(main, words, env={"KODEVAGT_DATABASE": str(self.database.path)})
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    def names(self) -> list[str]:
        return [edition.name for edition in list_editions(self.database)]

    def titles(self, name: str) -> dict[str, dict[str, str]]:
        (edition,) = read_editions(self.database, [name])
        return {concept.code: dict(concept.titles) for concept in edition.concepts}


@pytest.fixture
def importer(tmp_path: Path) -> Importer:
    return Importer(tmp_path)


def supplement(url: str, codes: dict[str, str], language: str = "en", **more: Any) -> str:
    concepts = [{"code": code, "designation": [{"language": language, "value": title}]} for code, title in codes.items()]
    return code_system("https://example.org/titler", concepts, content="supplement", supplements=url, **more)


KNEES = [{"code": "K1", "display": "Knæskade"}, {"code": "K2", "display": "Korsbåndsskade"}]


@pytest.mark.parametrize(
    ("head", "name", "words"),
    [
        ({"status": "draft"}, "draft", "Filen er en kladde (status: draft)."),
        ({"status": "retired"}, "retired", "Filen er trukket tilbage (status: retired)."),
        ({"status": "unknown"}, "unknown", "Filens status er ukendt (status: unknown)."),
        ({"experimental": True}, "experimental", "Filen er til afprøvning og ikke til brug (experimental: true)."),
    ],
)
def test_a_file_that_is_not_in_use_is_only_imported_when_it_is_accepted(
    head: dict[str, Any], name: str, words: str, importer: Importer
) -> None:
    text = code_system(SYSTEM, KNEES, **head)
    assert f"Advarsel: {words} Tilføj --accept {name}" in importer.take(text).stdout
    refused = importer.take(text, "--yes", code=2)
    assert f"x.json: {words} Intet er taget ind. Tilføj --accept {name}" in refused.stderr
    assert importer.names() == []
    assert words in importer.take(text, "--yes", "--accept", name).stdout
    assert importer.names() == ["Pr-vesystem"]


def test_every_question_must_be_accepted(importer: Importer) -> None:
    concepts = [{**KNEES[0], "property": [{"code": "ophørs dato", "valueString": "2028-06"}]}]
    text = code_system(SYSTEM, concepts, status="draft", experimental=True)
    refused = importer.take(text, "--yes", code=2)
    assert "Tilføj --accept draft --accept experimental --accept 'ophørs dato', hvis" in refused.stderr
    refused = importer.take(text, "--yes", "--accept", "draft", "--accept", "experimental", code=2)
    assert "Tilføj --accept 'ophørs dato', hvis" in refused.stderr
    assert importer.names() == []
    importer.take(text, "--yes", "--accept", "draft", "--accept", "experimental", "--accept", "ophørs dato")
    assert importer.names() == ["Pr-vesystem"]


def test_json_has_the_questions(importer: Importer) -> None:
    answer = json.loads(importer.take(code_system(SYSTEM, KNEES, status="draft"), "--format", "json").stdout)
    assert answer["questions"] == [{"accept": "draft", "text": "Filen er en kladde (status: draft)."}]


def test_codes_that_cannot_be_chosen_are_shown(importer: Importer) -> None:
    retired = {"code": "K3", "display": "Gammel", "property": [{"code": "inactive", "valueBoolean": True}]}
    shown = importer.take(code_system(SYSTEM, [*KNEES, retired])).stdout
    assert "Springes over: 1 koder ude af brug uden en sidste dag (K3)." in shown


def test_a_supplement_adds_titles_to_the_edition_in_use(importer: Importer) -> None:
    importer.take(code_system(SYSTEM, KNEES, version="2026"), "--yes", start="2026-01-01")
    text = supplement(f"{SYSTEM}|2026", {"K1": "Knee injury"}, name="Engelsk")
    shown = importer.take(text, "--yes", name="titler.json")
    assert "Prøvesystem 2026, med titler fra Engelsk" in shown.stdout
    assert "Et supplement til Pr-vesystem-2026: titler på en til 1 kode.\n" in shown.stdout
    assert importer.titles("Engelsk") == {"K1": {"da": "Knæskade", "en": "Knee injury"}, "K2": {"da": "Korsbåndsskade"}}
    assert "var allerede taget ind" in importer.take(text, "--yes", name="titler.json").stdout


def test_a_supplement_may_have_a_title_of_its_own(importer: Importer) -> None:
    importer.take(code_system(SYSTEM, KNEES), "--yes")
    shown = importer.take(supplement(SYSTEM, {"K1": "Knee injury"}), "--title", "Min titel", "--name", "titler")
    assert shown.stdout.startswith("titler: Min titel\n")


def test_a_supplement_to_icpc_2_gives_titles_to_the_shipped_catalogue(importer: Importer, catalogue: Catalogue) -> None:
    text = supplement(ICPC_URL, {"L84": "Ny dansk titel", "-30": "Ny proces"}, "da", name="Titler")
    shown = importer.take(text, "--yes")
    assert "Ny titel: 2." in shown.stdout
    assert "Udgår: ingen." in shown.stdout
    codes = importer.titles("Titler")
    assert codes["L84"]["da"] == "Ny dansk titel"
    assert codes.keys() == {*titles(catalogue), "-30"}


def test_a_supplement_to_icpc_2_gives_titles_to_the_edition_in_force(importer: Importer, catalogue: Catalogue) -> None:
    for name, start, title in (("a.csv", "2026-01-01", "Første"), ("b.csv", "2028-01-01", "Anden")):
        importer.take(csv_text(titles(catalogue, L84=title)), "--yes", name=name, start=start)
    importer.take(supplement(ICPC_URL, {"L84": "Title"}, name="Titler"), "--yes", start="2027-01-01")
    assert importer.titles("Titler")["L84"] == {"da": "Første", "en": "Title"}


def test_a_supplement_without_an_edition_is_refused(importer: Importer) -> None:
    refused = importer.take(supplement("http://hl7.org/fhir/sid/icd-10|2019", {"M17": "Knæartrose"}), code=2)
    assert "Titlerne hører til ICD-10, men der er ingen udgave af det i brug den 2027-01-01" in refused.stderr


def test_a_supplement_with_codes_that_the_edition_lacks_is_refused_with_them(importer: Importer) -> None:
    importer.take(code_system(SYSTEM, KNEES), "--yes")
    refused = importer.take(supplement(SYSTEM, {"K1": "Knee", "K8": "x", "K9": "y"}, name="T"), "--yes", name="t.json", code=2)
    assert "t.json:18: 2 af koderne findes ikke i udgaven Pr-vesystem: K8, K9. " in refused.stderr
    assert importer.names() == ["Pr-vesystem"]
