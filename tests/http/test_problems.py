"""The error contract, on every error path of every route:

- the content type is `application/problem+json`; the members are `type`, `title`, `status`, `detail` and `errors`, in that
  order, and `status` is the status of the answer;
- each of `errors` has a `path`, a JSON Pointer into the body or `?name` for a query parameter, and a `message`;
- the texts are Danish unless `Accept-Language` asks for English or Swedish;
- `X-Request-ID` is there, and `Allow` is there on a 405;
- nothing that was sent is repeated.

The routes are those of the application, so new ones are covered.
"""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import default_exceptions

from tests.each import naming
from tests.http.problems import assert_problem
from tests.http.routes import CONTACT, JSON_POSTS, METHODS, POSTS, ROUTES, Route

CPR = "010190-1234"
MARK = "zyxwv"
MEBIBYTE = 2**20
every_route = pytest.mark.parametrize("route", ROUTES, ids=str)
every_post = pytest.mark.parametrize("route", [route for route in POSTS if route.content_type], ids=str)
every_json_post = pytest.mark.parametrize("route", JSON_POSTS, ids=str)


def call(client: FlaskClient, route: Route, **more: Any) -> Any:
    return client.open(route.address, method=route.method, **{**route.sent, **more})


def with_query(*names: str) -> list[Route]:
    return [route for route in ROUTES if set(names) & set(route.queries)]


@every_route
def test_a_wrong_method_is_a_405_with_the_right_ones(client: FlaskClient, route: Route) -> None:
    allowed = {other.method for other in ROUTES if other.rule == route.rule}
    addresses = client.application.url_map.bind("localhost")  # /v1/rules/check matches /v1/rules/<rule_id>, too
    for method in [*METHODS, "BREW"]:
        if not addresses.test(route.address, method):
            problem = client.open(route.address, method=method, data=MARK)
            assert_problem(problem, 405, absent=MARK)
            assert set(problem.headers["Allow"].split(", ")) >= allowed


@every_route
def test_an_unknown_address_is_a_404(client: FlaskClient, route: Route) -> None:
    for address in (f"{route.address.rstrip('/')}/{MARK}/{MARK}", f"/{MARK}{route.address}"):
        assert_problem(client.open(address, method=route.method, data=MARK), 404, absent=MARK)


@pytest.mark.parametrize("address", ["/v1", "/v1/", "/v1/codes/", "/health", "/docs/assets/", "/favicon.ico", "/%00", "/æ"])
def test_a_prefix_of_the_routes_is_a_404(client: FlaskClient, address: str) -> None:
    assert_problem(client.get(address), 404)


@every_route
def test_a_cpr_number_in_the_address_is_a_422(client: FlaskClient, route: Route) -> None:
    below = f"{route.address.rstrip('/')}/{CPR}"
    for address in (below, f"/{CPR}{route.address}", f"{route.address}?q={CPR}", f"{route.address}?{CPR}"):
        problem = client.open(address, method=route.method, **route.sent)
        assert_problem(problem, 422, path="address", absent=CPR)


@every_post
def test_another_content_type_is_a_415(client: FlaskClient, route: Route) -> None:
    for content_type in (None, "", "text/plain", "text/json", "application/xml", MARK, "multipart/form-data"):
        with naming(content_type):
            problem = assert_problem(call(client, route, content_type=content_type), 415, absent=MARK)
            assert str(route.content_type) in problem["detail"]


NO_JSON = {
    "no body": b"",
    "blank": b"   ",
    "cut off": b"{",
    "a word": MARK.encode(),
    "single quotes": b"{'encounter': 1}",
    "one brace too many": CONTACT + b"}",
    "two values": CONTACT * 2,
    "control character": b'{"encounter": "\x01"}',
}


@every_json_post
def test_a_body_that_is_no_json_is_a_400(client: FlaskClient, route: Route) -> None:
    for name, body in NO_JSON.items():
        with naming(name):
            assert_problem(call(client, route, data=body), 400, path="", absent=MARK)


@every_json_post
def test_a_body_that_is_not_utf8_is_a_400(client: FlaskClient, route: Route) -> None:
    for body in ('{"id": "ø"}'.encode("latin-1"), CONTACT.decode().encode("utf-16"), b'"\xed\xa0\x80"'):
        with naming(body):
            assert_problem(call(client, route, data=body), 400, path="")


@every_json_post
def test_json_of_another_shape_is_a_422(client: FlaskClient, route: Route) -> None:
    for body in ("null", "1", "true", f'"{MARK}"', "[]", f'["{MARK}"]'):
        with naming(body):
            assert_problem(call(client, route, data=body), 422, path="", absent=MARK)


@every_json_post
def test_a_body_of_more_than_a_mebibyte_is_a_413(client: FlaskClient, route: Route) -> None:
    problem = assert_problem(call(client, route, data=CONTACT.ljust(MEBIBYTE + 1)), 413)
    assert str(MEBIBYTE) in problem["detail"]


@every_json_post
def test_a_too_large_body_without_a_content_length_is_a_413(client: FlaskClient, route: Route) -> None:
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    stream = io.BytesIO(CONTACT.ljust(MEBIBYTE + 1))
    assert_problem(call(client, route, data=None, input_stream=stream, environ_overrides=chunked), 413)


@pytest.mark.parametrize("name", ["limit", "offset"])
@pytest.mark.parametrize("route", with_query("limit", "offset"), ids=str)
def test_a_page_that_is_no_whole_number_is_a_422(client: FlaskClient, route: Route, name: str) -> None:
    for value in ("", "-1", "1.0", "1e1", MARK, "１", "9" * 5000, "null"):
        with naming(value):
            assert_problem(call(client, route, query_string={name: value}), 422, path=f"?{name}", absent=MARK)


@pytest.mark.parametrize("route", with_query("limit"), ids=str)
def test_a_limit_out_of_bounds_is_a_422(client: FlaskClient, route: Route) -> None:
    for limit in ("0", "201"):
        with naming(limit):
            problem = assert_problem(call(client, route, query_string={"limit": limit}), 422, path="?limit")
            assert "1" in problem["errors"][0]["message"]
            assert "200" in problem["errors"][0]["message"]


@pytest.mark.parametrize("route", with_query("release"), ids=str)
def test_an_unknown_release_is_a_404_with_the_known_ones(client: FlaskClient, route: Route) -> None:
    for release in (MARK, "", "EKM-2024-11", "ekm-2024-11 "):
        with naming(release):
            problem = assert_problem(call(client, route, query_string={"release": release}), 404, path="?release", absent=MARK)
            assert "ekm-2024-11" in problem["errors"][0]["message"]


@pytest.mark.parametrize("route", with_query("jurisdiction", "audience"), ids=str)
def test_a_value_outside_a_closed_list_is_a_422_with_the_list(client: FlaskClient, route: Route) -> None:
    for name, schema in route.queries.items():
        for value in (MARK, "", "DK", "clinician,vendor") if "enum" in schema else ():
            problem = assert_problem(call(client, route, query_string={name: value}), 422, path=f"?{name}", absent=MARK)
            assert all(allowed in problem["errors"][0]["message"] for allowed in schema["enum"])


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "da"),
        ("", "da"),
        ("fr", "da"),
        ("en", "en"),
        ("sv", "sv"),
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("de, en;q=0.2", "en"),
        (";;q=,,*;q=x", "da"),
    ],
)
def test_the_language_is_danish_by_default(client: FlaskClient, header: str | None, language: str) -> None:
    headers = {} if header is None else {"Accept-Language": header}
    assert_problem(client.get("/nowhere", headers=headers), 404, language=language)
    assert_problem(client.post("/v1/validate", json={}, headers=headers), 422, path="/encounter", language=language)


@every_route
def test_an_unexpected_exception_is_a_500_without_details(
    app: Flask, client: FlaskClient, route: Route, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError(MARK)

    monkeypatch.setitem(app.view_functions, route.endpoint, broken)

    problem = assert_problem(call(client, route), 500, absent=MARK)

    assert problem["errors"] == []
    logged = capsys.readouterr()
    assert "RuntimeError" in logged.out
    assert MARK not in logged.out + logged.err


@pytest.mark.parametrize("status", sorted(set(default_exceptions) - {405}))
def test_every_other_status_has_the_same_shape(
    app: Flask, client: FlaskClient, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> None:
        raise default_exceptions[status](description=MARK)

    monkeypatch.setitem(app.view_functions, "health.live", refused)

    assert_problem(client.get("/health/live"), status, absent=MARK)
