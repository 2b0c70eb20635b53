"""`X-Request-ID`: used or generated, returned and logged; one with personal data or control characters is replaced."""

import re

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from tests.http.problems import assert_problem

MADE = re.compile(r"[0-9a-f]{32}")


def returned(client: FlaskClient, sent: str | None = None) -> str:
    headers = {} if sent is None else {"X-Request-ID": sent}
    return client.get("/health/live", headers=headers).headers["X-Request-ID"]


@pytest.mark.parametrize("sent", ["r-1", "0af7651916cd43dd8448eb211c80319c", "k0101901234", "a" * 64, "A-9"])
def test_the_id_of_the_caller_is_used_returned_and_logged(client: FlaskClient, sent: str) -> None:
    with capture_logs() as logged:
        assert returned(client, sent) == sent
    assert [line["request_id"] for line in logged] == [sent]


def test_without_an_id_each_request_gets_a_new_one(client: FlaskClient) -> None:
    with capture_logs() as logged:
        generated = {returned(client) for _ in range(20)}
    assert len(generated) == 20
    assert all(MADE.fullmatch(item) for item in generated)
    assert {line["request_id"] for line in logged} == generated


@pytest.mark.parametrize("sent", ["", " ", "a b", "a" * 65, "ø", "{}", "journal:42/3", "a_b", "%0A", "<script>", "a\tb", "r-1;r-2"])
def test_an_id_that_would_break_a_log_is_replaced(client: FlaskClient, sent: str) -> None:
    assert MADE.fullmatch(returned(client, sent))


@pytest.mark.parametrize("sent", ["0101901234", "010190-1234", "r/0101901234", "r:010190-1234"])
def test_an_id_with_a_cpr_number_is_refused_and_not_returned(client: FlaskClient, sent: str) -> None:
    with capture_logs() as logged:
        refused = client.get("/health/live", headers={"X-Request-ID": sent})
    assert_problem(refused, 422, path="X-Request-ID", absent=sent)
    assert MADE.fullmatch(refused.headers["X-Request-ID"])
    assert sent not in str(logged)


def test_one_line_is_logged_for_a_request_without_its_body_or_its_address(client: FlaskClient) -> None:
    with capture_logs() as logged:
        client.post("/v1/codes/zyxwv?zyxwv=zyxwv", data="zyxwv", headers={"User-Agent": "zyxwv"})
    (line,) = logged
    assert (line["event"], line["method"], line["status"]) == ("request", "POST", 405)
    assert "zyxwv" not in str(line)
