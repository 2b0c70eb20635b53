"""`kodevagt catalog search`: the same codes as over HTTP, as a table and as JSON."""

import json

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from validator.cli.main import main


def search(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["catalog", "search", *arguments], env={"COLUMNS": "120"})


@pytest.mark.parametrize("words", [["slidgigt i knæ"], ["slidgigt", "i", "knæ"], ["knaeartrose"]])
def test_a_clinical_term_finds_the_code(words: list[str]) -> None:
    result = search(*words)
    assert result.exit_code == 0
    (row,) = [line for line in result.stdout.splitlines() if "L90" in line]
    assert "Artrose i knæet" in row


def test_the_matching_term_is_shown_beside_the_title() -> None:
    (row,) = [line for line in search("skiatika").stdout.splitlines() if "L86" in line]
    assert [cell.strip() for cell in row.split("│")[1:-1]] == [
        "L86",
        "Rygsyndrom med udstråling, fx iskias eller prolaps",
        "sciatica",
    ]


@pytest.mark.parametrize("typed", ["M17.1", "m171", "DM171", " dm17.1 "])
def test_a_hospital_code_finds_its_bridged_codes(typed: str) -> None:
    answer = json.loads(search(typed, "--format", "json").stdout)
    assert [(item["code"], item["term"]) for item in answer["items"]] == [("L90", typed.strip())]
    (row,) = [line for line in search(typed).stdout.splitlines() if "L90" in line]
    assert "Artrose i knæet" in row


def test_a_hospital_code_without_a_bridge_asks_for_words() -> None:
    expected = "DA961 ligner en sygehuskode uden en kendt kode i ICPC-2. Søg på diagnosen med ord."
    assert search("DA961").stdout.strip() == expected


@pytest.mark.parametrize("words", ["smerter", "DM512", "L\u200b84", "\u041c17.1"])
def test_json_equals_the_answer_of_the_service(words: str, client: FlaskClient) -> None:
    answer = json.loads(search(words, "--physiotherapy", "--limit", "7", "--language", "en", "--format", "json").stdout)
    query = {"q": words, "specialty": "51", "limit": "7"}
    assert answer == client.get("/v1/codes", query_string=query, headers={"Accept-Language": "en"}).get_json()


def test_the_number_of_further_hits_is_shown() -> None:
    assert search("smerter", "--limit", "2").stdout.splitlines()[-1].startswith("De første 2 af ")
    assert "De første" not in search("iskias").stdout


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_search_without_hits_is_reported_and_exits_0(form: str) -> None:
    result = search("qqqqq", "--format", form)
    assert result.exit_code == 0
    assert result.stdout.strip() == ("Intet fundet." if form == "table" else '{"items": [], "total": 0}')


@pytest.mark.parametrize("arguments", [[], ["knæ", "--limit", "0"], ["knæ", "--limit", "201"], ["knæ", "--language", "no"]])
def test_invalid_arguments_exit_2(arguments: list[str]) -> None:
    result = search(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_control_characters_of_a_query_are_not_printed() -> None:
    result = search("\x1b[31mknæ", "[bold]")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
