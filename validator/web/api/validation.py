"""`POST /v1/validate` and `POST /v1/validate/batch`."""

from collections.abc import Iterator

from flask import Response, request, stream_with_context
from flask_smorest import Blueprint

from validator.contract.finding_kinds import Audience
from validator.contract.verdict import Verdict
from validator.requests.ndjson import MAX_LINE_LENGTH, iter_lines, judge_lines
from validator.requests.request import Submission, ValidationRequestSchema, read_body
from validator.web.api import request_examples
from validator.web.api.openapi_parts import LANGUAGE_HEADER, RELEASE_QUERY, json_body, query_parameter
from validator.web.api.verdict_schemas import VerdictSchema
from validator.web.http.content_negotiation import accepted_language, text_language
from validator.web.http.errors import ProblemError
from validator.web.http.request_body import JSON_TYPE, read_body_stream, read_request_body, require_json
from validator.web.http.request_log import record_batch, record_verdict
from validator.web.http.responses import current_service, query_choice, query_value

blueprint = Blueprint("validation", __name__, description="Judge contacts")

NDJSON = "application/x-ndjson"
_AUDIENCES = tuple(Audience)
_AUDIENCE_QUERY = query_parameter(
    "audience",
    "Only the findings for one audience; status and savable still consider all.",
    enum=[str(audience) for audience in Audience],
)


@blueprint.route("/v1/validate", methods=["POST"])
@blueprint.doc(
    operationId="validateContact",
    summary="Judge a contact",
    parameters=[_AUDIENCE_QUERY, RELEASE_QUERY, LANGUAGE_HEADER],
    requestBody=json_body(ValidationRequestSchema, request_examples.CONTACT),
    responses={
        "200": {
            "description": "The verdict, with or without findings.",
            "content": {JSON_TYPE: {"schema": VerdictSchema}},
        }
    },
)
def validate() -> Response:
    """Returns the findings by severity, and whether the coding may be sent on."""
    require_json()
    audience = _audience()
    submission = read_body(read_request_body())
    verdict = current_service().judge(submission, language=accepted_language(), release=query_value("release"))
    record_verdict(verdict)
    return Response(verdict.json_text(audience), content_type=JSON_TYPE)


@blueprint.route("/v1/validate/batch", methods=["POST"])
@blueprint.doc(
    operationId="validateContacts",
    summary="Judge many contacts",
    parameters=[_AUDIENCE_QUERY, RELEASE_QUERY, LANGUAGE_HEADER],
    requestBody={
        "required": True,
        "content": {
            NDJSON: {
                "schema": {"type": "string", "description": "One request of /v1/validate on each line."},
                "example": request_examples.CONTACT_LINES,
            }
        },
    },
    responses={
        "200": {
            "description": 'One verdict for each line, in order; {"line": n, "problem": {…}} for a line that cannot be judged.',
            "content": {NDJSON: {"schema": {"type": "string"}}},
        }
    },
)
def validate_batch() -> Response:
    """Streams one line for each line of the request. The release that is current at the start judges them all."""
    if request.mimetype != NDJSON:
        raise ProblemError(415, "detail-media-type", expected=NDJSON)
    audience, release = _audience(), query_value("release")
    service = current_service()
    if release is not None:
        service.preload(release)
    lines = iter_lines(read_body_stream(), MAX_LINE_LENGTH)  # the length of a line is limited, and what gzip unpacks to
    language, record = accepted_language(), record_batch()

    def judge(submission: Submission) -> Verdict:
        verdict = service.judge(submission, language=language, release=release)
        record.add(verdict)
        return verdict

    answers = judge_lines(judge, lines, problem_language=text_language(), audience=audience)

    def stream() -> Iterator[str]:
        for answer in answers:
            record.lines += 1
            yield f"{answer}\n"
        record.complete = True

    return Response(stream_with_context(stream()), mimetype=NDJSON)


def _audience() -> Audience | None:
    audience = query_choice("audience", *_AUDIENCES)
    return None if audience is None else Audience(audience)
