"""`POST /v1/rules/check` and `POST /v1/rules/impact`.

They check a draft, and compare its verdicts with those of the current release.
"""

import datetime
import json

from flask import Response, current_app, request
from flask_smorest import Blueprint

from validator.requests.errors import Fault, RequestError
from validator.requests.ndjson import iter_lines
from validator.settings import Settings
from validator.support.personal_data import has_cpr
from validator.web.api import request_examples
from validator.web.api.draft_requests import build_draft, draft_fault, parse_pack, read_accepted, read_draft_files, run_in_sandbox
from validator.web.api.draft_schemas import DraftContactsSchema, DraftFilesSchema, ReportSchema
from validator.web.api.impact_schemas import DraftImpactSchema
from validator.web.api.openapi_parts import JURISDICTION_QUERY, LANGUAGE_HEADER, json_body
from validator.web.http.content_negotiation import text_language
from validator.web.http.request_body import JSON_TYPE, read_json_object, read_request_body
from validator.web.http.responses import current_service, json_response

blueprint = Blueprint("workshop", __name__, description="Drafts of rules")

_CHECK_SECONDS, _IMPACT_SECONDS = 20.0, 20.0  # of processor time; a release has as much to be published
_YAML_TYPES = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")
_YAML_NAME = "regler.yaml"  # of a file that is sent as the body


@blueprint.route("/v1/rules/check", methods=["POST"])
@blueprint.doc(
    operationId="checkDraft",
    summary="Check a rule file, or the files of a draft",
    parameters=[JURISDICTION_QUERY],
    requestBody={
        "required": True,
        "content": {
            _YAML_TYPES[0]: {
                "schema": {"type": "string", "description": "One rule file, which changes the current release."},
                "example": request_examples.DRAFT_FILE,
            },
            JSON_TYPE: {"schema": DraftFilesSchema, "example": request_examples.DRAFT},
        },
    },
)
@blueprint.alt_response(200, schema=ReportSchema, description="The problems, if any; their texts are in Danish.")
def check() -> Response:
    """The same checks as `kodevagt rules check`, and as those of publishing. Nothing is stored."""
    accept: tuple[str, ...] = ()
    if request.mimetype in _YAML_TYPES:
        content = read_request_body()
        if has_cpr(content.decode(errors="replace")):
            raise RequestError([Fault("", "personal-data")])
        files, pack = {_YAML_NAME: content}, None
    else:
        data = read_json_object(_YAML_TYPES[0])
        files, pack, accept = read_draft_files(data), data.get("jurisdiction"), read_accepted(data)
    query = request.args.get("jurisdiction")
    draft = build_draft(files, parse_pack(pack, "/jurisdiction") if pack else parse_pack(query, "?jurisdiction"), accept)
    from validator.authoring.drafts import check_draft  # deferred: imports the YAML library, which only the sandbox needs

    return json_response(run_in_sandbox(_CHECK_SECONDS, check_draft, draft, current_service().catalogue, datetime.date.today()))


@blueprint.route("/v1/rules/impact", methods=["POST"])
@blueprint.doc(
    operationId="compareDraft",
    summary="Compare verdicts by a draft with those by the current release",
    parameters=[LANGUAGE_HEADER],
    requestBody=json_body(DraftContactsSchema, request_examples.DRAFT_WITH_CONTACTS),
)
@blueprint.alt_response(200, schema=DraftImpactSchema, description="The contacts that change, and sums by rule.")
def impact() -> Response:
    """Judges each contact by the current release and by the draft. Contacts that cannot be read are reported; the others are
    judged all the same.
    """
    data = read_json_object()
    pack = parse_pack(data.get("jurisdiction"), "/jurisdiction")
    lines = _contact_lines(data.get("contacts"))
    current = current_service().validator(pack).release
    draft = build_draft(read_draft_files(data), pack)
    from validator.authoring.drafts import draft_impact

    result = run_in_sandbox(_IMPACT_SECONDS, draft_impact, draft, current_service().catalogue, lines, current, text_language())
    if "errors" in result:
        raise RequestError([draft_fault(**error) for error in result["errors"]])
    return json_response(result)


def _contact_lines(contacts: object) -> list[bytes | None]:
    """Return the contacts of the request, else of the sample, one JSON object a line.

    Raises RequestError where there are neither, or where they are not a list.
    """
    if contacts is None:
        if sample := _sample_lines(current_app.extensions["kodevagt_settings"]):
            return sample
        raise RequestError([Fault("/contacts", "required")])
    if not isinstance(contacts, list):
        raise RequestError([Fault("/contacts", "list")])
    return [json.dumps(contact, ensure_ascii=False).encode() for contact in contacts]


def _sample_lines(settings: Settings) -> list[bytes | None]:
    """Return the lines of the sample file, none where it cannot be read."""
    try:
        with settings.sample.open("rb") as file:
            return list(iter_lines(file))
    except OSError:
        return []
