"""Forms are accepted from our own pages only, from any worker; a CPR number in one is refused and not repeated."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from api import create_app
from tests.each import naming
from tests.http.keyed import keyed_service
from tests.http.personal import leaks
from tests.http.problems import assert_problem
from tests.pages.reading import BROWSER, Read
from validator import Service, Settings
from validator.store.database import Database
from validator.store.keys import Role, list_keys
from validator.web.http.error_responses import register_error_handlers
from validator.web.http.metrics import Metrics
from validator.web.http.request_envelope import RequestEnvelope
from validator.web.pages.csrf_tokens import token_field
from validator.web.pages.frame import page_blueprint, register_pages
from validator.web.pages.problem_page import problem_page

FILLED = {"date": "2025-10-14", "specialty": "51", "code-1": "L84"}


def worker(service: Service, store: Path) -> Flask:
    return create_app(Settings(database=store), service)


@pytest.fixture
def app(service: Service, tmp_path: Path) -> Flask:
    return worker(service, tmp_path / "kodevagt.db")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def token(client: FlaskClient) -> str:
    return Read(client.get("/")).values["form_token"]


def test_a_form_of_our_own_page_is_accepted(client: FlaskClient) -> None:
    assert client.post("/", data={**FILLED, "form_token": token(client)}).status_code == 200


def test_a_form_without_a_token_is_refused(client: FlaskClient) -> None:
    token(client)
    for fields in ({}, {"form_token": ""}, {"form_token": "0" * 64}, {"form_token": "æ"}):
        with naming(fields):
            assert_problem(client.post("/", data={**FILLED, **fields}), 400)
            page = Read(client.post("/", data={**FILLED, **fields}, headers=BROWSER))
            assert "Gå tilbage, hent siden igen" in page.text


def test_the_token_of_another_browser_is_refused(app: Flask, client: FlaskClient) -> None:
    token(client)
    theirs = token(app.test_client())
    assert_problem(client.post("/", data={**FILLED, "form_token": theirs}), 400)
    assert_problem(app.test_client().post("/", data={**FILLED, "form_token": theirs}), 400)


def test_every_worker_accepts_a_form_also_after_a_restart(service: Service, tmp_path: Path, client: FlaskClient) -> None:
    form_token = token(client)
    cookie = client.get_cookie("kodevagt_form")
    assert cookie is not None
    other = worker(service, tmp_path / "kodevagt.db").test_client()
    other.set_cookie("kodevagt_form", cookie.value)
    assert other.post("/", data={**FILLED, "form_token": form_token}).status_code == 200
    stranger = worker(service, tmp_path / "other.db").test_client()
    stranger.set_cookie("kodevagt_form", cookie.value)
    assert_problem(stranger.post("/", data={**FILLED, "form_token": form_token}), 400)


def test_two_pages_in_one_browser_both_work(client: FlaskClient) -> None:
    first, second = token(client), token(client)
    for form_token in (first, second, first):
        assert client.post("/", data={**FILLED, "form_token": form_token}).status_code == 200


def test_cookies_are_same_site_and_http_only(client: FlaskClient) -> None:
    for secure in (False, True):
        fresh = client.application.test_client()
        cookies = fresh.get("/?language=en", base_url=f"http{'s' * secure}://localhost").headers.getlist("Set-Cookie")
        assert len(cookies) == 2
        for cookie in cookies:
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert ("Secure" in cookie) is secure


def test_a_foreign_cookie_is_replaced(client: FlaskClient) -> None:
    for cookie in ("", "0101901234", "x" * 32, "0" * 31, "0" * 33, '"; Path=/'):
        with naming(cookie):
            client.set_cookie("kodevagt_form", cookie)
            answer = client.get("/")
            assert cookie == "" or cookie not in answer.get_data(as_text=True)
            assert client.post("/", data={**FILLED, "form_token": Read(answer).values["form_token"]}).status_code == 200


@pytest.mark.parametrize("number", ["010190-1234", "0101901234", "010190 – 1234", "120526 1430"])
def test_a_cpr_number_in_a_field_is_refused_and_not_repeated(client: FlaskClient, number: str) -> None:
    for name in ("age", "phase", "code-1", "role-2", "course", "joints", "previous", "saved", "referral", "services"):
        with naming(name):
            filled = {**FILLED, "age": "67", name: f"x, {number}", "form_token": token(client)}
            with capture_logs() as logged:
                answer = client.post("/", data=filled)
            page = Read(answer)
            assert answer.status_code == 422
            assert "CPR-nummer" in page.text
            assert page.values["date"] == "2025-10-14"
            assert not leaks(number, page.source + str(answer.headers) + str(logged))


def test_every_page_blueprint_has_the_form_checks(tmp_path: Path) -> None:
    part = page_blueprint("later")
    part.add_url_rule("/form", "form", lambda: f"<html>{token_field()}</html>")
    part.add_url_rule("/later", "later", lambda: "seen", methods=["POST"])
    app = Flask("later", static_folder=None)
    app.wsgi_app = RequestEnvelope(app.wsgi_app, Metrics("later"))  # type: ignore[method-assign]
    database = Database(tmp_path / "later.db")
    assert list_keys(database) == []  # creates the store, as the service does at start-up
    register_pages(app, database, [part])
    register_error_handlers(app, problem_page)
    client = app.test_client()
    form_token = Read(client.get("/form")).values["form_token"]
    assert client.post("/later", data={"name": "x", "form_token": form_token}).data == b"seen"
    assert_problem(client.post("/later", data={"name": "x"}), 400)
    for name, text, path in (("name", "010190 1234", "/name"), ("010190-1234", "x", ""), ("010190.1234", "010190-1234", "")):
        refused = client.post("/later", data={name: text, "form_token": form_token})
        assert_problem(refused, 422, path=path, absent="010190")


def test_without_a_readable_store_a_page_with_a_form_is_a_503(service: Service, tmp_path: Path) -> None:
    app = create_app(Settings(database=tmp_path / "none" / "kodevagt.db", keys="auto"), service)
    assert_problem(app.test_client().get("/"), 503)


def test_with_keys_the_pages_are_open_and_the_api_is_not(service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path)
    keyed.add(Role.PRACTICE)
    client = keyed.client
    assert client.get("/codes/L86").status_code == 200
    assert client.post("/", data={**FILLED, "form_token": token(client)}).status_code == 200
    assert client.get("/v1/codes/L86").status_code == 401
