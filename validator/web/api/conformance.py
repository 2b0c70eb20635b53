"""`GET /v1/conformance`: example requests with their verdicts, to test a client by."""

from flask import Response
from flask_smorest import Blueprint

from validator.serving.conformance import conformance_lines
from validator.support.json_encoding import encode_json
from validator.web.api.validation import NDJSON
from validator.web.http.responses import add_etag, current_service

blueprint = Blueprint("conformance", __name__, description="Test a client")

_LINE = (
    'One line for each example: {"id", "about", "request", "expect": {"status", "savable", "findings": [{"kind", "path", '
    '"suggestions": [codes]}]}}, and `release` where `request` is to be judged by `?release=`.'
)


@blueprint.route("/v1/conformance")
@blueprint.doc(
    operationId="readConformancePack",
    summary="Read example requests and what the releases in force find in them",
    responses={"200": {"description": _LINE, "content": {NDJSON: {"schema": {"type": "string"}}}}},
)
def conformance() -> Response:
    """Send each `request` to `/v1/validate` and compare. An example for a release that is not published is left out."""
    lines = (f"{encode_json(line)}\n" for line in conformance_lines(current_service()))
    return add_etag(Response("".join(lines), mimetype=NDJSON))
