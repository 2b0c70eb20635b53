"""What is doubtful in rule files is told where it stands, and nothing is told that is not so."""

import datetime
import re

import pytest

from tests.altered import with_validity
from tests.authoring.warning_cases import AS_OF, CASES, SILENT, Doubtful
from tests.conftest import ROOT
from tests.rulebook.problem_cases import SIGN
from tests.rulebook.rule_folder import COURSES, DRAFT, RuleFolder
from tests.rulebook.test_problems import LEAKS, said
from validator.authoring.checks.release_check import ReleaseReport, check_folder
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.yaml.problem_texts import TEXTS
from validator.rulebook.yaml.problems import Problem


def checked(folder: RuleFolder, doubtful: Doubtful | None = None, as_of: str = AS_OF) -> ReleaseReport:
    catalogue = folder.catalogue
    if doubtful and doubtful.valid_until:
        code, end = doubtful.valid_until
        catalogue = with_validity(catalogue, code, end=end)
    return check_folder(folder.root, catalogue, datetime.date.fromisoformat(as_of))


def doubt(folder: RuleFolder, doubtful: Doubtful) -> tuple[str, int, int]:
    """Makes the edits of a case; file, line and column of the sign."""
    found = ("", 0, 0)
    for case in (doubtful.case, *doubtful.also):
        if case.old is not None:
            folder.edit(case.file, case.old, case.new)
        else:
            folder.write(case.file, case.new)
    for file in {case.file for case in (doubtful.case, *doubtful.also)}:
        text = folder.path(file).read_text(encoding="utf-8")
        if SIGN in text:
            before = text.partition(SIGN)[0]
            found = (str(folder.path(file)), before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
            folder.write(file, text.replace(SIGN, ""))
    return found


def place(problem: Problem) -> tuple[str, int, int]:
    return problem.place.file, problem.place.line, problem.place.column


def test_the_small_release_has_nothing_doubtful(folder: RuleFolder) -> None:
    assert checked(folder).problems == ()


@pytest.mark.parametrize("doubtful", CASES, ids=lambda doubtful: doubtful.case.id)
def test_what_is_doubtful_is_told_where_it_stands(doubtful: Doubtful, folder: RuleFolder) -> None:
    where = doubt(folder, doubtful)
    report = checked(folder, doubtful)
    (problem,) = report.problems
    assert (problem.id, place(problem)) == (doubtful.case.id, where)
    assert (report.errors, report.warnings) == ([], [problem])
    assert report.releases
    assert LEAKS.search(said(problem)) is None, problem.text
    assert problem.excerpt


@pytest.mark.parametrize("doubtful", SILENT, ids=range(len(SILENT)))
def test_what_only_comes_close_is_not_told(doubtful: Doubtful, folder: RuleFolder) -> None:
    doubt(folder, doubtful)
    assert [str(problem) for problem in checked(folder, doubtful).problems] == []


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_first_and_the_last_day_that_there_are_can_be_checked(day: str, folder: RuleFolder) -> None:
    folder.edit("general.yaml", "    source: moede\n", f"    source: moede\n    from: {day}\n    to: {day}\n")
    folder.edit("courses.yaml", "source: moede\n        note", f"to: {day}\n        source: moede\n        note")
    for file in ("pack.yaml", "courses.yaml"):
        text = folder.path(file).read_text(encoding="utf-8")
        folder.write(file, re.sub(r"(date|start|from): \d{4}-\d\d-\d\d", rf"\1: {day}", text))
    for as_of in (AS_OF, day):
        assert [str(problem) for problem in checked(folder, as_of=as_of).errors] == []


def test_every_warning_has_a_case() -> None:
    warnings = {name for name, wording in TEXTS.items() if wording.warning}
    assert warnings == {doubtful.case.id for doubtful in CASES}
    assert len(warnings) > 9


def test_what_a_draft_takes_over_is_told_once(folder: RuleFolder) -> None:
    folder.write("dk/kladde-2026/pack.yaml", DRAFT)
    folder.edit("courses.yaml", "from: 2025-10-01", "from: 2025-05-01")
    (problem,) = checked(folder).problems
    assert (problem.id, problem.line) == ("undecided-long", "        status: undecided")


def test_a_draft_that_makes_a_rule_of_its_base_idle_is_told(folder: RuleFolder) -> None:
    folder.edit("general.yaml", "role: main\n    message", "course: laenderyg\n      course_names_code: false\n    message")
    folder.edit("general.yaml", "code: [A29, A99]", "code: L03")
    assert checked(folder).problems == ()
    folder.write("dk/kladde-2026/pack.yaml", DRAFT)
    parkinson = COURSES[COURSES.index("  parkinson:") :]
    folder.write("dk/kladde-2026/courses.yaml", COURSES.replace("[L84, L86]", "[L03]").replace(parkinson, ""))
    (problem,) = checked(folder).problems
    assert (problem.id, problem.place.file) == ("rule-never-fires", str(folder.path("general.yaml")))


def test_an_error_in_one_release_leaves_the_warnings_of_another(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "from: 2025-10-01", "from: 2025-05-01")
    folder.write("dk/kladde-2026/pack.yaml", DRAFT)
    folder.write("dk/kladde-2026/general.yaml", "rules: 1\n")
    report = checked(folder)
    assert [(problem.severity, problem.id) for problem in report.problems] == [("error", "not-list"), ("warning", "undecided-long")]
    assert [release.name for release in report.releases] == ["lille-2025"]


def test_the_shipped_rules_have_no_error_and_only_warnings_that_are_true(catalogue: Catalogue) -> None:
    """On the day after the meeting nothing was old; later the undecided codes and the dates far ahead are."""
    early = check_folder(ROOT / "rules", catalogue, datetime.date(2024, 11, 2))
    assert early.errors == []
    assert {problem.id for problem in early.warnings} <= {"source-older"}
    late = check_folder(ROOT / "rules", catalogue, datetime.date(2026, 11, 22))
    undecided = {problem.values["course"] for problem in late.warnings if problem.id == "undecided-long"}
    assert undecided == {"lumbal-stenose", "laenderyg"}
