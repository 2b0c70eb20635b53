"""`/v1/cases`: coding cases to list, to read and to answer. Nothing here shows a key before the answer."""

from typing import Any

from flask import Response, current_app, request
from flask_smorest import Blueprint

from validator.request import Fault, RequestError, read_shape
from validator.training.attempt import AttemptSchema
from validator.training.case import LEVELS, in_language
from validator.training.standing import Standing
from validator.training.texts import training_text
from validator.training.training import Filters, Training
from validator.web.answers import JSON_TYPE, accepted_language, json_answer, kept_answer, list_answer, queried, spoken_language
from validator.web.guards import body
from validator.web.learner_cookie import learner_code, remember_learner
from validator.web.problems import UnsupportedMediaError
from validator.web.schemas import LANGUAGE_HEADER, PAGE_QUERY, page_of
from validator.web.training_schemas import CaseSchema, FeedbackSchema

blueprint = Blueprint("training", __name__, description="Coding cases")

FILTERS: list[dict[str, Any]] = [
    {"name": "specialty", "in": "query", "schema": {"type": "string"}},
    {"name": "course", "in": "query", "description": "Empty for cases of no course.", "schema": {"type": "string"}},
    {"name": "level", "in": "query", "schema": {"type": "string", "enum": list(LEVELS)}},
]
_ATTEMPT = AttemptSchema()


@blueprint.route("/v1/cases")
@blueprint.doc(summary="The coding cases", parameters=[*FILTERS, LANGUAGE_HEADER, *PAGE_QUERY])
@blueprint.alt_response(200, schema=page_of("cases"))
def cases() -> Response:
    language = spoken_language()
    return list_answer(training().standings(filters()), lambda standing: _listed(standing, language))


@blueprint.route("/v1/cases/<case_id>")
@blueprint.doc(summary="One case, without its answer", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema=CaseSchema)
def case(case_id: str) -> Response:
    language = spoken_language()
    standing = training().standing(case_id)
    found = standing.case
    return kept_answer(
        {
            **_listed(standing, language),
            "vignette": in_language(found.vignette, language),
            "question": in_language(found.question, language),
            "given": dict(found.given),
            "asks_phase": found.phase is not None,
            "author": found.author,
            "reviewed": found.reviewed.isoformat(),
        }
    )


@blueprint.route("/v1/cases/<case_id>/attempts", methods=["POST"])
@blueprint.doc(
    summary="Answer a case",
    parameters=[LANGUAGE_HEADER],
    requestBody={"required": True, "content": {JSON_TYPE: {"schema": AttemptSchema}}},
)
@blueprint.alt_response(200, schema=FeedbackSchema)
def attempt(case_id: str) -> Response:
    """The score, the key and why, and the verdict of the rules. The answer is kept when this is answered.

    A learner is a random code in a cookie, which the first answer sets.
    """
    if not request.is_json:
        raise UnsupportedMediaError(JSON_TYPE)
    sent = read_shape(_ATTEMPT, body())
    given = training().attempt(learner_code(), case_id, sent.diagnoses, sent.phase, language=accepted_language())
    answer = json_answer(given.to_json(spoken_language()))
    answer.headers["Cache-Control"] = "no-store"
    if given.code is not None:
        remember_learner(answer, given.code)
    return answer


def training() -> Training:
    """The cases of the application."""
    found: Training = current_app.extensions["kodevagt_training"]
    return found


def filters() -> Filters:
    """What the query narrows a list of cases to. Raises RequestError."""
    level = queried("level")
    if level is not None and level not in LEVELS:
        raise RequestError([Fault("?level", "choice", {"allowed": ", ".join(LEVELS)})])
    return Filters(queried("specialty"), queried("course"), level)


def _listed(standing: Standing, language: str) -> dict[str, Any]:
    found = standing.case
    return {
        "id": found.id,
        "version": found.version,
        "title": in_language(found.title, language),
        "specialty": found.specialty,
        "course": found.course,
        "level": found.level,
        "date": found.date.isoformat(),
        "release": found.release,
        "status": {"id": found.status, "text": training_text(found.status, language)},
        "withdrawn": standing.notice(language),
    }
