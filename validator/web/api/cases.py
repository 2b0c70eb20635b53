"""`/v1/cases`: list, read and answer coding cases. No answer key is sent before the attempt."""

from flask import Response
from flask_smorest import Blueprint

from validator.requests.request import load_object
from validator.training.answer_schema import AttemptSchema
from validator.web.api import request_examples
from validator.web.api.case_schemas import CaseSchema, FeedbackSchema, ListedCaseSchema
from validator.web.api.openapi_parts import LANGUAGE_HEADER, PAGE_QUERY, json_body, page_of
from validator.web.api.training_requests import CASE_FILTERS, case_filters, training
from validator.web.http.content_negotiation import accepted_language, text_language
from validator.web.http.learner_cookie import learner_code, remember_learner
from validator.web.http.request_body import read_request_body, require_json
from validator.web.http.responses import etag_response, json_response, list_response

blueprint = Blueprint("training", __name__, description="Coding cases")

_ATTEMPT = AttemptSchema()


@blueprint.route("/v1/cases")
@blueprint.doc(operationId="listCases", summary="List the coding cases", parameters=[*CASE_FILTERS, LANGUAGE_HEADER, *PAGE_QUERY])
@blueprint.alt_response(200, schema=page_of("cases", ListedCaseSchema))
def cases() -> Response:
    language = text_language()
    return list_response(training().list_cases(case_filters()), lambda availability: availability.to_json(language))


@blueprint.route("/v1/cases/<case_id>", parameters=[request_examples.CASE])
@blueprint.doc(operationId="readCase", summary="Read a case, without its answer key", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema=CaseSchema)
def case(case_id: str) -> Response:
    return etag_response(training().find_case(case_id).to_detailed_json(text_language()))


@blueprint.route("/v1/cases/<case_id>/attempts", methods=["POST"], parameters=[request_examples.CASE])
@blueprint.doc(
    operationId="answerCase",
    summary="Answer a case",
    parameters=[LANGUAGE_HEADER],
    requestBody=json_body(AttemptSchema, request_examples.ANSWER),
)
@blueprint.alt_response(200, schema=FeedbackSchema)
def attempt(case_id: str) -> Response:
    """Stores the attempt and returns its score, the answer key with its rationale, and the verdict of the rules.

    A learner is identified by a random code in a cookie, which the first attempt sets.
    """
    require_json()
    sent = load_object(_ATTEMPT, read_request_body())
    feedback = training().submit_answer(learner_code(), case_id, sent.diagnoses, sent.phase, language=accepted_language())
    response = json_response(feedback.to_json(text_language()))
    remember_learner(response, feedback.code)
    return response
