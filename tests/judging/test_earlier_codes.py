"""Earlier diagnoses with a date are judged by the period that was in force on that date."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.altered import judge_by
from tests.contacts import kinds, main, proposed, several
from validator import Validator, read_request
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.course import MainDiagnosis, Running
from validator.rulebook.release import Release

Judge = Callable[..., dict[str, Any]]
STENOSIS = {"course": "lumbal-stenose", "date": "2027-03-05"}


def changed(release: Release, running: Running = "keep") -> Release:
    """Return the release in which stenosis is coded with L84 until March 2027, then with L86 or L03, then with L03."""
    source = "ekm-moede-2024"
    course = release.courses["lumbal-stenose"]
    entries = (
        MainDiagnosis(datetime.date(2025, 4, 1), None, source, ("L84",)),
        MainDiagnosis(datetime.date(2027, 3, 1), None, source, ("L86", "L03"), running=running),
        MainDiagnosis(datetime.date(2028, 3, 1), None, source, ("L03",), running=running),
    )
    return replace(release, courses={**release.courses, course.id: replace(course, main_diagnosis=entries)})


@pytest.fixture
def keep(release: Release, catalogue: Catalogue) -> Judge:
    return lambda **contact: judge_by(changed(release), catalogue, **STENOSIS | contact)


@pytest.fixture
def ask(release: Release, catalogue: Catalogue) -> Judge:
    return lambda **contact: judge_by(changed(release, "ask"), catalogue, **STENOSIS | contact)


def earlier(code: str, day: str | None, **more: Any) -> list[dict[str, Any]]:
    return [{"code": code, "role": "main", "date": day, **more}]


@pytest.mark.parametrize(
    ("code", "day", "found"),
    [
        ("L84", "2027-02-28", []),
        ("L84", "2027-03-01", ["main-missing"]),
        ("L84", None, ["main-missing"]),
        ("L86", "2027-02-28", ["main-missing"]),
        ("L86", "2027-03-01", []),
        ("L86", None, []),
        ("L84", "2025-03-31", []),  # before the course table begins, its first codes count
        ("L84", "2027-03-06", ["main-missing"]),  # not earlier than the contact
        ("L86", "2029-01-01", []),
        (" l84", "2027-02-28", []),
        ("L03", "2027-02-28", ["main-missing"]),
    ],
)
def test_the_date_of_an_earlier_diagnosis_selects_the_period(code: str, day: str | None, found: list[str], keep: Judge) -> None:
    assert kinds(keep(diagnoses=[], previous_diagnoses=earlier(code, day))) == found


def test_a_code_of_another_system_is_none_of_the_course(keep: Judge) -> None:
    assert kinds(keep(diagnoses=[], previous_diagnoses=earlier("DM480", "2027-02-28", system="sks"))) == ["main-missing"]


def test_a_kept_code_may_be_repeated_and_counts_as_named_by_the_course(keep: Judge) -> None:
    radiating = {"observations": {"radiating_pain": True}}
    kept = earlier("L84", "2027-02-10")
    assert kinds(keep(**main("L84", previous_diagnoses=kept, **radiating))) == []
    assert kinds(keep(**several("L84", "L86", previous_diagnoses=kept))) == ["inconsistent-pair"]
    assert kinds(keep(**main("L84", **radiating))) == ["main-not-in-course-set", "radiation-contradiction"]


def test_the_kept_code_may_be_restored(keep: Judge) -> None:
    saved = {"saved_diagnoses": earlier("L84", "2027-03-05"), "previous_diagnoses": earlier("L84", "2027-02-10")}
    answer = keep(diagnoses=[], **saved)
    assert (kinds(answer), proposed(answer["findings"][0])) == (["deleted-code"], ["restore L84"])


@pytest.mark.parametrize(
    ("contact", "path", "suggested"),
    [
        ({"diagnoses": []}, "/encounter/diagnoses", ["add L86", "add L03"]),
        (main("L84"), "/encounter/diagnoses/0/code", ["replace L86", "replace L03"]),
        ({"diagnoses": [{"code": "L03", "role": "secondary"}]}, "/encounter/diagnoses/0/role", ["make-main L03"]),
        (several("L84", "L86"), "/encounter/diagnoses/1/role", ["make-main L86"]),
    ],
)
def test_the_new_code_is_asked_for(contact: dict[str, Any], path: str, suggested: list[str], ask: Judge) -> None:
    answer = ask(**contact, previous_diagnoses=earlier("L84", "2027-02-10"))
    (finding,) = (item for item in answer["findings"] if item["kind"] != "inconsistent-pair")
    assert (finding["kind"], finding["severity"], finding["blocking"]) == ("new-code-wanted", "warning", False)
    assert (finding["rule"], finding["path"], proposed(finding)) == ("dk.51.lumbal-stenose", path, suggested)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("da", "Forløbet Lumbal spinal stenose kodes fra 1. marts 2027 med L86 eller L03."),
        ("en", "From 1 March 2027 the course Lumbar spinal stenosis is coded with L86 or L03."),
        ("sv", "Förloppet Lumbal spinal stenose kodas från 1 mars 2027 med L86 eller L03."),
    ],
)
def test_the_texts_name_the_day_and_both_codes(language: str, message: str, release: Release, catalogue: Catalogue) -> None:
    contact = {"specialty": "51", "diagnoses": [], "previous_diagnoses": earlier("L84", "2027-02-10"), **STENOSIS}
    submission = read_request({"encounter": contact})
    (finding,) = Validator(changed(release, "ask"), catalogue).validate(submission.encounter, language=language).findings
    assert finding.message == message
    assert " L84, " in finding.explanation


def test_the_suggested_code_settles_it(ask: Judge) -> None:
    assert kinds(ask(**main("L86", previous_diagnoses=earlier("L84", "2027-02-10")))) == []


def test_the_period_of_the_contact_decides_whether_it_is_asked(ask: Judge) -> None:
    first = earlier("L84", "2027-02-10")
    second = earlier("L86", "2027-03-05")
    assert kinds(ask(diagnoses=[], previous_diagnoses=[*first, *second])) == []
    assert kinds(ask(diagnoses=[], date="2028-03-01", previous_diagnoses=[*first, *second])) == ["new-code-wanted"]
    assert kinds(ask(diagnoses=[], date="2027-02-20", previous_diagnoses=first)) == []


def test_nothing_is_asked_where_no_earlier_code_was_right(ask: Judge) -> None:
    assert kinds(ask(diagnoses=[], previous_diagnoses=earlier("L84", None))) == ["main-missing"]
    assert kinds(ask(**main("L84", previous_diagnoses=earlier("L86", "2027-02-10")))) == ["main-not-in-course-set"]
