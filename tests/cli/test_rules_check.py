"""`kodevagt rules check`: every problem of a folder at once, one a line, with file, line and column."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result

from tests.cli.process import KODEVAGT
from tests.conftest import ROOT
from validator.cli.main import main

LINE = re.compile(r"(?P<file>.+):(?P<line>[1-9]\d*):(?P<column>[1-9]\d*): (?P<text>.+)")


def check(*arguments: str | Path, **env: str) -> Result:
    return CliRunner().invoke(main, ["rules", "check", *map(str, arguments)], env={"COLUMNS": "40", **env})


@pytest.fixture(autouse=True)
def no_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The store of all tests may have published the base of a draft, which is then read instead of a broken folder."""
    monkeypatch.setenv("KODEVAGT_DATABASE", str(tmp_path / "ingen.db"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped rules, to edit."""
    copied = tmp_path / "regler"
    shutil.copytree(ROOT / "rules", copied)
    return copied


@pytest.fixture
def broken(folder: Path) -> Path:
    """Two mistakes in the course table and one in a rule."""
    courses, general = (folder / "dk" / "ekm-2024-11" / name for name in ("courses.yaml", "general.yaml"))
    text = courses.read_text(encoding="utf-8")
    text = text.replace("codes: [L83]", "codes: [L8E]", 1).replace("from: 2025-04-01", "from: 2025-31-01", 1)
    courses.write_text(text, encoding="utf-8")
    text = general.read_text(encoding="utf-8")
    general.write_text(text.replace("severity: warning", "severity: advarsel", 1), encoding="utf-8")
    return folder


def test_the_shipped_rules_have_no_problems() -> None:
    result = check()
    assert result.exit_code == 0
    assert "dk/ekm-2024-11: 12 forløb" in result.stderr
    answer = json.loads(check("--format", "json").stdout)
    assert answer["errors"] == 0
    assert {"pack": "dk", "release": "ekm-2024-11", "courses": 12, "rules": 14, "publishable": True} in answer["releases"]


@pytest.mark.parametrize("part", ["", "dk", "dk/ekm-2024-11"])
def test_a_pack_and_a_release_can_be_checked_alone(folder: Path, part: str) -> None:
    assert check(folder / part).exit_code == 0


def test_every_problem_is_one_unwrapped_line_with_its_place(broken: Path) -> None:
    result = check(broken)
    assert result.exit_code == 1
    matches = [LINE.fullmatch(line) for line in result.stdout.splitlines()]
    assert len(matches) == 3
    places = []
    for match in matches:
        assert match is not None
        source = Path(match["file"]).read_text(encoding="utf-8").splitlines()[int(match["line"]) - 1]
        places.append(source[int(match["column"]) - 1 :].split()[0])
    assert places == ["2025-31-01", "L8E]", "advarsel"]


def test_problems_are_sorted_by_file_line_and_column(broken: Path) -> None:
    matches = [LINE.fullmatch(line) for line in check(broken).stdout.splitlines()]
    places = [(match["file"], int(match["line"]), int(match["column"])) for match in matches if match]
    assert places == sorted(places)


def test_json_has_the_same_problems(broken: Path) -> None:
    result = check(broken, "--format", "json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert (answer["errors"], answer["warnings"]) == (3, 0)
    lines = check(broken).stdout.splitlines()
    for item, line in zip(answer["problems"], lines, strict=True):
        assert line.startswith(f"{item['file']}:{item['line']}:{item['column']}: {item['text']} | ")
        assert item["text"] == f"{item['what']} {item['instead']}"
        assert item["line_text"].strip() in line
        assert item["severity"] == "error"


def test_sarif_has_the_same_problems(broken: Path) -> None:
    result = check(broken, "--format", "sarif")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    (run,) = answer["runs"]
    places = [item["locations"][0]["physicalLocation"] for item in run["results"]]
    regions = [
        (unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"], place["region"]["startColumn"])
        for place in places
    ]
    problems = json.loads(check(broken, "--format", "json").stdout)["problems"]
    assert answer["version"] == "2.1.0"
    assert regions == [(item["file"], item["line"], item["column"]) for item in problems]
    assert [item["message"]["text"] for item in run["results"]] == [item["text"] for item in problems]
    assert {item["ruleId"] for item in run["results"]} == {rule["id"] for rule in run["tool"]["driver"]["rules"]}


def test_the_uri_of_sarif_is_percent_encoded(broken: Path) -> None:
    (broken / "dk" / "ekm-2024-11" / "general.yaml").rename(broken / "dk" / "ekm-2024-11" / "regler på dansk.yaml")
    (run,) = json.loads(check(broken, "--format", "sarif").stdout)["runs"]
    uris = [item["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for item in run["results"]]
    assert uris[-1].endswith("/dk/ekm-2024-11/regler%20p%C3%A5%20dansk.yaml")


def test_github_annotations_have_the_lines(broken: Path) -> None:
    result = check(broken, "--format", "github")
    assert result.exit_code == 1
    command = re.compile(r"::error file=[^,]+,line=\d+,col=\d+,title=[a-z-]+::[^\n%]+")
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert all(command.fullmatch(line) for line in lines)


def test_warnings_alone_exit_0(folder: Path) -> None:
    result = check(folder, "--as-of", "2030-01-01")
    assert result.exit_code == 0
    assert all("advarsel" in line for line in result.stdout.splitlines())
    assert "under afklaring" in result.stdout
    assert result.stderr.splitlines()[-1].startswith("ingen fejl, ")


def test_a_warning_in_the_base_of_a_draft_is_not_repeated(folder: Path) -> None:
    """The draft accepts what it changes, and what its base has already is not repeated."""
    lines = check(folder / "dk" / "ekm-2025-06").stdout.splitlines()
    assert lines
    assert all("/ekm-2025-06/" in line and ": godtaget advarsel (" in line for line in lines)


def test_the_reference_date_of_age_warnings_can_be_set(folder: Path) -> None:
    assert "undecided-long" not in check(folder, "--format", "json", "--as-of", "2025-01-01").stdout
    refused = check(folder, "--as-of", "1.4.2025")
    assert refused.exit_code == 2
    assert "ÅÅÅÅ-MM-DD" in refused.stderr


def test_paths_are_relative_to_the_working_directory(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(broken.parent)
    assert check(broken).stdout.startswith(f"{broken.name}/dk/")


def test_a_single_problem_is_counted_in_the_singular(folder: Path) -> None:
    general = folder / "dk" / "ekm-2024-11" / "general.yaml"
    general.write_text(general.read_text(encoding="utf-8").replace("source: icpc-2", "source: icpc-3", 1), encoding="utf-8")
    result = check(folder)
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.splitlines()[-1] == "1 fejl, ingen advarsler."


@pytest.mark.parametrize("content", ["", "a: [", "\t", "- 1", "pack: dk", "\x00"])
def test_an_unreadable_pack_is_reported_at_its_place(folder: Path, content: str) -> None:
    (folder / "dk" / "ekm-2024-11" / "pack.yaml").write_text(content, encoding="utf-8")
    result = check(folder)
    assert result.exit_code == 1
    assert all(LINE.fullmatch(line) for line in result.stdout.splitlines())
    assert "Traceback" not in result.output


def test_a_folder_without_rules_is_reported(tmp_path: Path) -> None:
    result = check(tmp_path)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{tmp_path / 'pack.yaml'}:1:1: ")


@pytest.mark.parametrize("name", ["ekm-2024-11", "dk/ekm-2024-11"])
def test_a_release_is_checked_by_its_name(name: str) -> None:
    result = check(name)
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0].startswith("dk/ekm-2024-11: ")


def test_a_missing_folder_exits_2(tmp_path: Path) -> None:
    missing = check(tmp_path / "findes-ikke")
    assert missing.exit_code == 2
    assert "er hverken en mappe eller en udgave i" in missing.stderr
    assert check("--format", "xml").exit_code == 2


def test_the_default_folder_comes_from_the_settings(broken: Path) -> None:
    result = check(KODEVAGT_RULES=str(broken))
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 3


def test_rules_with_problems_are_not_used_for_judging(broken: Path) -> None:
    judged = CliRunner().invoke(main, ["validate", "-"], input=b"{}", env={"KODEVAGT_RULES": str(broken)})
    assert judged.exit_code == 2
    assert "courses.yaml" in judged.stderr
    assert "Traceback" not in judged.output


def test_the_installed_command_prints_the_same(broken: Path) -> None:
    done = subprocess.run([KODEVAGT, "rules", "check", broken], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stdout == check(broken).stdout
