"""`/v1/cases`: coding cases to list, to read and to answer. Nothing here shows a key before the answer."""

import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, request
from flask_smorest import Blueprint

from validator.requests.errors import Fault, RequestError
from validator.requests.request import load_object
from validator.sandbox.sandbox import Sandbox
from validator.store.database import Database
from validator.training.answer_schema import AttemptSchema
from validator.training.filters import Filters
from validator.training.levels_and_grades import LEVELS
from validator.web.api.case_schemas import CaseSchema, FeedbackSchema
from validator.web.api.schemas import LANGUAGE_HEADER, PAGE_QUERY, page_of
from validator.web.http.error_responses import UnsupportedMediaError
from validator.web.http.guards import body
from validator.web.http.learner_cookie import learner_code, remember_learner
from validator.web.http.responses import (
    JSON_TYPE,
    accepted_language,
    json_answer,
    kept_answer,
    list_answer,
    queried,
    service,
    spoken_language,
)

if TYPE_CHECKING:
    from validator.training.training import Training

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
    return list_answer(training().list_cases(filters()), lambda standing: standing.to_json(language))


@blueprint.route("/v1/cases/<case_id>")
@blueprint.doc(summary="One case, without its answer", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema=CaseSchema)
def case(case_id: str) -> Response:
    return kept_answer(training().find_case(case_id).to_detailed_json(spoken_language()))


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
    sent = load_object(_ATTEMPT, body())
    given = training().submit_answer(learner_code(), case_id, sent.diagnoses, sent.phase, language=accepted_language())
    answer = json_answer(given.to_json(spoken_language()))
    answer.headers["Cache-Control"] = "no-store"
    if given.code is not None:
        remember_learner(answer, given.code)
    return answer


class TrainingRoom:
    """The cases of an application, made when they are first asked for: most services start without learners."""

    def __init__(self, database: Database, folder: Path, sandbox: Sandbox) -> None:
        self._made = partial(_training, database, folder, sandbox)
        self._lock = threading.Lock()
        self._training: Training | None = None

    def __call__(self) -> "Training":
        if self._training is None:
            with self._lock:
                if self._training is None:
                    self._training = self._made()
        return self._training


def training() -> "Training":
    """The cases of the application."""
    found: Training = current_app.extensions["kodevagt_training"]()
    return found


def filters() -> Filters:
    """What the query narrows a list of cases to. Raises RequestError."""
    level = queried("level")
    if level is not None and level not in LEVELS:
        raise RequestError([Fault("?level", "choice", {"allowed": ", ".join(LEVELS)})])
    return Filters(queried("specialty"), queried("course"), level)


def _training(database: Database, folder: Path, sandbox: Sandbox) -> "Training":
    from validator.training.bank_loader import BankLoader  # here and below: what a service without learners has no use for
    from validator.training.training import Training

    return Training(database, BankLoader(database, folder, sandbox), service)
