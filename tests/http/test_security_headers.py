"""The security headers of every response; pages may run scripts of this service only."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.contacts import REQUESTS
from tests.each import naming
from tests.http.keyed import keyed_service
from tests.http.routes import NDJSON, ROUTES
from validator import Service
from validator.store.keys import Role

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CLOSED = {"default-src": ["'none'"], "base-uri": ["'none'"], "form-action": ["'none'"], "frame-ancestors": ["'none'"]}
DOCUMENT = {**CLOSED, "script-src": ["'self'"], "style-src": ["'self'"], "img-src": ["'self'", "data:"], "connect-src": ["'self'"]}
PAGE = {**DOCUMENT, "form-action": ["'self'"]}


def policy(answer: TestResponse) -> dict[str, list[str]]:
    (found,) = answer.headers.getlist("Content-Security-Policy")
    return {name: values for name, *values in (part.split() for part in found.split(";"))}


def assert_guarded(answer: TestResponse) -> None:
    for name, value in FIXED.items():
        assert answer.headers.getlist(name) == [value]
    assert policy(answer) in (CLOSED, DOCUMENT, PAGE)
    # Forms are sent to this service only, and from pages only.
    assert answer.headers.getlist("Referrer-Policy") == ["same-origin" if policy(answer) == PAGE else "no-referrer"]
    assert len(answer.headers.getlist("Cache-Control")) == 1
    assert "Server" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
def test_every_route_has_the_headers(client: FlaskClient, method: str) -> None:
    for route in ROUTES:
        with naming(route), client.open(route.address, method=method, **route.sent) as answer:
            assert_guarded(answer)
            if answer.mimetype != "text/html" or answer.status_code in (302, 303):
                assert policy(answer) == CLOSED
            elif route.rule == "/docs" or method == "OPTIONS":
                assert policy(answer) in (CLOSED, DOCUMENT)
            else:
                assert policy(answer) == PAGE


def test_every_error_has_the_headers(client: FlaskClient, service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path, rate=1)
    headers = {"Authorization": f"Bearer {keyed.add(Role.READER)[1]}"}
    judged, codes = "/v1/validate", "/v1/codes/L86"
    answers = [
        client.post(judged, data=b"{", content_type="application/json"),
        keyed.client.get(codes),
        keyed.client.post(judged, headers=headers),
        client.get("/nowhere"),
        client.put(judged),
        client.post(judged, data=b" " * (2**20 + 1), content_type="application/json"),
        client.post(judged, data=b"<x/>", content_type="text/xml"),
        client.get(codes, headers={"Host": "kodevagt.example"}),
        client.get("/v1/codes/0101901234"),
        [keyed.client.get(codes, headers=headers) for _ in range(2)][1],
    ]
    assert [answer.status_code for answer in answers] == [400, 401, 403, 404, 405, 413, 415, 421, 422, 429]
    for answer in answers:
        assert_guarded(answer)
        assert policy(answer) == CLOSED
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_server_error_has_the_headers(service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path)
    keyed.app.before_request(lambda: 1 / 0)
    answer = keyed.get("/v1/codes/L86")
    assert answer.status_code == 500
    assert_guarded(answer)


def test_verdicts_are_not_cached(client: FlaskClient) -> None:
    contact = next(iter(REQUESTS.values()))
    assert client.post("/v1/validate", json=contact).headers["Cache-Control"] == "no-store"
    batch = client.post("/v1/validate/batch", data=b"{}\n", content_type=NDJSON)
    assert batch.data
    assert batch.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/v1/codes/L86", "/v1/courses", "/v1/rules", "/v1/releases"])
def test_answers_that_change_with_the_release_may_be_revalidated(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert_guarded(again)


def test_the_docs_page_runs_its_own_scripts_only(client: FlaskClient) -> None:
    answer = client.get("/docs")
    page = answer.get_data(as_text=True)
    assert policy(answer) == DOCUMENT
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    assert all(address.startswith("/") and not address.startswith("//") for address in re.findall(r'(?:src|href)="([^"]+)"', page))
