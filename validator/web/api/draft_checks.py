"""`POST /v1/rules/check` and `POST /v1/rules/impact`: what an editor does with a draft before it is published."""

import datetime
import json

from flask import Response, current_app, request
from flask_smorest import Blueprint

from validator.requests.errors import Fault, RequestError
from validator.support.personal_data import has_cpr
from validator.web.api.draft_requests import draft_of, fault_of, files_of, object_sent, pack_of, run_in_sandbox
from validator.web.api.draft_schemas import DRAFT_IMPACT, DraftContactsSchema, DraftFilesSchema, ReportSchema
from validator.web.api.release_actions import Desk
from validator.web.api.schemas import JURISDICTION_QUERY, LANGUAGE_HEADER
from validator.web.http.guards import body
from validator.web.http.responses import JSON_TYPE, json_answer, service, spoken_language

blueprint = Blueprint("workshop", __name__, description="Drafts of rules")

_CHECK_SECONDS, _IMPACT_SECONDS = 4.0, 20.0  # of processor time; 300 rules are read and checked in two
_YAML_TYPES = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")
_ONE_FILE = "regler.yaml"


@blueprint.route("/v1/rules/check", methods=["POST"])
@blueprint.doc(
    summary="Every problem of a rule file, or of the files of a draft",
    parameters=[JURISDICTION_QUERY],
    requestBody={
        "required": True,
        "content": {
            _YAML_TYPES[0]: {"schema": {"type": "string", "description": "One rule file, which changes the current release."}},
            JSON_TYPE: {"schema": DraftFilesSchema},
        },
    },
)
@blueprint.alt_response(200, schema=ReportSchema, description="The problems, none or many; texts in Danish.")
def check() -> Response:
    """What `kodevagt rules check` says of the files; nothing is kept."""
    if request.mimetype in _YAML_TYPES:
        content = body()
        if has_cpr(content.decode(errors="replace")):
            raise RequestError([Fault("", "personal-data")])
        files, pack = {_ONE_FILE: content}, None
    else:
        data = object_sent(_YAML_TYPES[0])
        files, pack = files_of(data), data.get("jurisdiction")
    query = request.args.get("jurisdiction")
    draft = draft_of(files, pack_of(pack, "/jurisdiction") if pack else pack_of(query, "?jurisdiction"))
    from validator.authoring.drafts import check_draft  # with the library that reads YAML, for the sandbox

    held = service()
    return json_answer(run_in_sandbox(_CHECK_SECONDS, check_draft, draft, held.catalogue, datetime.date.today()))


@blueprint.route("/v1/rules/impact", methods=["POST"])
@blueprint.doc(
    summary="How contacts would be judged otherwise by a draft",
    parameters=[LANGUAGE_HEADER],
    requestBody={"required": True, "content": {JSON_TYPE: {"schema": DraftContactsSchema}}},
)
@blueprint.alt_response(200, schema=DRAFT_IMPACT, description="The contacts that change, and the sums by rule.")
def impact() -> Response:
    """Each contact judged by the current release and by the draft; a contact that cannot be read is told, and the rest goes on."""
    data = object_sent(JSON_TYPE)
    pack = pack_of(data.get("jurisdiction"), "/jurisdiction")
    lines = _lines(data.get("contacts"))
    against = service().validator(pack).release
    draft = draft_of(files_of(data), pack)
    from validator.authoring.drafts import draft_impact

    told = run_in_sandbox(_IMPACT_SECONDS, draft_impact, draft, service().catalogue, lines, against, spoken_language())
    if "errors" in told:
        raise RequestError([fault_of(problem) for problem in told["errors"]])
    return json_answer(told)


def _lines(contacts: object) -> list[bytes | None]:
    """The contacts that were sent, one a line, or those of the sample where none were."""
    if contacts is None:
        desk: Desk = current_app.extensions["kodevagt_desk"]
        if sample := desk.sample():
            return sample
        raise RequestError([Fault("/contacts", "required")])
    if not isinstance(contacts, list):
        raise RequestError([Fault("/contacts", "list")])
    return [json.dumps(contact, ensure_ascii=False).encode() for contact in contacts]
