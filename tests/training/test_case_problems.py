"""Every mistake that a case file can hold is told with file, line and column, what is wrong, and what to write instead."""

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
class Spoilt:
    """In `file` of the small bank `old` becomes `new`, where the sign § stands at the place of the problem."""

    id: str
    old: str
    new: str
    file: str = FILE


SPOILT = (
    Spoilt("anchor", "{age: 64, sex: female}", "§&hun {age: 64, sex: female}"),
    Spoilt("tag", "author: Kodevagt", "author: §!hvem Kodevagt"),
    Spoilt("too-deep", "author: Kodevagt", "author: " + "[" * 600),
    Spoilt("yaml", "author: Kodevagt", "author: Kodevagt§: EKM"),
    Spoilt("unknown-key", "author: Kodevagt", "author: Kodevagt\n§autor: EKM"),
    Spoilt("missing-key", "author: Kodevagt\n", ""),
    Spoilt("missing-key", 'rationale: {da: "Det er artrose i knæet."}', 'rationale: §{en: "It is knee osteoarthritis."}'),
    Spoilt("unknown-key", 'rationale: {da: "Det er artrose i knæet."}', 'rationale: {da: "Artrose.", §sv: "Artros."}'),
    Spoilt("not-text", 'specialty: "51"', "specialty: §51"),
    Spoilt("not-number", "version: 1", "version: §nul"),
    Spoilt("not-allowed", "level: basic", "level: §let"),
    Spoilt("not-date", "date: 2025-10-14", "date: §2025-14-10"),
    Spoilt("bad-id", "id: trappen", "id: §Trappen op"),
    Spoilt("wrong-case-name", "id: trappen", "id: §trapper"),
    Spoilt("unknown-code", "key: [{code: L90", "key: [{code: §L9O"),
    Spoilt("unknown-code", "{code: M17.1", "{code: §M177.1"),
    Spoilt("process-code", "key: [{code: L90", "key: [{code: §A45"),
    Spoilt("double-value", "key: [{code: L90, role: main}]", "key: [{code: L90, role: main}, §{code: L90, role: secondary}]"),
    Spoilt("no-main", "key: [{code: L90, role: main}]", "key: §[{code: L90, role: secondary}]"),
    Spoilt("same-answer", "  - [{code: L90, role: main}, {code: L15, role: secondary}]", "  - §[{code: L90, role: main}]"),
    Spoilt("right-is-remarked", "{code: L91", "{code: §L90"),
    Spoilt("double-remark", "{code: M17.1", "{code: §L15"),
    Spoilt("empty", '  - {code: L91, reason: {da: "L91 er andre led."}}', "  §[]"),
    Spoilt("personal-data", "author: Kodevagt", "author: §0101901234"),
    Spoilt("gives-away", 'da: "Trappen"', 'da: §"Trappen og L90"'),
    Spoilt("gives-away", 'da: "Trappen"', 'da: §"Trappen og l90"'),
    Spoilt("gives-away", '{da: "Hvilken hoveddiagnose koder du?"}', '{da: §"Er det L15 eller L92?"}'),
    Spoilt("bad-given", "{age: 64, sex: female}", "{§age: gammel, sex: female}"),
    Spoilt("bad-given", "{age: 64, sex: female}", "{§alder: 64, sex: female}"),
    Spoilt("bad-given", "joints: [knee]", "joints: [§knæ]"),
    Spoilt("phase-twice", "given:\n", "phase: §2\ngiven:\n  phase: 2\n"),
    Spoilt("vignette-length", f'{{da: "{WORDS.strip()}"}}', '{§da: "Hun har ondt i knæet."}'),
    Spoilt("unknown-code", "codes: [L15, L90]", "codes: [L15, §L9O]", "scoring.yaml"),
    Spoilt("unknown-case", "cases: [trappen]", "cases: [trappen, §trapper]", "scoring.yaml"),
    Spoilt("not-number", "answers: 10", "answers: §0", "scoring.yaml"),
    Spoilt("missing-key", "chapter: 25, ", "", "scoring.yaml"),
    Spoilt("not-number", "exact: 100", "exact: §110", "scoring.yaml"),
)


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda spoilt: spoilt.id)
def test_a_mistake_is_told_where_it_stands(spoilt: Spoilt, folder: CaseFolder) -> None:
    folder.edit(spoilt.old, spoilt.new, spoilt.file)
    text = folder.path(spoilt.file).read_text(encoding="utf-8")
    folder.write(spoilt.file, text.replace(SIGN, ""))
    (problem,) = folder.read().problems
    assert isinstance(problem, CaseProblem)
    assert (problem.id, problem.place.file) == (spoilt.id, str(folder.path(spoilt.file)))
    if SIGN in text:
        assert (problem.place.line, problem.place.column) == place_of(text)
        assert problem.line == text.replace(SIGN, "").splitlines()[problem.place.line - 1]
    assert LEAKS.search(problem.text) is None, problem.text
    assert "regelfil" not in problem.text


def test_every_problem_has_a_case() -> None:
    assert sorted(CASE_TEXTS.keys() - {spoilt.id for spoilt in SPOILT} - JUDGED - {"missing-file"}) == []


def test_a_case_without_a_mistake_has_no_problem(folder: CaseFolder) -> None:
    read = folder.read()
    assert read.problems == ()
    assert read.bank is not None
    assert list(read.bank.cases) == ["trappen"]


def test_a_warning_leaves_the_case(folder: CaseFolder) -> None:
    folder.edit(WORDS.strip(), "Hun har ondt i knæet.")
    read = folder.read()
    assert [problem.severity for problem in read.problems] == ["warning"]
    assert read.bank is not None


def test_scoring_is_needed(folder: CaseFolder) -> None:
    folder.path("scoring.yaml").unlink()
    (problem,) = folder.read().problems
    assert str(problem) == f"{folder.path('scoring.yaml')}:1:1: filen mangler. Vælg mappen med cases."


def test_all_problems_of_all_files_are_told_at_once(folder: CaseFolder) -> None:
    text = folder.path(FILE).read_text(encoding="utf-8")
    folder.write("doeren.yaml", text.replace("level: basic", "level: let").replace("id: trappen", "id: doeren"))
    folder.edit("status: not-approved", "status: ja")
    folder.edit("version: 1", "version: 0")
    assert [problem.id for problem in folder.read().problems] == ["not-allowed", "not-number", "not-allowed"]
