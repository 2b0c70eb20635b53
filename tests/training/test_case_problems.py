"""Every mistake in a case file is reported with file, line, column, and what to write instead."""

import re
from dataclasses import dataclass

import pytest

from tests.rulebook.test_problems import place_of
from tests.training.case_folder import FILE, WORDS, CaseFolder
from validator.training.case_problems import CASE_TEXTS, CaseProblem

SIGN = "§"
LEAKS = re.compile(r"None|Located|Traceback|<class|\{\w*\}|\n")
JUDGED = {"unknown-specialty", "unknown-course", "unknown-rule", "unknown-release", "key-refused", "alternative-refused"}


@dataclass(frozen=True)
class Mistake:
    """A replacement of `old` by `new` in a file; § marks the expected place of the problem."""

    id: str
    old: str
    new: str
    file: str = FILE


MISTAKES = (
    Mistake("anchor", "{age: 64, sex: female}", "§&hun {age: 64, sex: female}"),
    Mistake("tag", "author: Kodevagt", "author: §!hvem Kodevagt"),
    Mistake("too-deep", "author: Kodevagt", "author: " + "[" * 600),
    Mistake("yaml", "author: Kodevagt", "author: Kodevagt§: EKM"),
    Mistake("unknown-key", "author: Kodevagt", "author: Kodevagt\n§autor: EKM"),
    Mistake("missing-key", "author: Kodevagt\n", ""),
    Mistake("missing-key", 'rationale: {da: "Det er artrose i knæet."}', 'rationale: §{en: "It is knee osteoarthritis."}'),
    Mistake("unknown-key", 'rationale: {da: "Det er artrose i knæet."}', 'rationale: {da: "Artrose.", §sv: "Artros."}'),
    Mistake("not-text", 'specialty: "51"', "specialty: §51"),
    Mistake("not-number", "version: 1", "version: §nul"),
    Mistake("not-allowed", "level: basic", "level: §let"),
    Mistake("not-date", "date: 2025-10-14", "date: §2025-14-10"),
    Mistake("bad-id", "id: trappen", "id: §Trappen op"),
    Mistake("wrong-case-name", "id: trappen", "id: §trapper"),
    Mistake("unknown-code", "key: [{code: L90", "key: [{code: §L9O"),
    Mistake("unknown-code", "{code: M17.1", "{code: §M177.1"),
    Mistake("unknown-code", "key: [{code: L90", "key: [{code: §L90\u200b"),
    Mistake("unknown-code", "{code: M17.1", "{code: §\u041c17.1"),
    Mistake("process-code", "key: [{code: L90", "key: [{code: §A45"),
    Mistake("double-value", "key: [{code: L90, role: main}]", "key: [{code: L90, role: main}, §{code: L90, role: secondary}]"),
    Mistake("no-main", "key: [{code: L90, role: main}]", "key: §[{code: L90, role: secondary}]"),
    Mistake("same-answer", "  - [{code: L90, role: main}, {code: L15, role: secondary}]", "  - §[{code: L90, role: main}]"),
    Mistake("right-is-remarked", "{code: L91", "{code: §L90"),
    Mistake("double-remark", "{code: M17.1", "{code: §L15"),
    Mistake("empty", '  - {code: L91, reason: {da: "L91 er andre led."}}', "  §[]"),
    Mistake("personal-data", "author: Kodevagt", "author: §0101901234"),
    Mistake("gives-away", 'da: "Trappen"', 'da: §"Trappen og L90"'),
    Mistake("gives-away", 'da: "Trappen"', 'da: §"Trappen og l90"'),
    Mistake("gives-away", '{da: "Hvilken hoveddiagnose koder du?"}', '{da: §"Er det L15 eller L92?"}'),
    Mistake("bad-given", "{age: 64, sex: female}", "{§age: gammel, sex: female}"),
    Mistake("bad-given", "{age: 64, sex: female}", "{§alder: 64, sex: female}"),
    Mistake("bad-given", "joints: [knee]", "joints: [§knæ]"),
    Mistake("phase-twice", "given:\n", "phase: §2\ngiven:\n  phase: 2\n"),
    Mistake("vignette-length", f'{{da: "{WORDS.strip()}"}}', '{§da: "Hun har ondt i knæet."}'),
    Mistake("unknown-code", "codes: [L15, L90]", "codes: [L15, §L9O]", "scoring.yaml"),
    Mistake("unknown-case", "cases: [trappen]", "cases: [trappen, §trapper]", "scoring.yaml"),
    Mistake("not-number", "answers: 10", "answers: §0", "scoring.yaml"),
    Mistake("missing-key", "chapter: 25, ", "", "scoring.yaml"),
    Mistake("not-number", "exact: 100", "exact: §110", "scoring.yaml"),
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.id)
def test_mistake_is_reported_at_its_place(mistake: Mistake, folder: CaseFolder) -> None:
    folder.edit(mistake.old, mistake.new, mistake.file)
    text = folder.path(mistake.file).read_text(encoding="utf-8")
    folder.write(mistake.file, text.replace(SIGN, ""))
    (problem,) = folder.read().problems
    assert isinstance(problem, CaseProblem)
    assert (problem.id, problem.place.file) == (mistake.id, str(folder.path(mistake.file)))
    if SIGN in text:
        assert (problem.place.line, problem.place.column) == place_of(text)
        line = text.replace(SIGN, "").splitlines()[problem.place.line - 1]
        assert problem.line == ("" if mistake.id == "personal-data" else line)
    assert LEAKS.search(problem.text) is None, problem.text
    assert "regelfil" not in problem.text


def test_every_problem_is_tested() -> None:
    assert sorted(CASE_TEXTS.keys() - {mistake.id for mistake in MISTAKES} - JUDGED - {"missing-file"}) == []


def test_valid_case_has_no_problems(folder: CaseFolder) -> None:
    read = folder.read()
    assert read.problems == ()
    assert read.bank is not None
    assert list(read.bank.cases) == ["trappen"]


def test_case_with_a_warning_is_valid(folder: CaseFolder) -> None:
    folder.edit(WORDS.strip(), "Hun har ondt i knæet.")
    read = folder.read()
    assert [problem.severity for problem in read.problems] == ["warning"]
    assert read.bank is not None


def test_scoring_file_is_required(folder: CaseFolder) -> None:
    folder.path("scoring.yaml").unlink()
    (problem,) = folder.read().problems
    assert str(problem) == f"{folder.path('scoring.yaml')}:1:1: filen mangler. Vælg mappen med cases."


def test_problems_of_all_files_are_reported_at_once(folder: CaseFolder) -> None:
    text = folder.path(FILE).read_text(encoding="utf-8")
    folder.write("doeren.yaml", text.replace("level: basic", "level: let").replace("id: trappen", "id: doeren"))
    folder.edit("status: not-approved", "status: ja")
    folder.edit("version: 1", "version: 0")
    assert [problem.id for problem in folder.read().problems] == ["not-allowed", "not-number", "not-allowed"]
