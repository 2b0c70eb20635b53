"""Formats of reports on rule files and cases: text, JSON, SARIF 2.1.0 and GitHub Actions.

Reports for GitHub Actions are workflow commands.
"""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from validator.authoring.excel.cell_place import CellPlace
from validator.rulebook.yaml.problems import CheckReport, Problem
from validator.rulebook.yaml.release_documents import ReleasePlace
from validator.texts import danish_text

_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MAX_LINE = 1000  # characters of a line of the file


def format_text(report: CheckReport) -> str:
    """Return one line per problem: `file:line:column: text | line of the file`."""
    return problem_lines(report.problems)


def problem_lines(problems: Iterable[Problem]) -> str:
    """Return problems in the format of `format_text`."""
    return "\n".join(map(_text_line, problems))


def format_json(report: CheckReport) -> str:
    """Return the report as indented JSON."""
    return json.dumps(report_json(report), ensure_ascii=False, indent=2)


def format_sarif(report: CheckReport) -> str:
    """Return the report as SARIF 2.1.0, which code hosts and editors show beside the line."""
    examples = {problem.id: problem for problem in report.problems}
    rules = [
        {
            "id": name,
            "shortDescription": {"text": problem.texts[name].what},
            "help": {"text": problem.texts[name].instead or problem.texts[name].what},
            "defaultConfiguration": {"level": problem.severity},
        }
        for name, problem in sorted(examples.items())
    ]
    run = {
        "tool": {"driver": {"name": report.command, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": list(map(_sarif_result, report.problems)),
    }
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def format_github(report: CheckReport) -> str:
    """Return workflow commands of GitHub Actions, which annotate the lines of a pull request."""
    return "\n".join(map(_github_command, report.problems))


REPORT_FORMATS: dict[str, Callable[[CheckReport], str]] = {
    "text": format_text,
    "json": format_json,
    "sarif": format_sarif,
    "github": format_github,
}


def report_json(report: CheckReport) -> dict[str, Any]:
    """Return the report as plain data."""
    return {
        "problems": list(map(problem_json, report.problems)),
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        **report.contents(),
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain data.

    `text` is `what` and `instead` joined; `cell` is the cell of a workbook, `pointer` the place in a release that came
    without files. `accepted` is null for a problem that cannot be accepted or need not be.
    """
    place = problem.place
    cell = {"cell": place.cell} if isinstance(place, CellPlace) else {}
    if isinstance(place, ReleasePlace):
        cell = {"pointer": place.pointer}
    texts = {name: getattr(problem, name) for name in ("id", "severity", "text", "what", "instead")}
    position = {"file": place.file, "line": place.line, "column": place.column}
    accepted = problem.accepted if problem.needs_acceptance else None
    return {**position, **cell, **texts, "accepted": accepted, "line_text": problem.line[:_MAX_LINE]}


def _text_line(problem: Problem) -> str:
    excerpt = f" | {problem.excerpt}" if problem.excerpt else ""
    return f"{problem.place}: {_prefix(problem)}{problem.text}{excerpt}"


def _prefix(problem: Problem) -> str:
    if problem.severity == "error":
        return ""
    if not problem.needs_acceptance:
        return danish_text("authoring.warning-prefix")
    return danish_text(f"authoring.{'accepted' if problem.accepted else 'acceptable'}-prefix", id=problem.id)


def _sarif_result(problem: Problem) -> dict[str, Any]:
    place = problem.place
    region = {"startLine": place.line, "startColumn": place.column, "snippet": {"text": problem.line[:_MAX_LINE]}}
    location = {"artifactLocation": {"uri": quote(os.fsencode(place.file))}, "region": region}
    result: dict[str, Any] = {
        "ruleId": problem.id,
        "level": problem.severity,
        "message": {"text": problem.text},
        "locations": [{"physicalLocation": location}],
    }
    if problem.needs_acceptance:
        result["properties"] = {"accepted": problem.accepted}
        result["suppressions"] = [{"kind": "external", "status": "accepted"}] if problem.accepted else []
    return result


def _github_command(problem: Problem) -> str:
    place = problem.place
    parts = {"file": place.file, "line": str(place.line), "col": str(place.column), "title": problem.id}
    values = ",".join(f"{name}={_escape(value, ':,')}" for name, value in parts.items())
    return f"::{problem.severity} {values}::{_escape(problem.text)}"


def _escape(text: str, extra: str = "") -> str:
    for character in f"%\r\n{extra}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
