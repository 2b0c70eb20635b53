"""`/v1/learners/me`: a learner's progress, and what is theirs alone: to take along, to carry elsewhere, to delete."""

from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from validator.requests.errors import Fault, RequestError
from validator.requests.request import read_json
from validator.web.api.cases import filters, training
from validator.web.api.learner_schemas import CodeSchema, DeletedSchema, ProgressSchema
from validator.web.api.schemas import LANGUAGE_HEADER
from validator.web.http.error_responses import UnsupportedMediaError
from validator.web.http.guards import body
from validator.web.http.learner_cookie import forget_learner, learner_code, remember_learner
from validator.web.http.responses import JSON_TYPE, json_answer

blueprint = Blueprint("learners", __name__, description="Learners")


@blueprint.route("/v1/learners/me")
@blueprint.doc(summary="How the learner is doing, and the case to answer next", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema=ProgressSchema)
def me() -> Response:
    """The learner is known by a cookie, which the first answer to a case sets. `code` is what to write down to go on elsewhere."""
    return _progress(learner_code())


@blueprint.route("/v1/learners/me", methods=["POST"])
@blueprint.doc(
    summary="Go on as the learner of a code",
    parameters=[LANGUAGE_HEADER],
    requestBody={"required": True, "content": {JSON_TYPE: {"schema": CodeSchema}}},
)
@blueprint.alt_response(200, schema=ProgressSchema)
def go_on() -> Response:
    """Sets the cookie of a learner whose code was written down."""
    code = code_sent()
    if code is None or training().learners.find(code) is None:
        raise RequestError([Fault("/code", "learner-unknown")])
    answer = _progress(code)
    remember_learner(answer, code)
    return answer


@blueprint.route("/v1/learners/me", methods=["DELETE"])
@blueprint.doc(summary="Delete everything about the learner")
@blueprint.alt_response(200, schema=DeletedSchema)
def delete() -> Response:
    """It is gone at once, from the statistics too."""
    answer = json_answer({"attempts": training().learners.delete(learner_code())})
    forget_learner(answer)
    return answer


@blueprint.route("/v1/learners/me/export")
@blueprint.doc(summary="Everything that is kept about the learner")
@blueprint.alt_response(200, schema={"type": "object"})
def export() -> Response:
    answer = json_answer(training().learners.export(learner_code()))
    answer.headers["Content-Disposition"] = 'attachment; filename="kodevagt-cases.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def code_sent() -> str | None:
    """The member `code` of the request, where null is none. Raises RequestError."""
    if not request.is_json:
        raise UnsupportedMediaError(JSON_TYPE)
    data = read_json(body())
    if not isinstance(data, dict):
        raise RequestError([Fault("", "not-object")])
    if "code" not in data:
        raise RequestError([Fault("/code", "required")])
    code = data["code"]
    if code is not None and not isinstance(code, str):
        raise RequestError([Fault("/code", "text")])
    return code


def _progress(code: str | None) -> Response:
    held = training()
    following = held.next_case(code, filters())
    known, group = held.learners.find(code), held.groups.group_of(code)
    content: dict[str, Any] = {
        "code": code if known else None,
        "group": group.code if group else None,
        **held.progress(code).to_json(),
        "next": following.id if following else None,
    }
    answer = json_answer(content)
    answer.headers["Cache-Control"] = "no-store"
    return answer
