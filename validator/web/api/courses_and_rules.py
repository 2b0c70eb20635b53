"""`/v1/courses` and `/v1/rules`: what is in force, where it comes from, and by which release."""

from flask import Response, request
from flask_smorest import Blueprint

from validator.contract.encounter import JURISDICTIONS
from validator.judging.validator import Validator
from validator.requests.errors import Fault, RequestError
from validator.rulebook.overview import list_courses, list_rules
from validator.web.api.schemas import JURISDICTION_QUERY, LANGUAGE_HEADER, PAGE_QUERY, RELEASE_QUERY, page_of
from validator.web.http.responses import NotFoundError, kept_answer, list_answer, service, spoken_language

blueprint = Blueprint("rulebook", __name__, description="Courses and rules")

_QUERY = [JURISDICTION_QUERY, RELEASE_QUERY, LANGUAGE_HEADER]


@blueprint.route("/v1/courses")
@blueprint.doc(summary="The structured courses with their dated codes and sources", parameters=[*_QUERY, *PAGE_QUERY])
@blueprint.alt_response(200, schema=page_of("courses"))
def courses() -> Response:
    return list_answer(list_courses(_validator().release, spoken_language()))


@blueprint.route("/v1/rules")
@blueprint.doc(summary="Every rule that a finding may name", parameters=[*_QUERY, *PAGE_QUERY])
@blueprint.alt_response(200, schema=page_of("rules"))
def rules() -> Response:
    return list_answer(list_rules(_validator().release, spoken_language()))


@blueprint.route("/v1/rules/<rule_id>")
@blueprint.doc(summary="One rule", parameters=_QUERY)
@blueprint.alt_response(200, schema={"type": "object"})
def rule(rule_id: str) -> Response:
    release = _validator().release
    for found in list_rules(release, spoken_language()):
        if found["id"] == rule_id:
            return kept_answer(found)
    raise NotFoundError("rule-not-found", release=release.name)


def _validator() -> Validator:
    pack = request.args.get("jurisdiction", JURISDICTIONS[0])
    if pack not in JURISDICTIONS:
        raise RequestError([Fault("?jurisdiction", "choice", {"allowed": ", ".join(JURISDICTIONS)})])
    return service().validator(pack, request.args.get("release"))
