"""`POST /v1/rules/check` and `POST /v1/rules/impact`: what an editor does with a draft before it is published."""

import datetime
import json
import re
from collections.abc import Callable
from typing import Any

from flask import Response, current_app, request
from flask_smorest import Blueprint

from validator.encounter import JURISDICTIONS
from validator.json_pointer import escaped
from validator.personal_data import has_cpr, places_of_cpr
from validator.request import Fault, RequestError, decode
from validator.rulebook import Release
from validator.web.answers import JSON_TYPE, json_answer, service, spoken_language
from validator.web.guards import body
from validator.web.problems import RefusedError, UnsupportedMediaError
from validator.web.schemas import JURISDICTION_QUERY, LANGUAGE_HEADER
from validator.web.workshop_schemas import DRAFT_IMPACT, DraftContactsSchema, DraftFilesSchema, ReportSchema
from validator.workshop.apart import Apart, BusyError, TooSlowError
from validator.workshop.drafts import Draft, check_draft, draft_impact

blueprint = Blueprint("workshop", __name__, description="Drafts of rules")

LIMIT_FILES = 20
_CHECK_SECONDS, _IMPACT_SECONDS = 4.0, 20.0  # of processor time; 300 rules are read and checked in two
_YAML_TYPES = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,60}\.ya?ml")
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
        draft = _draft({_ONE_FILE: content}, _pack(request.args.get("jurisdiction"), "?jurisdiction"))
    else:
        data = _object(_YAML_TYPES[0])
        draft = _draft(_files(data), _pack(data.get("jurisdiction") or request.args.get("jurisdiction"), "/jurisdiction"))
    held = service()
    return json_answer(_apart(_CHECK_SECONDS, check_draft, draft, held.catalogue, datetime.date.today()))


@blueprint.route("/v1/rules/impact", methods=["POST"])
@blueprint.doc(
    summary="How contacts would be judged otherwise by a draft",
    parameters=[LANGUAGE_HEADER],
    requestBody={"required": True, "content": {JSON_TYPE: {"schema": DraftContactsSchema}}},
)
@blueprint.alt_response(200, schema=DRAFT_IMPACT, description="The contacts that change, and the sums by rule.")
def impact() -> Response:
    """Each contact judged by the current release and by the draft; a contact that cannot be read is told, and the rest goes on."""
    data = _object(JSON_TYPE)
    pack = _pack(data.get("jurisdiction"), "/jurisdiction")
    contacts = data.get("contacts")
    if not isinstance(contacts, list):
        raise RequestError([Fault("/contacts", "required" if contacts is None else "list")])
    against = service().validator(pack).release
    lines = [json.dumps(contact, ensure_ascii=False).encode() for contact in contacts]
    draft = _draft(_files(data), pack)
    told = _apart(_IMPACT_SECONDS, draft_impact, draft, service().catalogue, lines, against, spoken_language())
    if "errors" in told:
        raise RequestError([_fault(problem) for problem in told["errors"]])
    return json_answer(told)


def _draft(files: dict[str, bytes], pack: str) -> Draft:
    held = service()
    published: dict[str, Release] = {name: item.release for (of, name), item in held.validators.items() if of == pack}
    current = held.current.get(pack)
    return Draft(pack, files, published, current.release if current else None)


def _object(expected: str) -> dict[str, Any]:
    """The JSON object of the request, without personal data anywhere."""
    if not request.is_json:
        raise UnsupportedMediaError(expected)
    _, data = decode(body())
    if not isinstance(data, dict):
        raise RequestError([Fault("", "not-object")])
    places = places_of_cpr(data)
    if places:
        raise RequestError([Fault(place, "personal-data") for place in places])
    return data


def _files(data: dict[str, Any]) -> dict[str, bytes]:
    """The member `files`: the text of each by its name."""
    files = data.get("files")
    if not isinstance(files, dict):
        raise RequestError([Fault("/files", "required" if files is None else "not-object")])
    faults = [Fault(f"/files/{escaped(name)}", "file-name") for name in files if not _FILE_NAME.fullmatch(name)]
    faults += [Fault(f"/files/{escaped(name)}", "text") for name, text in files.items() if not isinstance(text, str)]
    if not files or len(files) > LIMIT_FILES:
        faults.append(Fault("/files", "file-count", {"limit": LIMIT_FILES}))
    if faults:
        raise RequestError(faults)
    return {name: text.encode(errors="replace") for name, text in files.items()}


def _pack(given: object, place: str) -> str:
    if given is None:
        return JURISDICTIONS[0]
    if given not in JURISDICTIONS:
        raise RequestError([Fault(place, "choice", {"allowed": ", ".join(JURISDICTIONS)})])
    return str(given)


def _fault(problem: dict[str, Any]) -> Fault:
    """An error of a draft as a fault of the request that carries it."""
    values = {name: problem[name] for name in ("line", "column", "text")}
    return Fault(f"/files/{escaped(problem['file'])}", "draft-error", values)


def _apart(seconds: float, work: Callable[..., Any], *arguments: object) -> Any:
    """Work on what was sent, in the process for it."""
    apart: Apart = current_app.extensions["kodevagt_apart"]
    try:
        return apart.do(work, *arguments, seconds=seconds)
    except TooSlowError:
        raise RequestError([Fault("", "draft-too-slow", {"seconds": int(seconds)})]) from None
    except BusyError:
        raise RefusedError(503, "detail-draft-busy", headers={"Retry-After": "5"}) from None
