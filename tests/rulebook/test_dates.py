"""Dates are read as text, so that an invalid one has its line and, if day and month are swapped, a correction."""

import datetime

import pytest

from tests.rulebook.rule_folder import RuleFolder


def start_of_laenderyg(folder: RuleFolder) -> datetime.date:
    return folder.release().courses["laenderyg"].main_diagnosis[0].start


@pytest.mark.parametrize("written", ["2026-02-28", '"2026-02-28"', "'2026-02-28'"])
def test_quotation_marks_around_a_date_are_optional(written: str, folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "from: 2025-10-01", f"from: {written}")
    assert start_of_laenderyg(folder) == datetime.date(2026, 2, 28)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2025-15-04", "2025-04-15"), ("2025-31-12", "2025-12-31"), ("2025-13-01", "2025-01-13")],
)
def test_a_swapped_day_and_month_are_corrected_in_the_hint(written: str, meant: str, folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "from: 2025-10-01", f"from: {written}")
    (problem,) = folder.problems()
    assert (problem.id, problem.place.line, problem.place.column) == ("not-date", 6, 15)
    assert f'"{written}"' in problem.text
    assert problem.text.endswith(f"Er dag og måned byttet om? Skriv {meant}.")


@pytest.mark.parametrize(
    "written",
    [
        "2025-02-29",
        "2025-13-13",
        "2025-00-10",
        "0000-01-01",
        "01-04-2025",
        "1.4.2025",
        "2025-4-1",
        "20250401",
        "2025-04-01T12:00:00Z",
        "2025-04-01 12:00:00",
        "snart",
        "true",
        "[2025-04-01]",
        "{2025: 4}",
    ],
)
def test_an_invalid_date_is_reported_without_a_correction(written: str, folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "from: 2025-10-01", f"from: {written}")
    (problem,) = folder.problems()
    assert (problem.id, problem.place.line, problem.place.column) == ("not-date", 6, 15)
    assert "byttet om" not in problem.text
    assert "Located" not in problem.text
    assert "None" not in problem.text


def test_a_leap_day_is_a_date(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "from: 2025-10-01", "from: 2028-02-29")
    assert start_of_laenderyg(folder) == datetime.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pack.yaml", "start: 2024-01-01", "start: 2024-01-32"),
        ("pack.yaml", "date: 2024-11-01", "date: 2024-11-31"),
        ("courses.yaml", "status: undecided", "status: undecided\n        to: 2026-06-31"),
        ("courses.yaml", "{from: 2025-01-01, range", "{from: 2025-01-00, range"),
        ("general.yaml", "severity: information", "severity: information\n    from: 2025-09-31"),
        ("general.yaml", "severity: information", "severity: information\n    to: 2025-09-31"),
    ],
)
def test_every_date_of_a_file_is_checked(file: str, old: str, new: str, folder: RuleFolder) -> None:
    folder.edit(file, old, new)
    assert [problem.id for problem in folder.problems()] == ["not-date"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("courses.yaml", 'specialty: "51"', "specialty: 51"),
        ("general.yaml", "role: main\n    message", "specialty: 51\n    message"),
        ("general.yaml", "severity: information", "severity: information\n    specialty: 51"),
    ],
)
def test_an_unquoted_specialty_is_reported_with_quotation_marks(file: str, old: str, new: str, folder: RuleFolder) -> None:
    folder.edit(file, old, new)
    (problem,) = folder.problems()
    assert problem.id == "not-text"
    assert problem.text == 'her skal stå tekst, ikke 51. Sæt anførselstegn om, fx "51".'
