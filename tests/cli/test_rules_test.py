"""`kodevagt rules test`: every example is run, and each error is one line in Danish."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.process import KODEVAGT
from tests.conftest import ROOT
from tests.training.case_folder import CaseFolder
from validator.catalogue.catalogue import Catalogue
from validator.cli.main import main

GENERAL = Path("dk", "ekm-2024-11", "general.yaml")


def run(*arguments: str | Path, cases: str = str(ROOT / "catalog")) -> Result:
    """The command, by default without any cases."""
    return CliRunner().invoke(main, ["rules", "test", *map(str, arguments)], env={"COLUMNS": "40", "KODEVAGT_CASES": cases})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the current release, to edit."""
    copied = tmp_path / "regler"
    shutil.copytree(ROOT / "rules" / GENERAL.parent, copied / GENERAL.parent)
    return copied


@pytest.fixture
def spoiled(folder: Path) -> Path:
    """An example that is wrong, one that is mistyped, and a rule with a second branch."""
    text = (folder / GENERAL).read_text(encoding="utf-8")
    for old, new in (
        (
            "finds: {diagnoses: [{code: L95, role: main}], patient: {age: 29}}",
            "finds: {diagnoses: [{code: L95}], patient: {age: 30}}",
        ),
        ("passes: {diagnoses: [{code: L99, role: main}]}", "passes: {diagnoses: [{code: L9, role: main}]}"),
        ("      chapter: Y\n", "      any: [{chapter: Y}, {code: L90}]\n"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    (folder / GENERAL).write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_rules_pass() -> None:
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert {line.partition(":")[0] for line in lines} >= {"dk/ekm-2024-11", "dk/ekm-2025-06"}
    assert all(line.endswith("alle eksempler passer, og alle grene er nået.") for line in lines)


def test_a_release_is_tested_by_its_name() -> None:
    (line,) = run("ekm-2025-06").stdout.splitlines()
    assert line.startswith("dk/ekm-2025-06: ")


def test_every_error_is_one_line(spoiled: Path) -> None:
    result = run(spoiled)
    assert result.exit_code == 1
    said = [line.partition(": ")[2].partition(" | ")[0] for line in result.stdout.splitlines()]
    advice = "Ret eksemplet eller reglen. Gælder eksemplet først senere, så skriv dagen i det (date)."
    assert said == [
        f'eksempel 1 i reglen "dk.osteoporose-under-30", bedømt den 2024-01-01: finder reglen intet. {advice}',
        'eksempel 2 i reglen "dk.restkode", bedømt den 2024-01-01: kan kontakten ikke bedømmes, som den er ment (unknown-code). '
        f"{advice}",
        'intet eksempel når denne gren af reglen "dk.mandekapitel-kvinde": code: L90, patient.sex: female. Tilføj et "finds".',
        'intet eksempel når denne gren af reglen "dk.osteoporose-under-30": code: L95, patient.age: {at_most: 29}. '
        'Tilføj et "finds".',
    ]


def test_a_finding_on_an_example_that_should_pass_is_reported(folder: Path) -> None:
    text = (folder / GENERAL).read_text(encoding="utf-8")
    text = text.replace("passes: {contact_number: 5, diagnoses: [{code: L15", "passes: {contact_number: 7, diagnoses: [{code: L15")
    (folder / GENERAL).write_text(text, encoding="utf-8")
    assert 'eksempel 2 i reglen "dk.knaesymptom-vedvarer", bedømt den 2024-01-01: finder reglen noget.' in run(folder).stdout


def test_json_has_the_same_errors(spoiled: Path) -> None:
    result = run(spoiled, "--format", "json")
    assert result.exit_code == 1
    (release,) = json.loads(result.stdout)["releases"]
    assert (release["pack"], release["release"], release["rules"], release["branches"]) == ("dk", "ekm-2024-11", 14, 15)
    assert [(item["rule"], item["example"], item["expected"], item["spoiled"]) for item in release["wrong"]] == [
        ("dk.osteoporose-under-30", 1, "finds", []),
        ("dk.restkode", 2, "passes", ["unknown-code"]),
    ]
    assert release["wrong"][0]["encounter"] == {"diagnoses": [{"code": "L95"}], "patient": {"age": 30}}
    assert release["unreached"][0] == {"rule": "dk.mandekapitel-kvinde", "branch": 2, "condition": "code: L90, patient.sex: female"}


def test_json_of_passing_rules() -> None:
    result = run("--format", "json")
    assert result.exit_code == 0
    releases = json.loads(result.stdout)["releases"]
    assert all((release["wrong"], release["unreached"]) == ([], []) and release["examples"] > 1 for release in releases)


@pytest.mark.parametrize("form", ["text", "json"])
def test_files_with_problems_are_reported_as_by_check(form: str, folder: Path) -> None:
    text = (folder / GENERAL).read_text(encoding="utf-8")
    (folder / GENERAL).write_text(text.replace("severity: warning", "severity: advarsel", 1), encoding="utf-8")
    tested = run(folder, "--format", form)
    checked = CliRunner().invoke(main, ["rules", "check", str(folder), "--format", form])
    assert (tested.exit_code, tested.stdout, tested.stderr) == (1, checked.stdout, checked.stderr)
    assert "advarsel" in tested.stdout


def test_invalid_arguments_exit_2(tmp_path: Path) -> None:
    missing = run(tmp_path / "findes-ikke")
    assert (missing.exit_code, "er hverken en mappe eller en udgave i" in missing.stderr) == (2, True)
    assert run("--format", "xml").exit_code == 2
    missing = CliRunner().invoke(main, ["rules", "test"], env={"KODEVAGT_CATALOG": str(tmp_path)})
    assert (missing.exit_code, "Traceback" in missing.output) == (2, False)


def test_the_installed_command_prints_the_same(spoiled: Path) -> None:
    done = subprocess.run([KODEVAGT, "rules", "test", spoiled], capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, run(spoiled).stdout)


def test_the_right_answers_of_the_cases_are_tested(tmp_path: Path, catalogue: Catalogue) -> None:
    cases = CaseFolder(tmp_path / "cases", catalogue)
    assert run(cases=str(cases.root)).stderr == ""
    cases.edit("course: artrose-knae", "course: artrose-hofte")
    result = run(cases=str(cases.root))
    assert result.exit_code == 1
    sentence = "casen trappen trækkes tilbage: svaret L90 og L90 L15 afvises. "
    sentence += "L90 passer ikke til forløbet Artrose i hofte, som kodes med L89."
    assert result.stderr.splitlines() == [f"dk/{name}: {sentence}" for name in ("ekm-2024-11", "ekm-2025-06")]
    releases = json.loads(run("--format", "json", cases=str(cases.root)).stdout)["releases"]
    assert [[one["case"] for one in release["cases"]] for release in releases] == [["trappen"], ["trappen"], []]
    draft = run(ROOT / "rules/dk/ekm-2025-06", cases=str(cases.root))
    assert (draft.exit_code, "trappen" in draft.stderr) == (0, True)
    cases.edit("status: not-approved", "status: not-approved\nrelease: ekm-2025-06")
    assert run(ROOT / "rules/dk/ekm-2025-06", cases=str(cases.root)).exit_code == 0  # a case does not prevent publishing
