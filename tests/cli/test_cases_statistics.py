"""`kodevagt cases statistics`: how the cases are answered and which are unclear, as over HTTP."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api import create_app
from tests.http.test_cases import answered
from tests.stores import make_store
from tests.training.case_folder import CASE, CaseFolder
from validator import Service, Settings
from validator.catalogue.catalogue import Catalogue
from validator.cli.main import main
from validator.sandbox.sandbox import Sandbox

Statistics = Callable[..., Result]


@pytest.fixture
def settings(tmp_path: Path, catalogue: Catalogue) -> Settings:
    folder = CaseFolder(tmp_path / "cases", catalogue)
    folder.write("loftet.yaml", CASE.replace("id: trappen", "id: loftet").replace("level: basic", "level: advanced"))
    return Settings(database=make_store(tmp_path / "kodevagt.db"), cases=folder.root)


@pytest.fixture
def statistics(settings: Settings) -> Statistics:
    def statistics(*words: str, code: int = 0) -> Result:
        env = {"KODEVAGT_DATABASE": str(settings.database), "KODEVAGT_CASES": str(settings.cases)}
        result = CliRunner().invoke(main, ["cases", "statistics", *words], env=env)
        assert result.exit_code == code, result.output
        return result

    return statistics


@pytest.fixture
def group(settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let twelve learners answer; return the code of the group that one of them is in."""
    monkeypatch.setattr(Sandbox, "run", lambda _, work, *arguments, seconds: work(*arguments) if seconds else None)
    app = create_app(settings, service)
    code: str = app.test_client().post("/v1/groups").get_json()["code"]
    for number in range(12):
        client = app.test_client()
        if not number:
            client.put("/v1/learners/me/group", json={"code": code})
        answered(client, "L90" if number < 2 else "L15")
        answered(client, "L90")  # again: only the first answer counts
    answered(app.test_client(), "L90", case="loftet")
    return code


def test_a_bank_without_answers_is_reported(statistics: Statistics) -> None:
    result = statistics()
    assert (result.stdout, result.stderr) == ("", "Der er ingen svar at vise endnu.\n")


def test_unclear_cases_are_marked(statistics: Statistics, group: str) -> None:
    output = statistics().stdout
    assert "trappen (version 1): 12 svar, 17 % rigtige (5-45 %), AC1 " in output
    assert "  flest forkerte: L15 Symptom fra knæet 10\n" in output
    assert "om reglen eller facit er uklar" in output
    assert "sættet saettet: 12 har besvaret det hele; 17 % rigtige; under 30 svar vises ingen kappa" in output
    assert [row["case"] for row in json.loads(statistics("--unclear", "--format", "json").stdout)["items"]] == ["trappen"]
    assert [row["case"] for row in json.loads(statistics("--level", "advanced", "--format", "json").stdout)["items"]] == ["loftet"]
    assert "1 svar, 100 % rigtige" in statistics("--group", group).stdout
    assert 'ingen gruppe med koden "findes"' in statistics("--group", "findes", code=2).stderr


def test_the_csv_explains_why_a_case_is_unclear(statistics: Statistics, group: str) -> None:
    assert group
    _, _, row = csv.reader(io.StringIO(statistics("--format", "csv").stdout), delimiter=";")
    assert any("om reglen eller facit er uklar" in cell for cell in row)


def test_an_unreadable_bank_is_reported(statistics: Statistics, settings: Settings) -> None:
    (settings.cases / "scoring.yaml").write_text("weights: [", encoding="utf-8")
    assert "kodevagt cases check" in statistics(code=2).stderr
