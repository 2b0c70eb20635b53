"""`GET /v1/releases/{a}/diff/{b}`: what `kodevagt rules diff` prints, in sentences and as JSON."""

import dataclasses

import pytest
from flask.testing import FlaskClient

from api import create_app
from tests.http.problems import assert_problem
from validator import Service
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release


@pytest.fixture(scope="module")
def client(catalogue: Catalogue, release: Release) -> FlaskClient:
    course = dataclasses.replace(release.courses["artrose-knae"], title={"da": "Knæ", "en": "Knee"})
    changed = {**release.courses, "artrose-knae": course}
    releases = [
        release,
        dataclasses.replace(release, name="ny", status="draft", courses=changed),
        dataclasses.replace(release, name="svensk", status="current", pack="se"),
    ]
    return create_app(service=Service.from_releases(catalogue, releases, drafts=True)).test_client()


def test_the_differences_are_listed_with_their_item(client: FlaskClient, release: Release) -> None:
    answer = client.get(f"/v1/releases/{release.name}/diff/ny").get_json()
    assert answer["from"] == {"pack": "dk", "release": release.name}
    assert answer["to"] == {"pack": "dk", "release": "ny"}
    assert {(item["subject"], item["id"], item["change"]) for item in answer["differences"]} == {
        ("course", "artrose-knae", "changed")
    }
    assert any("Artrose i knæ" in item["text"] and "Knæ" in item["text"] for item in answer["differences"])


def test_the_sentences_alone_are_text(client: FlaskClient, release: Release) -> None:
    answer = client.get(f"/v1/releases/{release.name}/diff/ny?format=text")
    assert (answer.mimetype, answer.headers["Content-Language"]) == ("text/plain", "da")
    lines = answer.text.splitlines()
    assert lines[:4] == [f"Fra dk/{release.name} til dk/ny:", "", "Forløb", "  artrose-knae – Knæ"]
    assert all(line.startswith("    - ") for line in lines[4:])


def test_the_sentences_are_in_the_caller_s_language(client: FlaskClient, release: Release) -> None:
    address = f"/v1/releases/{release.name}/diff/ny"
    answers = {language: client.get(address, headers={"Accept-Language": language}) for language in ("da", "en", "sv")}
    assert all(answer.headers["Content-Language"] == language for language, answer in answers.items())
    assert all(set(answer.vary) == {"Accept-Language", "Accept-Encoding"} for answer in answers.values())
    first = {language: answer.get_json()["differences"][0] for language, answer in answers.items()}
    assert first["da"]["text"] == 'Navnet på "da" er Knæ i stedet for Artrose i knæ.'
    assert first["en"]["text"] == 'Name in "da": Knæ instead of Artrose i knæ.'
    assert first["sv"]["text"] == 'Namn på "da": Knæ i stället för Artrose i knæ.'
    assert first["en"]["title"] == "Knee"
    assert len({answer.headers["ETag"] for answer in answers.values()}) == 3
    text = client.get(f"{address}?format=text", headers={"Accept-Language": "en"}).text
    assert text.splitlines()[:4] == [f"From dk/{release.name} to dk/ny:", "", "Courses", "  artrose-knae – Knee"]


def test_a_release_does_not_differ_from_itself(client: FlaskClient) -> None:
    assert client.get("/v1/releases/ny/diff/ny").get_json()["differences"] == []
    assert client.get("/v1/releases/ny/diff/ny?format=text").text == "Der er ingen forskel.\n"


def test_the_answer_has_an_etag(client: FlaskClient, release: Release) -> None:
    address = f"/v1/releases/{release.name}/diff/ny"
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("address", ["/v1/releases/ny/diff/findes-ikke", "/v1/releases/findes-ikke/diff/ny"])
def test_an_unknown_release_is_a_404_that_names_the_known_ones(client: FlaskClient, address: str) -> None:
    assert "ny, svensk" in assert_problem(client.get(address), 404, absent="findes-ikke")["detail"]


def test_releases_of_two_packs_are_a_422(client: FlaskClient) -> None:
    assert_problem(client.get("/v1/releases/ny/diff/svensk"), 422)


def test_another_format_is_a_422(client: FlaskClient) -> None:
    assert_problem(client.get("/v1/releases/ny/diff/ny?format=xml"), 422, path="?format")
