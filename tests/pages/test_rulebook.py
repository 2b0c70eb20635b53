"""The pages of courses and rules: every rule that a finding can name, with its source, dates and examples."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.pages.reading import BROWSER, Read
from tests.test_texts import PLACEHOLDER
from validator.rulebook.overview import list_rules
from validator.rulebook.release import Release


def read(client: FlaskClient, address: str, language: str = "da") -> Read:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return Read(answer)


def test_the_list_of_courses_has_codes_dates_and_sources(client: FlaskClient, release: Release) -> None:
    page = read(client, "/courses")
    assert {f"/courses/{course}" for course in release.courses} <= set(page.links)
    for text in (
        "Speciale 51 – Almen fysioterapi",
        "fra 1. oktober 2025",
        "EKM, gå-hjem-møde",
        "ubekræftet",
        "under afklaring",
        "DG35",
    ):
        assert text in page.text


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_course_has_a_page(client: FlaskClient, release: Release, language: str) -> None:
    for course in release.courses.values():
        page = read(client, f"/courses/{course.id}", language)
        assert page.heading == course.title[language]
        named = {code for entry in course.main_diagnosis for code in entry.codes} | {
            code for e in course.referral for code in e.icpc
        }
        assert {f"/codes/{code}" for code in named} <= set(page.links)
        assert all(entry.note[language] in page.text for entry in course.main_diagnosis if entry.note)


def test_the_list_of_rules_links_to_every_rule(client: FlaskClient, release: Release) -> None:
    page = read(client, "/rules")
    assert [link for link in page.links if link.startswith("/rules/")] == [
        f"/rules/{rule['id']}" for rule in list_rules(release, "da")
    ]
    assert not PLACEHOLDER.search(page.text)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_rule_has_a_page_with_its_source_and_dates(client: FlaskClient, release: Release, language: str) -> None:
    for rule in list_rules(release, language):
        page = read(client, f"/rules/{rule['id']}", language)
        assert rule["id"] in page.text
        assert rule["source"] is None or rule["source"]["title"] in page.text
        assert all(kind["kind"] in page.text for kind in rule["kinds"])
        assert not PLACEHOLDER.search(page.text)


def test_every_example_of_a_rule_can_be_tried(client: FlaskClient, release: Release) -> None:
    tried: list[Any] = []
    for rule in release.rules:
        links = [link for link in read(client, f"/rules/{rule.id}").links if "example=" in link]
        assert len(links) == len(rule.examples)
        for link, example in zip(links, rule.examples, strict=True):
            page = read(client, link)
            assert (f"/rules/{rule.id}" in page.links) is example.finds
            tried.append(link)
    assert len(tried) > 30


def test_an_example_without_a_date_is_tried_on_the_day_of_the_checks(client: FlaskClient, release: Release) -> None:
    for rule in release.rules:
        for number, example in enumerate(rule.examples, 1):
            day = example.encounter.get("date") or release.first_day(rule, str(example.encounter.get("course"))).isoformat()
            assert f'value="{day}"' in client.get(f"/?rule={rule.id}&example={number}").text


@pytest.mark.parametrize("address", ["/?rule=dk.nowhere&example=1", "/?rule=dk.l84-med-udstraaling&example=99", "/?rule=&example="])
def test_an_unknown_example_gives_the_empty_form(client: FlaskClient, address: str) -> None:
    page = read(client, address)
    assert page.values["code-1"] == ""


@pytest.mark.parametrize("address", ["/courses/nowhere", "/rules/nowhere"])
def test_an_unknown_course_or_rule_gives_an_error_page(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers=BROWSER)
    assert answer.status_code == 404
    assert "ekm-2024-11" not in Read(answer).heading


def test_a_rule_with_a_course_links_to_it(client: FlaskClient) -> None:
    page = read(client, "/rules/dk.62.parkinson.phase")
    assert page.heading == "Parkinson: fase"
    assert "/courses/parkinson" in page.links


def test_a_finding_links_to_its_rule(client: FlaskClient) -> None:
    assert "/rules/dk.51.artrose-knae" in read(client, "/?example=knee").links
