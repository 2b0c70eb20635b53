"""Specialty 62: the diagnosis comes from the referral, the phase is required, and services are only advised."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.contacts import found, free, kinds, main, referred
from validator.rulebook.release import Release

Judge = Callable[..., dict[str, Any]]
COURSES = ("sklerose", "parkinson", "stroke", "leddegigt")
PHASED = ("sklerose", "parkinson")

# What a referral to each course carries: SKS, ICD-10 and ICPC-2.
CARRIED = {
    "sklerose": [
        ("DG35", "sks"),
        ("G35", "icd-10"),
        ("N86", "icpc-2"),
        ("G35", None),
        ("dg35", None),
        ("DG359A", "sks"),
        ("DG35+TUL1", None),
    ],
    "parkinson": [("DG20", "sks"), ("G20", "icd-10"), ("N87", "icpc-2"), (" DG20 ", None), ("DG20.9", "sks")],
    "stroke": [(f"DI{number}", "sks") for number in (60, 61, 62, 63, 64, 69)]
    + [("K91", "icpc-2"), ("K90", None), ("I69.3", "icd-10")],
    "leddegigt": [("DM05", "sks"), ("DM06.9", "sks"), ("M06.0", "icd-10"), ("L88", "icpc-2"), ("DM059", None)],
}
PRIMARY = {
    1: {"supervised-self-training", "self-training", "digital-follow-up", "group-training"},
    2: {"group-training", "supervised-self-training", "self-training", "digital-follow-up"},
    3: {"group-training", "supervised-self-training", "individual", "self-training", "digital-follow-up"},
    4: {"individual", "group-training", "self-training", "video"},
    5: {"individual", "cross-sector", "digital-follow-up", "video"},
}
SERVICES = PRIMARY[3] | PRIMARY[4] | PRIMARY[5] | {"examination", "home-visit"}


def phased(course: str) -> dict[str, Any]:
    return {"phase": 2} if course in PHASED else {}


@pytest.mark.parametrize("course", COURSES)
def test_no_code_is_required(course: str, judge: Judge) -> None:
    for diagnoses in ([], [{"code": "L92", "role": "main"}], [{"code": "L92", "role": "secondary"}]):
        answer = judge(**free(course, diagnoses=diagnoses, **phased(course)))
        assert (kinds(answer), answer["status"]) == (["via-referral"], "information")
        assert found(answer, "via-referral")["audience"] == "record"


@pytest.mark.parametrize(("course", "code", "system"), [(course, *item) for course, items in CARRIED.items() for item in items])
def test_the_diagnosis_of_the_course_is_recognised(course: str, code: str, system: str | None, judge: Judge) -> None:
    assert kinds(judge(**free(course, **referred(code, system=system), **phased(course)))) == ["via-referral"]


@pytest.mark.parametrize("referral", [{}, {"diagnoses": None}, {"diagnoses": []}])
def test_a_referral_without_a_diagnosis_is_for_the_vendor(referral: dict[str, Any], judge: Judge) -> None:
    answer = judge(**free("stroke", referral=referral))
    assert (kinds(answer), answer["savable"]) == (["referral-diagnosis-missing"], True)
    assert found(answer, "referral-diagnosis-missing")["audience"] == "vendor"


@pytest.mark.parametrize(
    ("code", "system"),
    [
        *(("ukendt", None), ("L999", None), ("L999", "icd-10"), ("L21", "icpc-2"), ("DG35", "icd-10"), ("QT006", "kva")),
        *(("G35", "sks"), ("DM279", None), ("DM279", "sks"), ("DW190", None), ("DE10ABCD", "sks")),
    ],
)
def test_a_diagnosis_of_no_known_system_does_not_count(code: str, system: str | None, judge: Judge) -> None:
    assert kinds(judge(**free("stroke", **referred(code, system=system)))) == ["referral-diagnosis-missing"]


def test_one_recognised_diagnosis_among_others_is_enough(judge: Judge) -> None:
    for known in ("DM17.1", "DM177", "DM17+TUL1"):
        diagnoses = [{"code": "ukendt"}, {"code": known}]
        assert kinds(judge(**free("stroke", referral={"diagnoses": diagnoses}))) == ["via-referral"]


@pytest.mark.parametrize("course", COURSES)
@pytest.mark.parametrize("other", COURSES)
def test_a_diagnosis_of_another_course_is_named_with_it(course: str, other: str, judge: Judge, release: Release) -> None:
    for code, system in CARRIED[other]:
        answer = judge(**free(course, **referred(code, system=system), **phased(course)))
        assert kinds(answer) == (["via-referral"] if course == other else ["referral-course-mismatch", "via-referral"])
        if course != other:
            message = found(answer, "referral-course-mismatch")["message"]
            assert message.index(release.courses[other].title["da"]) < message.index(release.courses[course].title["da"])


def test_the_mismatch_points_to_the_diagnosis_and_is_reported_once(judge: Judge) -> None:
    diagnoses = [{"code": "DM17.1"}, {"code": "DG20"}, {"code": "N87"}]
    answer = judge(**free("stroke", referral={"diagnoses": diagnoses}))
    assert found(answer, "referral-course-mismatch")["path"] == "/encounter/referral/diagnoses/1/code"


def test_a_referral_is_ignored_in_other_specialties(judge: Judge) -> None:
    assert kinds(judge(**main("L90", course="artrose-knae", **referred("DG20")))) == []
    assert kinds(judge(specialty="62", **referred("DG20"))) == []
    assert kinds(judge(**free("leddegigt", date="2026-12-31", **referred("DG20")))) == ["before-rollout"]


@pytest.mark.parametrize("course", PHASED)
def test_a_phase_is_required_and_checked(course: str, judge: Judge) -> None:
    missing = judge(**free(course))
    assert kinds(missing) == ["phase-missing", "via-referral"]
    assert "1" in found(missing, "phase-missing")["message"]
    for phase in (-1, 0, 6, 1000):
        assert kinds(judge(**free(course, phase=phase))) == ["phase-invalid", "via-referral"]
    for phase in (1, 2, 3, 4, 5):
        assert kinds(judge(**free(course, phase=phase))) == ["via-referral"]


@pytest.mark.parametrize("course", ["stroke", "leddegigt"])
def test_a_course_without_phases_has_none_to_check(course: str, judge: Judge) -> None:
    assert kinds(judge(**free(course, phase=9))) == ["via-referral"]


@pytest.mark.parametrize("phase", PRIMARY)
def test_a_service_outside_the_primary_ones_is_only_recorded(phase: int, judge: Judge) -> None:
    services = sorted(SERVICES)
    answer = judge(**free("parkinson", phase=phase, services=services))
    recorded = [finding for finding in answer["findings"] if finding["kind"] == "phase-service"]
    expected = {f"/encounter/services/{index}" for index, service in enumerate(services) if service not in PRIMARY[phase]}
    assert {finding["path"] for finding in recorded} == expected
    assert {finding["audience"] for finding in recorded} == {"record"}
    assert answer["status"] == "information"


def test_services_of_sclerosis_are_not_checked(judge: Judge) -> None:
    assert kinds(judge(**free("sklerose", phase=1, services=sorted(SERVICES)))) == ["via-referral"]


@pytest.mark.parametrize(
    ("code", "characters"),
    [
        ("D\u200bG35", "et usynligt tegn (U+200B)"),
        ("DG35\u00ad", "et usynligt tegn (U+00AD)"),
        ("DG\u0417" + "5", "det kyrilliske З (U+0417) i stedet for 3"),
    ],
)
def test_a_character_that_only_looks_right_is_named(code: str, characters: str, judge: Judge) -> None:
    answer = judge(**free("sklerose", **referred(code), phase=2))
    finding = found(answer, "referral-diagnosis-missing")
    assert (kinds(answer), finding["path"]) == (["referral-diagnosis-missing"], "/encounter/referral/diagnoses/0/code")
    assert finding["message"] == f"Henvisningens diagnose DG35 indeholder {characters} og kan derfor ikke læses."


def test_another_diagnosis_that_can_be_read_is_enough(judge: Judge) -> None:
    diagnoses = [{"code": "DG35\u200b"}, {"code": "DG35"}]
    assert kinds(judge(**free("sklerose", referral={"diagnoses": diagnoses}, phase=2))) == ["via-referral"]
