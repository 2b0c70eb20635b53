"""Answers packed with gzip: where the caller accepts it, where it is worth it, and never where it could tell a secret."""

import gzip
import json
import zlib

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.contacts import REQUESTS
from tests.http.problems import assert_problem
from tests.http.routes import CONTACT, NDJSON
from validator.web.http.packed_answers import MIN_PACKED_LENGTH, accepts_gzip

LONG, SHORT = "/v1/courses", "/v1/codes/findes-ikke"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A caller without a cookie, as another system is."""
    return app.test_client()


def get(client: FlaskClient, address: str, accepted: str = "gzip", **headers: str) -> TestResponse:
    return client.get(address, headers={"Accept-Encoding": accepted, **headers})


def packed_batch(client: FlaskClient) -> TestResponse:
    body = (CONTACT + b"\n") * 3
    headers = {"Accept-Encoding": "gzip"}
    return client.post("/v1/validate/batch", data=body, content_type=NDJSON, headers=headers, buffered=False)


def is_packed(answer: TestResponse) -> bool:
    return answer.headers.get("Content-Encoding") == "gzip"


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("gzip, deflate, br, zstd", True),
        ("gzip;q=0.001", True),
        ("*", True),
        ("identity, gzip", True),
        ("identity;q=0.5, gzip;q=0.8", True),
        ("", False),
        ("br", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("gzip;q=0, *", False),
        ("*, gzip; q=0", False),
        ("*;q=0", False),
        ("identity;q=1, gzip;q=0.5", False),
        ("gzipped", False),
        ("br, " * 100 + "gzip;q=0", False),
    ],
)
def test_the_header_decides(header: str, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted


@pytest.mark.parametrize("address", [LONG, "/v1/codes?q=smerter", "/v1/conformance", "/openapi.json"])
def test_a_long_answer_is_packed_where_it_is_asked_for(client: FlaskClient, address: str) -> None:
    plain, packed = client.get(address), get(client, address)
    assert not is_packed(plain)
    assert is_packed(packed)
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
    assert "Accept-Encoding" in packed.vary
    assert get(client, address).data == packed.data


def test_a_verdict_is_packed_where_it_is_long(client: FlaskClient) -> None:
    for sent in REQUESTS.values():
        plain = client.post("/v1/validate", json=sent).data
        answer = client.post("/v1/validate", json=sent, headers={"Accept-Encoding": "gzip"})
        assert is_packed(answer) == (len(plain) >= MIN_PACKED_LENGTH)
        assert (gzip.decompress(answer.data) if is_packed(answer) else answer.data) == plain


def test_a_short_answer_and_a_refused_encoding_are_not_packed(client: FlaskClient) -> None:
    assert not is_packed(get(client, SHORT))
    assert_problem(get(client, SHORT), 404)
    assert not is_packed(get(client, LONG, "gzip;q=0"))


def test_head_has_the_headers_of_the_unpacked_answer(client: FlaskClient) -> None:
    answer = client.head(LONG, headers={"Accept-Encoding": "gzip"})
    assert (answer.data, is_packed(answer)) == (b"", False)
    assert "Accept-Encoding" in answer.vary


@pytest.mark.parametrize("address", [LONG, "/v1/codes/L84", "/v1/conformance", "/v1/releases/ekm-2024-11/diff/ekm-2024-11"])
@pytest.mark.parametrize("first", ["gzip", "identity"])
@pytest.mark.parametrize("then", ["gzip", "identity"])
def test_one_weak_etag_is_true_of_both_forms(client: FlaskClient, address: str, first: str, then: str) -> None:
    etag = get(client, address, first).headers["ETag"]
    assert etag.startswith('W/"')
    again = get(client, address, then, **{"If-None-Match": etag})
    assert (again.status_code, again.data, is_packed(again), again.headers["ETag"]) == (304, b"", False, etag)
    assert "Accept-Encoding" in again.vary
    strong = etag.removeprefix("W/")  # as sent by earlier versions, or by a caller that drops the prefix
    assert get(client, address, then, **{"If-None-Match": strong}).status_code == 304


def test_an_answer_that_may_be_stored_names_what_it_varies_by(client: FlaskClient) -> None:
    for address in (LONG, "/v1/codes/L84", "/v1/conformance"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "Accept-Encoding" in answer.vary


def test_pages_and_answers_to_a_cookie_are_not_packed(client: FlaskClient) -> None:
    assert is_packed(get(client, LONG))
    for address in ("/", "/courses", "/docs"):
        assert not is_packed(get(client, address))
    client.set_cookie("kodevagt_learner", "abc")
    assert not is_packed(get(client, LONG))


def test_a_packed_batch_is_the_same_batch(client: FlaskClient) -> None:
    lines = b"\n".join([CONTACT, b"", b"no json", CONTACT])
    plain = client.post("/v1/validate/batch", data=lines, content_type=NDJSON)
    packed = client.post("/v1/validate/batch", data=lines, content_type=NDJSON, headers={"Accept-Encoding": "gzip"})
    assert (is_packed(plain), is_packed(packed)) == (False, True)
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Length" not in packed.headers
    assert "Accept-Encoding" in packed.vary


def test_each_line_of_a_packed_batch_can_be_read_as_soon_as_it_is_sent(client: FlaskClient) -> None:
    answer = client.post("/v1/validate/batch", data=(CONTACT + b"\n") * 3, content_type=NDJSON, headers={"Accept-Encoding": "gzip"})
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    pieces = iter(answer.response)
    for number in (1, 2, 3):
        line = unpacker.decompress(next(pieces))
        assert line.endswith(b"\n")
        assert json.loads(line)["line"] == number
    assert unpacker.decompress(b"".join(pieces)) == b""
    assert unpacker.eof
    answer.close()


def test_a_packed_batch_that_is_broken_off_is_logged_as_such(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    answer = client.post("/v1/validate/batch", data=(CONTACT + b"\n") * 3, content_type=NDJSON, headers={"Accept-Encoding": "gzip"})
    assert next(iter(answer.response))
    answer.close()
    log = capsys.readouterr().out
    assert "lines=1" in log
    assert "complete=False" in log


def test_problems_are_packed_as_other_answers(client: FlaskClient) -> None:
    sent = {"encounter": {"date": "i dag", "specialty": "51", "diagnoses": [{"code": 1}] * 20}}
    answer = client.post("/v1/validate", json=sent, headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.mimetype, is_packed(answer)) == (422, "application/problem+json", True)
    assert json.loads(gzip.decompress(answer.data))["status"] == 422
