"""An edited workbook as a draft: its problems by cell, or files with what changed."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from validator.authoring.checks.release_check import ReleaseReport, build_report
from validator.authoring.excel.cell_place import CellPlace
from validator.authoring.excel.draft_writer import draft_files
from validator.authoring.excel.located_cells import draft_documents
from validator.authoring.excel.sheet_layout import COURSES, HEAD, SOURCES, entry_sheets
from validator.authoring.excel.workbook_problems import WorkbookProblem, cell_of, in_workbook
from validator.authoring.excel.workbook_reader import CourseWorkbook, WorkbookContents
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_files
from validator.rulebook.yaml.problems import Problem, hint
from validator.rulebook.yaml.release_files import ReleaseFiles


def read_workbook_head(content: bytes, file: str) -> dict[str, str]:
    """Return what a workbook says about the release that it was written from. Raises WorkbookError."""
    return CourseWorkbook(content, file).head


def draft_from_workbook(
    content: bytes, base: Release, name: str, file: str, catalogue: Catalogue, as_of: datetime.date
) -> "WorkbookDraft":
    """Read the draft `name` from the content of a workbook. Raises WorkbookError."""
    return read_workbook_draft(CourseWorkbook(content, file), base, name, file, catalogue, as_of)


@dataclass(frozen=True)
class WorkbookDraft:
    """The result of reading a workbook.

    `files` are those of the draft by name; none after an error or without changes.
    """

    report: ReleaseReport
    files: Mapping[str, str]
    courses: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def read_workbook_draft(
    book: CourseWorkbook, base: Release, name: str, file: str, catalogue: Catalogue, as_of: datetime.date
) -> WorkbookDraft:
    """Read the draft `name` from a workbook that was written from `base`.

    `file` names the workbook in problems.
    """
    contents = book.read(base.languages)
    problems = [in_workbook(item, contents) for item in (*contents.problems, *_table_problems(contents, base, file))]
    head = {"pack": base.pack, "release": name, "status": "draft", "extends": base.name}
    documents = draft_documents(head, CellPlace(file, 2, 2, HEAD), contents)
    files = ReleaseFiles(Path(base.pack, name), documents, sent=True)
    draft = read_files(files, {base.name: base}, catalogue)
    report = build_report(draft.problems, [draft], catalogue, as_of)
    found = [in_workbook(item, contents) for item in report.problems]
    errors = [item for item in problems if item.severity == "error"]
    if errors or report.errors or not report.releases:
        more = [item for item in found if not _is_consequence(item, errors)]
        return WorkbookDraft(_report(None, [*problems, *more], contents), {})
    read = report.releases[0]
    courses = tuple(name for name, course in read.courses.items() if course != base.courses.get(name))
    sources = tuple(name for name, source in read.sources.items() if source != base.sources.get(name))
    checked = _report(report, [*problems, *found], contents)
    if not courses and not sources:
        return WorkbookDraft(checked, {})
    return WorkbookDraft(checked, draft_files(documents, {"courses": courses, "sources": sources}), courses, sources)


def _is_consequence(item: WorkbookProblem, problems: Sequence[WorkbookProblem]) -> bool:
    """Return whether a problem of the draft only follows from a problem of the workbook.

    An empty cell is such a problem.
    """
    if item.id == "nothing-changed":
        return bool(problems)
    if item.id in ("course-without-rows", "rows-without-referral"):
        return any(problem.id in ("sheet-missing", "heading-missing", "too-many-rows") for problem in problems)
    title = item.id == "missing-language" and cell_of(item).sheet == COURSES
    unread = {problem.place for problem in problems if problem.id != "cell-quoted"}  # whose text is read without the quotes
    return bool(problems) and (title or item.id == "missing-key" or item.place in unread)


def _table_problems(contents: WorkbookContents, base: Release, file: str) -> Iterator[Problem]:
    """Yield problems between the sheets.

    They are about courses and sources that are duplicated, unknown or removed.
    """
    courses, sources = contents.named(COURSES), contents.named(SOURCES)
    for title, named in ((COURSES, courses), (SOURCES, sources)):
        for row in contents.rows(title):
            if row.name and row is not named[row.name]:
                yield Problem("double-row", row.name_place, {"name": row.name, "first": str(named[row.name].place.line)})
    known = {*sources, *base.sources}
    for rows in contents.sheets.values():
        for cell in (cell for row in rows for column, cell in row.cells.items() if column.form == "source"):
            if cell.value not in known:
                yield Problem("source-not-listed", cell.place, {"source": str(cell.value), "hint": hint(str(cell.value), known)})
    if not courses and any(problem.severity == "error" for problem in contents.problems):
        return  # the sheet of courses could not be read, which is reported
    for sheet in entry_sheets(tuple(contents.sheets)):
        for row in contents.sheets[sheet]:
            if row.name and row.name not in courses:
                yield Problem("course-not-listed", row.name_place, {"course": row.name, "hint": hint(row.name, list(courses))})
    for name in base.courses:
        if name not in courses:
            yield Problem("course-removed", CellPlace(file, 1, 1, COURSES), {"course": name, "base": base.name})


def _report(report: ReleaseReport | None, problems: Sequence[WorkbookProblem], contents: WorkbookContents) -> ReleaseReport:
    """Return the report, an empty one for None, with the problems by sheet, row and column, each of them once."""
    order: dict[str, int] = {HEAD: -1} | {sheet.title: number for number, sheet in enumerate(contents.sheets)}
    unique = {(problem.id, problem.place, problem.text): problem for problem in problems}
    ordered = sorted(unique.values(), key=lambda item: (order[cell_of(item).sheet], item.place.line, item.place.column, item.id))
    return replace(report or ReleaseReport((), ()), problems=tuple(ordered))
