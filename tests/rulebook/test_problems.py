"""Every mistake in a rule file is reported with file, line, column, and what to write instead."""

import re
from pathlib import Path

import pytest

from tests.authoring.workbook_cases import WORKBOOK_CASES
from tests.rulebook.problem_cases import CASES, SIGN, SWEDEN, Case
from tests.rulebook.rule_folder import COURSES, DRAFT, PACK, RULES, RuleFolder
from validator.rulebook.conditions import Condition
from validator.rulebook.normal_form import MAX_BRANCHES, Branch, branches_of, count_branches
from validator.rulebook.yaml import rule_reader
from validator.rulebook.yaml.problem_texts import TEXTS
from validator.rulebook.yaml.problems import Problem, hint

LEAKS = re.compile(r"None|Located|Traceback|<class|\{\w*\}|\n")


def place_of(sign_in: str) -> tuple[int, int]:
    """Return the line and column of the sign in a text, from 1."""
    before = sign_in.partition(SIGN)[0]
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


def spoil(folder: RuleFolder, case: Case) -> tuple[int, int]:
    """Make the mistake of a case; return the expected line and column."""
    path = folder.path(case.file)
    if case.file == SWEDEN:
        folder.add_sweden()
    if case.old is not None:
        folder.edit(case.file, case.old, case.new)
    else:
        folder.write(case.file, case.new)
    text = path.read_text(encoding="utf-8")
    assert text.count(SIGN) == 1
    path.write_bytes(text.replace(SIGN, "").encode(case.encoding))
    return place_of(text)


def text_without_quotes(problem: Problem) -> str:
    return re.sub(r'"\{\w+\}"', "", problem.text)  # what the author wrote in braces is quoted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_mistake_is_reported_at_its_place(case: Case, folder: RuleFolder) -> None:
    line, column = spoil(folder, case)
    (problem,) = folder.problems()
    assert problem.id == case.id
    assert (problem.place.file, problem.place.line, problem.place.column) == (str(folder.path(case.file)), line, column)
    assert str(problem) == f"{folder.path(case.file)}:{line}:{column}: {problem.text}"
    assert LEAKS.search(text_without_quotes(problem)) is None, problem.text


def test_too_many_branches_are_reported_without_building_them(folder: RuleFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def checked_branches(condition: Condition) -> list[Branch]:
        assert count_branches(condition) <= MAX_BRANCHES
        return branches_of(condition)

    monkeypatch.setattr(rule_reader, "branches_of", checked_branches)
    condition = "code: A29"
    for _ in range(7):
        condition = f"any: [{{role: main}}, {{role: secondary}}], not: {{any: [{{not: {{{condition}}}}}]}}"
    folder.edit("general.yaml", "code: [A29, A99]\n      role: main", f"not: {{any: [{{not: {{{condition}}}}}]}}")
    assert [problem.id for problem in folder.problems()] == ["too-many-branches"]


OTHER_CASES = {"missing-file", "unreadable-file", "other-form", "more-problems", *(case.id for case in WORKBOOK_CASES)}
CHECKED = {
    "wrong-example",
    "unreached-branch",
    "engine-refuses",
    "template-title",
    "release-taken",
    "base-edited",
}  # not problems of reading


def test_every_problem_has_a_case() -> None:
    errors = {name for name, wording in TEXTS.items() if not wording.warning}
    assert sorted(errors - {case.id for case in CASES} - OTHER_CASES - CHECKED) == []
    assert len(errors) >= 40


def test_a_folder_without_a_release_is_reported(folder: RuleFolder) -> None:
    folder.path("pack.yaml").unlink()
    (problem,) = folder.problems()
    assert str(problem) == f"{folder.root / 'pack.yaml'}:1:1: filen mangler. Opret den, eller vælg den mappe, som udgaven ligger i."


def test_a_folder_with_a_file_name_is_reported(folder: RuleFolder) -> None:
    folder.path("mappe.yaml").mkdir()
    (problem,) = folder.problems()
    assert str(problem).startswith(f"{folder.path('mappe.yaml')}:1:1: filen kan ikke læses (det er en mappe). ")


@pytest.mark.parametrize(
    "content",
    [
        "rules: [a: b: c]\n",
        "rules: a: b\n",
        "rules:\n  a\n  b: 1\n",
        "rules:\n    a: 1\n  b: 1\n",
        "rules: [a, b\nx: 1\n",
        "rules: {a: 1\n",
        'rules: "a\n',
        "rules:\n\ta: 1\n",
        "rules: @a\n",
        'rules: "\\q"\n',
        "rules: *a\n",
        "a: &a 1\nb: &a 2\nc: [x\n",
        "a: 1\n---\nb: 2\n",
        "%YAML 9.9\n---\na: 1\n",
        "rules: |\n    \n  a\n b\n",
        "- a: 1\n - b\n",
        "a: - b\n",
        "? a\n? b: - c\n",
        "'a\n---\nb'\n",
        "a: %b\n",
        "]\n",
        "a\nb: 1\n",
        "{a b: 1, [}\n",
    ],
)
def test_yaml_errors_are_reported_in_danish(content: str, folder: RuleFolder) -> None:
    folder.write("general.yaml", content)
    reasons = [problem.values["reason"] for problem in folder.problems() if problem.id == "yaml"]
    assert reasons
    assert not any(word in reasons[0].split() for word in ("found", "expected", "the", "not", "while", "could"))


def test_a_release_without_a_head_beside_another_is_reported(folder: RuleFolder) -> None:
    folder.write("dk/uden-hoved/courses.yaml", "courses: {}\n")
    (problem,) = folder.problems()
    assert (problem.id, problem.place.file) == ("missing-file", str(folder.path("dk/uden-hoved/pack.yaml")))


def test_the_small_release_has_no_problem(folder: RuleFolder) -> None:
    assert folder.problems() == []


def test_all_problems_of_a_file_are_reported_in_order(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "from: 2025-10-01", "from: 2025-13-01")
    folder.edit("courses.yaml", "[L84, L86]", "[L21, L86]")
    folder.edit("courses.yaml", '"62"', "62")
    folder.edit("courses.yaml", "range: [1, 5]", "range: [1]")
    assert [(problem.id, problem.place.line) for problem in folder.problems()] == [
        ("not-date", 6),
        ("unknown-code", 7),
        ("not-text", 13),
        ("phase-range", 17),
    ]


def test_all_files_are_read_before_the_problems_are_reported(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "[L84, L86]", "[L21]")
    folder.edit("general.yaml", "severity: information", "severity: error")
    folder.edit("general.yaml", "[A29, A99]", "[A29, A98, A00]")
    assert [problem.id for problem in folder.problems()] == ["unknown-code", "wrong-severity", "unknown-code"]


def test_all_releases_are_read_before_the_problems_are_reported(folder: RuleFolder) -> None:
    folder.edit("pack.yaml", "start: 2024-01-01", "start: 2024-31-01")
    folder.write("dk/anden-2025/pack.yaml", folder.path("pack.yaml").read_text(encoding="utf-8").replace("lille", "anden"))
    assert [(problem.id, problem.place.file) for problem in folder.problems()] == [
        ("not-date", str(folder.path("dk/anden-2025/pack.yaml"))),
        ("not-date", str(folder.path("pack.yaml"))),
    ]


def test_a_problem_in_the_head_hides_no_other(folder: RuleFolder) -> None:
    folder.edit("pack.yaml", "date: 2024-11-01", "date: 2024-31-01")
    folder.edit("pack.yaml", "status: current", "status: gældende")
    folder.edit("courses.yaml", "[L84, L86]", "[L21]")
    folder.edit("general.yaml", "severity: information", "severity: error")
    found = [(Path(problem.place.file).name, problem.id) for problem in folder.problems()]
    assert found == [
        ("courses.yaml", "unknown-code"),
        ("general.yaml", "wrong-severity"),
        ("pack.yaml", "not-allowed"),
        ("pack.yaml", "not-date"),
    ]


@pytest.mark.parametrize("head", ["pack: [", "", "- dk", PACK.replace("sources:", "kilder:"), PACK.replace("specialties:", "x: [")])
def test_an_unreadable_head_causes_no_further_problems(head: str, folder: RuleFolder) -> None:
    folder.write("pack.yaml", head)
    folder.edit("courses.yaml", "[L84, L86]", "[L21]")
    by_file = [(Path(problem.place.file).name, problem.id) for problem in folder.problems()]
    assert [problem for problem in by_file if problem[0] != "pack.yaml"] == [("courses.yaml", "unknown-code")]
    assert any(file == "pack.yaml" for file, _ in by_file)


@pytest.mark.parametrize("courses", ["courses: [", "", "- courses", "courses: [laenderyg]\n"])
def test_unreadable_courses_cause_no_further_problems(courses: str, folder: RuleFolder) -> None:
    folder.edit("general.yaml", "role: main\n    message", "course: laenderyg\n    message")
    folder.write("courses.yaml", courses)
    assert {Path(problem.place.file).name for problem in folder.problems()} == {"courses.yaml"}


def test_a_draft_is_read_even_if_its_base_has_a_problem(folder: RuleFolder) -> None:
    folder.write("dk/kladde-2026/pack.yaml", DRAFT)
    folder.write("dk/kladde-2026/courses.yaml", COURSES.replace("[N87]", "[N8]"))
    folder.edit("courses.yaml", "[L84, L86]", "[L21]")
    found = {Path(problem.place.file).parent.name: problem.id for problem in folder.problems()}
    assert found == {"lille-2025": "unknown-code", "kladde-2026": "unknown-code"}


def test_a_yaml_error_hides_no_other_problem(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "codes: [L84, L86]", "codes: &koder [L21, L86]")
    folder.edit("courses.yaml", "        status: undecided\n", "        status: !!str undecided\n        from: 2025-10-02\n")
    folder.edit("courses.yaml", "range: [1, 5]", "range: [1]")
    assert [(problem.id, problem.place.line) for problem in folder.problems()] == [
        ("anchor", 7),
        ("unknown-code", 7),
        ("tag", 8),
        ("double-key", 9),
        ("phase-range", 18),
    ]


def test_a_problem_has_its_source_line(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "from: 2025-10-01", "from: 2025-13-01")
    (problem,) = folder.problems()
    assert problem.line == "      - from: 2025-13-01"
    assert problem.excerpt == "- from: 2025-13-01"
    assert (problem.severity, problem.text) == ("error", f"{problem.what} {problem.instead}")


def test_the_excerpt_of_a_long_line_has_the_wrong_part(folder: RuleFolder) -> None:
    folder.edit(
        "general.yaml", "- finds: {diagnoses: [{code: A29, role: main}]}", f"- finds: {{id: {'x' * 190}, phase: 1, fase: 1}}"
    )
    folder.edit("general.yaml", "severity: information", f"severity: information   # {'å' * 300}")
    folder.edit("general.yaml", "- passes: {diagnoses", f"- passes: {{id: {'y' * 300}}}\n        passer: {{diagnoses")
    problems = folder.problems()
    assert problems
    assert all(len(problem.excerpt) <= 102 for problem in problems)
    assert "fase: 1" in problems[0].line


def test_a_problem_with_a_multiline_value_is_one_line(folder: RuleFolder) -> None:
    folder.edit("general.yaml", "severity: information", "severity: |\n      information\n      fejl")
    (problem,) = folder.problems()
    assert "\n" not in str(problem)


SERVICES = """\
courses:
  parkinson:
    title: {da: "Parkinson", en: "Parkinson's disease"}
    specialty: "62"
    referral: [{from: 2025-01-01, sks: [DG20], icpc: [N87], source: moede}]
    services: [{from: 2025-01-01, source: moede, by_phase: {to: [video]}}]
"""
TWIN = RULES.replace("dk.restkode", "dk.restkode-igen")
OF_THE_TABLE = RULES.replace("residual-code", "main-not-in-course-set").replace("severity: information", "severity: error")


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("general2.yaml", TWIN),
        ("general.yaml", OF_THE_TABLE),
        ("general.yaml", RULES.replace("role: main\n    message", "chapter: Q\n    message")),
        ("courses.yaml", SERVICES),
        ("general2.yml", TWIN),
    ],
    ids=[
        "two rules that say the same",
        "a finding of the course table written as a rule",
        "a chapter that ICPC-2 has not, so that the rule never fires",
        "a phase that is no number, on a course without phases",
        "a file whose name ends otherwise, so that it is never read",
    ],
)
def test_every_mistake_is_reported(file: str, content: str, folder: RuleFolder) -> None:
    folder.write(file, content)
    assert str(folder.path(file)) in {problem.place.file for problem in folder.problems()}


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [("moeder", ["moede", "kilde"], 'Mente du "moede"?'), ("xyz", ["b", "a"], "Skriv en af: a, b."), ("xyz", [], "")],
)
def test_a_hint_names_the_nearest_value_or_all_values(word: str, known: list[str], meant: str) -> None:
    assert hint(word, known) == meant


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "severity: information",
            "severity: infomation",
            ('"infomation"', "error, warning, information", 'Mente du "information"?'),
        ),
        ("role: main\n    message", "date: 2025-01-01\n    message", ('"from" og "to" i reglen',)),
        ("role: main\n    message", "diagnosis: {diagnosis: {code: L84}}\n    message", ("kun diagnosens egne felter", "Flyt")),
        ("role: main\n    message", "observations.joints: [hip]\n    message", ('"[hip]" kan', "{includes: hip}")),
        ("role: main\n    message", "observations.joints: [hip, knee]\n    message", ("{includes: [hip, knee]}",)),
        (
            "role: main\n    message",
            "observations.joints: [hip, {a: true}]\n    message",
            ('"[hip, {a: true}]"', "{includes, includes_none}"),
        ),
        ("role: main\n    message", "observations.joints: []\n    message", ("{includes, includes_none}",)),
        ("role: main\n    message", "observations.joints:\n    message", ("{includes, includes_none}",)),
        ("role: main\n    message", 'plan: "true"\n    message', ("true eller false, uden anførselstegn.",)),
        ("role: main\n    message", "plan: ja\n    message", ("true eller false.",)),
        ("role: main\n    message", 'patient.age: {at_most: "17"}\n    message', ("mellem 0 og 130, uden anførselstegn.",)),
        ("role: main\n    message", "patient.age: {at_most: 08}\n    message", ("mellem 0 og 130.",)),
        ("role: main\n    message", "patient.age: 18-30\n    message", ("{at_least: 18, at_most: 30}",)),
        ("role: main\n    message", "patient.age: <18\n    message", ("{at_most: 17}",)),
        ("role: main\n    message", 'patient.age: ">= 65"\n    message', ("{at_least: 65}",)),
        ("role: main\n    message", "any: {phase: 1}\n    message", ("fx [{phase: 1}, {phase: 2}].",)),
        ("[{action: replace, code: L84}]", "L84", ("fx [{action: replace, code: L84}].",)),
        ("[A29, A99]", "[A29, M54.5]", ("fra ICD-10", "I ICPC-2 svarer den til L03")),
        ("[A29, A99]", "[A29, DM545]", ("fra SKS", "I ICPC-2 svarer den til L03")),
        ("[A29, A99]", "[A29, V01.1]", ("fra ICD-10", "Vælg en kode i ICPC-2.")),
        ("kind: residual-code", "kind: residual-kode", ('"residual-kode"', 'Mente du "residual-code"?')),
        ("[A29, A99]", "[A29, A00]", ('"A00"', "A01")),
        ("source: moede", "source: moede\n    from: 2025-31-01", ('"2025-31-01"', "dag og måned", "2025-01-31")),
        ("source: moede", "source: moede\n    from: 1.4.2025", ('"1.4.2025"', "Året skrives først", "2025-04-01")),
        ("source: moede", "source: moeder", ('"moeder"', "pack.yaml", 'Mente du "moede"?')),
        ("role: main\n    message", "rolle: main\n    message", ('"rolle"', 'Mente du "role"?')),
    ],
)
def test_a_text_names_the_value_and_what_to_write(old: str, new: str, words: tuple[str, ...], folder: RuleFolder) -> None:
    folder.edit("general.yaml", old, new)
    (problem,) = folder.problems()
    assert [word for word in words if word not in problem.text] == []


@pytest.mark.parametrize(("rules", "found"), [("rules:\n", "ingenting"), ("rules: {id: dk.restkode}\n", "nøgler med værdier")])
def test_a_value_that_must_be_a_list_is_reported_with_a_matching_list(rules: str, found: str, folder: RuleFolder) -> None:
    folder.write("general.yaml", rules)
    (problem,) = folder.problems()
    assert problem.text == f'her står {found}. Skriv en liste, fx "- id: dk.min-regel".'


def test_unreadable_blocks_are_reported_once(folder: RuleFolder) -> None:
    folder.edit("general.yaml", "role: main\n    message", "diagnosis: {kode: L84}\n      no_diagnosis: {kode: L84}\n    message")
    assert [problem.id for problem in folder.problems()] == ["unknown-field", "unknown-field"]


@pytest.mark.parametrize(
    ("start", "days"), [("2026-07-01", "den 2026-06-30"), ("2026-07-03", "fra 2026-06-30 til 2026-07-02")], ids=["a day", "days"]
)
def test_a_gap_is_reported_with_the_missing_days(start: str, days: str, folder: RuleFolder) -> None:
    later = f"      - {{from: {start}, codes: [L84], status: decided, source: moede}}\n"
    note = '        note: {da: "Under afklaring.", en: "Undecided."}\n'
    folder.edit("courses.yaml", note, f"{note}        to: 2026-06-29\n{later}")
    (problem,) = folder.problems()
    assert f"intet gælder {days}." in problem.text
