"""Problems of a draft in the words of its workbook: with texts about sheets and cells, at the cell that is at fault."""

from collections.abc import Mapping
from typing import ClassVar, cast

from validator.authoring.excel.cell_place import CellPlace
from validator.authoring.excel.sheet_layout import Column
from validator.authoring.excel.workbook_reader import WorkbookContents
from validator.rulebook.yaml.problem_texts import TEXTS, Wording, read_wordings
from validator.rulebook.yaml.problems import Problem
from validator.texts import danish_text

WORKBOOK_TEXTS: Mapping[str, Wording] = read_wordings("danish_workbook_problems")

# Problems about the keys of a course, and the ones about sheets that replace them.
_SHEET_PROBLEMS = {
    "no-column": "course-without-rows",
    "both-columns": "course-in-both",
    "wrong-column": "rows-without-referral",
}


class WorkbookProblem(Problem):
    """A problem in a workbook, in the same form as a problem in a rule file."""

    texts: ClassVar[Mapping[str, Wording]] = {**TEXTS, **WORKBOOK_TEXTS}


def in_workbook(problem: Problem, contents: WorkbookContents) -> WorkbookProblem:
    """Return a problem of the draft or of the workbook, with the text of its cell."""
    place, values = cell_of(problem), dict(problem.values)
    id = _SHEET_PROBLEMS.get(problem.id, problem.id)
    if id == "missing-key" and values["key"] == "phases":
        id = "rows-without-phases"
    empty = _empty_cell(problem, contents)
    if empty is not None:
        column, place = empty
        values |= {"key": column.heading, "heading": column.heading}
    elif id == "missing-language":
        values["heading"] = values["language"]
    if id == "unknown-code" and " " in values["code"]:
        values["hint"] = danish_text("authoring.excel.comma", hint=values["hint"])
    return WorkbookProblem(id, place, values, contents.texts.get(place, ""))


def cell_of(problem: Problem) -> CellPlace:
    return cast(CellPlace, problem.place)  # every place in a workbook is a cell


def _empty_cell(problem: Problem, contents: WorkbookContents) -> tuple[Column, CellPlace] | None:
    """Return the column and the place of the cell that a missing text belongs in; None for another problem."""
    if problem.id not in ("missing-key", "missing-language"):
        return None
    place = cell_of(problem)
    every = (row for rows in contents.sheets.values() for row in rows)
    row = next((row for row in every if (row.place.sheet, row.place.line) == (place.sheet, place.line)), None)
    at_fault = row.column(place) if row is not None else None
    key = problem.values.get("key") or (at_fault.key if at_fault else None)
    language = problem.values.get("language")
    places = row.places.items() if row is not None else ()
    return next((item for item in places if item[0].key == key and language in (None, item[0].language)), None)
