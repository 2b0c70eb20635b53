"""The overview of courses and rules lists every rule that a finding can name, with its kinds, dates and source."""

from collections.abc import Callable
from typing import Any

import pytest

from validator.contract.finding_kinds import KINDS
from validator.rulebook.overview import list_courses, list_rules
from validator.rulebook.release import Release


@pytest.fixture(scope="module")
def listed(release: Release) -> dict[str, dict[str, Any]]:
    return {rule["id"]: rule for rule in list_rules(release, "da")}


def test_every_rule_is_listed_once(release: Release, listed: dict[str, dict[str, Any]]) -> None:
    assert len(list_rules(release, "da")) == len(listed)
    assert {rule.id for rule in release.rules} <= listed.keys()


@pytest.mark.parametrize(
    "contact",
    [
        {"course": "artrose-knae", "diagnoses": [{"code": "L92", "role": "main"}, {"code": "L92"}]},
        {"course": "lumbal-stenose", "diagnoses": [{"code": " l84"}], "patient": {"age": 20}},
        {"course": "artrose-knae", "date": "2025-01-01", "saved_diagnoses": [{"code": "L90"}]},
        {"specialty": "62", "course": "parkinson", "referral": {"diagnoses": [{"code": "DG35"}]}, "phase": 9},
        {
            "specialty": "62",
            "course": "parkinson",
            "phase": 5,
            "services": ["home-visit"],
            "diagnoses": [{"code": "A00"}, {"code": "A30"}],
        },
        {"specialty": "62", "course": "artrose-knae", "diagnoses": [{"code": "M17"}]},
        {"specialty": "0", "diagnoses": [{"code": "L84", "role": "main"}, {"code": "L86", "role": "main"}], "ekstra": 1},
    ],
)
def test_the_rule_of_a_finding_is_listed_with_its_kind(
    contact: dict[str, Any], judge: Callable[..., dict[str, Any]], listed: dict[str, dict[str, Any]]
) -> None:
    answer = judge([{"rule": "a", "reason": "b"}], **contact)
    for finding in answer["findings"]:
        assert finding["kind"] in {kind["kind"] for kind in listed[finding["rule"]]["kinds"]}, finding["rule"]


def test_every_danish_kind_is_found_by_some_rule(listed: dict[str, dict[str, Any]]) -> None:
    swedish = {"visit-not-coded", "measure-missing", "frequent-attender-without-plan", "registration-missing"}
    assert {kind["kind"] for rule in listed.values() for kind in rule["kinds"]} == KINDS.keys() - swedish


def test_a_course_shows_its_mandate_and_its_source(release: Release) -> None:
    courses = {course["id"]: course for course in list_courses(release, "da")}
    knee, parkinson = courses["artrose-knae"], courses["parkinson"]
    assert (knee["title"], knee["specialty"], knee["mandatory_from"]) == ("Artrose i knæ", "51", "2025-04-01")
    assert knee["specialties"] == ["51"]
    assert knee["main_diagnosis"][0]["codes"] == ["L90"]
    assert knee["main_diagnosis"][0]["source"]["status"] == "unconfirmed"
    assert parkinson["mandatory_from"] is None
    assert parkinson["referral"][0]["sks"] == ["DG20"]
    assert (parkinson["phases"][0]["first"], parkinson["phases"][0]["last"]) == (1, 5)
    assert parkinson["services"][0]["by_phase"]["4"] == ["individual", "group-training", "self-training", "video"]


def test_titles_are_in_english_and_the_languages_of_the_pack(release: Release) -> None:
    titles = {language: list_courses(release, language)[0]["title"] for language in ("da", "en", "sv")}
    assert titles == {
        "da": "Nerverodspåvirkning, cervikal",
        "en": "Cervical nerve root involvement",
        "sv": "Nerverodspåvirkning, cervikal",
    }
