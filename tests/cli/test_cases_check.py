"""`kodevagt cases check`: every problem of the cases at once, one a line, with file, line and column."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from tests.training.case_folder import SCORING
from validator.cli.main import main

LINE = re.compile(r"(?P<file>.+):(?P<line>[1-9]\d*):(?P<column>[1-9]\d*): (?P<text>.+)")
KEPT = ("dagplejeren.yaml", "rundt-om-havnen.yaml")


def check(*arguments: str | Path, **env: str) -> Result:
    return CliRunner().invoke(main, ["cases", "check", *map(str, arguments)], env={"COLUMNS": "40", **env})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of some of the shipped cases, to edit."""
    copied = tmp_path / "cases"
    copied.mkdir()
    for name in KEPT:
        shutil.copy(ROOT / "cases" / name, copied)
    (copied / "scoring.yaml").write_text(SCORING.replace("cases: [trappen]", "cases: [rundt-om-havnen]"), encoding="utf-8")
    return copied


def spoil(folder: Path, old: str, new: str) -> None:
    file = folder / "dagplejeren.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def broken(folder: Path) -> Path:
    """Three mistakes in one case."""
    spoil(folder, "level: basic", "level: let")
    spoil(folder, "key: [{code: L90,", "key: [{code: L9O,")
    spoil(folder, "date: 2025-09-16", "date: 2025-16-09")
    return folder


def test_the_shipped_cases_have_no_problems() -> None:
    result = check()
    assert (result.exit_code, result.stdout) == (0, "")
    assert re.search(r"^\d\d+ cases uden fejl\.$", result.stderr, re.MULTILINE)
    assert result.stderr.splitlines()[-1] == "ingen fejl, ingen advarsler."


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
        assert match["text"].endswith(f" | {source.strip()}")
    assert places == ["let", "2025-16-09", "L9O,"]
    assert 'Mente du "' in result.stdout or "Mente du L" in result.stdout
    assert result.stderr.splitlines() == ["1 case uden fejl.", "3 fejl, ingen advarsler."]


def test_a_key_that_the_rules_refuse_is_reported_at_the_key_with_the_finding(folder: Path) -> None:
    spoil(folder, "key: [{code: L90,", "key: [{code: L15,")
    spoil(folder, "code: L15\n", "code: L90\n")
    result = check(folder)
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert "reglerne i ekm-2024-11 afviser svaret: " in line
    assert line.endswith("| key: [{code: L15, role: main}]")


def test_a_case_for_a_draft_is_judged_by_the_draft(folder: Path) -> None:
    """L84 is wrong for low back pain under the draft alone."""
    file = folder / "boernehaveklassen.yaml"
    text = (ROOT / "cases" / file.name).read_text(encoding="utf-8")
    file.write_text(
        text.replace("key: [{code: L03,", "key: [{code: L84,").replace("  - code: L84", "  - code: L03"), encoding="utf-8"
    )
    assert "reglerne i ekm-2025-06 afviser svaret: " in check(folder).stdout


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_other_formats_have_the_same_problems(form: str, broken: Path) -> None:
    result = check(broken, "--format", form)
    assert (result.exit_code, result.stderr) == (1, "")
    texts = [item["text"] for item in json.loads(check(broken, "--format", "json").stdout)["problems"]]
    assert len(texts) == 3
    assert all(text in result.stdout or json.dumps(text, ensure_ascii=False) in result.stdout for text in texts)


def test_json_has_places_and_totals(broken: Path) -> None:
    answer = json.loads(check(broken, "--format", "json").stdout)
    assert (answer["errors"], answer["warnings"]) == (3, 0)
    for item, line in zip(answer["problems"], check(broken).stdout.splitlines(), strict=True):
        assert line.startswith(f"{item['file']}:{item['line']}:{item['column']}: {item['text']} | ")
    assert [case["id"] for case in answer["cases"]] == ["rundt-om-havnen"]


def test_warnings_alone_exit_0(folder: Path) -> None:
    spoil(folder, "Hun har opgivet sine gåture.", "Hun har opgivet sine gåture. " + "Hun vil gerne gå igen. " * 10)
    result = check(folder)
    assert result.exit_code == 0
    assert ": advarsel: sygehistorien er på " in result.stdout
    assert result.stderr.splitlines()[-1] == "ingen fejl, 1 advarsel."


@pytest.mark.parametrize("content", ["", "a: [", "\t", "- 1", "id: dagplejeren", "\x00"])
def test_an_unreadable_case_is_reported_at_its_place(folder: Path, content: str) -> None:
    (folder / "dagplejeren.yaml").write_text(content, encoding="utf-8")
    result = check(folder)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines
    assert all((match := LINE.fullmatch(line)) and match["file"].endswith("dagplejeren.yaml") for line in lines)
    assert "Traceback" not in result.output


def test_a_cpr_number_is_reported_but_not_repeated(folder: Path) -> None:
    spoil(folder, "67-årig kvinde", "67-årig kvinde (010190-1234)")
    result = check(folder)
    assert result.exit_code == 1
    assert "CPR-nummer" in result.stdout
    assert "0101" not in check(folder, "--format", "json").output + result.output


def test_problems_of_the_rules_are_reported_first(folder: Path, tmp_path: Path) -> None:
    rules = tmp_path / "regler"
    shutil.copytree(ROOT / "rules", rules)
    courses = rules / "dk" / "ekm-2024-11" / "courses.yaml"
    courses.write_text(courses.read_text(encoding="utf-8").replace("codes: [L83]", "codes: [L8E]", 1), encoding="utf-8")
    result = check(folder, KODEVAGT_RULES=str(rules))
    assert result.exit_code == 1
    assert "courses.yaml" in result.stdout


def test_paths_are_relative_to_the_working_directory(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(broken.parent)
    assert check(broken).stdout.startswith("cases/dagplejeren.yaml:")


def test_the_default_folder_comes_from_the_settings(broken: Path) -> None:
    result = check(KODEVAGT_CASES=str(broken))
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 3)


def test_a_missing_folder_exits_2(tmp_path: Path) -> None:
    assert check(tmp_path / "findes-ikke").exit_code == 2
    assert check("--format", "xml").exit_code == 2
