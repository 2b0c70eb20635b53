"""The frame of pages: language, headers, and error pages for browsers."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from tests.http.problems import assert_problem
from tests.pages.reading import BROWSER, Read

ACCEPTS_JSON = ["", "*/*", "application/json", "application/problem+json", "application/json, text/html", "text/html;q=0.1, */*"]


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "da"), ("da", "da"), ("en-GB,en;q=0.9", "en"), ("sv", "da"), ("fr, en;q=0.1", "en"), ("sv,da;q=0.5,en;q=0.1", "da")],
)
def test_the_language_is_that_of_the_browser(client: FlaskClient, header: str, language: str) -> None:
    answer = client.get("/", headers={"Accept-Language": header})
    assert Read(answer).language == answer.headers["Content-Language"] == language


def test_a_chosen_language_is_remembered(client: FlaskClient) -> None:
    assert Read(client.get("/?language=en")).language == "en"
    assert Read(client.get("/codes")).language == "en"
    assert Read(client.get("/nowhere", headers=BROWSER)).language == "en"
    assert Read(client.get("/codes?language=da")).language == "da"
    assert Read(client.get("/")).language == "da"


@pytest.mark.parametrize("chosen", ["sv", "xx", "", "en'"])
def test_an_unsupported_language_is_not_remembered(client: FlaskClient, chosen: str) -> None:
    answer = client.get("/", query_string={"language": chosen})
    assert Read(answer).language == "da"
    assert "kodevagt_language" not in str(answer.headers.getlist("Set-Cookie"))


def test_the_link_to_the_other_language_leads_to_the_same_page(client: FlaskClient) -> None:
    page = Read(client.get("/codes?q=knæ&language=da"))
    assert "/codes?q=kn%C3%A6&language=en" in page.links


@pytest.mark.parametrize("address", ["/nowhere", "/codes/", "/health/nothing"])
def test_an_unknown_address_gives_an_error_page(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers=BROWSER)
    assert answer.status_code == 404
    page = Read(answer)
    assert page.heading == "Siden findes ikke"
    assert "/" in page.links


def test_a_wrong_method_gives_an_error_page_with_the_allowed_ones(client: FlaskClient) -> None:
    answer = client.post("/codes", headers=BROWSER)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert Read(answer).heading == "Siden kan ikke bruges på den måde"


def test_a_server_error_gives_an_error_page_with_its_id(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.view_functions, "catalogue.list_codes", lambda: 1 / 0)
    with capture_logs():
        answer = client.get("/codes", headers=BROWSER)
    assert answer.status_code == 500
    page = Read(answer)
    assert page.heading == "Der er sket en fejl hos os"
    assert answer.headers["X-Request-ID"] in page.text


def test_a_failing_error_page_falls_back_to_json(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "kodevagt_problem_page", lambda _: 1 / 0)
    with capture_logs() as logged:
        assert_problem(client.get("/nowhere", headers=BROWSER), 404)
    assert [line["error"] for line in logged if line["event"] == "page-not-made"] == ["ZeroDivisionError"]


@pytest.mark.parametrize("address", ["/codes?q=010190-1234", "/codes/0101901234", "/010190-1234"])
def test_a_cpr_number_in_the_address_is_refused_on_a_page_without_it(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers=BROWSER)
    assert answer.status_code == 422
    assert "CPR-nummer" in Read(answer).text
    assert "010190" not in answer.get_data(as_text=True) + str(answer.headers)


@pytest.mark.parametrize("accept", ACCEPTS_JSON)
def test_a_program_gets_errors_as_json(client: FlaskClient, accept: str) -> None:
    assert_problem(client.get("/nowhere", headers={"Accept": accept}), 404)


@pytest.mark.parametrize("address", ["/v1/nowhere", "/v1/codes/L999", "/v1/codes/010190-1234"])
def test_the_api_answers_browsers_in_json(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers=BROWSER)
    assert_problem(answer, answer.status_code)


def test_every_file_of_a_page_is_served(client: FlaskClient) -> None:
    source = Read(client.get("/codes")).source
    files = [part.partition('"')[0] for part in source.replace('src="', 'href="').split('href="') if part.startswith("/static/")]
    assert len(files) == 4
    for file in files:
        with client.get(file) as answer:
            assert answer.status_code == 200
            assert answer.headers["Last-Modified"]


def test_templates_in_the_working_directory_are_not_used(app: Flask) -> None:
    assert app.jinja_loader is None


def test_static_files_are_revalidated_by_date_and_have_no_etag(client: FlaskClient) -> None:
    with client.get("/static/site/kodevagt.css") as answer:
        assert (answer.status_code, "ETag" in answer.headers) == (200, False)
        time = answer.headers["Last-Modified"]
    with client.get("/static/site/kodevagt.css", headers={"If-Modified-Since": time}) as again:
        assert again.status_code == 304
