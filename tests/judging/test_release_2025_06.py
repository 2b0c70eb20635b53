"""The draft after EKM's page: its changes of the course table, and that it changes nothing else."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.altered import judge_by
from tests.contacts import found, free, kinds, main, proposed, several
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release

Judge = Callable[..., dict[str, Any]]

# course -> (its codes, the symptom codes that may come first)
MANDATES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "cervikal-nerverod": (("L83",), ("L01",)),
    "lumbal-nerverod": (("L86",), ("L02", "L03")),
    "lumbal-stenose": (("L84", "L86"), ("L02", "L03")),
    "artrose-knae": (("L90",), ("L15",)),
    "artrose-hofte": (("L89",), ("L13",)),
    "laenderyg": (("L03",), ("L02",)),
    "artrose": (("L89", "L90"), ("L13", "L15")),
    "nerverod": (("L83", "L86"), ("L01", "L02", "L03")),
}
CODES = ("L83", "L84", "L86", "L89", "L90", "L92", "L01", "L02", "L03", "L13", "L15", "L08")
START = "2025-06-30"


@pytest.fixture(scope="module")
def draft(releases: list[Release]) -> Release:
    return next(release for release in releases if release.name == "ekm-2025-06")


@pytest.fixture(scope="module")
def judge(draft: Release, catalogue: Catalogue) -> Judge:
    return lambda **contact: judge_by(draft, catalogue, **contact)


def test_the_draft_changes_only_the_courses_of_specialty_51(draft: Release, release: Release) -> None:
    assert draft.status == "draft"
    changed = {name for name, course in draft.courses.items() if course != release.courses[name]}
    assert changed == MANDATES.keys() == {name for name, course in release.courses.items() if course.specialty == "51"}
    assert (draft.rules, draft.courses.keys(), draft.specialties) == (release.rules, release.courses.keys(), release.specialties)


@pytest.mark.parametrize("course", MANDATES)
def test_no_course_of_the_draft_is_decided(course: str, draft: Release) -> None:
    (entry,) = draft.courses[course].main_diagnosis
    source = draft.sources[entry.source]
    assert (entry.status, source.status, source.date, source.url) == (
        "unconfirmed",
        "unconfirmed",
        None,
        "https://ekm.dk/diagnosekodning",
    )


@pytest.mark.parametrize("specialty", ["51", "57"])
@pytest.mark.parametrize("course", MANDATES)
@pytest.mark.parametrize("code", CODES)
def test_a_code_is_accepted_or_a_start_code_or_an_error(specialty: str, course: str, code: str, judge: Judge) -> None:
    codes, first = MANDATES[course]
    answer = judge(**main(code, course=course, date=START, specialty=specialty))
    if code in codes:
        assert kinds(answer) == []
    elif code in first:
        assert (kinds(answer), proposed(answer["findings"][0])) == (["symptom-first"], [])
        assert answer["findings"][0]["rule"] == f"dk.51.{course}"
    else:
        assert kinds(answer) == ["main-not-in-course-set"]
        assert proposed(answer["findings"][0]) == [f"replace {item}" for item in codes]


@pytest.mark.parametrize("course", MANDATES)
def test_the_mandate_starts_on_the_day_of_the_data_agreement(course: str, judge: Judge) -> None:
    assert kinds(judge(course=course, date="2025-06-29")) == ["before-rollout"]
    assert kinds(judge(course=course, date=START)) == ["main-missing"]
    assert kinds(judge(course=course, date=START, specialty="62")) == ["course-specialty-mismatch"]


def test_findings_show_that_the_source_is_unconfirmed_and_undated(judge: Judge) -> None:
    source = found(judge(course="laenderyg"), "main-missing")["source"]
    assert source == {
        "title": "EKM, side om diagnosekodning",
        "date": None,
        "url": "https://ekm.dk/diagnosekodning",
        "status": "unconfirmed",
    }


def test_knee_and_hip_may_both_be_main_diagnoses(judge: Judge) -> None:
    both = [{"code": "L89", "role": "main"}, {"code": "L90", "role": "main"}]
    assert kinds(judge(course="artrose", diagnoses=both)) == []


def test_a_code_removed_from_a_course_is_compared_with_the_examination(judge: Judge) -> None:
    contact = several("L03", "L84", course="laenderyg", observations={"radiating_pain": True})
    assert kinds(judge(**contact)) == ["radiation-contradiction"]
    contact = several("L84", "L03", course="lumbal-stenose", observations={"radiating_pain": True})
    assert kinds(judge(**contact)) == []


def test_specialty_62_is_unchanged(judge: Judge) -> None:
    assert kinds(judge(**free("parkinson", phase=1))) == ["via-referral"]
