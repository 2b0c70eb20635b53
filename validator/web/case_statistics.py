"""`/v1/cases/statistics`: for EKM, how well coders agree and which cases or rules are unclear; as JSON and as CSV."""

import csv
import io
from dataclasses import asdict
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from validator.request import Fault, RequestError
from validator.training.case import in_language
from validator.training.groups import UnknownGroupError
from validator.training.statistics import CaseFigures
from validator.training.texts import training_text
from validator.web.answers import list_answer, queried, service, spoken_language
from validator.web.schemas import LANGUAGE_HEADER, PAGE_QUERY
from validator.web.training import FILTERS, filters, training
from validator.web.training_schemas import StatisticsSchema

blueprint = Blueprint("case_statistics", __name__, description="Figures about coding cases")

_QUERY: list[dict[str, Any]] = [
    *FILTERS,
    {"name": "group", "in": "query", "description": "Only what a group answered, by its code.", "schema": {"type": "string"}},
    {"name": "unclear", "in": "query", "description": "Only unclear cases.", "schema": {"type": "string", "enum": ["true"]}},
    {"name": "format", "in": "query", "schema": {"type": "string", "enum": ["json", "csv"], "default": "json"}},
]
_COLUMNS = ("case", "version", "title", "specialty", "course", "level", "answers", "exact", "exact_low", "exact_high", "group",
            "chapter", "ac1", "unclear", "wrong")  # fmt: skip


@blueprint.route("/v1/cases/statistics")
@blueprint.doc(summary="How cases are answered", parameters=[*_QUERY, LANGUAGE_HEADER, *PAGE_QUERY])
@blueprint.alt_response(200, schema=StatisticsSchema)
def statistics() -> Response:
    """First attempts only, each version of a case by itself. Shares are 0 to 1 with Wilson's 95 % interval; AC1 is of learners and
    key. Cohen's and Fleiss' kappa are told of fixed sets, and not below 30 answers.
    """
    form, unclear = _choice("format", "json", "csv"), _choice("unclear", "true")
    group = queried("group")
    try:
        figures = training().statistics(filters(), group=group)
    except UnknownGroupError:
        raise RequestError([Fault("?group", "group-unknown")]) from None
    language = spoken_language()
    rows = [_row(held, language) for held in figures.cases if held.unclear or not unclear]
    if form == "csv":
        return _csv(rows, language)
    published = asdict(training().bank.scoring.published)
    sets = [{**held.to_json(), "published": published} for held in figures.sets]
    return list_answer(rows, also={"sets": sets})


def _choice(name: str, *allowed: str) -> str | None:
    given = queried(name)
    if given is not None and given not in allowed:
        raise RequestError([Fault(f"?{name}", "choice", {"allowed": ", ".join(allowed)})])
    return given


def _row(held: CaseFigures, language: str) -> dict[str, Any]:
    case, title = training().bank.cases.get(held.case), service().catalogue.title
    told = held.to_json()
    return {
        **told,
        "title": in_language(case.title, language) if case else None,
        "specialty": case.specialty if case else None,
        "course": case.course if case else None,
        "difficulty": case.level if case else None,
        "wrong": [{**wrong, "title": title(wrong["code"], language)} for wrong in told["wrong"]],
        "why": training_text(f"unclear-{held.unclear}", language) if held.unclear else None,
    }


def _csv(rows: list[dict[str, Any]], language: str) -> Response:
    """A table that a spreadsheet of the language opens as it stands: in Danish with semicolons and a decimal comma."""
    text = io.StringIO()
    comma = language != "en"
    table = csv.writer(text, delimiter=";" if comma else ",")
    table.writerow(_COLUMNS)
    for row in rows:
        low, high = row["interval"]
        wrong = " ".join(f"{one['code']}:{one['answers']}" for one in row["wrong"])
        held = {**row, "exact_low": low, "exact_high": high, "level": row["difficulty"], "wrong": wrong}
        table.writerow([_cell(held[column], comma=comma) for column in _COLUMNS])
    answer = Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="kodevagt-cases.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _cell(value: object, *, comma: bool) -> str:
    """A value as text; what a spreadsheet would take for a formula begins with an apostrophe."""
    if isinstance(value, float):
        return f"{value:.4f}".replace(".", ",") if comma else f"{value:.4f}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
