"""`POST /v1/validate/batch`: one line out for each line in, streamed in order; a bad line does not stop the batch."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.contacts import REQUESTS, request
from tests.http.problems import assert_problem, assert_problem_shape
from tests.http.routes import CONTACT, NDJSON

MEBIBYTE = 2**20


def post(client: FlaskClient, body: bytes, query: str = "", **headers: str) -> TestResponse:
    return client.post(f"/v1/validate/batch{query}", data=body, content_type=NDJSON, headers=headers)


def answers(client: FlaskClient, body: bytes, query: str = "", **headers: str) -> list[dict[str, Any]]:
    response = post(client, body, query, **headers)
    assert response.status_code == 200
    assert response.mimetype == NDJSON
    assert response.data.endswith(b"\n") or not response.data
    return [json.loads(line) for line in response.data.splitlines()]


def lines(*requests: Any) -> bytes:
    return b"".join(json.dumps(item).encode() + b"\n" for item in requests)


def test_each_line_is_answered_in_order_as_it_is_alone(client: FlaskClient) -> None:
    response = post(client, lines(*REQUESTS.values()))
    alone = [client.post("/v1/validate", json=item).data for item in REQUESTS.values()]
    assert response.data.splitlines() == [b'{"line":%d,' % number + answer[1:] for number, answer in enumerate(alone, 1)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "without a last line end"])
def test_lines_may_end_in_lf_or_crlf(client: FlaskClient, end: bytes, closed: bool) -> None:
    body = end.join([CONTACT] * 3) + (end if closed else b"")
    assert [answer["status"] for answer in answers(client, body)] == ["ok"] * 3


@pytest.mark.parametrize("body", [b"", b"\n", b"\r\n\n  \n\t\n"])
def test_an_empty_batch_has_an_empty_answer(client: FlaskClient, body: bytes) -> None:
    assert answers(client, body) == []


def test_a_blank_line_gets_no_answer_and_is_counted(client: FlaskClient) -> None:
    first, second, third = answers(client, b"\n" + CONTACT + b"\n\n   \nno json\n\n" + CONTACT)
    assert (first["line"], first["status"]) == (2, "ok")
    assert second["line"] == 5
    assert (third["line"], third["status"]) == (7, "ok")


def test_an_answer_has_the_id_of_its_contact(client: FlaskClient) -> None:
    found = answers(client, lines(request(id="a-1"), request(), request(id=""), request(id='"ø\n"')))
    assert [answer.get("id") for answer in found] == ["a-1", None, "", '"ø\n"']
    assert list(found[0])[:3] == ["line", "id", "status"]
    assert "id" not in found[1]


@pytest.mark.parametrize(
    ("sent", "id"),
    [
        (request(id="a-1", date="i dag"), "a-1"),
        (request(id="a-1", course="010190-1234"), "a-1"),
        (request(id="010190-1234"), None),
        (request(id="x" * 201), None),
        (request(id="\ud800"), None),
        (request(id=7), None),
        ({"encounter": 7}, None),
        (7, None),
    ],
    ids=["no date", "a CPR number elsewhere", "a CPR number", "too long", "a surrogate", "a number", "no contact", "no object"],
)
def test_a_problem_has_the_id_of_its_contact_where_it_can_be_repeated(client: FlaskClient, sent: Any, id: str | None) -> None:
    (answer,) = answers(client, lines(sent))
    assert answer["problem"]["status"] == 422
    assert answer.get("id") == id


@pytest.mark.parametrize(
    ("line", "status", "column"),
    [
        (b'{"encounter": NaN}', 400, 15),
        (b'{"encounter": -Infinity}', 400, 15),
        (b'{"encounter": 1, "encounter": 2}', 422, 18),
        ('{"ø": '.encode() + b"\xf8}", 400, 7),
        (b'{"encounter" 1}', 400, 14),
    ],
    ids=["NaN", "Infinity", "a member twice", "not UTF-8", "a colon"],
)
def test_a_fault_of_json_is_reported_at_its_line_and_column(client: FlaskClient, line: bytes, status: int, column: int) -> None:
    _, bad = answers(client, b"\n".join([b"", CONTACT, b"", line]), **{"Accept-Language": "en"})
    assert bad["line"] == 4
    assert bad["problem"]["status"] == status
    assert f"(line 4, column {column})" in bad["problem"]["errors"][0]["message"]


@pytest.mark.parametrize(
    ("line", "status", "path"),
    [
        (b"no json", 400, ""),
        (b'{"encounter":', 400, ""),
        (CONTACT + CONTACT, 400, ""),
        ('"ø"'.encode("latin-1"), 400, ""),
        (b"[]", 422, ""),
        (b"{}", 422, "/encounter"),
        (lines(request(date="i dag")).strip(), 422, "/encounter/date"),
        (lines(request(id="010190-1234")).strip(), 422, "/encounter/id"),
        (b"[" * 100_000, 422, ""),
    ],
    ids=["a word", "cut off", "two values", "latin-1", "a list", "nothing in it", "no date", "a CPR number", "nested"],
)
def test_a_bad_line_has_a_problem_and_the_others_are_judged(client: FlaskClient, line: bytes, status: int, path: str) -> None:
    first, bad, last = answers(client, b"\n".join([CONTACT, line, CONTACT]), **{"Accept-Language": "en"})
    assert {**first, "line": 3} == last
    assert list(bad) == ["line", "problem"]
    assert bad["line"] == 2
    assert_problem_shape(bad["problem"], status, language="en")
    assert path in [error["path"] for error in bad["problem"]["errors"]]
    assert "010190" not in json.dumps(bad)


@pytest.mark.parametrize(("size", "status"), [(MEBIBYTE, 200), (MEBIBYTE + 1, 413), (3 * MEBIBYTE, 413)])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_line_above_a_mebibyte_has_a_problem_and_the_others_are_judged(
    client: FlaskClient, size: int, status: int, end: bytes
) -> None:
    first, long, last = answers(client, end.join([CONTACT, CONTACT.ljust(size), CONTACT]))
    assert {**first, "line": 3} == last
    if status == 200:
        assert long == {**first, "line": 2}
    else:
        assert long["line"] == 2
        assert_problem_shape(long["problem"], status)


def test_a_last_line_without_a_line_end_has_the_same_limit(client: FlaskClient) -> None:
    assert answers(client, CONTACT.ljust(MEBIBYTE))[0]["status"] == "ok"
    assert answers(client, CONTACT.ljust(MEBIBYTE + 1))[0]["problem"]["status"] == 413


def test_a_batch_may_exceed_the_limit_of_a_request(client: FlaskClient) -> None:
    body = lines(*[request("L92", id=f"c-{number}", course="artrose-knae") for number in range(5_000)])
    found = answers(client, body + b"\n" * MEBIBYTE)
    assert len(found) == 5_000
    assert {answer["status"] for answer in found} == {"error"}


class Arriving:
    """A request body that arrives line by line; `lines_read` counts the lines, `reads` the calls."""

    def __init__(self, incoming: Iterable[bytes]) -> None:
        self._incoming = iter(incoming)
        self._buffer = b""
        self.lines_read = self.reads = 0

    def read(self, size: int = -1) -> bytes:
        self.reads += 1
        if not self._buffer:
            self._buffer = next(self._incoming, b"")
            self.lines_read += bool(self._buffer)
        part, self._buffer = (self._buffer, b"") if size < 0 else (self._buffer[:size], self._buffer[size:])
        return part


def streamed(client: FlaskClient, body: Arriving) -> TestResponse:
    open_ended = {"wsgi.input": body, "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    return client.post("/v1/validate/batch", content_type=NDJSON, environ_overrides=open_ended, buffered=False)


@pytest.mark.parametrize("line", [CONTACT, b"no json"], ids=["contacts", "bad lines"])
def test_the_first_answer_comes_before_the_last_line(client: FlaskClient, line: bytes) -> None:
    body = Arriving([line + b"\n"] * 500)
    response = streamed(client, body)

    stream = iter(response.response)
    assert json.loads(next(stream))
    assert body.lines_read < 100
    assert len(list(stream)) == 499
    assert body.lines_read == 500
    response.close()


def test_a_line_is_not_read_byte_by_byte(client: FlaskClient) -> None:
    body = Arriving([CONTACT.ljust(10_000) + b"\n"] * 10)
    assert len(streamed(client, body).data.splitlines()) == 10
    assert body.reads < 1_000


def test_release_audience_and_language_apply_to_every_line(client: FlaskClient) -> None:
    body = lines(REQUESTS["unknown-field"], REQUESTS["main-missing"])
    vendor, clinician = answers(client, body, "?audience=vendor&release=ekm-2024-11", **{"Accept-Language": "en"})
    assert [finding["kind"] for finding in vendor["findings"]] == ["unknown-field"]
    assert "is not known" in vendor["findings"][0]["message"]
    assert (clinician["status"], clinician["findings"]) == ("error", [])


@pytest.mark.parametrize(
    ("query", "status", "path"),
    [("?release=findes-ikke", 404, "?release"), ("?release=", 404, "?release"), ("?audience=alle", 422, "?audience")],
)
def test_a_bad_query_is_refused_before_the_first_line(client: FlaskClient, query: str, status: int, path: str) -> None:
    assert_problem(post(client, CONTACT, query), status, path=path)
