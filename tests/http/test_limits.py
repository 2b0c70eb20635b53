"""The limits of a request, each at its edge: the body, lists, texts and numbers."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.contacts import request
from tests.http.problems import assert_problem, assert_problem_shape
from tests.http.routes import JSON, JSON_READERS, NDJSON, Route

MEBIBYTE = 2**20
LISTS = {
    "diagnoses": {"code": "L84"},
    "previous_diagnoses": {"code": "L84"},
    "saved_diagnoses": {"code": "L84"},
    "services": "group-training",
    "measures": "QG001",
    "registrations": "artrosregistret",
}
TEXTS = ["id", "specialty", "course", "visit_type"]


def status(client: FlaskClient, sent: Any) -> int:
    return client.post("/v1/validate", json=sent).status_code


def refused(client: FlaskClient, sent: Any, path: str) -> str:
    """Return the message of the error at a path."""
    errors = assert_problem(client.post("/v1/validate", json=sent), 422, path=path)["errors"]
    return str(next(error["message"] for error in errors if error["path"] == path))


@pytest.mark.parametrize("size", [MEBIBYTE - 1, MEBIBYTE])
def test_a_body_of_a_mebibyte_is_read(client: FlaskClient, size: int) -> None:
    body = json.dumps(request("L84")).encode()
    assert client.post("/v1/validate", data=body.ljust(size), content_type="application/json").status_code == 200


def test_one_byte_more_is_a_413(client: FlaskClient) -> None:
    body = json.dumps(request("L84")).encode().ljust(MEBIBYTE + 1)
    assert_problem(client.post("/v1/validate", data=body, content_type="application/json"), 413)


@pytest.mark.parametrize("levels", [600, 1000, 1022, 1024, 100_000])
@pytest.mark.parametrize("route", JSON_READERS, ids=str)
def test_json_nested_too_deep_is_a_422_at_every_route(client: FlaskClient, route: Route, levels: int) -> None:
    deep = b"[" * levels + b"]" * levels
    for body in (deep, b'{"encounter":%b}' % deep, b'{"code":null,"files":{},"contacts":%b,"x":%b}' % (deep, deep)):
        answer = client.open(route.address, method=route.method, data=body, content_type=JSON)
        assert "indlejret" in assert_problem(answer, 422, path="")["errors"][0]["message"]


@pytest.mark.parametrize("levels", [600, 1000, 1022, 1024, 100_000])
def test_json_nested_too_deep_in_a_batch_affects_its_line_only(client: FlaskClient, levels: int) -> None:
    good = json.dumps(request("L84")).encode()
    body = b"%b\n%b\n%b" % (good, b"[" * levels + b"]" * levels, good)
    lines = client.post("/v1/validate/batch", data=body, content_type=NDJSON).text.splitlines()
    first, bad, last = map(json.loads, lines)
    assert {**first, "line": 3} == last
    assert bad["line"] == 2
    assert_problem_shape(bad["problem"], 422)
    assert "indlejret" in bad["problem"]["errors"][0]["message"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_at_most_100_items(client: FlaskClient, name: str) -> None:
    assert status(client, request(**{name: [LISTS[name]] * 100})) == 200
    assert "100" in refused(client, request(**{name: [LISTS[name]] * 101}), f"/encounter/{name}")


def test_overrides_and_referral_diagnoses_have_at_most_100_items(client: FlaskClient) -> None:
    override, diagnosis = {"rule": "dk.findes-ikke", "reason": "Aftalt"}, {"code": "DG35", "system": "sks"}
    assert status(client, request(overrides=[override] * 100)) == 200
    assert "100" in refused(client, request(overrides=[override] * 101), "/overrides")
    assert status(client, request(referral={"diagnoses": [diagnosis] * 100})) == 200
    assert "100" in refused(client, request(referral={"diagnoses": [diagnosis] * 101}), "/encounter/referral/diagnoses")


@pytest.mark.parametrize("letter", ["a", "æ", "𝄞", "\u0301"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_has_at_most_200_characters_of_any_kind(client: FlaskClient, name: str, letter: str) -> None:
    assert status(client, request(**{name: letter * 200})) == 200
    assert "200" in refused(client, request(**{name: letter * 201}), f"/encounter/{name}")


def test_codes_and_texts_of_overrides_have_at_most_200_characters(client: FlaskClient) -> None:
    assert status(client, request("L" * 200)) == 200
    assert "200" in refused(client, request("L" * 201), "/encounter/diagnoses/0/code")
    for name in ("rule", "reason", "path"):
        override = {"rule": "dk.findes-ikke", "reason": "Aftalt", name: "a" * 200}
        assert status(client, request(overrides=[override])) == 200
        override[name] = "a" * 201
        assert "200" in refused(client, request(overrides=[override]), f"/overrides/0/{name}")


@pytest.mark.parametrize("age", [0, 67, 67.0, 130])
def test_an_age_is_a_whole_number_from_0_to_130(client: FlaskClient, age: float) -> None:
    assert status(client, request(patient={"age": age})) == 200


@pytest.mark.parametrize("age", [-1, 131, 67.5, True, False, "67", [67], {}, 1e300, 10**400])
def test_nothing_else_is_an_age(client: FlaskClient, age: Any) -> None:
    assert refused(client, request(patient={"age": age}), "/encounter/patient/age")


def test_an_age_of_67_and_of_67_point_0_is_one_age(client: FlaskClient) -> None:
    answers = {client.post("/v1/validate", json=request("L90", patient={"age": age})).data for age in (17, 17.0)}
    assert len(answers) == 1


@pytest.mark.parametrize(
    "date", ["2025-02-29", "2025-13-01", "14-10-2025", "2025-10-14T08:00:00Z", "20251014", "2025-W42-2", "", 20251014]
)
def test_a_date_is_a_day_of_the_calendar_as_year_month_day(client: FlaskClient, date: Any) -> None:
    assert refused(client, request(date=date), "/encounter/date")


@pytest.mark.parametrize("date", ["0001-01-01", "2024-02-29", "9999-12-31"])
def test_any_such_day_is_judged(client: FlaskClient, date: str) -> None:
    assert status(client, request("L84", date=date)) == 200


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("earlier", ["0001-01-01", "9999-12-31"])
def test_a_contact_at_either_end_of_the_calendar_is_judged_with_all_its_dates(client: FlaskClient, date: str, earlier: str) -> None:
    diagnoses = [{"code": "L03", "date": earlier}]
    for specialty, course in (("51", "laenderyg"), ("62", "parkinson")):
        lists = {"previous_diagnoses": diagnoses, "saved_diagnoses": diagnoses, "referral": {"diagnoses": diagnoses}}
        sent = request("L03", date=date, specialty=specialty, course=course, **lists)
        answer = client.post("/v1/validate", json=sent)
        assert answer.status_code == 200
        assert answer.get_json()["rules"]["as_of"] == date


@pytest.mark.parametrize("code", ["", " ", "\t\n"])
def test_a_code_is_not_blank(client: FlaskClient, code: str) -> None:
    assert refused(client, request(code), "/encounter/diagnoses/0/code")


def test_all_faults_are_reported_together(client: FlaskClient) -> None:
    sent = {"encounter": {"date": "i går", "diagnoses": [{"role": "hoved"}, 1], "patient": {"age": -1}, "services": "video"}}
    problem = assert_problem(client.post("/v1/validate", json=sent), 422)
    assert [error["path"] for error in problem["errors"]] == [
        "/encounter/date",
        "/encounter/diagnoses/0/code",
        "/encounter/diagnoses/0/role",
        "/encounter/diagnoses/1",
        "/encounter/patient/age",
        "/encounter/services",
        "/encounter/specialty",
    ]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("phase", 6),
        ("phase", -1),
        ("date", "2099-01-01"),
        ("course", "findes-ikke"),
        ("course", ""),
        ("specialty", "99"),
        ("specialty", ""),
    ],
)
def test_a_well_formed_but_wrong_contact_is_judged(client: FlaskClient, member: str, value: Any) -> None:
    assert status(client, request("L84", **{member: value})) == 200
