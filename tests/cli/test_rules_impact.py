"""`kodevagt rules impact`: a draft on a file of contacts, as text and as JSON."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from validator.cli.main import main

DRAFT = ROOT / "rules" / "dk" / "ekm-2025-06"


def contact(code: str, **encounter: Any) -> str:
    return json.dumps({"encounter": {"date": "2026-01-10", "specialty": "51", "diagnoses": [{"code": code}], **encounter}})


LINES = [
    contact("L86", course="laenderyg", id="c-1"),
    contact("L90", course="artrose-knae", id="c-2"),
    contact("L84", course="laenderyg", id="[red]c-3\x1b[31m"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kontakter.ndjson"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


def impact(*arguments: str | Path, stdin: str = "") -> Result:
    return CliRunner().invoke(main, ["rules", "impact", *map(str, arguments)], input=stdin, env={"COLUMNS": "200"})


@pytest.mark.parametrize("draft", ["ekm-2025-06", DRAFT])
def test_changed_contacts_are_listed_and_summed_by_rule(draft: str | Path, file: Path) -> None:
    result = impact(draft, "--on", file)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Linje 1 (c-1): oplysning → fejl"
    assert lines[1].startswith("  væk: /encounter/diagnoses/0/code L86 godtages.")
    assert "(i stedet: L03) – dk.51.laenderyg" in lines[2]
    assert "oplysning → fejl: 2 kontakter" in lines
    assert lines[-1] == "2 kontakter af 3 bedømmes anderledes."
    assert "\x1b" not in result.stdout
    assert "[red]c-3" in result.stdout
    (row,) = [line for line in lines if "main-not-in-course-set" in line]
    assert re.search(r"\b2\b", row)


def test_without_a_file_the_bundled_sample_is_judged(file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KODEVAGT_SAMPLE", str(file))
    assert impact("ekm-2025-06").stdout == impact("ekm-2025-06", "--on", file).stdout
    monkeypatch.setenv("KODEVAGT_SAMPLE", str(tmp_path / "nix.ndjson"))
    refused = impact("ekm-2025-06")
    assert refused.exit_code == 2
    assert refused.stderr.endswith(
        f"Stikprøven {tmp_path}/nix.ndjson findes ikke (KODEVAGT_SAMPLE). Angiv kontakterne med --on FIL.\n"
    )


def test_the_number_of_contacts_shown_is_limited(file: Path) -> None:
    shown = impact("ekm-2025-06", "--on", file, "--show", "1").stdout
    assert "Linje 1" in shown
    assert "Linje 3" not in shown
    assert "… og 1 kontakt mere (--show 2 viser alle)." in shown


def test_json_is_one_line_per_contact_with_totals_last(file: Path) -> None:
    result = impact("ekm-2025-06", "--on", file, "--format", "json")
    *contacts, last = map(json.loads, result.stdout.splitlines())
    assert [(item["line"], item["after"]["status"]) for item in contacts] == [(1, "error"), (3, "error")]
    assert last["summary"]["from"] == "dk/ekm-2024-11"
    assert (last["summary"]["contacts"], last["summary"]["changed"]) == (3, 2)


def test_a_bad_line_is_reported_and_the_others_are_judged() -> None:
    result = impact("ekm-2025-06", "--on", "-", stdin="\n".join([LINES[0], "{", LINES[1]]))
    assert result.exit_code == 2
    assert "Linje 2 kan ikke læses: /: Indholdet er ikke gyldig JSON" in result.stdout
    assert result.stdout.splitlines()[-1] == "1 kontakt af 2 bedømmes anderledes. 1 linje kunne ikke læses."


def test_blank_lines_are_counted_and_skipped() -> None:
    result = impact("ekm-2025-06", "--on", "-", stdin="\n \r\n" + "\n".join([LINES[0], "", "{"]))
    assert result.stdout.splitlines()[0].startswith("Linje 3 (c-1)")
    assert "Linje 5 kan ikke læses" in result.stdout


def test_an_added_code_is_not_shown_as_a_replacement() -> None:
    stdin = contact("L15", course="laenderyg", date="2025-09-01") + "\n"
    stdin += json.dumps({"encounter": {"date": "2026-01-10", "specialty": "51", "course": "laenderyg", "diagnoses": []}})
    lines = impact("ekm-2025-06", "--on", "-", stdin=stdin).stdout.splitlines()
    assert any("(forslag: L03)" in line for line in lines)


def test_the_release_to_compare_with_can_be_chosen(file: Path) -> None:
    result = impact("ekm-2024-11", "--on", file, "--against", "ekm-2025-06")
    assert result.stdout.splitlines()[0] == "Linje 1 (c-1): fejl → oplysning"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("ekm-1999",), "Udgaver: dk/ekm-2024-11"), (("se/varmland-2023-12", "--against", "ekm-2024-11"), "samme pakke")],
)
def test_an_impossible_comparison_is_refused_in_one_sentence(arguments: tuple[str, ...], message: str, file: Path) -> None:
    result = impact(*arguments, "--on", file)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_sample_that_ships_is_judged_on_the_first_day() -> None:
    result = CliRunner().invoke(main, ["rules", "impact", "ekm-2025-06", "--format", "json"])
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout.splitlines()[-1])["summary"]
    assert summary["changed"] > 100
    assert summary["bad_lines"] == 0
