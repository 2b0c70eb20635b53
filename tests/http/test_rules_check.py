"""`POST /v1/rules/check`: the problems of any rule file, sent as YAML or as JSON."""

import json
import os
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.each import naming
from tests.http.drafts import COURSE, HEAD, check
from tests.http.problems import assert_problem
from tests.rulebook.test_hostile_yaml import HOSTILE

CPR = "010190-1234"
DAYS_SWAPPED = COURSE.replace("2025-10-01", "2025-31-10")


def problems(content: Any) -> list[tuple[str, int, str]]:
    return [(item["file"], item["line"], item["id"]) for item in content["problems"]]


def test_a_file_without_problems_has_none(client: FlaskClient) -> None:
    answer = check(client, COURSE)
    assert answer.status_code == 200
    content = answer.get_json()
    assert [item for item in content["problems"] if item["accepted"] is None] == []
    assert content["releases"] == [{"pack": "dk", "release": "kladde", "courses": 12, "rules": 14, "publishable": False}]
    accepted = check(client, {"files": {"courses.yaml": COURSE}, "accept": ["past-verdicts-changed"]}).get_json()
    assert [(item["id"], item["accepted"]) for item in accepted["problems"]] == [("past-verdicts-changed", True)]
    assert (content["publishable"], accepted["publishable"]) == (False, True)


def test_a_problem_has_its_line_and_what_to_write_instead(client: FlaskClient) -> None:
    content = check(client, DAYS_SWAPPED).get_json()
    (problem,) = content["problems"]
    assert (problem["file"], problem["line"], problem["column"], problem["severity"]) == ("regler.yaml", 6, 15, "error")
    assert problem["line_text"] == "      - from: 2025-31-10"
    assert problem["instead"].endswith("Er dag og måned byttet om? Skriv 2025-10-31.")
    assert (content["errors"], content["warnings"], content["releases"]) == (1, 0, [])


def test_a_source_of_the_last_possible_day_has_no_problems(client: FlaskClient) -> None:
    sources = HEAD + 'sources:\n  fremtid: {title: "Fremtid", date: 9999-12-31, url: null, status: decided}\n'
    course = COURSE.replace("source: ekm-moede-2024", "source: fremtid")
    assert "fremtid" in course
    answer = check(client, {"files": {"pack.yaml": sources, "courses.yaml": course}})
    assert answer.status_code == 200
    assert {problem["id"] for problem in answer.get_json()["problems"]} == {
        "past-verdicts-changed",
        "period-before-source",
        "source-in-future",
    }


def test_several_files_are_one_draft(client: FlaskClient) -> None:
    rules = "rules: [{id: dk.ny, kind: findes-ikke}]\n"
    content = check(client, {"files": {"courses.yaml": DAYS_SWAPPED, "nye.yaml": rules}}).get_json()
    assert {(file, id) for file, _, id in problems(content)} >= {("courses.yaml", "not-date"), ("nye.yaml", "unknown-kind")}


def test_a_complete_draft_has_its_own_pack_file(client: FlaskClient) -> None:
    content = check(client, {"files": {"pack.yaml": HEAD, "courses.yaml": COURSE}}).get_json()
    assert [item["id"] for item in content["problems"]] == ["past-verdicts-changed"]
    assert content["releases"][0]["release"] == "ny-2027"
    content = check(client, {"files": {"pack.yaml": HEAD.replace("2024-11", "1999"), "courses.yaml": DAYS_SWAPPED}}).get_json()
    assert problems(content) == [("courses.yaml", 6, "not-date"), ("pack.yaml", 4, "unknown-base")]


def test_warnings_of_the_current_release_are_not_reported(client: FlaskClient) -> None:
    undecided = 'status: undecided\n        note: {da: "Under afklaring.", en: "Undecided."}'
    doubtful = COURSE.replace("status: decided", undecided).replace("2025-10-01", "2024-12-01")
    content = check(client, doubtful).get_json()
    assert [item for item in problems(content) if item[2] != "past-verdicts-changed"] == [("regler.yaml", 8, "undecided-long")]
    assert content["errors"] == 0


def test_a_draft_may_be_of_another_pack(client: FlaskClient) -> None:
    rule = "rules: []\n"
    for asked in (
        {"files": {"regler.yaml": rule}, "jurisdiction": "se"},
        {"files": {"pack.yaml": HEAD.replace("dk", "se").replace("ekm-2024-11", "varmland-2023-12")}, "jurisdiction": "se"},
    ):
        content = check(client, asked).get_json()
        assert ([item["id"] for item in content["problems"]], content["releases"][0]["pack"]) == (["nothing-changed"], "se")
    answer = client.post("/v1/rules/check?jurisdiction=se", data=rule, content_type="text/yaml")
    assert answer.get_json()["releases"][0]["pack"] == "se"


# The whole set is read in tests/rulebook/test_hostile_yaml.py.
@pytest.mark.parametrize("what", ["billion laughs", "picture", "huge text"])
def test_hostile_yaml_is_answered(what: str, client: FlaskClient) -> None:
    hostile = HOSTILE[what]
    answer = check(client, hostile if isinstance(hostile, bytes) else hostile.encode())
    assert answer.status_code == 200
    assert answer.get_json()["errors"]


def never_end(*_: object) -> None:
    while True:
        pass


def test_a_slow_draft_is_refused_and_the_next_is_answered(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("validator.authoring.drafts.check_draft", never_end)
        answer = check(client, COURSE, **{"Accept-Language": "en"})
    problem = assert_problem(answer, 422, path="", language="en")
    assert "seconds" in problem["errors"][0]["message"]
    assert check(client, COURSE).status_code == 200


def exhaust_memory(*_: object) -> None:
    raise MemoryError


def die(*_: object) -> None:
    os._exit(1)


def test_a_draft_that_needs_too_much_memory_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.authoring.drafts.check_draft", exhaust_memory)
    problem = assert_problem(check(client, COURSE, **{"Accept-Language": "en"}), 422, path="", language="en")
    assert problem["errors"][0]["message"].startswith("The files need too much memory.")


def test_the_death_of_the_sandbox_is_a_503(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("validator.authoring.drafts.check_draft", die)
        answer = check(client, COURSE, **{"Accept-Language": "en"})
    problem = assert_problem(answer, 503, language="en")
    assert problem["detail"] == "The check was interrupted before it was done. Try again in a moment."
    assert answer.headers["Retry-After"] == "5"
    assert check(client, COURSE).status_code == 200


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "/files"),
        ({"files": None}, "/files"),
        ({"files": []}, "/files"),
        ({"files": {}}, "/files"),
        ({"files": {f"f{number}.yaml": "" for number in range(21)}}, "/files"),
        ({"files": {"courses.yaml": 1}}, "/files/courses.yaml"),
        ({"files": {"../courses.yaml": ""}}, "/files/..~1courses.yaml"),
        ({"files": {"courses.txt": ""}}, "/files/courses.txt"),
        ({"files": {"Å.yaml": ""}}, "/files/Å.yaml"),
        ({"files": {"courses.yaml": ""}, "jurisdiction": "no"}, "/jurisdiction"),
        ({"files": {"courses.yaml": ""}, "accept": "nothing-changed"}, "/accept"),
        ({"files": {"courses.yaml": ""}, "accept": ["source-older"]}, "/accept/0"),
    ],
)
def test_a_bad_draft_is_a_422(body: dict[str, Any], path: str, client: FlaskClient) -> None:
    for language in ("da", "en", "sv"):
        with naming(language):
            assert_problem(check(client, body, **{"Accept-Language": language}), 422, path=path, language=language)


def test_an_unknown_pack_in_the_address_is_a_422(client: FlaskClient) -> None:
    files = {"courses.yaml": COURSE}
    for sent in ({"data": COURSE, "content_type": "application/yaml"}, {"json": {"files": files}}):
        answer = client.post("/v1/rules/check?jurisdiction=no", **sent)
        assert [error["path"] for error in assert_problem(answer, 422)["errors"]] == ["?jurisdiction"]
    answer = client.post("/v1/rules/check?jurisdiction=dk", json={"files": files, "jurisdiction": "no"})
    assert [error["path"] for error in assert_problem(answer, 422)["errors"]] == ["/jurisdiction"]


@pytest.mark.parametrize(
    "body",
    [
        f"# {CPR}\nrules: []\n",
        {"files": {"courses.yaml": f"a: {CPR}\n"}},
        {"files": {"courses.yaml": ""}, "more": [CPR]},
        {"files": {f"{CPR}.yaml": ""}},
    ],
)
def test_a_cpr_number_is_refused_and_not_repeated(body: Any, client: FlaskClient) -> None:
    assert_problem(check(client, body), 422, absent=CPR)


def test_nothing_of_a_draft_is_stored(client: FlaskClient) -> None:
    check(client, {"files": {"pack.yaml": HEAD, "courses.yaml": COURSE}})
    names = [item["name"] for item in client.get("/v1/releases").get_json()["items"]]
    assert "ny-2027" not in names
    course = next(item for item in client.get("/v1/courses").get_json()["items"] if item["id"] == "laenderyg")
    assert "L84" in json.dumps(course)
