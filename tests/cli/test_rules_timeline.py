"""`kodevagt rules timeline`: as a table, as JSON and as a picture."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from validator.cli.main import main


def timeline(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["rules", "timeline", *map(str, arguments)], env={"COLUMNS": "120"})


def test_the_table_marks_what_is_in_force() -> None:
    result = timeline("--as-of", "2026-11-22")
    assert result.exit_code == 0
    (row,) = [line for line in result.stdout.splitlines() if "Kronisk leddegigt" in line]
    assert "●" not in row
    (row,) = [line for line in result.stdout.splitlines() if "Smerter i lænderyg" in line]
    assert "●" in row
    assert "2025-10-01" in row
    assert result.stdout.splitlines()[-1] == "14 regler gælder uden dato."


def test_json_has_every_span() -> None:
    answer = json.loads(timeline("--format", "json", "--as-of", "2026-11-22", "--release", "ekm-2025-06").stdout)
    assert (answer["release"], answer["as_of"]) == ("ekm-2025-06", "2026-11-22")
    (span,) = [span for span in answer["spans"] if span["id"] == "laenderyg"]
    assert (span["from"], span["to"], span["in_force"], span["specialties"]) == ("2025-06-30", None, True, ["51", "57"])


def test_a_pack_may_have_no_dated_rules() -> None:
    result = timeline("--pack", "se")
    assert result.exit_code == 0
    assert "ingen forløb" in result.stdout


def test_the_picture_is_written(tmp_path: Path) -> None:
    result = timeline("--picture", tmp_path / "t.svg")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "t.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("name", ["t.gif", "findes/ikke/t.svg"])
def test_an_unwritable_picture_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    result = timeline("--picture", tmp_path / name)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_missing_folder_is_reported_in_danish(tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    for name, answer in (("findes-ikke", "findes ikke."), ("fil", "er ikke en mappe.")):
        result = timeline("--rules", tmp_path / name)
        assert result.exit_code == 2
        assert result.stderr.rstrip().endswith(answer)


def test_the_drawing_library_is_only_loaded_for_a_picture() -> None:
    libraries = "{'altair', 'vl_convert', 'narwhals', 'openpyxl'}"
    code = f"import sys; from validator.cli.main import main; assert not {libraries} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True)
