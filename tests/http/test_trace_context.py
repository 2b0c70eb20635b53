"""A valid `traceparent` is in the log line of its request; nothing else of that header is."""

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from tests.http.routes import CONTACT, NDJSON

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
VALID = f"00-{TRACE}-{PARENT}-01"


def logged(client: FlaskClient, traceparent: str, path: str = "/v1/validate", content_type: str = "application/json") -> object:
    with capture_logs() as lines:
        client.post(path, data=CONTACT, content_type=content_type, headers={"traceparent": traceparent}).close()
    return lines[-1].get("traceparent")


@pytest.mark.parametrize("sent", [VALID, f"00-{TRACE}-{PARENT}-00", f"00-{TRACE}-{PARENT}-ff", f"cc-{TRACE}-{PARENT}-01"])
def test_a_valid_traceparent_is_logged(client: FlaskClient, sent: str) -> None:
    assert logged(client, sent) == sent
    assert logged(client, sent, "/v1/validate/batch", NDJSON) == sent
    assert logged(client, sent, "/v1/nowhere") == sent


def test_what_a_later_version_adds_is_not_logged(client: FlaskClient) -> None:
    assert logged(client, f"01-{TRACE}-{PARENT}-01-zyxwv") == f"01-{TRACE}-{PARENT}-01"


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "zyxwv",
        VALID.upper(),
        f"{VALID}-more",
        f"{VALID}0",
        f"01-{TRACE}-{PARENT}-01more",
        f"ff-{TRACE}-{PARENT}-01",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE[:-1]}-{PARENT}-01",
        f"00-{TRACE}-{PARENT}",
        f"00-{TRACE}-{PARENT}-0g",
        f" {VALID}x",
        VALID.replace("4", "٤"),
    ],
)
def test_any_other_is_not_logged(client: FlaskClient, sent: str) -> None:
    sent = sent.encode().decode("latin-1")
    assert logged(client, sent) is None


def test_a_request_without_one_has_none_in_its_line(client: FlaskClient) -> None:
    with capture_logs() as lines:
        client.get("/v1/codes/L84")
    assert "traceparent" not in lines[-1]


def test_a_cpr_number_in_it_is_refused(client: FlaskClient) -> None:
    answer = client.get("/v1/codes/L84", headers={"traceparent": "00-010190-1234-01"})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["path"] == "traceparent"
