"""Requests with `Content-Encoding: gzip`: unpacked, bounded after unpacking, and refused where they are not gzip."""

import gzip
import hashlib
import io
import json
import zlib
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.contacts import REQUESTS, request
from tests.http.problems import assert_problem, assert_problem_shape
from tests.http.routes import CONTACT, JSON, JSON_POSTS, NDJSON, Route
from validator.requests.errors import RequestError
from validator.web.http.content_encoding import MAX_RATIO, MIN_LIMITED, GzipStream

MEBIBYTE = 2**20


def post(
    client: FlaskClient, body: bytes, path: str = "/v1/validate", content_type: str = JSON, encoding: str = "gzip"
) -> TestResponse:
    return client.post(path, data=body, content_type=content_type, headers={"Content-Encoding": encoding})


def batch(client: FlaskClient, body: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in post(client, body, "/v1/validate/batch", NDJSON).text.splitlines()]


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", " x-gzip "])
def test_a_packed_contact_is_judged_like_an_unpacked_one(client: FlaskClient, encoding: str) -> None:
    for sent in REQUESTS.values():
        body = json.dumps(sent).encode()
        assert post(client, gzip.compress(body), encoding=encoding).data == client.post("/v1/validate", json=sent).data


def test_several_members_are_one_body(client: FlaskClient) -> None:
    body = gzip.compress(CONTACT[:20]) + gzip.compress(b"") + gzip.compress(CONTACT[20:])
    assert post(client, body).data == client.post("/v1/validate", data=CONTACT, content_type=JSON).data


@pytest.mark.parametrize("encoding", ["identity", "Identity", ""])
def test_identity_is_unpacked(client: FlaskClient, encoding: str) -> None:
    assert post(client, CONTACT, encoding=encoding).status_code == 200


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "gzip, identity", "zyxwv"])
@pytest.mark.parametrize(("path", "content_type"), [("/v1/validate", JSON), ("/v1/validate/batch", NDJSON)])
def test_another_encoding_is_a_415_that_names_gzip(client: FlaskClient, encoding: str, path: str, content_type: str) -> None:
    answer = post(client, CONTACT, path, content_type, encoding)
    assert_problem(answer, 415, absent="zyxwv")
    assert answer.headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "body",
    [CONTACT, b"\x1f\x8b", gzip.compress(CONTACT)[:-3], gzip.compress(CONTACT) + b"\0" * 20, zlib.compress(CONTACT), b""],
    ids=["unpacked", "two bytes", "cut off", "zeros after it", "zlib", "nothing"],
)
def test_what_is_not_gzip_is_a_400(client: FlaskClient, body: bytes) -> None:
    assert_problem(post(client, body), 400)


def test_a_wrong_checksum_is_a_400(client: FlaskClient) -> None:
    packed = bytearray(gzip.compress(CONTACT))
    packed[-8] ^= 1
    assert_problem(post(client, bytes(packed)), 400, path="")


@pytest.mark.parametrize(("size", "status"), [(MEBIBYTE, 200), (MEBIBYTE + 1, 413), (200 * MEBIBYTE, 413)])
def test_the_limit_of_a_body_applies_after_unpacking(client: FlaskClient, size: int, status: int) -> None:
    packed = gzip.compress(CONTACT.ljust(size), 1 if size > 10 * MEBIBYTE else 9)
    assert len(packed) < MEBIBYTE
    answer = post(client, packed)
    assert answer.status_code == status
    if status == 413:
        assert_problem(answer, 413)


def test_a_packed_body_has_the_same_limit_as_it_is_sent(client: FlaskClient) -> None:
    assert_problem(post(client, b"\x1f\x8b" + b"\0" * MEBIBYTE), 413)


@pytest.mark.parametrize("route", JSON_POSTS, ids=str)
def test_every_route_that_reads_json_unpacks_it(client: FlaskClient, route: Route) -> None:
    plain = client.post(route.address, data=b"{", content_type=JSON)
    assert post(client, gzip.compress(b"{"), route.address).get_json() == plain.get_json()
    bomb = gzip.compress(b" " * (2 * MEBIBYTE))
    assert post(client, bomb, route.address).status_code in (413, 415)


def test_a_cpr_number_in_a_packed_body_is_refused(client: FlaskClient) -> None:
    packed = gzip.compress(json.dumps(request(course="010190-1234")).encode())
    assert_problem(post(client, packed), 422, path="/encounter/course", absent="010190")


def test_a_packed_batch_is_answered_line_by_line(client: FlaskClient) -> None:
    lines = b"\n".join([CONTACT, b"", b"no json", CONTACT])
    plain = client.post("/v1/validate/batch", data=lines, content_type=NDJSON).data
    assert post(client, gzip.compress(lines), "/v1/validate/batch", NDJSON).data == plain


def test_a_packed_batch_may_exceed_the_limit_of_a_body_but_no_line_may(client: FlaskClient) -> None:
    found = batch(
        client, gzip.compress(b"\n".join([CONTACT, CONTACT.ljust(3 * MEBIBYTE), CONTACT.ljust(MEBIBYTE), b"\n" * 2000, CONTACT]))
    )
    assert [answer["line"] for answer in found] == [1, 2, 3, 2005]
    assert_problem_shape(found[1]["problem"], 413)
    assert [answer.get("status") for answer in found] == ["ok", None, "ok", "ok"]


def test_a_batch_that_cannot_be_unpacked_ends_with_a_problem(client: FlaskClient) -> None:
    packed = gzip.compress((CONTACT + b"\n") * 3) + b"no gzip"
    found = batch(client, packed)
    assert [answer["line"] for answer in found] == [1, 2, 3, 4]
    assert_problem_shape(found[-1]["problem"], 400)


def stream_length(packed: bytes) -> int:
    """Return how many bytes can be read of a packed stream before it is refused."""
    stream, length = GzipStream(io.BytesIO(packed)), 0
    try:
        while piece := stream.read(2**16):
            length += len(piece)
    except RequestError as refused:
        if [fault.key for fault in refused.faults] == ["unpacked-too-long"]:
            return length
        raise
    raise AssertionError(f"{length} bytes were read")


def test_a_bomb_is_unpacked_no_further_than_in_proportion_to_what_is_sent() -> None:
    packed = gzip.compress(b"\n" * (64 * MEBIBYTE), 9)
    assert len(packed) < 2**17
    limit = max(MIN_LIMITED, MAX_RATIO * len(packed))
    assert limit - 2**17 < stream_length(packed) <= limit


def test_a_bomb_of_many_members_is_no_way_around_the_limit() -> None:
    assert stream_length(gzip.compress(b"\n" * MEBIBYTE, 9) * 64) <= max(MIN_LIMITED, MAX_RATIO * 2**17)


def test_a_long_body_that_packs_as_contacts_do_is_read_to_its_end() -> None:
    body = b"".join(hashlib.sha256(str(number).encode()).hexdigest().encode() + b" " * 200 + b"\n" for number in range(40_000))
    packed = gzip.compress(body, 1)
    assert len(body) > MIN_LIMITED
    assert 4 < len(body) / len(packed) < MAX_RATIO
    assert io.BufferedReader(GzipStream(io.BytesIO(packed))).read() == body


@pytest.mark.parametrize(("language", "way_out"), [("da", "upakket"), ("en", "unpacked"), ("sv", "uppackad")])
def test_a_batch_that_is_a_bomb_ends_with_a_problem_and_the_way_out(client: FlaskClient, language: str, way_out: str) -> None:
    spaces = (b" " * (MEBIBYTE - 1) + b"\n") * 40
    headers = {"Content-Encoding": "gzip", "Accept-Language": language}
    body = gzip.compress(CONTACT + b"\n" + spaces + CONTACT + b"\n")
    answer = client.post("/v1/validate/batch", data=body, content_type=NDJSON, headers=headers)
    first, last = map(json.loads, answer.text.splitlines())
    assert (first["line"], first["status"]) == (1, "ok")
    assert 8 <= last["line"] <= 12
    assert_problem_shape(last["problem"], 413, language=language)
    assert way_out in last["problem"]["errors"][0]["message"]
