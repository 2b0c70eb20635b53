"""`/v1/courses` and `/v1/rules`: the courses and rules of a release with their sources."""

from flask import Response
from flask_smorest import Blueprint

from validator.contract.encounter import JURISDICTIONS
from validator.judging.validator import Validator
from validator.rulebook.overview import list_courses, list_rules
from validator.web.api import request_examples
from validator.web.api.openapi_parts import JURISDICTION_QUERY, LANGUAGE_HEADER, PAGE_QUERY, RELEASE_QUERY, page_of
from validator.web.api.rulebook_schemas import ListedCourseSchema, ListedRuleSchema
from validator.web.http.content_negotiation import text_language
from validator.web.http.errors import ProblemError
from validator.web.http.responses import current_service, etag_response, list_response, query_choice, query_value

blueprint = Blueprint("rulebook", __name__, description="Courses and rules")

_QUERY = [JURISDICTION_QUERY, RELEASE_QUERY, LANGUAGE_HEADER]


@blueprint.route("/v1/courses")
@blueprint.doc(
    operationId="listCourses",
    summary="List the structured courses with their dated codes and sources",
    parameters=[*_QUERY, *PAGE_QUERY],
)
@blueprint.alt_response(200, schema=page_of("courses", ListedCourseSchema))
def courses() -> Response:
    return list_response(list_courses(_validator().release, text_language()))


@blueprint.route("/v1/rules")
@blueprint.doc(operationId="listRules", summary="List the rules that findings refer to", parameters=[*_QUERY, *PAGE_QUERY])
@blueprint.alt_response(200, schema=page_of("rules", ListedRuleSchema))
def rules() -> Response:
    return list_response(list_rules(_validator().release, text_language()))


@blueprint.route("/v1/rules/<rule_id>", parameters=[request_examples.RULE])
@blueprint.doc(operationId="readRule", summary="Read a rule", parameters=_QUERY)
@blueprint.alt_response(200, schema=ListedRuleSchema)
def rule(rule_id: str) -> Response:
    release = _validator().release
    for rule in list_rules(release, text_language()):
        if rule["id"] == rule_id:
            return etag_response(rule)
    raise ProblemError(404, "rule-not-found", release=release.name)


def _validator() -> Validator:
    pack = query_choice("jurisdiction", *JURISDICTIONS) or JURISDICTIONS[0]
    return current_service().validator(pack, query_value("release"))
