"""The walk over HTTP: four requests, with the files that `docs/regler.md` shows."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import create_app
from tests.docs.test_whole_draft import FILES
from tests.each import naming
from tests.http.problems import assert_problem
from tests.walks.file_mistakes import FILE_MISTAKES
from tests.walks.stenosis import BASE, BEFORE, CONTACT, LIVE, NAME, NOTE, judged
from validator import Settings

pytestmark = pytest.mark.slow
RIGHT: dict[str, Any] = {"files": FILES, "note": NOTE}


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    """A client of a service that starts with an empty store."""
    return create_app(Settings(database=tmp_path / "kodevagt.db")).test_client()


def send(client: FlaskClient, route: str, body: dict[str, Any] | None = None) -> TestResponse:
    return client.post(f"/v1/{route}", json=body, headers={"Accept-Language": "da"})


def validated(client: FlaskClient) -> tuple[str, str, list[str]]:
    return judged(send(client, "validate", CONTACT).get_json())


def refused(client: FlaskClient, body: dict[str, Any], status: int = 422) -> list[tuple[str, str]]:
    """Return place and message of each fault of a release that is not published."""
    problem = assert_problem(send(client, "releases", body), status)
    return [(error["path"], error["message"]) for error in problem["errors"]]


def test_the_change_goes_live_and_back_in_four_requests(client: FlaskClient) -> None:
    before = send(client, "validate", CONTACT).data
    assert validated(client) == BEFORE
    checked = send(client, "rules/check", {"files": FILES}).get_json()
    assert (checked["publishable"], checked["problems"]) == (True, [])
    assert send(client, "releases", RIGHT).status_code == 201
    assert validated(client) == BEFORE
    assert send(client, f"releases/{NAME}/activate").get_json()["before"] == BASE
    assert validated(client) == LIVE
    assert send(client, f"releases/{BASE}/activate").get_json()["before"] == NAME
    assert send(client, "validate", CONTACT).data == before


def test_each_of_ten_mistakes_is_reported_with_its_place_and_the_way_out(client: FlaskClient) -> None:
    assert len(FILE_MISTAKES) == 10
    for name, mistake in FILE_MISTAKES.items():
        with naming(name):
            file, line, column = mistake.place
            checked = send(client, "rules/check", {"files": mistake.files}).get_json()
            assert not checked["publishable"]
            texts = {(item["file"], item["line"], item["column"]): item["text"] for item in checked["problems"]}
            assert all(words in texts[mistake.place] for words in mistake.said), texts
            faults = refused(client, {**RIGHT, "files": mistake.files})
            assert any(
                path == f"/files/{file}" and f"Linje {line}, tegn {column}: {texts[mistake.place]}" in message
                for path, message in faults
            ), faults


def test_a_warning_is_accepted_as_the_refusal_says(client: FlaskClient) -> None:
    body = {**RIGHT, "files": FILE_MISTAKES["source of next year"].files}
    for path, message in refused(client, body):
        assert path in ("/files/pack.yaml", "/files/courses.yaml")
        assert 'i listen "accept"' in message
    body["accept"] = ["source-in-future"]
    ((path, message),) = refused(client, body)
    assert (path, 'send "period-before-source" i listen "accept"' in message) == ("/files/courses.yaml", True)
    body["accept"].append("period-before-source")
    assert send(client, "releases", body).status_code == 201


def test_a_name_that_is_taken_is_refused_by_check_and_publish(client: FlaskClient) -> None:
    taken = {**FILES, "pack.yaml": FILES["pack.yaml"].replace(f"release: {NAME}", f"release: {BASE}")}
    assert send(client, "releases", RIGHT).status_code == 201
    edited = {**FILES, "courses.yaml": FILES["courses.yaml"].replace("[L86]", "[L84]")}
    for files, name in ((taken, BASE), (edited, NAME)):
        with naming(name):
            checked = send(client, "rules/check", {"files": files}).get_json()
            assert [(item["id"], item["file"], item["line"]) for item in checked["problems"]] == [("release-taken", "pack.yaml", 2)]
            assert (checked["publishable"], "Giv den nye et andet navn." in checked["problems"][0]["text"]) == (False, True)
            ((path, message),) = refused(client, {**RIGHT, "files": files}, 409)
            assert (path, f'Udgaven "{name}" er allerede udgivet' in message) == ("/files/pack.yaml", True)
    assert send(client, "releases", RIGHT).status_code == 200


@pytest.mark.parametrize(
    ("changes", "place", "way_out"),
    [
        ({"files": {"pack.yaml": FILES["pack.yaml"], "courses.yaml.txt": ""}}, "/files/courses.yaml.txt", "skal ende på .yaml"),
        ({"files": {"pack.yaml": FILES["pack.yaml"]}}, "/files/pack.yaml", "Ret det, der er anderledes."),
        ({"files": {"courses.yaml": FILES["courses.yaml"]}}, "/files", "Filen pack.yaml mangler."),
        ({"files": None}, "/files", "mangler"),
        ({"note": None}, "/note", "mangler"),
        ({"note": " "}, "/note", "Skriv en note på 1 til 500 tegn"),
        ({"note": "Se 010190-1234"}, "/note", "CPR-nummer"),
        ({"accept": ["alle"]}, "/accept/0", "source-in-future"),
        ({"jurisdiction": "DK"}, "/jurisdiction", "Brug en af: dk, se."),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("/") else "",
)
def test_what_is_wrong_beside_the_rules_has_its_place(
    changes: dict[str, Any], place: str, way_out: str, client: FlaskClient
) -> None:
    body = {key: value for key, value in {**RIGHT, **changes}.items() if value is not None}
    ((path, message),) = refused(client, body)
    assert (path, way_out in message) == (place, True), message


def test_a_release_that_is_not_there_is_not_activated(client: FlaskClient) -> None:
    problem = assert_problem(send(client, f"releases/{NAME}/activate"), 404)
    assert f"Udgivne udgaver: {BASE}" in problem["detail"]
