"""`POST /v1/rules/impact`: the contacts whose verdicts a draft changes."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api import create_app
from tests.http.drafts import COURSE, contact, impact
from tests.http.problems import assert_problem
from validator import Service, Settings

FILES = {"courses.yaml": COURSE}
CPR = "010190-1234"


def test_the_contacts_that_change_are_reported_with_sums(client: FlaskClient) -> None:
    answer = impact(client, FILES, contact("L90"), contact("L86", course="laenderyg", id="c-2"))
    assert answer.status_code == 200
    content = answer.get_json()
    (changed,) = content["contacts"]
    assert (changed["line"], changed["id"]) == (2, "c-2")
    assert (changed["before"]["status"], changed["after"]["status"]) == ("information", "error")
    assert changed["came"][0]["message"].startswith("L86 passer ikke til forløbet Smerter i lænderyg")
    assert content["summary"]["from"] == "ekm-2024-11"
    assert (content["summary"]["contacts"], content["summary"]["changed"]) == (2, 1)


def test_the_findings_are_in_the_requested_language(client: FlaskClient) -> None:
    answer = client.post(
        "/v1/rules/impact",
        json={"files": FILES, "contacts": [contact("L86", course="laenderyg"), {}]},
        headers={"Accept-Language": "en"},
    )
    changed, bad = answer.get_json()["contacts"]
    assert "Low back pain" in changed["came"][0]["message"]
    assert bad["problem"]["title"] == "The request has errors"


def test_without_contacts_the_sample_is_judged(service: Service, tmp_path: Path) -> None:
    sample = tmp_path / "sample.ndjson"
    client = create_app(Settings(database=tmp_path / "kodevagt.db", sample=sample), service).test_client()
    assert_problem(client.post("/v1/rules/impact", json={"files": FILES}), 422, path="/contacts")
    sample.write_text("\n".join(map(json.dumps, [contact("L90"), contact("L86", course="laenderyg")])) + "\n")
    result = client.post("/v1/rules/impact", json={"files": FILES}).get_json()
    assert (result["summary"]["contacts"], result["summary"]["changed"]) == (2, 1)


def test_the_sample_that_ships_is_judged_on_the_first_day(client: FlaskClient) -> None:
    summary = client.post("/v1/rules/impact", json={"files": FILES}).get_json()["summary"]
    assert summary["contacts"] > 800
    assert summary["changed"] > 0
    assert summary["bad_lines"] == 0


def test_an_unreadable_contact_is_reported_and_the_others_are_judged(client: FlaskClient) -> None:
    content = impact(client, FILES, {"encounter": 1}, 5, contact("L86", course="laenderyg")).get_json()
    assert [(item["line"], "problem" in item) for item in content["contacts"]] == [(1, True), (2, True), (3, False)]
    assert (content["summary"]["bad_lines"], content["summary"]["changed"]) == (2, 1)


def test_a_draft_with_errors_is_a_422_with_their_places(client: FlaskClient) -> None:
    files = {"courses.yaml": COURSE.replace("[L03]", "[L8E, L03]").replace("2025-10-01", "2025-31-10")}
    problem = assert_problem(impact(client, files, contact("L90")), 422, path="/files/courses.yaml")
    assert [error["message"].partition(":")[0] for error in problem["errors"]] == ["Linje 6, tegn 15", "Linje 7, tegn 17"]


@pytest.mark.parametrize(
    ("members", "path"),
    [
        ({"files": FILES, "contacts": {}}, "/contacts"),
        ({"contacts": []}, "/files"),
        ({"files": FILES, "contacts": [], "jurisdiction": "no"}, "/jurisdiction"),
        ({"files": FILES, "contacts": [contact("L90", id=CPR)]}, "/contacts/0/encounter/id"),
    ],
)
def test_a_bad_request_is_a_422(members: dict[str, Any], path: str, client: FlaskClient) -> None:
    assert_problem(client.post("/v1/rules/impact", json=members), 422, path=path, absent=CPR)
