"""`/v1/releases`: the published releases, to list, to hand on, to publish and to make current."""

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from validator.contract.encounter import JURISDICTIONS
from validator.requests.errors import Fault, RequestError
from validator.rulebook.yaml.release_files import PACK_FILE
from validator.serving.service import Service
from validator.store.audit import THIS_MACHINE
from validator.training.errors import BankMissingError
from validator.web.api.cases import training
from validator.web.api.draft_requests import draft_of, files_of, object_sent, pack_of, run_in_sandbox
from validator.web.api.release_actions import Desk
from validator.web.api.schemas import LANGUAGE_HEADER, PAGE_QUERY, page_of
from validator.web.http.access import key_shown
from validator.web.http.responses import JSON_TYPE, json_answer, list_answer, service, spoken_language

if TYPE_CHECKING:
    from validator.training.case import Case

blueprint = Blueprint("releases", __name__, description="The published releases")


class ReleaseFilesSchema(Schema):
    """The files of a release that is to be published."""

    jurisdiction = fields.String(validate=OneOf(JURISDICTIONS), metadata={"description": "The pack of rules; dk by default."})
    note = fields.String(required=True, metadata={"description": "What it changes and why; at most 500 characters."})
    files = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "The text of each file by its name; `pack.yaml`, which names the release, among them."},
    )


class PublishedSchema(Schema):
    """A published release; `published` is the time, `parent` the release that was current then."""

    name = fields.String(required=True)
    pack = fields.String(required=True)
    current = fields.Boolean(required=True)
    digest = fields.String(required=True)
    catalogue = fields.String(required=True)
    author = fields.String(required=True)
    note = fields.String(required=True)
    published = fields.DateTime(required=True)
    parent = fields.String(required=True, allow_none=True)


class BrokenCaseSchema(Schema):
    """A coding case whose right answers a release refuses, and what it says to them."""

    case = fields.String(required=True)
    answers = fields.List(fields.String(), required=True)
    messages = fields.List(fields.String(), required=True)


class PublishedDraftSchema(PublishedSchema):
    """What was published; `new` is false where it had been published before, `warnings` are what is doubtful about its rules.

    `cases` are the coding cases that are withdrawn once it is current, since it refuses their right answers.
    """

    new = fields.Boolean(required=True)
    warnings = fields.List(fields.Dict(), required=True)
    cases = fields.List(fields.Nested(BrokenCaseSchema), required=True)


class ActivatedSchema(PublishedSchema):
    """The release that is current now; `before` is the one that was."""

    before = fields.String(required=True, allow_none=True)


class ReleaseFileSchema(Schema):
    """A release as a file for another installation; `payload` is what is signed, by the key with this public one."""

    format = fields.String(required=True)
    version = fields.Integer(required=True)
    payload = fields.String(required=True)
    key = fields.String(required=True, allow_none=True)
    signature = fields.String(required=True, allow_none=True)


@blueprint.route("/v1/releases")
@blueprint.doc(summary="The published releases", parameters=PAGE_QUERY)
@blueprint.alt_response(200, schema=page_of("releases"))
def releases() -> Response:
    held = service()
    return list_answer(list(held.releases), lambda key: _described(held, key))


@blueprint.route("/v1/releases", methods=["POST"])
@blueprint.doc(
    summary="Publish a release",
    parameters=[LANGUAGE_HEADER],
    requestBody={"required": True, "content": {JSON_TYPE: {"schema": ReleaseFilesSchema}}},
)
@blueprint.alt_response(200, schema=PublishedDraftSchema, description="It had been published before; nothing is changed.")
@blueprint.alt_response(201, schema=PublishedDraftSchema, description="It is published.")
def publish() -> Response:
    """Checks the files, tries the examples and the engine; the release is kept only if all is well, and not made current."""
    from validator.authoring.checks.report_formats import problem_json  # with the library that reads YAML
    from validator.authoring.publishing import TRIAL_SECONDS, try_draft

    sent, catalogue = object_sent(JSON_TYPE), service().catalogue
    note, draft = _note(sent.get("note")), draft_of(_whole(files_of(sent)), pack_of(sent.get("jurisdiction"), "/jurisdiction"))
    tried = run_in_sandbox(TRIAL_SECONDS, try_draft, draft, catalogue, _cases())
    made, new = _desk().publish(tried, edition=catalogue.identity, note=note, actor=_actor(), author=_author())
    doubtful = list(map(problem_json, tried.problems))
    broken = [case.to_json() for case in tried.broken_cases]
    answer = json_answer({**made.to_json(), "new": new, "warnings": doubtful, "cases": broken}, 201 if new else 200)
    answer.headers["Location"] = f"/v1/releases/{made.name}"
    return answer


@blueprint.route("/v1/releases/<name>")
@blueprint.doc(summary="A release as a file for another installation")
@blueprint.alt_response(200, schema=ReleaseFileSchema)
def release_file(name: str) -> Response:
    """What `kodevagt rules import` takes in. It is signed where this installation has a key, and carries an ETag."""
    answer = Response(_desk().file(name), mimetype=JSON_TYPE)
    answer.add_etag()
    answer.headers["Cache-Control"] = "no-cache"
    answer.make_conditional(request)
    return answer


@blueprint.route("/v1/releases/<name>/activate", methods=["POST"])
@blueprint.doc(summary="Make a release the current one of its pack", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema=ActivatedSchema)
def activate(name: str) -> Response:
    """Also an earlier one. Every request that comes afterwards is judged by it."""
    made, before = _desk().activate(name, actor=_actor())
    return json_answer({**made.to_json(), "before": before})


def _cases() -> "list[Case]":
    """The coding cases; none where there are none that can be used."""
    try:
        return list(training().bank.cases.values())
    except BankMissingError:
        return []


def _note(given: object) -> str:
    if not isinstance(given, str):
        raise RequestError([Fault("/note", "required" if given is None else "text")])
    return given


def _whole(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files with a head among them: without its name nothing can be published."""
    if PACK_FILE not in files:
        raise RequestError([Fault("/files", "file-missing")])
    return files


def _desk() -> Desk:
    found: Desk = current_app.extensions["kodevagt_desk"]
    return found


def _actor() -> str:
    key = key_shown()
    return f"key {key.id}" if key else THIS_MACHINE


def _author() -> str | None:
    """What the key is called, which says more elsewhere than its number."""
    key = key_shown()
    return key.name if key else None


def _described(held: Service, key: tuple[str, str]) -> dict[str, Any]:
    validator, published = held.load(key), held.releases[key]
    release = validator.release
    return {
        "name": release.name,
        "pack": release.pack,
        "current": held.current.get(release.pack) is validator,
        "digest": validator.digest,
        "owner": release.owner.get(spoken_language()) or release.owner.get(release.language),
        "languages": list(release.languages),
        "start": release.start.isoformat(),
        "courses": len(release.courses),
        "rules": len(release.rules),
        **({key: value for key, value in published.to_json().items() if key in _OF_STORE} if published else {}),
    }


_OF_STORE = ("author", "note", "published", "parent")
