"""The frame: the language of a page, its headers, and errors as pages where a browser asks for one."""

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
def test_the_language_is_the_browser_s(client: FlaskClient, header: str, language: str) -> None:
    answer = client.get("/", headers={"Accept-Language": header})
    assert Read(answer).language == answer.headers["Content-Language"] == language


def test_the_language_that_is_chosen_stays(client: FlaskClient) -> None:
    assert Read(client.get("/?language=en")).language == "en"
    assert Read(client.get("/codes")).language == "en"
    assert Read(client.get("/nowhere", headers=BROWSER)).language == "en"
    assert Read(client.get("/codes?language=da")).language == "da"
    assert Read(client.get("/")).language == "da"


@pytest.mark.parametrize("chosen", ["sv", "xx", "", "en'"])
def test_a_language_that_no_page_has_is_not_chosen(client: FlaskClient, chosen: str) -> None:
    answer = client.get("/", query_string={"language": chosen})
    assert Read(answer).language == "da"
    assert "kodevagt_language" not in str(answer.headers.getlist("Set-Cookie"))


def test_the_other_language_is_one_link_away_and_keeps_the_place(client: FlaskClient) -> None:
    page = Read(client.get("/codes?q=knæ&language=da"))
    assert "/codes?q=kn%C3%A6&language=en" in page.links


@pytest.mark.parametrize("address", ["/nowhere", "/codes/", "/health/nothing"])
def test_what_is_not_there_is_told_on_a_page(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers=BROWSER)
    assert answer.status_code == 404
    page = Read(answer)
    assert page.heading == "Siden findes ikke"
    assert "/" in page.links


def test_another_method_is_told_on_a_page_with_the_right_ones(client: FlaskClient) -> None:
    answer = client.post("/codes", headers=BROWSER)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert Read(answer).heading == "Siden kan ikke bruges på den måde"


def test_a_fault_of_ours_is_told_on_a_page_with_its_number(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "catalogue.list_codes", lambda: 1 / 0)
    with capture_logs():
        answer = client.get("/codes", headers=BROWSER)
    assert answer.status_code == 500
    page = Read(answer)
    assert page.heading == "Der er sket en fejl hos os"
    assert answer.headers["X-Request-ID"] in page.text


def test_a_page_that_cannot_be_made_either_is_told_as_json(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "kodevagt_problem_page", lambda _: 1 / 0)
    with capture_logs() as logged:
        assert_problem(client.get("/nowhere", headers=BROWSER), 404)
    assert [line["error"] for line in logged if line["event"] == "page-not-made"] == ["ZeroDivisionError"]


@pytest.mark.parametrize("address", ["/codes?q=010190-1234", "/codes/0101901234", "/010190-1234"])
def test_a_number_in_the_address_is_refused_on_a_page_without_it(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers=BROWSER)
    assert answer.status_code == 422
    assert "CPR-nummer" in Read(answer).text
    assert "010190" not in answer.get_data(as_text=True) + str(answer.headers)


@pytest.mark.parametrize("accept", ACCEPTS_JSON)
def test_a_program_is_told_as_before(client: FlaskClient, accept: str) -> None:
    assert_problem(client.get("/nowhere", headers={"Accept": accept}), 404)


@pytest.mark.parametrize("address", ["/v1/nowhere", "/v1/codes/L999", "/v1/codes/010190-1234"])
def test_the_api_answers_a_browser_too_as_a_program(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers=BROWSER)
    assert_problem(answer, answer.status_code)


def test_the_files_of_a_page_are_all_served(client: FlaskClient) -> None:
    source = Read(client.get("/codes")).source
    files = [part.partition('"')[0] for part in source.replace('src="', 'href="').split('href="') if part.startswith("/static/")]
    assert len(files) == 4
    for file in files:
        with client.get(file) as answer:
            assert answer.status_code == 200
            assert answer.headers["Last-Modified"]


def test_templates_in_the_folder_of_the_service_are_not_taken(app: Flask) -> None:
    assert app.jinja_loader is None


def test_a_file_may_be_asked_for_again_by_its_time_and_by_nothing_that_may_look_like_a_cpr_number(client: FlaskClient) -> None:
    with client.get("/static/site/kodevagt.css") as answer:
        assert (answer.status_code, "ETag" in answer.headers) == (200, False)
        time = answer.headers["Last-Modified"]
    with client.get("/static/site/kodevagt.css", headers={"If-Modified-Since": time}) as again:
        assert again.status_code == 304
