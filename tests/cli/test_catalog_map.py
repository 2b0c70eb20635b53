"""`kodevagt catalog check --map` and `import --map`: where bridges deviate from a map, and a map instead of them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.stores import make_store
from validator import Service, Settings
from validator.cli.main import main
from validator.requests.request import read_request
from validator.rulebook.release import Release
from validator.serving.service import installed_catalogue
from validator.store.audit import audit_entries
from validator.store.database import Database

AGREEING = "icd10,icpc2\nM54.5,L03\nM48.0,L83\nM48.0,L84\nA98.1,A77\n"
WITH_A_REASON = "icd10,icpc2\nM54.5,L03\nM21.3,L98\n"
DEVIATING = "icd10,icpc2\nM17.1,L91\nM21.3,L98\nM54.5,L03\n"


class Here:
    """A folder with its own store, and the commands run in it."""

    def __init__(self, folder: Path, releases: list[Release]) -> None:
        self.folder = folder
        self.releases = releases
        self.database = Database(make_store(folder / "kodevagt.db"))

    def write(self, content: str, name: str = "kort.csv") -> str:
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return str(path)

    def run(self, *words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, ["catalog", *words], env={"KODEVAGT_DATABASE": str(self.database.path)})
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    def service(self) -> Service:
        return Service.from_releases(installed_catalogue(Settings(database=self.database.path)), self.releases)

    def suggested(self, code: str) -> list[str]:
        """Return the codes suggested for a code of ICD-10, by the editions in the store."""
        contact = {"date": "2027-06-01", "specialty": "51", "diagnoses": [{"code": code}]}
        findings = self.service().judge(read_request({"encounter": contact})).to_json()["findings"]
        return [suggestion["code"] for finding in findings for suggestion in finding["suggestions"]]

    def digest(self) -> str:
        contact = {"date": "2027-06-01", "specialty": "51", "diagnoses": [{"code": "L03"}]}
        digest: str = self.service().judge(read_request({"encounter": contact})).to_json()["rules"]["digest"]
        return digest


@pytest.fixture
def here(tmp_path: Path, release: Release) -> Here:
    return Here(tmp_path, [release])


@pytest.mark.parametrize(("content", "code"), [(AGREEING, 0), (WITH_A_REASON, 0), (DEVIATING, 1)])
@pytest.mark.parametrize("output_format", ["text", "json", "csv"])
def test_only_a_deviation_without_a_reason_is_a_finding(content: str, code: int, output_format: str, here: Here) -> None:
    here.run("check", "--map", here.write(content), "--format", output_format, code=code)


def test_the_deviations_are_listed_in_each_format(here: Here) -> None:
    path = here.write(DEVIATING)
    text = here.run("check", "--map", path, code=1).output
    assert "3 koder er sammenlignet; 0 har ingen bro" in text
    assert "M17.1: L90 | L91 | uden begrundelse" in text
    assert "M54.5" not in text
    rows = list(csv.DictReader(io.StringIO(here.run("check", "--map", path, "--format", "csv", code=1).output)))
    assert [row["icd10"] for row in rows] == ["M17.1", "M21.3"]
    assert {**rows[1], "reason": ""} == {"icd10": "M21.3", "ours": "N18 L98", "theirs": "L98", "reason": ""}
    assert [bool(row["reason"]) for row in rows] == [False, True]
    answer: dict[str, Any] = json.loads(here.run("check", "--map", path, "--format", "json", code=1).output)
    assert (answer["compared"], answer["without_bridge"], answer["unexplained"]) == (3, 0, 1)
    assert answer["deviations"][0] == {"icd10": "M17.1", "ours": ["L90"], "theirs": ["L91"], "reason": None}


def test_what_is_exported_is_a_map_without_a_deviation(here: Here) -> None:
    path = str(here.folder / "broer.json")
    here.run("export", path, "--format", "conceptmap")
    answer = json.loads(here.run("check", "--map", path, "--format", "json").output)
    assert (answer["deviations"], answer["without_bridge"]) == ([], 0)
    assert json.loads(here.run("import", "--map", path, "--format", "json").output)["changes"] == []


@pytest.mark.parametrize(
    ("content", "words"), [("icd10,icpc2\nM54.5,L21\n", "kort.csv:2: "), ("{", "kort.csv:1: "), ("", "kort.csv:1: ")]
)
@pytest.mark.parametrize("command", ["check", "import"])
def test_a_broken_map_is_refused_and_changes_nothing(command: str, content: str, words: str, here: Here) -> None:
    more = ["--yes"] if command == "import" else []
    assert words in here.run(command, "--map", here.write(content), *more, code=2).output
    assert not here.database.path.exists() or json.loads(here.run("editions", "--format", "json").output)["total"] == 0


def test_a_missing_map_is_refused(here: Here) -> None:
    for command in ("check", "import"):
        assert "findes ikke" in here.run(command, "--map", str(here.folder / "mangler.csv"), code=2).output


@pytest.mark.parametrize(
    "words",
    [
        "check --format csv",
        "import",
        "import {path}",
        "import {path} --map {path}",
        "import --map {path} --from 2027-01-01",
        "import --map {path} --system icd-10",
    ],
)
def test_options_that_do_not_belong_together_are_refused(words: str, here: Here) -> None:
    path = here.write(AGREEING)
    here.run(*(word.format(path=path) for word in words.split()), code=2)


def test_a_map_is_shown_then_used_and_withdrawn(here: Here) -> None:
    path = here.write("icd10,icpc2\nM54.5,L84\nM54.5,L03\nA98.1,A77\n")
    before, ours = here.digest(), here.suggested("M54.5")
    assert ours[0] == "L03"
    shown = here.run("import", "--map", path).output
    assert "M54.5: L03 → L84 L03" in shown
    assert "A98.1: – → A77" in shown
    assert "Intet er skrevet" in shown
    assert (here.digest(), here.suggested("M54.5")) == (before, ours)

    here.run("import", "--map", path, "--yes")
    assert here.digest() != before
    assert here.suggested("M54.5")[:2] == ["L84", "L03"]
    (edition,) = json.loads(here.run("editions", "--format", "json").output)["items"]
    assert (edition["name"], edition["system"], edition["codes"], edition["in_use"]) == ("kort", "bridges", 2, True)
    assert (edition["from"], edition["to"]) == (None, None)
    assert "ICD-10 → ICPC-2" in " ".join(here.run("editions").output.split())
    assert "allerede" in here.run("import", "--map", path, "--yes").output

    here.run("withdraw", "kort")
    assert (here.digest(), here.suggested("M54.5")) == (before, ours)
    assert [entry.action for entry in audit_entries(here.database)] == ["edition.import", "edition.withdraw"]


def test_another_map_under_the_same_name_is_refused(here: Here) -> None:
    path = here.write(AGREEING)
    here.run("import", "--map", path, "--yes", "--name", "mit-kort")
    here.write(DEVIATING)
    here.run("import", "--map", path, "--yes", "--name", "mit-kort", code=2)
    here.run("import", "--map", path, "--yes", "--name", "mit-andet-kort")
    assert here.suggested("M17.1")[0] == "L91"


def test_the_bridges_that_are_checked_are_the_shipped_ones(here: Here) -> None:
    path = here.write(DEVIATING)
    here.run("import", "--map", path, "--yes")
    here.run("check", "--map", path, code=1)
