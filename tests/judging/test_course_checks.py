"""The course table of specialty 51: its codes, the days around each mandate, and which finding replaces which."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from tests.altered import judge_by, with_mandate, with_specialties
from tests.contacts import found, free, kinds, main, proposed, several
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release

Judge = Callable[..., dict[str, Any]]

# course -> (mandatory from, its codes, whether they are under afklaring)
MANDATES: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "cervikal-nerverod": ("2025-04-01", ("L83",), False),
    "lumbal-nerverod": ("2025-04-01", ("L86",), False),
    "lumbal-stenose": ("2025-04-01", ("L84", "L86"), True),
    "artrose-knae": ("2025-04-01", ("L90",), False),
    "artrose-hofte": ("2025-04-01", ("L89",), False),
    "laenderyg": ("2025-10-01", ("L84", "L86", "L03"), True),
    "artrose": ("2025-04-01", ("L89", "L90"), False),
    "nerverod": ("2025-04-01", ("L83", "L86"), False),
}
COLLECTED = {"sklerose": "2024-01-01", "parkinson": "2025-01-01", "stroke": "2026-01-01", "leddegigt": "2027-01-01"}
PHASE = {"sklerose": {"phase": 1}, "parkinson": {"phase": 1}}


def around(day: str) -> tuple[str, str, str]:
    """Return the day before, the day, and the day after."""
    date, one = datetime.date.fromisoformat(day), datetime.timedelta(days=1)
    return (date - one).isoformat(), day, (date + one).isoformat()


def test_the_table_has_just_these_courses(release: Release) -> None:
    assert release.courses.keys() == MANDATES.keys() | COLLECTED.keys()


@pytest.mark.parametrize("course", MANDATES)
def test_a_mandate_begins_on_its_day(course: str, judge: Judge) -> None:
    start, codes, _ = MANDATES[course]
    before, *since = around(start)
    early = judge(course=course, date=before)
    assert (kinds(early), early["status"]) == (["before-rollout"], "information")
    assert start[:4] in found(early, "before-rollout")["message"]
    for date in since:
        late = judge(course=course, date=date)
        assert (kinds(late), late["status"], late["savable"]) == (["main-missing"], "error", True)
        assert proposed(found(late, "main-missing")) == [f"add {code}" for code in codes]


@pytest.mark.parametrize("course", COLLECTED)
def test_a_course_of_specialty_62_collects_from_its_day(course: str, judge: Judge) -> None:
    before, *since = around(COLLECTED[course])
    assert kinds(judge(**free(course, date=before, **PHASE.get(course, {})))) == ["before-rollout"]
    for date in since:
        answer = judge(**free(course, date=date, **PHASE.get(course, {})))
        assert (kinds(answer), answer["status"]) == (["via-referral"], "information")


@pytest.mark.parametrize("course", MANDATES)
def test_only_its_own_codes_are_accepted(course: str, judge: Judge) -> None:
    start, codes, undecided = MANDATES[course]
    for date in around(start):
        for code in ("L83", "L84", "L86", "L89", "L90", "L03", "L92"):
            answer = judge(**main(code, course=course, date=date))
            if date < start:
                assert kinds(answer) == ["before-rollout"]
            elif code in codes:
                assert kinds(answer) == (["course-undecided"] if undecided else [])
            else:
                assert kinds(answer) == ["main-not-in-course-set"]
                assert proposed(found(answer, "main-not-in-course-set")) == [f"replace {item}" for item in codes]


@pytest.mark.parametrize(
    ("course", "words"), [("laenderyg", ("L84 eller L86", "L03", "EKM")), ("lumbal-stenose", ("L84 eller L86", "EKM"))]
)
def test_an_undecided_code_is_accepted_and_explained(course: str, words: tuple[str, ...], judge: Judge) -> None:
    """The text has what the presentation says, what the page says, and that EKM decides."""
    finding = found(judge(**main("L84", course=course)), "course-undecided")
    assert [word for word in words if word not in finding["explanation"]] == []
    assert "afklaring" in finding["message"]
    assert finding["source"]["status"] == "undecided"


def test_a_symptom_code_that_the_course_names_is_no_symptom_to_overcome(judge: Judge) -> None:
    assert kinds(judge(**main("L03", course="laenderyg", contact_number=12))) == ["course-undecided"]


def test_both_joints_may_be_main_diagnoses_on_the_joint_course(judge: Judge) -> None:
    both = {"course": "artrose", "diagnoses": [{"code": "L90", "role": "main"}, {"code": "L89", "role": "main"}]}
    assert kinds(judge(**both)) == []
    assert kinds(judge(**both, date="2025-03-31")) == ["before-rollout"]
    assert kinds(judge(**{**both, "course": "artrose-knae"})) == ["multiple-main"]
    assert kinds(judge(**{**both, "course": None})) == ["multiple-main"]
    both["diagnoses"].append({"code": "L92", "role": "main"})  # type: ignore[attr-defined]
    assert kinds(judge(**both)) == ["multiple-main"]


def test_only_the_joint_course_of_osteoarthritis_takes_two(judge: Judge) -> None:
    both = [{"code": "L83", "role": "main"}, {"code": "L86", "role": "main"}]
    assert kinds(judge(course="nerverod", diagnoses=both)) == ["multiple-main"]


def test_several_main_diagnoses_hide_other_findings_about_the_main_diagnosis(judge: Judge) -> None:
    answer = judge(course="artrose-knae", diagnoses=[{"code": "L92", "role": "main"}, {"code": "L15", "role": "main"}])
    assert kinds(answer) == ["multiple-main"]
    assert "L92" in answer["findings"][0]["message"]
    assert "L15" in answer["findings"][0]["message"]


@pytest.mark.parametrize(
    "others", [{}, {"previous_diagnoses": None}, {"previous_diagnoses": []}, {"previous_diagnoses": [{"code": "L92"}]}]
)
def test_a_course_without_its_code_at_an_earlier_contact_is_not_coded(others: dict[str, Any], judge: Judge) -> None:
    assert kinds(judge(course="artrose-knae", **others)) == ["main-missing"]
    assert kinds(judge(course="artrose-knae", diagnoses=[{"code": "L92", "role": "secondary"}], **others)) == ["main-missing"]


def test_an_earlier_code_of_another_system_does_not_code_the_course(judge: Judge) -> None:
    assert kinds(judge(course="artrose-knae", previous_diagnoses=[{"code": "L90", "system": "icd-10"}])) == ["main-missing"]


def test_a_coded_course_must_not_be_coded_otherwise(judge: Judge) -> None:
    answer = judge(**main("L92", course="artrose-knae", previous_diagnoses=[{"code": "L90", "role": "main"}]))
    assert kinds(answer) == ["main-not-in-course-set"]


def test_the_code_as_secondary_diagnosis_replaces_both_findings(judge: Judge) -> None:
    for diagnoses in (
        [{"code": "L90", "role": "secondary"}],
        [{"code": "L92", "role": "main"}, {"code": "L90", "role": "secondary"}],
    ):
        answer = judge(course="artrose-knae", diagnoses=diagnoses)
        assert kinds(answer) == ["required-code-only-secondary"]
        assert proposed(answer["findings"][0]) == ["make-main L90"]


def test_without_roles_the_only_diagnosis_is_main_and_of_several_none_is(judge: Judge) -> None:
    assert kinds(judge(course="artrose-knae", diagnoses=[{"code": "L90"}])) == []
    assert kinds(judge(course="artrose-knae", diagnoses=[{"code": "L90"}, {"code": "L91"}])) == ["required-code-only-secondary"]
    assert kinds(judge(course="artrose-knae", diagnoses=[{"code": "L92"}, {"code": "L91"}])) == ["main-missing"]


def test_a_course_of_another_specialty_gives_one_finding(judge: Judge) -> None:
    for course in MANDATES:
        assert kinds(judge(**main("L92", course=course, specialty="62"))) == ["course-specialty-mismatch"]
    for course in COLLECTED:
        assert kinds(judge(course=course, phase=9, referral={}, services=["home-visit"])) == ["course-specialty-mismatch"]
    assert kinds(judge(course="lumbal-stenose", specialty="57", patient={"age": 5})) == ["course-specialty-mismatch"]


def test_an_unknown_course_is_for_the_vendor_with_up_to_three_suggestions(judge: Judge) -> None:
    answer = judge(**main("L90", course="artrose"[:-1]))
    finding = found(answer, "unknown-course")
    assert finding["audience"] == "vendor"
    assert proposed(finding)[0] in ("replace artrose", "replace artrose-knae")
    assert len(proposed(finding)) <= 3
    assert all(item["title"] for item in finding["suggestions"])


def test_a_course_by_its_danish_name_is_recognised(judge: Judge) -> None:
    finding = found(judge(**main("L83", course="Nerverodspåvirkning, cervikal")), "unknown-course")
    assert "replace cervikal-nerverod" in proposed(finding)


def test_a_text_unlike_any_course_gets_no_suggestion(judge: Judge) -> None:
    assert proposed(found(judge(**main("L90", course="zzzzqqqq")), "unknown-course")) == []


def test_an_unknown_specialty_does_not_hide_an_unknown_course(judge: Judge) -> None:
    assert kinds(judge(**main("L90", specialty="15", course="findes-ikke"))) == ["unknown-course", "unknown-specialty"]


def test_an_unknown_specialty_silences_the_course(judge: Judge) -> None:
    assert kinds(judge(specialty="15", course="artrose-knae")) == ["unknown-specialty"]


@pytest.mark.parametrize("specialty", [" 51 ", "51\t"])
def test_blanks_around_a_specialty_are_ignored(specialty: str, judge: Judge) -> None:
    assert kinds(judge(**main("L90", course="artrose-knae", specialty=specialty))) == []


@pytest.mark.parametrize("course", ["artrose-knae", "laenderyg"])
def test_a_voluntary_secondary_diagnosis_changes_nothing(course: str, judge: Judge) -> None:
    code = MANDATES[course][1][0]
    assert kinds(judge(**several(code, "P76", "T90", course=course))) == kinds(judge(**main(code, course=course)))


@pytest.fixture
def start_first(release: Release, catalogue: Catalogue) -> Judge:
    """A judge by a release in which L15 may come first on artrose-knae."""
    changed = with_mandate(release, "artrose-knae", start_codes=("L15",))
    return lambda **contact: judge_by(changed, catalogue, **contact)


def test_a_symptom_code_may_come_first_where_the_release_says_so(start_first: Judge) -> None:
    answer = start_first(**main("L15", course="artrose-knae"))
    assert (kinds(answer), answer["status"], answer["savable"]) == (["symptom-first"], "warning", True)
    assert "L90" in answer["findings"][0]["message"]
    assert kinds(start_first(**main("L15", course="artrose-knae", date="2025-03-31"))) == ["before-rollout"]
    assert kinds(start_first(**main("L13", course="artrose-knae"))) == ["main-not-in-course-set"]
    assert kinds(start_first(**main("L15", course="artrose-knae", specialty="62"))) == ["course-specialty-mismatch"]


def test_a_start_code_is_not_a_code_of_the_course(start_first: Judge) -> None:
    early = [{"code": "L15", "role": "main"}]
    assert kinds(start_first(course="artrose-knae", previous_diagnoses=early)) == ["main-missing"]
    assert kinds(start_first(**several("L15", "L90", course="artrose-knae"))) == ["required-code-only-secondary"]


def test_a_mandate_that_has_ended_requires_nothing(release: Release, catalogue: Catalogue) -> None:
    ended = with_mandate(release, "artrose-knae", to=datetime.date(2026, 12, 31))
    assert kinds(judge_by(ended, catalogue, course="artrose-knae", date="2026-12-31")) == ["main-missing"]
    assert kinds(judge_by(ended, catalogue, course="artrose-knae", date="2027-01-01")) == []


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
def test_a_date_far_away_is_judged(date: str, judge: Judge) -> None:
    assert kinds(judge(course="artrose-knae", date=date)) == (["before-rollout"] if date < "2025" else ["main-missing"])


@pytest.mark.parametrize("specialty", ["51", "57"])
def test_a_course_of_two_specialties_is_mandatory_in_both_under_one_name(
    specialty: str, release: Release, catalogue: Catalogue
) -> None:
    both = with_specialties(release, "artrose-knae", "51", "57")
    answer = judge_by(both, catalogue, **main("L92", course="artrose-knae", specialty=specialty))
    assert (kinds(answer), answer["findings"][0]["rule"]) == (["main-not-in-course-set"], "dk.51.artrose-knae")


def test_a_mismatch_names_both_specialties_of_a_course(release: Release, catalogue: Catalogue) -> None:
    both = with_specialties(release, "artrose-knae", "51", "57")
    answer = judge_by(both, catalogue, **main("L92", course="artrose-knae", specialty="62"))
    assert kinds(answer) == ["course-specialty-mismatch"]
    assert "hører til speciale 51 eller 57" in answer["findings"][0]["message"]
