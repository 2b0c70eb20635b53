"""The bytes of a body: UTF-8 with or without a BOM, JSON's own numbers, lone surrogates, and deep nesting."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.contacts import request
from tests.http.problems import assert_problem

FRAME = '{{"encounter":{{"date":"2025-10-14","specialty":"51","diagnoses":[{{"code":"L84"}}],{}}}}}'


def post(client: FlaskClient, body: bytes | str, content_type: str = "application/json") -> TestResponse:
    return client.post("/v1/validate", data=body, content_type=content_type)


def with_member(text: str) -> str:
    return FRAME.format(text)


def test_a_byte_order_mark_changes_nothing(client: FlaskClient) -> None:
    body = json.dumps(request("L92", course="artrose-knae")).encode()
    assert post(client, b"\xef\xbb\xbf" + body).data == post(client, body).data


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON", "application/problem+json"])
def test_every_media_type_of_json_is_accepted(client: FlaskClient, content_type: str) -> None:
    assert post(client, json.dumps(request("L84")), content_type).status_code == 200


def test_danish_letters_are_not_escaped(client: FlaskClient) -> None:
    answer = post(client, json.dumps(request(course="æbleskivegigt på knæ"), ensure_ascii=False).encode())
    assert "æbleskivegigt på knæ" in answer.data.decode()
    assert post(client, json.dumps(request(course="æbleskivegigt på knæ"))).data == answer.data


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1.", ".5", "0x1F", "+1", "01", "9" * 5000])
def test_nan_and_infinity_are_a_400(client: FlaskClient, number: str) -> None:
    assert_problem(post(client, with_member(f'"patient":{{"age":{number}}}')), 400, path="")


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1e308", "9" * 4000, "0.1", "6.7e-1"])
def test_an_impossible_age_is_a_422(client: FlaskClient, number: str) -> None:
    assert_problem(post(client, with_member(f'"patient":{{"age":{number}}}')), 422, path="/encounter/patient/age")


@pytest.mark.parametrize("number", ["1e999", "9" * 4000, "-0", "1e-999"])
def test_an_unknown_member_may_be_any_number(client: FlaskClient, number: str) -> None:
    answer = post(client, with_member(f'"vægt":{number}')).get_json()
    assert [finding["kind"] for finding in answer["findings"]] == ["unknown-field"]


@pytest.mark.parametrize("text", [r"\ud800", r"a\udfffb", r"\udd1e\ud834"])
def test_a_lone_surrogate_is_a_422_with_its_place(client: FlaskClient, text: str) -> None:
    assert_problem(post(client, with_member(f'"id":"{text}"')), 422, path="/encounter/id")
    assert_problem(post(client, with_member(f'"x":["{text}"]')), 422, path="/encounter/x/0")
    assert_problem(post(client, with_member(f'"{text}":1')), 422, path="/encounter")
    assert_problem(post(client, with_member(f'"{text}":{{"{text}":"{text}"}}')), 422)


def test_a_pair_of_surrogates_is_one_character(client: FlaskClient) -> None:
    answer = post(client, with_member(r'"\ud834\udd1e":1'))
    assert answer.get_json()["findings"][0]["path"] == "/encounter/𝄞"


@pytest.mark.parametrize("depth", [50, 500, 5_000, 100_000])
@pytest.mark.parametrize(("start", "end"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_no_server_error(client: FlaskClient, start: str, end: str, depth: int) -> None:
    for closed in (start * depth + "1" + end * depth, start * depth):
        answer = post(client, with_member(f'"x":{closed}'))
        if answer.status_code == 200:
            assert answer.get_json()["findings"][0]["path"] == "/encounter/x"
        else:
            assert_problem(answer, answer.status_code)
            assert answer.status_code in (400, 422)


@pytest.mark.parametrize("number", ["0000", "0007", "202e", "feff", "ffff"])
def test_an_invisible_character_in_a_code_is_named_and_not_sent_back(client: FlaskClient, number: str) -> None:
    answer = post(client, f'{{"encounter":{{"date":"2025-10-14","specialty":"51","diagnoses":[{{"code":"L84\\u{number}"}}]}}}}')
    (finding,) = answer.get_json()["findings"]
    assert finding["kind"] == "unknown-code"
    assert f"U+{number.upper()}" in finding["message"]
    assert finding["message"].isprintable()


@pytest.mark.parametrize("text", [r"<script>", r"{code}", r"%s{0}", "'"])
def test_any_character_may_stand_in_a_code_and_comes_back_as_it_was(client: FlaskClient, text: str) -> None:
    sent = json.loads(f'"{text}"')
    answer = post(client, f'{{"encounter":{{"date":"2025-10-14","specialty":"51","diagnoses":[{{"code":"L{text}"}}]}}}}')
    (finding,) = answer.get_json()["findings"]
    assert finding["kind"] == "unknown-code"
    assert f"L{sent}".upper() in finding["message"]


def test_one_of_duplicate_members_is_judged(client: FlaskClient) -> None:
    bodies: list[Any] = [with_member('"course":"artrose-hofte","course":"artrose-knae"'), with_member('"course":"artrose-knae"')]
    assert post(client, bodies[0]).data == post(client, bodies[1]).data
