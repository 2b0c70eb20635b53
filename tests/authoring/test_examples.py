"""The examples of rules: wrong examples and branches that no example reaches are reported."""

import datetime
from pathlib import Path

import pytest

from tests.rulebook.rule_folder import RuleFolder
from validator.authoring.examples import ExampleReport, run_examples
from validator.catalogue.catalogue import Catalogue
from validator.requests.request import read_request
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule

FOUND, PASSED = "- finds: {diagnoses: [{code: A29, role: main}]}", "- passes: {diagnoses: [{code: L84, role: main}]}"
LAST_TEST = "role: main\n    message"


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue) -> RuleFolder:
    return RuleFolder(tmp_path / "rules", catalogue)


def run(folder: RuleFolder) -> ExampleReport:
    return run_examples(folder.release(), folder.catalogue)


def outcome(folder: RuleFolder) -> tuple[list[tuple[int, tuple[str, ...]]], list[tuple[int, str]]]:
    """The numbers of the examples that are wrong, with what spoiled them; the numbers and texts of the branches not reached."""
    report = run(folder)
    assert {item.rule for item in (*report.wrong, *report.unreached)} <= {"dk.restkode"}
    assert report.passed is not (report.wrong or report.unreached)
    return [(item.number, item.spoiled) for item in report.wrong], [(item.number, item.text) for item in report.unreached]


def test_the_small_release_passes(folder: RuleFolder) -> None:
    report = run(folder)
    assert (report.passed, report.examples, report.branches, report.release.name) == (True, 2, 1, "lille-2025")


def test_all_shipped_examples_pass_and_reach_every_branch(releases: list[Release], catalogue: Catalogue) -> None:
    reports = [run_examples(release, catalogue) for release in releases]
    assert [item for report in reports for item in (*report.wrong, *report.unreached)] == []
    assert {report.release.name for report in reports} >= {"ekm-2024-11", "ekm-2025-06"}
    assert all(report.examples >= 2 * len(report.release.rules) > 0 for report in reports)


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [("finds: {diagnoses: [{code: A29", "finds: {diagnoses: [{code: L29", 1), ("code: L84, role: main}]}\n", "code: A99}]}\n", 2)],
    ids=["finds", "passes"],
)
def test_an_example_with_another_outcome_is_wrong(old: str, new: str, number: int, folder: RuleFolder) -> None:
    folder.edit("general.yaml", old, new)
    wrong, _ = outcome(folder)
    assert wrong == [(number, ())]


@pytest.mark.parametrize(
    ("fragment", "kinds"),
    [
        ("{diagnoses: [{code: L21, role: main}]}", ("unknown-code",)),
        ("{diagnoses: [{code: M17.1, role: main}]}", ("wrong-system",)),
        ("{course: laenderig, diagnoses: [{code: L84, role: main}]}", ("unknown-course",)),
        ('{specialty: "15", diagnoses: [{code: L84, role: main}]}', ("unknown-specialty",)),
        ('{specialty: "62", course: laenderyg, diagnoses: [{code: L84, role: main}]}', ("course-specialty-mismatch",)),
    ],
)
def test_an_example_with_an_invalid_contact_is_wrong(fragment: str, kinds: tuple[str, ...], folder: RuleFolder) -> None:
    folder.edit("general.yaml", "{diagnoses: [{code: L84, role: main}]}", fragment)
    wrong, _ = outcome(folder)
    assert wrong == [(2, kinds)]


def test_an_example_can_have_two_main_diagnoses(folder: RuleFolder) -> None:
    folder.edit("general.yaml", "[{code: A29, role: main}]", "[{code: A29, role: main}, {code: A99, role: main}]")
    assert outcome(folder) == ([], [])


def test_a_branch_that_no_example_reaches_is_named_as_it_is_written(folder: RuleFolder) -> None:
    folder.edit("general.yaml", LAST_TEST, "any: [{role: main}, {patient.age: {at_most: 17}}]\n    message")
    assert outcome(folder) == ([], [(2, "code: [A29, A99], patient.age: {at_most: 17}")])
    folder.edit(
        "general.yaml", FOUND, f"{FOUND}\n      - finds: {{diagnoses: [{{code: A99, role: secondary}}], patient: {{age: 9}}}}"
    )
    assert outcome(folder) == ([], [])
    assert run(folder).branches == 2


def test_an_example_reaches_the_branches_that_fired_and_no_other(folder: RuleFolder) -> None:
    folder.edit("general.yaml", "      code: [A29, A99]\n      role: main\n", "      any: [{code: A29}, {code: A99}]\n")
    assert outcome(folder) == ([], [(2, "code: A99")])


def test_an_exempt_diagnosis_reaches_no_branch(folder: RuleFolder) -> None:
    """L84 is named by the course and is not found; A29 is, through the other branch."""
    folder.edit("general.yaml", "      code: [A29, A99]\n      role: main\n", "      any: [{code: A29}, {code: [A99, L86]}]\n")
    folder.edit("general.yaml", "    each: diagnosis", "    each: diagnosis\n    unless: course-names-code")
    folder.edit(
        "general.yaml",
        FOUND,
        "- finds: {course: laenderyg, diagnoses: [{code: L86, role: main}, {code: A29, role: secondary}]}",
    )
    assert outcome(folder) == ([], [(2, "code: [A99, L86]")])


def test_a_rule_about_the_contact_has_examples_too(folder: RuleFolder) -> None:
    condition = "    each: diagnosis\n    when:\n      code: [A29, A99]\n      role: main\n"
    folder.edit(
        "general.yaml", condition, "    at: patient.age\n    when: {no_diagnosis: {role: main}, any: [{phase: 1}, {phase: 2}]}\n"
    )
    folder.edit("general.yaml", FOUND, "- finds: {phase: 1}")
    folder.edit(
        "general.yaml",
        '{da: "{code} er en restkode.", en: "{code} is a leftover code."}',
        '{da: "Diagnosen mangler.", en: "No diagnosis."}',
    )
    folder.edit("general.yaml", "    suggest: [{action: replace, code: L84}]\n", "")
    assert outcome(folder) == ([], [(2, "no_diagnosis: {role: main}, phase: 2")])


def shipped(release: Release, name: str) -> Rule:
    return next(rule for rule in release.rules if rule.id == name)


def test_an_example_is_completed_with_values_of_its_rule(folder: RuleFolder) -> None:
    folder.edit(
        "general.yaml", "    source: moede", '    source: moede\n    specialty: "62"\n    from: 2030-01-01\n    to: 2031-12-31'
    )
    release = folder.release()
    (rule,) = release.rules
    encounter = read_request(release.complete_example(rule.examples[0], rule)).encounter
    assert (encounter.specialty, encounter.date, encounter.jurisdiction) == ("62", datetime.date(2030, 1, 1), "dk")
    assert outcome(folder) == ([], [])


def test_an_example_on_a_course_has_a_specialty_of_the_course(release: Release) -> None:
    rule = shipped(release, "dk.l84-med-udstraaling")
    for course, specialty in (("parkinson", "62"), ("laenderyg", "51")):
        example = type(rule.examples[0])(finds=False, encounter={"course": course})
        assert read_request(release.complete_example(example, rule)).encounter.specialty == specialty


@pytest.mark.parametrize("end", ["2025-01-31", "2027-06-01"])
def test_the_examples_of_an_ended_rule_are_dated_before_its_end(end: str, folder: RuleFolder) -> None:
    folder.edit("general.yaml", "    source: moede", f"    source: moede\n    to: {end}")
    assert outcome(folder) == ([], [])
