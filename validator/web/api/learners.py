"""`/v1/learners/me`: a learner's progress, export, move to another browser, and deletion."""

from flask import Response
from flask_smorest import Blueprint

from validator.requests.errors import Fault, RequestError
from validator.web.api.learner_schemas import AccessCodeSchema, DeletedSchema, LearnerExportSchema, ProgressSchema
from validator.web.api.openapi_parts import LANGUAGE_HEADER, json_body
from validator.web.api.training_requests import case_filters, read_learner_code, training
from validator.web.http.learner_cookie import forget_learner, learner_code, remember_learner
from validator.web.http.responses import json_response

blueprint = Blueprint("learners", __name__, description="Learners")


@blueprint.route("/v1/learners/me")
@blueprint.doc(operationId="readLearner", summary="Read the learner's progress and the next case", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema=ProgressSchema)
def me() -> Response:
    """A cookie identifies the learner; the first attempt sets it. With `code` the learner can continue in another browser."""
    return _progress(learner_code())


@blueprint.route("/v1/learners/me", methods=["POST"])
@blueprint.doc(
    operationId="continueAsLearner",
    summary="Continue as a known learner",
    parameters=[LANGUAGE_HEADER],
    requestBody=json_body(AccessCodeSchema),
)
@blueprint.alt_response(200, schema=ProgressSchema)
def go_on() -> Response:
    """Sets the cookie of the learner with this code."""
    code = read_learner_code()
    if code is None or training().learners.find(code) is None:
        raise RequestError([Fault("/code", "learner-unknown")])
    response = _progress(code)
    remember_learner(response, code)
    return response


@blueprint.route("/v1/learners/me", methods=["DELETE"])
@blueprint.doc(operationId="deleteLearner", summary="Delete all data about the learner")
@blueprint.alt_response(200, schema=DeletedSchema)
def delete() -> Response:
    """Takes effect at once, also in the statistics."""
    response = json_response({"attempts": training().learners.delete(learner_code())})
    forget_learner(response)
    return response


@blueprint.route("/v1/learners/me/export")
@blueprint.doc(operationId="exportLearner", summary="Export all data about the learner")
@blueprint.alt_response(200, schema=LearnerExportSchema)
def export() -> Response:
    response = json_response(training().learners.export(learner_code()))
    response.headers["Content-Disposition"] = 'attachment; filename="kodevagt-cases.json"'
    return response


def _progress(code: str | None) -> Response:
    current = training()
    next_case = current.next_case(code, case_filters())
    group = current.groups.group_of(code)
    return json_response(
        {
            "code": code if current.learners.find(code) else None,
            "group": group.code if group else None,
            **current.progress(code).to_json(),
            "next": next_case.id if next_case else None,
        }
    )
