"""`/v1/groups`: for a meeting, a code to join with, and the answers as they come for who made it."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from validator.requests.errors import Fault, RequestError
from validator.training.errors import UnknownGroupError
from validator.web.api.cases import training
from validator.web.api.learner_schemas import CodeSchema
from validator.web.api.learners import code_sent
from validator.web.api.schemas import LANGUAGE_HEADER, PAGE_QUERY, page_of
from validator.web.api.statistics_schemas import GroupAnswersSchema, GroupSchema
from validator.web.http.learner_cookie import learner_code, remember_learner
from validator.web.http.responses import JSON_TYPE, json_answer, list_answer, spoken_language

blueprint = Blueprint("groups", __name__, description="Groups of learners")


@blueprint.route("/v1/groups", methods=["POST"])
@blueprint.doc(summary="Make a group")
@blueprint.alt_response(200, schema=GroupSchema)
def make() -> Response:
    """The caller's cookie may watch the group; `code` is for those who are to join it."""
    group, made = training().groups.create(learner_code())
    answer = json_answer(group.to_json())
    if made is not None:
        remember_learner(answer, made)
    return answer


@blueprint.route("/v1/groups")
@blueprint.doc(summary="The groups that the learner made", parameters=PAGE_QUERY)
@blueprint.alt_response(200, schema=page_of("groups"))
def groups() -> Response:
    return list_answer([group.to_json() for group in training().groups.created_by(learner_code())])


@blueprint.route("/v1/groups/<group_code>")
@blueprint.doc(summary="How many of a group have answered each case")
@blueprint.alt_response(200, schema=GroupSchema)
def group(group_code: str) -> Response:
    held = training().groups
    watched = held.get_owned(learner_code(), group_code)
    cases = [{"case": case, "answers": answers} for case, answers in held.answer_counts(watched).items()]
    return _fresh({**watched.to_json(), "cases": cases})


@blueprint.route("/v1/groups/<group_code>/cases/<case_id>")
@blueprint.doc(summary="A group's answers to a case as they come", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema=GroupAnswersSchema)
def answers(group_code: str, case_id: str) -> Response:
    """How often each code was chosen and how far the group agrees. What tells of the key is null until the caller has answered."""
    held = training()
    held.find_case(case_id)  # raises UnknownCaseError
    watched = held.groups.get_owned(learner_code(), group_code)
    return _fresh(held.groups.case_answers(watched, case_id).to_json(spoken_language(), held.catalogue))


@blueprint.route("/v1/learners/me/group", methods=["PUT"])
@blueprint.doc(
    summary="Join a group, or leave it",
    parameters=[LANGUAGE_HEADER],
    requestBody={"required": True, "content": {JSON_TYPE: {"schema": CodeSchema}}},
)
@blueprint.alt_response(200, schema=CodeSchema)
def join() -> Response:
    """Answers from now on are of the group of the code; null leaves it."""
    held, code = training().groups, code_sent()
    if code is None:
        held.leave(learner_code())
        return json_answer({"code": None})
    try:
        joined, made = held.join(learner_code(), code)
    except UnknownGroupError:
        raise RequestError([Fault("/code", "group-unknown")]) from None
    answer = json_answer({"code": joined.code})
    if made is not None:
        remember_learner(answer, made)
    return answer


def _fresh(content: dict[str, Any]) -> Response:
    answer = json_answer(content)
    answer.headers["Cache-Control"] = "no-store"
    return answer
