"""`kodevagt catalog import`: changes are shown before they are made, and a broken file changes nothing."""

import json
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.catalogue.editions import SKS_LINES, code_system, csv_text, list_text, sks_file, sks_line, tarball, titles
from tests.stores import make_store
from validator import Service, Settings
from validator.catalogue.catalogue import Catalogue
from validator.cli.main import main
from validator.requests.request import read_request
from validator.rulebook.release import Release
from validator.serving.service import installed_catalogue
from validator.store.audit import audit_entries
from validator.store.database import Database
from validator.store.editions import list_editions


@pytest.fixture
def codes(catalogue: Catalogue) -> dict[str, str]:
    return titles(catalogue)


class Here:
    """A folder with its own store, and the commands run in it."""

    def __init__(self, folder: Path, releases: list[Release]) -> None:
        self.folder = folder
        self.releases = releases
        self.database = Database(make_store(folder / "kodevagt.db"))

    def write(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def run(self, *words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, list(words), env={"KODEVAGT_DATABASE": str(self.database.path)})
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    def take(self, path: str, start: str, *words: str, code: int = 0) -> Result:
        return self.run("catalog", "import", path, "--from", start, *words, code=code)

    def judge(self, date: str, code: str, system: str | None = None) -> dict[str, Any]:
        """Return the verdict on a contact with one code, by the editions in the store."""
        service = Service.from_releases(installed_catalogue(Settings(database=self.database.path)), self.releases)
        contact = {"date": date, "specialty": "51", "diagnoses": [{"code": code, "system": system}]}
        return service.judge(read_request({"encounter": contact})).to_json()

    def kinds(self, date: str, code: str, system: str | None = None) -> list[str]:
        return [finding["kind"] for finding in self.judge(date, code, system)["findings"]]


@pytest.fixture
def here(tmp_path: Path, releases: list[Release]) -> Here:
    return Here(tmp_path, releases)


def test_a_dry_run_shows_the_changes_and_writes_nothing(here: Here, codes: dict[str, str]) -> None:
    del codes["L84"]
    path = here.write("ny-2027.csv", csv_text({**codes, "A22": "Ny klage", "L86": "Lænd med udstråling"}))
    shown = here.take(path, "2027-01-01")
    assert "Kommer til: 1.\n  A22 Ny klage\n" in shown.stdout
    assert "Udgår: 1.\n  L84 " in shown.stdout
    assert "Ny titel: 1.\n  L86 (da): " in shown.stdout
    assert "→ Lænd med udstråling\n" in shown.stdout
    assert "Intet er skrevet" in shown.stderr
    assert list_editions(here.database) == []


def test_a_code_valid_for_part_of_the_edition_is_shown_with_its_date(here: Here, codes: dict[str, str]) -> None:
    days = {"L90": (",", ",2027-06-30"), "L83": (",2027-07-01", ",")}
    lines = csv_text(codes).replace("code,title_da", "code,title_da,valid_from,valid_to").splitlines()
    text = "".join(f"{line}{''.join(days.get(line[:3], (',', ',')) if number else '')}\n" for number, line in enumerate(lines))
    path = here.write("ny.csv", text)
    shown = here.take(path, "2027-01-01").stdout
    assert "Udgår: ingen.\nBegynder eller ophører senere: 2.\n  L83 " in shown
    assert "(fra 2027-07-01)" in shown
    later = json.loads(here.take(path, "2027-01-01", "--format", "json").stdout)["later"]
    assert [(one["code"], one["from"], one["to"]) for one in later] == [("L83", "2027-07-01", None), ("L90", None, "2027-06-30")]
    assert "Artrose i knæ" in later[1]["courses"]


def test_a_file_of_another_code_system_is_refused(here: Here) -> None:
    path = here.write("x.json", code_system("https://example.org/skader", [{"code": "K1", "display": "Knæskade"}]))
    refused = here.take(path, "2027-01-01", "--system", "sks", "--yes", code=2)
    assert "Filen læses som https://example.org/skader, ikke som SKS. Kør kommandoen uden --system" in refused.stderr
    assert list_editions(here.database) == []


def test_the_name_of_the_shipped_catalogue_is_reserved(here: Here, catalogue: Catalogue, codes: dict[str, str]) -> None:
    path = here.write("a.csv", csv_text(codes))
    refused = here.take(path, "2027-01-01", "--name", catalogue.timeline.base.edition, "--yes", code=2)
    assert "Vælg et andet med --name" in refused.stderr


def test_a_code_retired_next_year_is_valid_this_year(here: Here, codes: dict[str, str]) -> None:
    here.take(here.write("a-2026.csv", csv_text(codes)), "2026-01-01", "--yes")
    before = here.judge("2026-12-31", "L84")
    here.take(here.write("b-2027.csv", csv_text(titles_without(codes, "L84"))), "2027-01-01", "--yes")
    this_year, next_year = here.judge("2026-12-31", "L84"), here.judge("2027-01-01", "L84")
    assert this_year["catalogue"] == before["catalogue"] == {"system": "icpc-2", "edition": "a-2026"}
    assert "retired-code" not in here.kinds("2026-12-31", "L84")
    assert next_year["catalogue"] == {"system": "icpc-2", "edition": "b-2027"}
    (finding,) = [finding for finding in next_year["findings"] if finding["kind"] == "retired-code"]
    assert "31. december 2026" in finding["explanation"]
    assert finding["source"]["title"] == "b-2027"
    assert this_year["rules"]["digest"] == next_year["rules"]["digest"] != before["rules"]["digest"]


def titles_without(codes: dict[str, str], *gone: str) -> dict[str, str]:
    return {code: title for code, title in codes.items() if code not in gone}


def test_withdrawing_and_restoring_an_edition_restores_the_answer(here: Here, codes: dict[str, str]) -> None:
    path = here.write("a.csv", csv_text(codes))
    first = here.judge("2026-06-01", "L84")
    here.take(path, "2026-01-01", "--yes")
    within = here.judge("2026-06-01", "L84")
    assert within != first
    assert "ude af brug" in here.run("catalog", "withdraw", "a").stdout
    assert here.judge("2026-06-01", "L84") == first
    here.take(path, "2026-01-01", "--yes")
    assert here.judge("2026-06-01", "L84") == within
    assert [entry.action for entry in audit_entries(here.database)] == ["edition.import", "edition.withdraw", "edition.use"]


def test_the_npm_package_is_imported_without_its_local_codes(here: Here, codes: dict[str, str]) -> None:
    path = tarball(here.folder / "navikt.tgz", {**codes, "D991": "Udbrud"})
    shown = here.take(str(path), "2027-01-01", "--yes")
    assert "Springes over: 1 lokale koder med fire tegn (D991)." in shown.stdout
    assert "navikt-diagnosekoder-1.2027.0 er taget ind." in shown.stdout
    assert here.kinds("2027-06-01", "D991") == ["unknown-code"]


def test_an_imported_code_system_is_judged_like_the_others(here: Here) -> None:
    concepts = [
        {"code": "K1", "display": "Knæskade"},
        {"code": "K2", "display": "Hofteskade", "property": [{"code": "retirementDate", "valueDateTime": "2027-07-01"}]},
    ]
    url = "https://example.org/skader"
    here.take(here.write("x.json", code_system(url, concepts, version="1")), "2027-01-01", "--yes")
    assert here.kinds("2027-06-01", "k1", system=url) == ["normalised"]
    assert here.kinds("2027-06-01", "K9", system=url) == ["unknown-code"]
    assert here.kinds("2027-06-30", "K2", system=url) == []
    assert here.kinds("2027-07-01", "K2", system=url) == ["retired-code"]
    assert here.kinds("2026-12-31", "K1", system=url) == ["retired-code"]
    (unknown,) = here.judge("2027-06-01", "K9", system=url)["findings"]
    assert unknown["source"]["title"] == "Prøvesystem 1"
    assert "Prøvesystem 1" in unknown["message"]


def test_a_diagnosis_of_another_system_than_the_imported_is_left_out(here: Here) -> None:
    url = "https://example.org/skader"
    here.take(here.write("x.json", code_system(url, [{"code": "K1", "display": "Knæ"}])), "2027-01-01", "--yes")
    assert here.kinds("2027-06-01", "K1", system="https://example.org/andet") == ["unknown-system"]


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("x.csv", lambda text: text[:500]),
        ("x.csv", lambda text: text.encode("latin-1", "replace")),
        ("x.csv", lambda text: text + "A01,igen\n"),
        ("x.csv", lambda text: text.replace("title_da", "tittel")),
        ("x.json", lambda text: list_text({"A01": text[:10]})[:-9]),
        ("x.csv", lambda text: text.replace("A02,", 'A02,"010203-1234 ').replace('1234 "', "1234 ")),
    ],
    ids=["cut off", "wrong encoding", "double code", "unknown column", "cut JSON", "personal data"],
)
def test_a_broken_file_changes_nothing_and_is_reported_with_its_line(
    name: str, spoil: Any, here: Here, codes: dict[str, str]
) -> None:
    here.take(here.write("a.csv", csv_text(codes)), "2026-01-01", "--yes")
    before, answer = content(here), here.judge("2027-06-01", "L84")
    path = here.write(name, spoil(csv_text(codes)))
    refused = here.take(path, "2027-01-01", "--yes", "--name", "ny", code=2)
    assert refused.stdout == ""
    assert refused.stderr.startswith(f"Fejl: {path}:")
    assert refused.stderr.split(":")[2].isdecimal()
    assert content(here) == before
    assert here.judge("2027-06-01", "L84") == answer


def test_a_wrong_encoding_is_reported(here: Here, codes: dict[str, str]) -> None:
    path = here.write("x.csv", csv_text(codes).encode("cp1252", "replace"))
    refused = here.take(path, "2027-01-01", code=2).stderr
    assert "linjen er ikke i UTF-8" in refused
    assert "--encoding cp1252" in refused
    assert "Intet er skrevet" in here.take(path, "2027-01-01", "--encoding", "cp1252").stderr


def test_columns_of_a_table_are_chosen(here: Here) -> None:
    path = here.write("x.csv", "KODE;TEKST;GRUPPE\nDX10;Knæ;1\n")
    shown = here.take(path, "2027-01-01", "--system", "sks", "--columns", "code=KODE,title_da=TEKST", "--yes")
    assert "x er taget ind" in shown.stdout
    assert here.kinds("2027-06-01", "DX10", "sks") == []
    refused = here.take(path, "2027-01-01", "--system", "sks", "--columns", "code=KODE,title_da=NAVN", code=2).stderr
    assert 'filen har ingen kolonne "NAVN". Filens kolonner er: KODE, TEKST, GRUPPE' in refused
    assert "--columns skrives som code=KODE" in here.take(path, "2027-01-01", "--columns", "KODE", code=2).stderr


def test_the_register_of_sks_is_imported_with_its_periods(here: Here) -> None:
    path = here.write("SKScomplete.txt", sks_file([*SKS_LINES, sks_line("DX20", "Lukket", "19940101", "19991231")]))
    shown = here.take(path, "1994-01-01", "--yes").stdout
    assert "SKScomplete: SKS-diagnoser fra SKScomplete.txt\n" in shown
    assert "Springes over: 3 linjer, der ikke er diagnoser (opr 1, und 2).\n" in shown
    assert "Ubekræftet" in shown
    for date, kinds in (("1999-12-31", []), ("2002-06-01", ["retired-code"]), ("2005-01-01", []), ("2026-06-01", [])):
        assert here.kinds(date, "DX109A", "sks") == kinds, date
    (finding,) = here.judge("2002-06-01", "DX109A", "sks")["findings"]
    assert "31. december 1999" in finding["explanation"]
    assert here.kinds("2026-06-01", "DX20", "sks") == ["retired-code"]
    notes = json.loads(here.take(path, "1994-01-01", "--format", "json").stdout)["notes"]
    assert notes[0].startswith("Springes over: 3 linjer")


def test_a_register_of_sks_is_no_other_system(here: Here) -> None:
    path = here.write("SKScomplete.txt", sks_file(SKS_LINES))
    refused = here.take(path, "2027-01-01", "--system", "icd-10", code=2).stderr
    assert "Filen læses som SKS, ikke som ICD-10. Kør kommandoen uden --system" in refused


def test_a_personal_number_in_the_title_is_not_said_to_be_on_a_line(here: Here, codes: dict[str, str]) -> None:
    path = here.write("x.csv", csv_text(codes))
    refused = here.take(path, "2027-01-01", "--title", "Fra 010203-1234", code=2).stderr
    assert refused.startswith("Fejl: Udgavens navn, titel eller kodesystem har noget, der ligner et CPR-nummer.")
    refused = here.take(path, "2027-01-01", "--title", "x" * 501, code=2).stderr
    assert "Udgavens titel kan ikke bruges: titlen er på 501 tegn" in refused


def test_a_file_in_another_unicode_form_gives_no_new_titles(here: Here, codes: dict[str, str]) -> None:
    here.take(here.write("a.csv", csv_text(codes)), "2026-01-01", "--yes")
    path = here.write("b.csv", unicodedata.normalize("NFD", csv_text(codes)))
    assert "Ny titel: ingen." in here.take(path, "2027-01-01").stdout


def test_a_map_is_imported_without_the_options_of_a_table(here: Here) -> None:
    path = here.write("kort.csv", "icd10,icpc2\nM17,L90\n")
    assert "--encoding" in here.run("catalog", "import", "--map", path, "--encoding", "cp1252", code=2).stderr


def test_a_dry_run_refuses_what_an_import_refuses(here: Here, codes: dict[str, str]) -> None:
    path = here.write("x.csv", csv_text({**codes, "A01": "Smerter 010203-1234"}))
    assert f"{path}:2: kolonne 2 har noget, der ligner et CPR-nummer" in here.take(path, "2027-01-01", code=2).stderr


def content(here: Here) -> list[str]:
    with closing(sqlite3.connect(here.database.path)) as connection:
        return list(connection.iterdump())


def test_importing_the_same_file_again_changes_nothing(here: Here, codes: dict[str, str]) -> None:
    path = here.write("a.csv", csv_text(codes))
    here.take(path, "2026-01-01", "--yes")
    before = content(here)
    assert "var allerede taget ind" in here.take(path, "2026-01-01", "--yes").stdout
    assert content(here) == before


def test_another_file_with_the_same_name_is_refused(here: Here, codes: dict[str, str]) -> None:
    here.take(here.write("a.csv", csv_text(codes)), "2026-01-01", "--yes")
    refused = here.take(here.write("a.csv", csv_text(titles_without(codes, "L84"))), "2026-01-01", "--yes", code=2)
    assert "andet navn" in refused.stderr


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (["--from", "01-01-2027"], "ÅÅÅÅ-MM-DD"),
        (["--from", "2027-01-01", "--name", "et navn"], "--name"),
        (["--from", "2027-01-01", "--language", "dansk"], "sprog"),
        ([], "--from"),
    ],
)
def test_invalid_arguments_exit_2(words: list[str], word: str, here: Here, codes: dict[str, str]) -> None:
    path = here.write("a.csv", csv_text(codes))
    assert word in here.run("catalog", "import", path, *words, code=2).stderr


def test_json_has_all_changes(here: Here, codes: dict[str, str]) -> None:
    path = here.write("a.csv", csv_text({code: f"{title}!" for code, title in codes.items()}))
    answer = json.loads(here.take(path, "2026-01-01", "--format", "json", "--title", "Min udgave").stdout)
    assert (answer["title"], answer["codes"], len(answer["retitled"]), answer["written"]) == ("Min udgave", 686, 686, False)
    assert answer["retitled"][0] == {"code": "A01", "language": "da", "before": codes["A01"], "after": f"{codes['A01']}!"}


def test_the_editions_are_listed_with_their_dates(here: Here, codes: dict[str, str]) -> None:
    for name, start in (("a-2026", "2026-01-01"), ("b-2027", "2027-01-01")):
        here.take(here.write(f"{name}.csv", csv_text(codes)), start, "--yes")
    answer = json.loads(here.run("catalog", "editions", "--format", "json").stdout)
    assert [(one["name"], one["from"], one["to"], one["in_use"]) for one in answer["items"]] == [
        ("a-2026", "2026-01-01", "2026-12-31", True),
        ("b-2027", "2027-01-01", None, True),
    ]
    assert "a-2026" in here.run("catalog", "editions").stdout


def test_an_unknown_edition_cannot_be_withdrawn(here: Here) -> None:
    assert "Importerede udgaver: –" in here.run("catalog", "withdraw", "findes-ikke", code=2).stderr


def test_a_system_without_codes_is_not_exported(here: Here) -> None:
    assert 'fra "findes-ikke"' in here.run("catalog", "export", "-", "--system", "findes-ikke", code=2).stderr
    assert "broer" in here.run("catalog", "export", "-", "--format", "conceptmap", "--system", "sks", code=2).stderr
