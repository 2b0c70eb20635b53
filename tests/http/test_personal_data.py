"""A CPR number anywhere in a body, however written, is refused and appears in no answer and no log line."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.contacts import WHOLE, changed, places, request
from tests.each import naming
from tests.http.personal import NONE, NUMBERS, assert_refused, leaks
from tests.http.problems import assert_problem, assert_problem_shape
from tests.http.routes import CONTACT, NDJSON

pytestmark = pytest.mark.usefixtures("nothing_leaks")
FRAMES = ["{}", "patient {}", "{}.", "({})", "a;{};b", "nr.{}", '"{}"', "x\n{}\ny", "-{}-", "æ {}", "{} {}"]
TEXTS = [pointer for pointer, value in places(WHOLE) if isinstance(value, str)]
OBJECTS = ["", *(pointer for pointer, value in places(WHOLE) if isinstance(value, dict))]


def post(client: FlaskClient, sent: Any) -> TestResponse:
    body = sent if isinstance(sent, str) else json.dumps(sent)
    return client.post("/v1/validate", data=body, content_type="application/json")


def with_member(text: str) -> str:
    """Return a request with a further member, as raw JSON."""
    return f'{{"encounter":{{"date":"2025-10-14","specialty":"51","diagnoses":[],{text}}}}}'


def named(inside: str, name: str) -> dict[str, Any]:
    """Return WHOLE with a further member in one of its objects."""
    sent = changed(f"{inside}/x", {"y": ["z"]})
    target: Any = sent
    for part in inside.split("/")[1:]:
        target = target[int(part) if part.isdecimal() else part]
    target[name] = target.pop("x")
    return sent


@pytest.mark.parametrize("pointer", TEXTS)
def test_a_cpr_number_in_any_text_is_refused(client: FlaskClient, pointer: str) -> None:
    for number in NUMBERS[:2]:
        with naming(number):
            assert_refused(post(client, changed(pointer, number)), number, pointer)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_cpr_number_inside_a_longer_text_is_found(client: FlaskClient, number: str) -> None:
    for frame in FRAMES:
        with naming(frame):
            assert_refused(post(client, request("L84", id=frame.replace("{}", number))), number, "/encounter/id")


@pytest.mark.parametrize("inside", OBJECTS)
def test_a_cpr_number_as_a_member_name_is_reported_at_its_object(client: FlaskClient, inside: str) -> None:
    for number in NUMBERS if inside == OBJECTS[0] else NUMBERS[:2]:
        for name in (number, f"cpr {number}", f"{number}/x", f"~{number}"):
            with naming(name):
                assert_refused(post(client, named(inside, name)), number, inside)


@pytest.mark.parametrize("number", ["1010901234", "3112991234", "2902961234", "1010901234.0", "-1010901234"])
@pytest.mark.parametrize(("start", "end"), [('"phase":', ""), ('"x":', ""), ('"x":{"y":[', "]}")])
def test_a_cpr_number_as_a_json_number_is_refused(client: FlaskClient, start: str, end: str, number: str) -> None:
    assert_refused(post(client, with_member(f"{start}{number}{end}")), number.strip("-").removesuffix(".0"))


@pytest.mark.parametrize("depth", [1, 10, 100])
@pytest.mark.parametrize("number", NUMBERS[:2])
def test_a_cpr_number_is_found_at_any_depth(client: FlaskClient, number: str, depth: int) -> None:
    nested: Any = number
    for level in range(depth):
        nested = [nested] if level % 2 else {"note": nested}
    assert_refused(post(client, {**WHOLE, "extra": nested}), number)


@pytest.mark.parametrize(
    "escaped",
    [
        r"\u0030101901234",
        r"\u0030\u0031\u0030\u0031\u0039\u0030-\u0031234",
        r"010190\u002d1234",
        r"010190\u20101234",
        r"\/0101901234",
    ],
)
def test_escaped_digits_are_found(client: FlaskClient, escaped: str) -> None:
    for member in (f'"id":"{escaped}"', f'"{escaped}":1', f'"x":["{escaped}"]'):
        assert_refused(post(client, with_member(member)), "0101901234")


def test_duplicate_members_hide_nothing(client: FlaskClient) -> None:
    for first, second in (("0101901234", "c-1"), ("c-1", "0101901234")):
        assert_refused(post(client, with_member(f'"id":"{first}","id":"{second}"')), "0101901234")


@pytest.mark.parametrize("code", ["010190 1234", "01 01 90 12 34", "010190\u00a01234", " 010190 - 1234"])
def test_a_cpr_number_hidden_by_blanks_in_a_code_is_not_returned(client: FlaskClient, code: str) -> None:
    response = post(client, request(code))
    assert response.status_code in (200, 422)
    assert not leaks("0101901234", response.text)


@pytest.mark.parametrize("body", ["<> is no json", '{"id": "<>"', '["<>"]', '"<>"', "<>", '{"<>"}'])
@pytest.mark.parametrize("number", NUMBERS[:2])
def test_an_unreadable_body_is_not_repeated(client: FlaskClient, body: str, number: str) -> None:
    response = client.post("/v1/validate", data=body.replace("<>", number).encode(), content_type="application/json")
    assert_problem(response, response.status_code)
    assert response.status_code in (400, 422)
    assert not leaks(number, response.text)


@pytest.mark.parametrize("number", NUMBERS)
def test_in_a_batch_only_the_line_is_refused(client: FlaskClient, number: str) -> None:
    lines = [CONTACT, json.dumps(changed("/encounter/id", number)).encode(), json.dumps(named("", number)).encode(), CONTACT]
    response = client.post("/v1/validate/batch", data=b"\n".join(lines), content_type=NDJSON, buffered=True)
    first, in_text, in_name, last = map(json.loads, response.data.splitlines())
    assert first["status"] == last["status"] == "ok"
    for line, answer, path in ((2, in_text, "/encounter/id"), (3, in_name, "")):
        assert answer["line"] == line
        assert_problem_shape(answer["problem"], 422)
        assert [error["path"] for error in answer["problem"]["errors"]] == [path]
    assert not leaks(number, response.text)


def test_all_places_are_reported_together(client: FlaskClient) -> None:
    sent = changed("/encounter/id", "0101901234")
    sent["encounter"]["diagnoses"][1]["code"] = "010190-1234"
    sent["noter"] = ["x", "nr. 3112991234"]
    problem = assert_problem(post(client, sent), 422)
    assert [error["path"] for error in problem["errors"]] == ["/encounter/diagnoses/1/code", "/encounter/id", "/noter/1"]
    assert len({error["message"] for error in problem["errors"]}) == 1
    assert "CPR" in problem["errors"][0]["message"]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_cpr_number_passes(client: FlaskClient, text: str) -> None:
    for sent in (request("L84", id=text), request("L84", **{text: text}), request("L84", x=[{"y": f"journal {text}."}])):
        assert post(client, sent).status_code == 200
