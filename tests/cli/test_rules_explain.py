"""`kodevagt rules explain`: one rule on one contact, as text and as JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from validator.cli.main import main

CONTACT = {
    "encounter": {
        "date": "2025-10-14",
        "specialty": "51",
        "observations": {"radiating_pain": True},
        "diagnoses": [{"code": "L84", "role": "main"}, {"code": "L03", "role": "secondary"}],
    }
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kontakt.json"
    path.write_text(json.dumps(CONTACT), encoding="utf-8")
    return path


def explain(*arguments: str | Path, stdin: str = "") -> Result:
    return CliRunner().invoke(main, ["rules", "explain", *map(str, arguments)], input=stdin)


def test_a_rule_is_explained_condition_by_condition(file: Path) -> None:
    result = explain("dk.l84-med-udstraaling", "--encounter", file)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "dk.l84-med-udstraaling (dk/ekm-2024-11)"
    assert "  ✓ observations.radiating_pain: true – om smerten stråler ud: ja" in lines
    assert "  ✗ code: L84 – diagnosens kode: L03" in lines
    assert lines[-1].startswith("Reglen finder radiation-contradiction (/encounter/diagnoses/0/code): L84 er uden")


def test_json_has_every_step(file: Path) -> None:
    answer = json.loads(explain("dk.l84-med-udstraaling", "--encounter", file, "--format", "json").stdout)
    assert (answer["in_force"], answer["finds"], answer["release"]) == (True, True, "ekm-2024-11")
    step = {
        "condition": "code: L84",
        "holds": False,
        "given": "diagnosens kode: L03",
        "field": "code",
        "value": "L03",
    }
    assert step in answer["asked"][1]["steps"]


def test_a_rule_of_a_draft_can_be_explained(file: Path) -> None:
    result = explain("dk.51.laenderyg", "--encounter", file, "--release", "ekm-2025-06")
    assert result.exit_code == 0
    assert "(dk/ekm-2025-06)" in result.stdout


def test_the_contact_can_be_read_from_standard_input() -> None:
    assert explain("dk.restkode", "--encounter", "-", stdin=json.dumps(CONTACT)).exit_code == 0


@pytest.mark.parametrize(
    ("rule", "stdin", "message"),
    [
        ("dk.restkod", json.dumps(CONTACT), 'Mente du "dk.restkode"?'),
        ("xyz", json.dumps(CONTACT), "findes ikke i dk/ekm-2024-11. De navne, der ligner mest, er: "),
        ("stenose?", json.dumps(CONTACT), "dk.51.lumbal-stenose"),
        ("se.artros", json.dumps(CONTACT), 'kun forklares på en kontakt med "jurisdiction": "se".'),
        ("dk.restkode", "{}", "/encounter: Feltet mangler."),
        ("dk.restkode", "[", "ikke gyldig JSON"),
        ("dk.restkode", json.dumps({"encounter": {**CONTACT["encounter"], "jurisdiction": "no"}}), "jurisdiction"),
        ("dk.restkode", json.dumps({"encounter": {**CONTACT["encounter"], "id": "010203-1234"}}), "CPR"),
    ],
)
def test_an_unknown_rule_or_file_is_refused_in_one_sentence(rule: str, stdin: str, message: str) -> None:
    result = explain(rule, "--encounter", "-", stdin=stdin)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert "/v1/" not in result.output
    assert "1234" not in result.output


def test_an_unreadable_contact_is_reported_in_danish(tmp_path: Path) -> None:
    for path, message in ((tmp_path / "findes-ikke.json", "(findes ikke)."), (tmp_path, "(det er en mappe).")):
        result = explain("dk.restkode", "--encounter", path)
        assert result.exit_code == 2
        assert result.stderr.rstrip().endswith(f'"{path}" kan ikke læses {message}')


def test_an_unknown_release_is_reported_with_the_known_ones(file: Path) -> None:
    result = explain("dk.restkode", "--encounter", file, "--release", "ekm-1999")
    assert result.exit_code == 2
    assert "ekm-2024-11" in result.stderr
