"""`kodevagt cases new`: a case file with every key explained, which passes the check once it is filled in."""

import datetime
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.training.case_folder import SCORING
from validator.cli.main import main
from validator.training.case_file_keys import KEYS

STORY = "Hun har ondt i knæet og går mindre end før. " * 8
# What an author writes in the place of each empty text, in the order of the file.
FILLED = (
    ('title: {da: ""}', 'title: {da: "Mindre gang"}'),
    ("  da: >-", f"  da: >-\n    {STORY}"),
    ('question:\n  da: ""', 'question:\n  da: "Hvilken hoveddiagnose koder du?"'),
    ('key: [{code: "", role: main}]', "key: [{code: L90, role: main}]"),
    ('near_misses:\n  - code: ""\n    reason:\n      da: ""', "near_misses:\n  - code: L15\n    reason:\n      da: Et symptom."),
    ('rationale:\n  da: ""', 'rationale:\n  da: "Det er L90."'),
    ('rules: [""]', "rules: [dk.51.artrose-knae]"),
    ('why_it_matters:\n  da: ""', 'why_it_matters:\n  da: "Så kan forløbene tælles."'),
    ('author: ""', "author: Kodevagt"),
)
OPTIONAL = re.compile(r"^# ", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "scoring.yaml").write_text(SCORING.replace("cases: [trappen]", "cases: [min-case]"), encoding="utf-8")
    return folder


def cases(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["cases", *map(str, arguments)])


def written(folder: Path) -> str:
    return (folder / "min-case.yaml").read_text(encoding="utf-8")


def fill(folder: Path, text: str) -> None:
    for old, new in FILLED:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "min-case.yaml").write_text(text, encoding="utf-8")


def test_the_path_of_the_new_case_is_printed(folder: Path) -> None:
    result = cases("new", "min-case", "--cases", folder)
    assert result.exit_code == 0
    assert result.stdout == f"{folder / 'min-case.yaml'}\n"
    assert "kodevagt cases check" in result.stderr


def test_every_key_is_present_and_explained(folder: Path) -> None:
    cases("new", "min-case", "--cases", folder)
    text = written(folder)
    for key in KEYS["case"]:
        assert f"## {key.meaning} ({key.holds})\n{'' if key.required else '# '}{key.name}:" in text
    assert "id: min-case\n" in text
    assert text.count(datetime.date.today().isoformat()) == 2


def test_the_check_reports_what_is_still_empty(folder: Path) -> None:
    cases("new", "min-case", "--cases", folder)
    answer = json.loads(cases("check", folder, "--format", "json").stdout)["problems"]
    assert {problem["id"] for problem in answer} == {"empty"}
    source = written(folder).splitlines()
    assert {source[problem["line"] - 1].strip() for problem in answer} >= {'title: {da: ""}', 'author: ""', 'rules: [""]'}
    assert len(answer) == sum(new.count('""') + new.count(">-") for new, _ in FILLED)


def test_a_completed_case_passes_the_check(folder: Path) -> None:
    cases("new", "min-case", "--cases", folder)
    fill(folder, written(folder))
    result = cases("check", folder)
    assert (result.stdout, result.exit_code) == ("", 0)
    assert "1 case uden fejl." in result.stderr


def test_optional_keys_are_valid_when_uncommented(folder: Path) -> None:
    """With every optional key in use nothing is wrong but what is still empty; an empty answer is the same as another one."""
    cases("new", "min-case", "--cases", folder)
    text = OPTIONAL.sub("", written(folder)).replace("phase: 2\n", "")
    (folder / "min-case.yaml").write_text(text, encoding="utf-8")
    answer = json.loads(cases("check", folder, "--format", "json").stdout)["problems"]
    assert {problem["id"] for problem in answer} == {"empty", "same-answer"}
    equally = 'equally_right:\n  - [{code: "", role: main}]'
    text = text.replace(equally, "equally_right:\n  - [{code: L90, role: main}, {code: T82, role: secondary}]")
    other = 'alternatives:\n  - code: ""\n    reason:\n      da: ""\n'
    assert other in text
    fill(folder, text.replace(other, "").replace("release: ekm-2025-06\n", ""))
    result = cases("check", folder)
    assert (result.stdout, result.exit_code) == ("", 0)


def test_an_existing_case_is_not_overwritten(folder: Path) -> None:
    cases("new", "min-case", "--cases", folder)
    (folder / "min-case.yaml").write_text("min", encoding="utf-8")
    result = cases("new", "min-case", "--cases", folder)
    assert result.exit_code == 2
    assert "findes i forvejen og er ikke ændret" in result.stderr
    assert written(folder) == "min"


@pytest.mark.parametrize("name", ["Min-case", "min case", "../min-case", "min/case", "-min", "min.case", "knæ", "scoring", ""])
def test_an_invalid_case_name_is_refused(name: str, folder: Path) -> None:
    result = cases("new", "--cases", folder, "--", name)
    assert result.exit_code == 2
    assert "Brug små bogstaver a-z" in result.stderr
    assert sorted(path.name for path in folder.parent.rglob("*.yaml")) == ["scoring.yaml"]


def test_a_read_only_folder_is_reported(folder: Path) -> None:
    name = "x" * 300
    result = cases("new", name, "--cases", folder)
    assert result.exit_code == 2
    assert "kan ikke skrives" in result.stderr
    assert "Traceback" not in result.output


def test_the_default_folder_comes_from_the_settings(folder: Path) -> None:
    result = CliRunner().invoke(main, ["cases", "new", "min-case"], env={"KODEVAGT_CASES": str(folder)})
    assert result.exit_code == 0
    assert "id: min-case" in written(folder)
