"""A CPR number in the address, the query or a header is refused, and appears in no answer and no log line."""

import itertools

import pytest
from flask.testing import FlaskClient

from tests.each import naming
from tests.http.personal import NONE, NUMBERS, assert_refused, leaks
from tests.http.problems import assert_problem
from tests.http.routes import ROUTES

pytestmark = pytest.mark.usefixtures("nothing_leaks")
WRITTEN = [
    "0101901234",
    "010190-1234",
    "%30%31%30%31%39%30%31%32%33%34",
    "010190%2D1234",
    "010190%E2%80%901234",
    "010190%201234",
    "010190%20-%201234",
    "010190%2F1234",
    "%EF%BC%90101901234",
    "x%200101901234",
    "a:010190-1234",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_cpr_number_in_the_address_is_refused(client: FlaskClient, written: str) -> None:
    """Every spelling at every place of three addresses, and the first spelling at two places of every route."""
    three = [route for route in ROUTES if str(route) in ("GET /", "POST /v1/validate", "GET /v1/codes/<code>")]
    assert len(three) == 3
    for route in ROUTES if written == WRITTEN[0] else three:
        places = ("/{}", "?x={}") if route not in three else ("/{}", "?x={}", "?{}=x", "?release=a+{}", "?{}")
        for place in places:
            with naming(f"{route}{place}"):
                base = route.address.rstrip("/") if place.startswith("/") else route.address
                answer = client.open(base + place.format(written), method=route.method, **route.sent)
                assert_refused(answer, "0101901234", "address")


@pytest.mark.parametrize("name", ["X-Request-ID", "Accept-Language", "If-None-Match", "Accept", "Authorization"])
def test_a_cpr_number_in_a_header_is_refused(client: FlaskClient, name: str) -> None:
    for number, frame in itertools.product(NUMBERS[:6], ("{}", '"{}"', "da, {};q=0.5", "Bearer {}")):
        for address in ("/v1/courses", "/nowhere"):
            with naming((number, frame, address)):
                assert_refused(client.get(address, headers={name: frame.replace("{}", number)}), number, name)


def test_a_cpr_number_in_the_content_type_is_refused(client: FlaskClient) -> None:
    for route in ROUTES:
        refused = client.open(route.address, method=route.method, data=b"{}", content_type="application/json; x=0101901234")
        assert_refused(refused, "0101901234", "Content-Type")


@pytest.mark.parametrize("name", ["User-Agent", "Referer", "Cookie", "Origin", "Host", "X-Forwarded-For", "X-Patient", "If-Match"])
def test_other_headers_reach_no_answer(client: FlaskClient, name: str) -> None:
    for address in ("/v1/courses", "/v1//courses", "/nowhere"):
        response = client.get(address, headers={name: "0101901234"})
        assert not leaks("0101901234", response.text + str(response.headers))


def test_no_number_is_read_across_the_parts_of_a_request(client: FlaskClient) -> None:
    headers = {"X-Request-ID": "010190", "Accept-Language": "1234"}
    assert client.get("/health/live?010190=1234&a=010190&b=1234", headers=headers).status_code == 200
    assert_problem(client.get("/v1/rules/010190?1234"), 404)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_cpr_number_passes(client: FlaskClient, text: str) -> None:
    assert client.get("/health/live", query_string={"x": text, text: "y"}).status_code == 200
    assert_problem(client.get(f"/v1/codes/{text}"), 404)
