"""`/v1/groups`: groups of learners at a meeting, with live answers for their owner.

Learners join a group by its code.
"""

from flask import Response
from flask_smorest import Blueprint

from validator.requests.errors import Fault, RequestError
from validator.training.errors import UnknownGroupError
from validator.web.api import request_examples
from validator.web.api.learner_schemas import AccessCodeSchema
from validator.web.api.openapi_parts import LANGUAGE_HEADER, PAGE_QUERY, json_body, page_of
from validator.web.api.statistics_schemas import GroupAnswersSchema, GroupSchema
from validator.web.api.training_requests import read_learner_code, training
from validator.web.http.content_negotiation import text_language
from validator.web.http.learner_cookie import learner_code, remember_learner
from validator.web.http.responses import json_response, list_response

blueprint = Blueprint("groups", __name__, description="Groups of learners")


@blueprint.route("/v1/groups", methods=["POST"])
@blueprint.doc(operationId="createGroup", summary="Make a group")
@blueprint.alt_response(200, schema=GroupSchema)
def make() -> Response:
    """Only the caller, identified by cookie, can see the group's answers. Others join it with `code`."""
    group, new_learner = training().groups.create(learner_code())
    response = json_response(group.to_json())
    remember_learner(response, new_learner)
    return response


@blueprint.route("/v1/groups")
@blueprint.doc(operationId="listGroups", summary="List the groups that the learner made", parameters=PAGE_QUERY)
@blueprint.alt_response(200, schema=page_of("groups", GroupSchema))
def groups() -> Response:
    return list_response([group.to_json() for group in training().groups.created_by(learner_code())])


@blueprint.route("/v1/groups/<group_code>")
@blueprint.doc(operationId="readGroup", summary="Read how many members of a group have answered each case")
@blueprint.alt_response(200, schema=GroupSchema)
def group(group_code: str) -> Response:
    groups = training().groups
    watched = groups.get_owned(learner_code(), group_code)
    cases = [{"case": case, "answers": answers} for case, answers in groups.answer_counts(watched).items()]
    return json_response({**watched.to_json(), "cases": cases})


@blueprint.route("/v1/groups/<group_code>/cases/<case_id>", parameters=[request_examples.CASE])
@blueprint.doc(operationId="readGroupAnswers", summary="Read a group's answers to a case so far", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema=GroupAnswersSchema)
def answers(group_code: str, case_id: str) -> Response:
    """How often each code was chosen, and how far the group agrees. Members that reveal the answer key are null until the
    caller has answered the case.
    """
    current = training()
    current.find_case(case_id)  # raises UnknownCaseError
    watched = current.groups.get_owned(learner_code(), group_code)
    return json_response(current.groups.case_answers(watched, case_id).to_json(text_language(), current.catalogue))


@blueprint.route("/v1/learners/me/group", methods=["PUT"])
@blueprint.doc(
    operationId="joinGroup",
    summary="Join or leave a group",
    parameters=[LANGUAGE_HEADER],
    requestBody=json_body(AccessCodeSchema, request_examples.NO_GROUP),
)
@blueprint.alt_response(200, schema=AccessCodeSchema)
def join() -> Response:
    """Later attempts count for the group with this code; null leaves the group."""
    groups, code = training().groups, read_learner_code()
    if code is None:
        groups.leave(learner_code())
        return json_response({"code": None})
    try:
        joined, new_learner = groups.join(learner_code(), code)
    except UnknownGroupError:
        raise RequestError([Fault("/code", "group-unknown")]) from None
    response = json_response({"code": joined.code})
    remember_learner(response, new_learner)
    return response
