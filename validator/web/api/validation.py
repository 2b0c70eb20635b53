"""`POST /v1/validate` and `POST /v1/validate/batch`."""

import io
import sys
from collections.abc import Iterator
from typing import cast

from flask import Response, request, stream_with_context
from flask_smorest import Blueprint

from validator.contract.finding_kinds import Audience
from validator.contract.verdict import Verdict
from validator.requests.errors import Fault, RequestError
from validator.requests.ndjson import MAX_LINE_LENGTH, iter_lines, judge_lines
from validator.requests.request import Submission, ValidationRequestSchema, read_body
from validator.web.api.schemas import LANGUAGE_HEADER, RELEASE_QUERY, VerdictSchema
from validator.web.http.error_responses import UnsupportedMediaError
from validator.web.http.guards import body, current_request
from validator.web.http.instrumentation import judged, judged_as_batch
from validator.web.http.responses import JSON_TYPE, accepted_language, queried, service, spoken_language

blueprint = Blueprint("validation", __name__, description="Judge contacts")

NDJSON = "application/x-ndjson"
_AUDIENCE_QUERY = {
    "name": "audience",
    "in": "query",
    "description": "Leaves only the findings of one audience; changes neither status nor savable.",
    "schema": {"type": "string", "enum": [str(audience) for audience in Audience]},
}


@blueprint.route("/v1/validate", methods=["POST"])
@blueprint.doc(
    summary="Judge a contact",
    parameters=[_AUDIENCE_QUERY, RELEASE_QUERY, LANGUAGE_HEADER],
    requestBody={"required": True, "content": {"application/json": {"schema": ValidationRequestSchema}}},
)
@blueprint.alt_response(200, schema=VerdictSchema, description="The verdict, whatever it is.")
def validate() -> Response:
    """The verdict over one contact: its findings in order, and whether its coding may be sent on."""
    current = current_request()
    if current.environ.get("CONTENT_TYPE") != JSON_TYPE and not current.is_json:
        raise UnsupportedMediaError("application/json")
    audience = _audience()
    submission = read_body(body())
    verdict = service().judge(submission, language=accepted_language(), release=queried("release"))
    judged(verdict)
    return Response(verdict.json_text(audience), content_type=JSON_TYPE)


@blueprint.route("/v1/validate/batch", methods=["POST"])
@blueprint.doc(
    summary="Judge many contacts",
    parameters=[_AUDIENCE_QUERY, RELEASE_QUERY, LANGUAGE_HEADER],
    requestBody={
        "required": True,
        "content": {NDJSON: {"schema": {"type": "string", "description": "One request of /v1/validate a line."}}},
    },
    responses={
        "200": {
            "description": 'One verdict a line, in order; a line that cannot be judged gets {"line": n, "problem": {…}}.',
            "content": {NDJSON: {"schema": {"type": "string"}}},
        }
    },
)
def validate_batch() -> Response:
    """Verdicts as a stream, one line for each line that was sent, all by the release that was current when the batch began."""
    if request.mimetype != NDJSON:
        raise UnsupportedMediaError(NDJSON)
    audience, release = _audience(), queried("release")
    held = service()
    if release is not None:
        held.preload(release)
    request.max_content_length = sys.maxsize  # the limit is a line's
    # Werkzeug's stream finds a line's end byte by byte; a buffer finds it in what has come.
    lines = iter_lines(io.BufferedReader(cast(io.RawIOBase, request.stream)), MAX_LINE_LENGTH)
    language, notes = accepted_language(), judged_as_batch()

    def judge(submission: Submission) -> Verdict:
        verdict = held.judge(submission, language=language, release=release)
        notes.contact(verdict)
        return verdict

    answers = judge_lines(judge, lines, problem_language=spoken_language(), audience=audience)

    def stream() -> Iterator[str]:
        for answer in answers:
            notes.lines += 1
            yield f"{answer}\n"
        notes.complete = True

    return Response(stream_with_context(stream()), mimetype=NDJSON)


def _audience() -> Audience | None:
    given = queried("audience")
    if given is None:
        return None
    if given not in tuple(Audience):
        raise RequestError([Fault("?audience", "choice", {"allowed": ", ".join(Audience)})])
    return Audience(given)
