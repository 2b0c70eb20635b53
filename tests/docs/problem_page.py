"""Generate docs/regelproblemer.md: every problem of a rule file, with an example that the reader reports.

Run `python -m tests.docs.problem_page` to update the page.
"""

import datetime
import re
import tempfile
import textwrap
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tests.authoring.acceptable_cases import AS_OF as ACCEPTABLE_AS_OF
from tests.authoring.acceptable_cases import CASES as ACCEPTABLE_CASES
from tests.authoring.acceptable_cases import HEAD as ACCEPTABLE_HEAD
from tests.authoring.acceptable_cases import NEW_SOURCE, AcceptableCase
from tests.authoring.test_inherited_examples import draft_of, without_a29
from tests.authoring.test_warnings import apply_case, check
from tests.authoring.warning_cases import CASES as DOUBTFUL
from tests.authoring.workbook_cases import WARNING_CASES, WORKBOOK_CASES, edited
from tests.conftest import ROOT
from tests.rulebook.problem_cases import CASES
from tests.rulebook.rule_folder import RuleFolder
from tests.rulebook.test_problems import spoil
from validator.authoring.checks.release_check import check_folder
from validator.authoring.checks.source_warnings import TEMPLATE_TITLE
from validator.authoring.excel.workbook_draft import read_workbook_draft
from validator.authoring.excel.workbook_reader import CourseWorkbook
from validator.authoring.excel.workbook_writer import write_workbook
from validator.authoring.publishing import try_folder
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.loader import load_catalogue
from validator.rulebook.conditions import All, Test
from validator.rulebook.yaml.problem_texts import TEXTS
from validator.rulebook.yaml.problems import MAX_PROBLEMS, Place, Problem
from validator.rulebook.yaml.release_documents import ReleasePlace, read_again
from validator.texts import danish_text

PAGE = ROOT / "docs" / "regelproblemer.md"
HEAD = """\
# Problemer i regelfiler

`kodevagt rules check` viser alle problemer på én gang. En **fejl** hindrer, at udgaven udgives. En **advarsel**, der
skal godtages, hindrer det, til du har godtaget den med `--accept NAVN` eller i `pack.yaml` med `accept: [NAVN]`. Andre
advarsler hindrer intet, men er værd at se på.

Hvert problem har et navn, som også står i `--format json`, og et eksempel: linjen i filen og beskeden om den. Et
problem i et Excel-ark vises med cellens navn i stedet for linje og kolonne, og et i en underskrevet udgave med sit sted
i udgaven.

Siden er skrevet af `python -m tests.docs.problem_page` og prøves ved hver ændring.
"""
_GROUPS = {"error": "## Fejl", "warning": "## Advarsler"}
_LONGEST = 160  # characters of a line shown in full
_WIDTH = 120  # characters of a line of the page
_WORKBOOK = "forløb.xlsx"
_PATH = re.compile(r"/\S+/(?=\w+\.ya?ml)")  # the temporary folder of an example


def page(catalogue: Catalogue) -> str:
    """Return the page as Markdown, with one example for each problem."""
    found = {problem.id: problem for problem in _examples(catalogue)}
    sections = [HEAD]
    for severity, heading in _GROUPS.items():
        sections.append(f"{heading}\n")
        sections += [_section(found[name]) for name in TEXTS if found[name].severity == severity]
    return "\n".join(sections)


def _examples(catalogue: Catalogue) -> Iterable[Problem]:
    """Yield examples of all problems; the one to show comes last of its problem."""
    for case in reversed(CASES):
        with tempfile.TemporaryDirectory() as path:
            folder = RuleFolder(Path(path), catalogue)
            spoil(folder, case)
            yield from folder.problems()
    with tempfile.TemporaryDirectory() as path:
        folder = RuleFolder(Path(path), catalogue)
        folder.edit("general.yaml", "[A29, A99]", f"[{', '.join(['A1'] * (MAX_PROBLEMS + 50))}]")
        yield next(problem for problem in folder.problems() if problem.id == "more-problems")
        yield Problem("more-warnings", Place("general.yaml", 7, 7), {"number": "50"})
    for doubtful in reversed(DOUBTFUL):
        with tempfile.TemporaryDirectory() as path:
            folder = RuleFolder(Path(path), catalogue)
            apply_case(folder, doubtful)
            yield from check(folder, doubtful).problems
    with tempfile.TemporaryDirectory() as path:
        folder = RuleFolder(Path(path), catalogue)
        folder.path("mappe.yaml").mkdir()
        yield from folder.problems()
        folder.path("pack.yaml").unlink()
        yield from folder.problems()
    with tempfile.TemporaryDirectory() as path:
        folder = RuleFolder(Path(path), catalogue)
        tried = try_folder(draft_of(folder), without_a29(catalogue), ())
        yield next(problem for problem in tried.problems if problem.id == "inherited-examples")
        yield Problem(
            "example-accepted",
            ReleasePlace("ekm-2027-03", 1, 1, "/rules/dk.l84-med-udstraaling/examples/3"),
            {
                "rule": "dk.l84-med-udstraaling",
                "number": "4",
                "date": "2025-04-01",
                "why": danish_text("authoring.example.finds"),
            },
        )
    for acceptable in ACCEPTABLE_CASES:
        with tempfile.TemporaryDirectory() as path:
            folder = RuleFolder(Path(path), catalogue)
            yield from check_folder(acceptable.write(folder), catalogue, datetime.date.fromisoformat(ACCEPTABLE_AS_OF)).problems
    with tempfile.TemporaryDirectory() as path:
        folder = RuleFolder(Path(path), catalogue)
        folder.edit("general.yaml", "code: [A29, A99]", "any: [{code: A99}, {code: L29}]")
        folder.edit("pack.yaml", "status: current\n", "status: current\naccept: [nothing-changed]\n")
        yield from check_folder(folder.path("pack.yaml").parent, catalogue, datetime.date(2026, 6, 1)).problems
        yield Problem("engine-refuses", Place("pack.yaml", 1, 1))
    with tempfile.TemporaryDirectory() as path:
        folder = RuleFolder(Path(path), catalogue)
        draft = AcceptableCase(
            "", {"pack.yaml": ACCEPTABLE_HEAD + NEW_SOURCE.replace("Nyt møde", danish_text(TEMPLATE_TITLE))}, ("", 0)
        )
        yield from check_folder(draft.write(folder), catalogue, datetime.date.fromisoformat(ACCEPTABLE_AS_OF)).errors
        values = {"base": "ekm-2024-11", "folder": "rules/dk/ekm-2024-11"}
        yield Problem("base-edited", Place("pack.yaml", 4, 10), values, "extends: ekm-2024-11")
        yield Problem("release-taken", Place("pack.yaml", 2, 10), {"name": "kladde-2026"}, "release: kladde-2026")
    with tempfile.TemporaryDirectory() as path:
        base = RuleFolder(Path(path), catalogue).release()
    (rule,) = base.rules
    one = Test("code", "one_of", ("A29", "A99"))
    twice = replace(base, rules=(replace(rule, when=All((one, one))),))  # no rule file can say that
    yield from read_again(twice, catalogue)[1]
    content = write_workbook(base, catalogue.edition)
    for spoilt in (*WORKBOOK_CASES, *WARNING_CASES):
        book = CourseWorkbook(edited(content, spoilt.edit), _WORKBOOK)
        problems = read_workbook_draft(book, base, "ny-2026", _WORKBOOK, catalogue, datetime.date(2026, 1, 1)).report.problems
        yield next(problem for problem in problems if problem.id == spoilt.id)


def _section(problem: Problem) -> str:
    line = problem.line if len(problem.line) <= _LONGEST else problem.excerpt
    shown = f"\n```text\n{line.strip()}\n```\n" if line.strip() else ""
    place = f"{Path(problem.place.file).name}{str(problem.place).removeprefix(problem.place.file)}"
    mark = "advarsel: " if problem.severity == "warning" else ""
    text = f"{place}: {mark}{_PATH.sub('', problem.text)}"
    quote = textwrap.fill(text, _WIDTH, initial_indent="> ", subsequent_indent="> ", break_long_words=False, break_on_hyphens=False)
    return f"### `{problem.id}`\n{shown}\n{quote}\n"


if __name__ == "__main__":
    PAGE.write_text(page(load_catalogue(ROOT / "catalog")), encoding="utf-8")
