"""What nobody expected is answered with 500, counted, and logged by its type and place, never by its text."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from structlog.testing import capture_logs

from api import create_app
from tests.http.counts import counts_of
from tests.http.problems import assert_problem
from validator import Service, Settings
from validator.web.http.metrics import Metrics

MARK = "zyxwv"


@pytest.fixture
def metrics() -> Metrics:
    return Metrics("test")


@pytest.fixture
def app(service: Service, tmp_path: Path, metrics: Metrics) -> Flask:
    return create_app(Settings(database=tmp_path / "kodevagt.db"), service, metrics)


def broken(*_: Any, **__: Any) -> Any:
    raise RuntimeError(MARK)


def break_view(app: Flask) -> None:
    app.view_functions["health.live"] = broken


def break_hook_before(app: Flask) -> None:
    app.before_request_funcs[None].append(broken)


def break_hook_after(app: Flask) -> None:
    app.after_request_funcs[None].append(broken)


def break_error_handler(app: Flask) -> None:
    app.view_functions["health.live"] = lambda: 1 / 0
    app.register_error_handler(ZeroDivisionError, broken)


def break_routing(app: Flask) -> None:
    app.create_url_adapter = broken  # type: ignore[method-assign]


def break_response(app: Flask) -> None:
    class Broken(Response):
        get_wsgi_headers = broken

    app.view_functions["health.live"] = lambda: Broken()


@pytest.mark.parametrize(
    "break_it", [break_view, break_hook_before, break_hook_after, break_error_handler, break_routing, break_response]
)
def test_an_exception_anywhere_is_a_500(app: Flask, metrics: Metrics, break_it: Any, capfd: pytest.CaptureFixture[str]) -> None:
    break_it(app)

    with capture_logs() as logged:
        answer = app.test_client().get(f"/health/live?{MARK}", headers={"Accept-Language": "en", "X-Request-ID": "r-1"})

    assert assert_problem(answer, 500, language="en", absent=MARK)["errors"] == []
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    unhandled = [line for line in logged if line["event"] == "unhandled"]
    assert {(line["error"], line["request_id"]) for line in unhandled} == {("RuntimeError", "r-1")}
    assert all(line["where"].startswith(__file__) for line in unhandled)
    printed = capfd.readouterr()
    assert MARK not in str(logged) + printed.out + printed.err
    assert printed.err == ""
    assert counts_of(metrics.text([]).decode()).total("kodevagt_unexpected_errors_total") == len(unhandled) > 0
