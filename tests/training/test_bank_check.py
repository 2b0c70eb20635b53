"""Cases are checked by the rules: the names they use exist, and their right answers have no error findings."""

import pytest

from tests.conftest import ROOT
from tests.training.case_folder import FILE, CaseFolder
from validator.authoring.checks.report_formats import REPORT_FORMATS
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.training.bank_check import check_cases

REFUSED = "reglerne i ekm-2024-11 afviser svaret: "
JUDGED = (
    ("unknown-specialty", 'specialty: "51"', 'specialty: "511"', 'specialet "511" findes ikke i reglerne. Mente du "51"?'),
    ("unknown-course", "artrose-knae\nlevel", "artrose-hoften\nlevel", 'findes ikke i reglerne. Mente du "artrose-hofte"?'),
    ("unknown-rule", "[dk.51.artrose-knae]", "[dk.51.artrose-kne]", 'findes ikke i ekm-2024-11. Mente du "dk.51.artrose-knae"?'),
    ("unknown-release", "status: not", "release: ekm-2025-07\nstatus: not", 'findes ikke. Mente du "ekm-2025-06"?'),
    ("key-refused", "course: artrose-knae", "course: artrose-hofte", REFUSED),
    ("key-refused", "[{code: L90, role: main}, {code: L15, role: secondary}]", "[{code: L89, role: main}]", REFUSED),
)


@pytest.mark.parametrize(("id", "old", "new", "text"), JUDGED, ids=[f"{row[0]}-{number}" for number, row in enumerate(JUDGED)])
def test_problem_is_reported_at_its_place(
    id: str, old: str, new: str, text: str, folder: CaseFolder, releases: list[Release], catalogue: Catalogue
) -> None:
    folder.edit('alternatives:\n  - {code: L91, reason: {da: "L91 er andre led."}}\n', "")
    folder.edit(old, new)
    report = check_cases(folder.root, releases, catalogue)
    problems = report.problems
    assert {problem.id for problem in problems} == {id}
    assert text in problems[0].text
    assert problems[0].line.strip() in folder.path(FILE).read_text(encoding="utf-8")
    assert report.cases == ()
    for form in REPORT_FORMATS.values():
        assert id in form(report) or problems[0].text in form(report)


def test_rejected_alternative_is_a_warning(folder: CaseFolder, releases: list[Release], catalogue: Catalogue) -> None:
    report = check_cases(folder.root, releases, catalogue)
    (problem,) = report.problems
    assert (problem.id, problem.severity) == ("alternative-refused", "warning")
    assert "L91" in problem.text
    assert [case.id for case in report.cases] == ["trappen"]


def test_unknown_names_are_reported_for_invalid_cases_too(
    folder: CaseFolder, releases: list[Release], catalogue: Catalogue
) -> None:
    folder.edit("level: basic", "level: let")
    folder.edit("course: artrose-knae", "course: artrose-knaeet")
    folder.edit("[dk.51.artrose-knae]", "[dk.findes-ikke, 7]")
    report = check_cases(folder.root, releases, catalogue)
    assert {"unknown-course", "unknown-rule"} < {problem.id for problem in report.problems}
    assert len(report.problems) == 4


def test_case_may_be_written_for_a_draft(folder: CaseFolder, releases: list[Release], catalogue: Catalogue) -> None:
    folder.edit('alternatives:\n  - {code: L91, reason: {da: "L91 er andre led."}}\n', "")
    folder.edit("course: artrose-knae", "course: laenderyg")
    folder.edit("[dk.51.artrose-knae]", "[dk.51.laenderyg]")
    folder.edit("key: [{code: L90, role: main}]", "key: [{code: L84, role: main}]")
    folder.edit("  - [{code: L90, role: main}, {code: L15, role: secondary}]", "  - [{code: L03, role: main}]")
    assert check_cases(folder.root, releases, catalogue).problems == ()
    folder.edit("status: not-approved", "status: not-approved\nrelease: ekm-2025-06")
    (problem,) = check_cases(folder.root, releases, catalogue).problems
    assert (problem.id, problem.place.line) == ("key-refused", 13)


def test_shipped_cases_have_no_problems(releases: list[Release], catalogue: Catalogue) -> None:
    report = check_cases(ROOT / "cases", releases, catalogue)
    assert [str(problem) for problem in report.problems] == []
    assert len(report.cases) >= 2
