"""Warnings that have to be accepted: each is reported at its place, and accepted by a draft or by its author."""

import datetime
import json
from pathlib import Path

import pytest

from tests.authoring.acceptable_cases import (
    AS_OF,
    BASE_COURSE,
    CASES,
    CHANGED,
    HEAD,
    MOVED,
    NAME,
    NEW_SOURCE,
    AcceptableCase,
    with_source,
)
from tests.rulebook.rule_folder import RuleFolder
from validator.authoring.checks.release_check import ReleaseReport, check_folder
from validator.authoring.checks.report_formats import format_json, format_sarif, format_text
from validator.authoring.publishing import try_folder
from validator.rulebook.yaml.problem_texts import ACCEPTABLE

DAY = datetime.date.fromisoformat(AS_OF)


def check(folder: RuleFolder, draft: Path, *accept: str) -> ReleaseReport:
    return check_folder(draft, folder.catalogue, DAY, accept)


def ids(report: ReleaseReport) -> list[str]:
    return [problem.id for problem in report.problems]


def test_every_warning_to_accept_has_a_case() -> None:
    assert {case.id for case in CASES} == set(ACCEPTABLE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_warning_holds_the_release_back_until_it_is_accepted(case: AcceptableCase, folder: RuleFolder) -> None:
    draft = case.write(folder)
    report = check(folder, draft)
    (problem,) = report.problems
    assert (problem.id, Path(problem.place.file).name, problem.place.line) == (case.id, *case.place)
    assert (report.publishable, report.errors, report.unaccepted) == (False, [], [case.id])
    accepted = check(folder, draft, case.id)
    assert (accepted.publishable, ids(accepted), accepted.unaccepted) == (True, [case.id], [])
    head = folder.path(f"dk/{NAME}/pack.yaml").read_text("utf-8")
    folder.write(f"dk/{NAME}/pack.yaml", head + f"accept: [{case.id}]\n")
    assert (check(folder, draft).publishable, ids(check(folder, draft))) == (True, [case.id])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_json_and_sarif_say_whether_it_is_accepted(case: AcceptableCase, folder: RuleFolder) -> None:
    draft = case.write(folder)
    for accept in ((), (case.id,)):
        report = check(folder, draft, *accept)
        content = json.loads(format_json(report))
        assert [(item["id"], item["accepted"]) for item in content["problems"]] == [(case.id, bool(accept))]
        assert content["publishable"] is content["releases"][0]["publishable"] is bool(accept)
        (result,) = json.loads(format_sarif(report))["runs"][0]["results"]
        assert (result["ruleId"], result["properties"]["accepted"]) == (case.id, bool(accept))
        assert [item["status"] for item in result["suppressions"]] == ["accepted"] * len(accept)
        word = "godtaget advarsel" if accept else "advarsel, som skal godtages"
        assert f": {word} ({case.id}): " in format_text(report)


@pytest.mark.parametrize("case", [case for case in CASES if case.id != "stays-draft"], ids=lambda case: case.id)
def test_what_the_release_below_has_is_not_repeated(case: AcceptableCase, folder: RuleFolder) -> None:
    case.write(folder)
    later = HEAD.replace(NAME, "senere-2026").replace("lille-2025", NAME)
    course = CHANGED.replace("2026-09-01", "2026-10-01").replace("codes: [L86]", "codes: [L03]")
    if case.id in ("nearly-same-course", "past-verdicts-changed", "period-before-source", "example-changed"):
        course = folder.path(f"dk/{NAME}/courses.yaml").read_text("utf-8")
        course += "      - {from: 2026-11-01, codes: [L03], status: decided, source: moede}\n"
    folder.write("dk/senere-2026/pack.yaml", later)
    folder.write("dk/senere-2026/courses.yaml", course)
    report = check(folder, folder.path("dk/senere-2026/pack.yaml").parent)
    assert [problem.id for problem in report.problems if problem.needs_acceptance] == []


def test_an_accepted_warning_that_is_not_there_is_named(folder: RuleFolder) -> None:
    folder.write(f"dk/{NAME}/pack.yaml", HEAD + NEW_SOURCE + "accept: [source-old]\n")
    folder.write(f"dk/{NAME}/courses.yaml", CHANGED)
    report = check(folder, folder.path(f"dk/{NAME}/pack.yaml").parent, "stays-draft")
    assert [(problem.id, problem.values["id"], problem.place.line) for problem in report.problems] == [
        ("accepts-nothing", "stays-draft", 1),
        ("accepts-nothing", "source-old", 7),
    ]
    assert report.publishable


def test_only_a_warning_that_exists_can_be_accepted(folder: RuleFolder) -> None:
    folder.write(f"dk/{NAME}/pack.yaml", HEAD + NEW_SOURCE + "accept: [source-older, source-old, source-old]\n")
    folder.write(f"dk/{NAME}/courses.yaml", CHANGED)
    assert ids(check(folder, folder.path(f"dk/{NAME}/pack.yaml").parent)) == ["not-allowed", "double-value"]


@pytest.mark.parametrize(
    ("days", "changed"),
    [
        ("2026-06-01", []),
        ("2026-05-31", ["fra 2026-05-31"]),
    ],
)
def test_a_new_period_changes_the_past_only_where_it_begins_before_today(days: str, changed: list[str], folder: RuleFolder) -> None:
    folder.write(f"dk/{NAME}/pack.yaml", HEAD + NEW_SOURCE)
    folder.write(f"dk/{NAME}/courses.yaml", CHANGED.replace("2026-09-01", days))
    report = check(folder, folder.path(f"dk/{NAME}/pack.yaml").parent)
    assert [problem.values["days"] for problem in report.problems if problem.id == "past-verdicts-changed"] == changed


def test_the_past_is_named_by_days_and_by_verdicts(folder: RuleFolder) -> None:
    folder.write(f"dk/{NAME}/pack.yaml", HEAD + NEW_SOURCE)
    folder.write(f"dk/{NAME}/courses.yaml", MOVED)
    (problem,) = check(folder, folder.path(f"dk/{NAME}/pack.yaml").parent).problems
    assert 'forløbet "laenderyg" bedømmes anderledes fra 2025-10-01 til 2026-08-31: ingen periode i stedet for hoveddiagnose' in (
        problem.text
    )


@pytest.mark.parametrize("name", ["laender-ryg", "ryglaende", "laenderyk"])
def test_a_course_that_is_nearly_another_is_named_by_its_id(name: str, folder: RuleFolder) -> None:
    folder.write(f"dk/{NAME}/pack.yaml", HEAD + NEW_SOURCE)
    title = BASE_COURSE.replace("Smerter i lænderyg", "Et helt andet navn").replace("Low back pain", "Something else")
    folder.write(f"dk/{NAME}/courses.yaml", title.replace("  laenderyg:", f"  {name}:"))
    found = ids(check(folder, folder.path(f"dk/{NAME}/pack.yaml").parent))
    assert found == ([] if name == "ryglaende" else ["nearly-same-course"])


def test_a_source_five_years_old_is_not_old(folder: RuleFolder) -> None:
    folder.write(f"dk/{NAME}/pack.yaml", with_source("2021-06-01"))
    folder.write(f"dk/{NAME}/courses.yaml", CHANGED)
    assert ids(check(folder, folder.path(f"dk/{NAME}/pack.yaml").parent)) == []


def test_a_release_with_an_accepted_warning_passes_its_trial(folder: RuleFolder) -> None:
    draft = next(case for case in CASES if case.id == "nothing-changed").write(folder)
    assert not try_folder(draft, folder.catalogue, ()).passed
    assert try_folder(draft, folder.catalogue, (), ["nothing-changed"]).passed
