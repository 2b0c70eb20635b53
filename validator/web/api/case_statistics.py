"""`/v1/cases/statistics`: the agreement of coders, and unclear cases, as JSON or CSV."""

from flask import Response
from flask_smorest import Blueprint

from validator.requests.errors import Fault, RequestError
from validator.training.errors import UnknownGroupError
from validator.web.api.openapi_parts import LANGUAGE_HEADER, PAGE_QUERY, query_parameter
from validator.web.api.statistics_schemas import StatisticsSchema
from validator.web.api.training_requests import CASE_FILTERS, case_filters, training
from validator.web.http.content_negotiation import text_language
from validator.web.http.responses import list_response, query_choice, query_value

blueprint = Blueprint("case_statistics", __name__, description="Statistics of coding cases")

_QUERY = [
    *CASE_FILTERS,
    query_parameter("group", "Only the answers of the group with this code."),
    query_parameter("unclear", "Only unclear cases.", enum=["true"]),
    query_parameter("format", enum=["json", "csv"], default="json"),
]


@blueprint.route("/v1/cases/statistics")
@blueprint.doc(
    operationId="readCaseStatistics",
    summary="Read how cases are answered",
    parameters=[*_QUERY, LANGUAGE_HEADER, *PAGE_QUERY],
    responses={
        "200": {
            "description": "The figures of each case and of the fixed sets.",
            "content": {"application/json": {"schema": StatisticsSchema}, "text/csv": {"schema": {"type": "string"}}},
        }
    },
)
def statistics() -> Response:
    """First attempts only, separately for each version of a case. Shares are from 0 to 1 with Wilson's 95 % interval. AC1 is
    the agreement of learners with the answer key. Cohen's and Fleiss' kappa are given for fixed sets with 30 answers or more.
    """
    from validator.training.statistics_export import (  # deferred: a service without learners does not need it
        case_row,
        render_csv,
        set_row,
    )

    format, unclear = query_choice("format", "json", "csv"), query_choice("unclear", "true")
    current, language = training(), text_language()
    try:
        figures = current.statistics(case_filters(), group=query_value("group"))
    except UnknownGroupError:
        raise RequestError([Fault("?group", "group-unknown")]) from None
    rows = [case_row(case, current.bank, current.catalogue, language) for case in figures.cases if case.unclear or not unclear]
    if format != "csv":
        return list_response(rows, sets=[set_row(set_figures, current.bank) for set_figures in figures.sets])
    response = Response(render_csv(rows, language), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="kodevagt-cases.csv"'
    return response
