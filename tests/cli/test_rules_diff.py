"""`kodevagt rules diff`: two releases, by name or folder."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from validator.cli.main import main

DRAFT = ROOT / "rules" / "dk" / "ekm-2025-06"


def diff(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["rules", "diff", *map(str, arguments)])


@pytest.mark.parametrize("draft", ["ekm-2025-06", "dk/ekm-2025-06", DRAFT])
def test_releases_are_found_by_name_and_by_folder(draft: str | Path) -> None:
    result = diff("ekm-2024-11", draft)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Fra dk/ekm-2024-11 til dk/ekm-2025-06:"
    assert "  laenderyg – Smerter i lænderyg" in lines
    assert "    - Hoveddiagnosen: fra 30. juni 2025 er koderne L03 i stedet for L84, L86, L03." in lines


def test_json_has_the_same_sentences() -> None:
    message = json.loads(diff("ekm-2024-11", "ekm-2025-06", "--format", "json").stdout)
    shown = diff("ekm-2024-11", "ekm-2025-06").stdout
    assert message["to"] == {"pack": "dk", "release": "ekm-2025-06"}
    assert all(item["text"] in shown for item in message["differences"])


def test_equal_releases_are_reported_as_equal() -> None:
    assert diff("ekm-2024-11", "ekm-2024-11").stdout == "Der er ingen forskel.\n"


@pytest.mark.parametrize(("new", "message"), [("ekm-1999", "dk/ekm-2024-11"), ("varmland-2023-12", "samme pakke")])
def test_an_impossible_comparison_is_refused_in_one_sentence(new: str, message: str) -> None:
    result = diff("ekm-2024-11", new)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_folder_with_errors_is_reported_as_by_check(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: [\n", encoding="utf-8")
    result = diff("ekm-2024-11", tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path / 'pack.yaml'}:" in result.stdout
