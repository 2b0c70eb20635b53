"""`/v1/cases/statistics`: for EKM, how well coders agree and which cases or rules are unclear; as JSON and as CSV."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from validator.requests.errors import Fault, RequestError
from validator.training.errors import UnknownGroupError
from validator.web.api.cases import FILTERS, filters, training
from validator.web.api.schemas import LANGUAGE_HEADER, PAGE_QUERY
from validator.web.api.statistics_schemas import StatisticsSchema
from validator.web.http.responses import list_answer, queried, spoken_language

blueprint = Blueprint("case_statistics", __name__, description="Figures about coding cases")

_QUERY: list[dict[str, Any]] = [
    *FILTERS,
    {"name": "group", "in": "query", "description": "Only what a group answered, by its code.", "schema": {"type": "string"}},
    {"name": "unclear", "in": "query", "description": "Only unclear cases.", "schema": {"type": "string", "enum": ["true"]}},
    {"name": "format", "in": "query", "schema": {"type": "string", "enum": ["json", "csv"], "default": "json"}},
]


@blueprint.route("/v1/cases/statistics")
@blueprint.doc(
    summary="How cases are answered",
    parameters=[*_QUERY, LANGUAGE_HEADER, *PAGE_QUERY],
    responses={
        "200": {
            "description": "The figures of every case and of the fixed sets.",
            "content": {"application/json": {"schema": StatisticsSchema}, "text/csv": {"schema": {"type": "string"}}},
        }
    },
)
def statistics() -> Response:
    """First attempts only, each version of a case by itself. Shares are 0 to 1 with Wilson's 95 % interval; AC1 is of learners and
    key. Cohen's and Fleiss' kappa are told of fixed sets, and not below 30 answers.
    """
    from validator.training.statistics_export import case_row, render_csv, set_row  # what a service without learners has no use for

    form, unclear = _choice("format", "json", "csv"), _choice("unclear", "true")
    held, language = training(), spoken_language()
    try:
        found = held.statistics(filters(), group=queried("group"))
    except UnknownGroupError:
        raise RequestError([Fault("?group", "group-unknown")]) from None
    rows = [case_row(case, held.bank, held.catalogue, language) for case in found.cases if case.unclear or not unclear]
    if form != "csv":
        return list_answer(rows, also={"sets": [set_row(one, held.bank) for one in found.sets]})
    answer = Response(render_csv(rows, language), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="kodevagt-cases.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _choice(name: str, *allowed: str) -> str | None:
    given = queried(name)
    if given is not None and given not in allowed:
        raise RequestError([Fault(f"?{name}", "choice", {"allowed": ", ".join(allowed)})])
    return given
