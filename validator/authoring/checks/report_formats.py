"""A report on rule files or cases as people and programs read it: lines of text, JSON, SARIF 2.1.0, commands of GitHub Actions."""

import json
import os
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import quote

from validator.authoring.excel.cell_place import CellPlace
from validator.rulebook.yaml.problems import Problem

_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class ProblemReport(Protocol):
    """What was found by `command`, and in `contents` what was checked."""

    @property
    def command(self) -> str: ...

    @property
    def problems(self) -> tuple[Problem, ...]: ...

    @property
    def errors(self) -> list[Problem]: ...

    @property
    def warnings(self) -> list[Problem]: ...

    def contents(self) -> dict[str, Any]: ...


def format_text(report: ProblemReport) -> str:
    """One problem a line, `file:line:column: text | the line that it is about`."""
    return "\n".join(map(_line, report.problems))


def format_json(report: ProblemReport) -> str:
    """Everything, for scripts and editors."""
    return json.dumps(report_json(report), ensure_ascii=False, indent=2)


def format_sarif(report: ProblemReport) -> str:
    """SARIF 2.1.0, which code hosts and editors show beside the line."""
    used = {problem.id: problem for problem in report.problems}
    rules = [
        {
            "id": name,
            "shortDescription": {"text": problem.texts[name].what},
            "help": {"text": problem.texts[name].instead or problem.texts[name].what},
            "defaultConfiguration": {"level": problem.severity},
        }
        for name, problem in sorted(used.items())
    ]
    run = {
        "tool": {"driver": {"name": report.command, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": list(map(_result, report.problems)),
    }
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def format_github(report: ProblemReport) -> str:
    """Commands of GitHub Actions, which mark the lines of a pull request."""
    return "\n".join(map(_command, report.problems))


REPORT_FORMATS: dict[str, Callable[[ProblemReport], str]] = {
    "text": format_text,
    "json": format_json,
    "sarif": format_sarif,
    "github": format_github,
}


def report_json(report: ProblemReport) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "problems": list(map(problem_json, report.problems)),
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        **report.contents(),
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as plain data; `text` is `what` and `instead` together, `cell` the name of its cell in a workbook."""
    cell = {"cell": problem.place.cell} if isinstance(problem.place, CellPlace) else {}
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        **cell,
        "id": problem.id,
        "severity": problem.severity,
        "text": problem.text,
        "what": problem.what,
        "instead": problem.instead,
        "line_text": problem.line[:1000],
    }


def _line(problem: Problem) -> str:
    mark = "advarsel: " if problem.severity == "warning" else ""
    shown = f" | {problem.excerpt}" if problem.excerpt else ""
    return f"{problem.place}: {mark}{problem.text}{shown}"


def _result(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "ruleId": problem.id,
        "level": problem.severity,
        "message": {"text": problem.text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(os.fsencode(place.file))},
                    "region": {"startLine": place.line, "startColumn": place.column, "snippet": {"text": problem.line[:1000]}},
                }
            }
        ],
    }


def _command(problem: Problem) -> str:
    place = problem.place
    parts = {"file": place.file, "line": str(place.line), "col": str(place.column), "title": problem.id}
    values = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in parts.items())
    return f"::{problem.severity} {values}::{_escaped(problem.text)}"


def _escaped(text: str, also: str = "") -> str:
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
