"""Each warning is reported at its place, and cases that only come close give none."""

import datetime
import re
from dataclasses import replace

import pytest

from tests.altered import with_validity
from tests.authoring.warning_cases import AS_OF, CASES, CLOSE_CASES, WarningCase
from tests.authoring.workbook_cases import WARNING_CASES as WORKBOOK_WARNINGS
from tests.conftest import ROOT
from tests.rulebook.problem_cases import SIGN
from tests.rulebook.rule_folder import COURSES, DRAFT, RuleFolder
from tests.rulebook.test_problems import LEAKS, text_without_quotes
from validator.authoring.checks.release_check import ReleaseReport, check_folder
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.yaml.problem_texts import ACCEPTABLE, TEXTS
from validator.rulebook.yaml.problems import Problem

# The cases change conditions without the examples; what a draft does to them is tested elsewhere.
EXAMPLES = ("wrong-example", "unreached-branch", "example-changed")


def check(folder: RuleFolder, warning_case: WarningCase | None = None, as_of: str = AS_OF) -> ReleaseReport:
    catalogue = folder.catalogue
    if warning_case and warning_case.valid_until:
        code, end = warning_case.valid_until
        catalogue = with_validity(catalogue, code, end=end)
    report = check_folder(folder.root, catalogue, datetime.date.fromisoformat(as_of))
    return replace(report, problems=tuple(problem for problem in report.problems if problem.id not in EXAMPLES))


def apply_case(folder: RuleFolder, warning_case: WarningCase) -> tuple[str, int, int]:
    """Make the edits of a case; return file, line and column of the sign."""
    found = ("", 0, 0)
    for case in (warning_case.case, *warning_case.also):
        if case.old is not None:
            folder.edit(case.file, case.old, case.new)
        else:
            folder.write(case.file, case.new)
    for file in {case.file for case in (warning_case.case, *warning_case.also)}:
        text = folder.path(file).read_text(encoding="utf-8")
        if SIGN in text:
            before = text.partition(SIGN)[0]
            found = (str(folder.path(file)), before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
            folder.write(file, text.replace(SIGN, ""))
    return found


def place(problem: Problem) -> tuple[str, int, int]:
    return problem.place.file, problem.place.line, problem.place.column


def test_the_small_release_has_no_warning(folder: RuleFolder) -> None:
    assert check(folder).problems == ()


@pytest.mark.parametrize("warning_case", CASES, ids=lambda warning_case: warning_case.case.id)
def test_a_warning_is_reported_at_its_place(warning_case: WarningCase, folder: RuleFolder) -> None:
    where = apply_case(folder, warning_case)
    report = check(folder, warning_case)
    (problem,) = report.problems
    assert (problem.id, place(problem)) == (warning_case.case.id, where)
    assert (report.errors, report.warnings) == ([], [problem])
    assert report.releases
    assert LEAKS.search(text_without_quotes(problem)) is None, problem.text
    assert problem.excerpt


@pytest.mark.parametrize("warning_case", CLOSE_CASES, ids=range(len(CLOSE_CASES)))
def test_a_case_that_only_comes_close_gives_no_warning(warning_case: WarningCase, folder: RuleFolder) -> None:
    apply_case(folder, warning_case)
    assert [str(problem) for problem in check(folder, warning_case).problems] == []


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_first_and_the_last_date_can_be_checked(day: str, folder: RuleFolder) -> None:
    folder.edit("general.yaml", "    source: moede\n", f"    source: moede\n    from: {day}\n    to: {day}\n")
    folder.edit("courses.yaml", "source: moede\n        note", f"to: {day}\n        source: moede\n        note")
    for file in ("pack.yaml", "courses.yaml"):
        text = folder.path(file).read_text(encoding="utf-8")
        folder.write(file, re.sub(r"(date|start|from): \d{4}-\d\d-\d\d", rf"\1: {day}", text))
    for as_of in (AS_OF, day):
        assert [str(problem) for problem in check(folder, as_of=as_of).errors] == []


def test_every_warning_has_a_case() -> None:
    warnings = {name for name, wording in TEXTS.items() if wording.warning}
    assert warnings - {
        "more-warnings",
        "inherited-examples",
        "example-accepted",
        "accepts-nothing",
        *ACCEPTABLE,
        *(case.id for case in WORKBOOK_WARNINGS),
    } == {warning_case.case.id for warning_case in CASES}
    assert len(warnings) > 9


def test_an_inherited_warning_is_reported_once(folder: RuleFolder) -> None:
    folder.write("dk/kladde-2026/pack.yaml", DRAFT)
    folder.edit("courses.yaml", "from: 2025-10-01", "from: 2025-05-01")
    (problem,) = [item for item in check(folder).problems if not item.needs_acceptance and item.id != "accepts-nothing"]
    assert (problem.id, problem.line) == ("undecided-long", "        status: undecided")


def test_a_draft_can_keep_a_rule_of_its_base_from_firing(folder: RuleFolder) -> None:
    folder.edit("general.yaml", "role: main\n    message", "course: laenderyg\n      course_names_code: false\n    message")
    folder.edit("general.yaml", "code: [A29, A99]", "code: L03")
    assert check(folder).problems == ()
    folder.write("dk/kladde-2026/pack.yaml", DRAFT)
    parkinson = COURSES[COURSES.index("  parkinson:") :]
    folder.write("dk/kladde-2026/courses.yaml", COURSES.replace("[L84, L86]", "[L03]").replace(parkinson, ""))
    found = [(problem.id, problem.place.file) for problem in check(folder).problems]
    assert ("rule-never-fires", str(folder.path("general.yaml"))) in found


def test_an_error_in_one_release_leaves_the_warnings_of_another(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "from: 2025-10-01", "from: 2025-05-01")
    folder.write("dk/kladde-2026/pack.yaml", DRAFT)
    folder.write("dk/kladde-2026/general.yaml", "rules: 1\n")
    report = check(folder)
    assert [(problem.severity, problem.id) for problem in report.problems] == [("error", "not-list"), ("warning", "undecided-long")]
    assert [release.name for release in report.releases] == ["lille-2025"]


def test_the_shipped_rules_have_no_error_and_only_warnings_that_are_true(catalogue: Catalogue) -> None:
    """The day after the meeting nothing is old; later, undecided codes are. What the draft changes is accepted in it."""
    early = check_folder(ROOT / "rules", catalogue, datetime.date(2024, 11, 2))
    assert early.errors == []
    assert {problem.id for problem in early.warnings} <= {"source-older", "accepts-nothing", "stays-draft"}
    late = check_folder(ROOT / "rules", catalogue, datetime.date(2026, 11, 22))
    assert late.publishable
    undecided = {problem.values["course"] for problem in late.warnings if problem.id == "undecided-long"}
    assert undecided == {"lumbal-stenose", "laenderyg"}
