"""`/v1/releases`: list, export, publish and activate releases."""

from typing import TYPE_CHECKING, Any

from flask import Response, current_app
from flask_smorest import Blueprint

from validator.requests.errors import Fault, RequestError
from validator.rulebook.yaml.release_files import PACK_FILE
from validator.serving.service import Service
from validator.store.audit import THIS_MACHINE
from validator.store.database import Database
from validator.store.errors import DamagedReleaseError, InvalidReleaseError, ReleaseError, ReleaseTakenError
from validator.store.published_releases import compiled_release, get_release
from validator.store.releases import activate_release, publish_release
from validator.texts import problem_text
from validator.training.errors import BankMissingError
from validator.web.api import request_examples
from validator.web.api.draft_requests import build_draft, draft_fault, parse_pack, read_accepted, read_draft_files, run_in_sandbox
from validator.web.api.openapi_parts import LANGUAGE_HEADER, PAGE_QUERY, json_body, page_of
from validator.web.api.release_schemas import (
    ActivatedSchema,
    ListedReleaseSchema,
    PublishedDraftSchema,
    ReleaseFileSchema,
    ReleaseFilesSchema,
)
from validator.web.api.training_requests import training
from validator.web.http.access import current_key
from validator.web.http.content_negotiation import text_language
from validator.web.http.request_body import JSON_TYPE, read_json_object
from validator.web.http.responses import add_etag, current_service, json_response, list_response

if TYPE_CHECKING:
    from validator.authoring.publishing import TrialReport
    from validator.training.case import Case

blueprint = Blueprint("releases", __name__, description="The published releases")

_PLACES = {"release-taken": f"/files/{PACK_FILE}", "release-note": "/note", "release-note-personal-data": "/note"}
_STORED = ("author", "note", "published", "parent")  # members of a release that comes from the store


@blueprint.route("/v1/releases")
@blueprint.doc(operationId="listReleases", summary="List the published releases", parameters=PAGE_QUERY)
@blueprint.alt_response(200, schema=page_of("releases", ListedReleaseSchema))
def releases() -> Response:
    service = current_service()
    return list_response(list(service.releases), lambda key: _release_json(service, key))


@blueprint.route("/v1/releases", methods=["POST"])
@blueprint.doc(
    operationId="publishRelease",
    summary="Publish a release",
    parameters=[LANGUAGE_HEADER],
    requestBody=json_body(ReleaseFilesSchema, request_examples.RELEASE_TO_PUBLISH),
)
@blueprint.alt_response(200, schema=PublishedDraftSchema, description="Published earlier with the same rules; nothing changes.")
@blueprint.alt_response(201, schema=PublishedDraftSchema, description="Published.")
def publish() -> Response:
    """Checks the files, the examples and the engine, and stores the release if all pass. It does not become current yet."""
    from validator.authoring.checks.report_formats import problem_json  # deferred: imports the YAML library
    from validator.authoring.publishing import TRIAL_SECONDS, try_draft

    content, catalogue = read_json_object(), current_service().catalogue
    note = _read_note(content)
    files = read_draft_files(content)
    if PACK_FILE not in files:  # it has the release's name
        raise RequestError([Fault("/files", "file-missing")])
    draft = build_draft(files, parse_pack(content.get("jurisdiction"), "/jurisdiction"), read_accepted(content))
    tried = run_in_sandbox(TRIAL_SECONDS, try_draft, draft, catalogue, _cases())
    _require_passed(tried)
    key = current_key()
    try:
        published, new = publish_release(
            _database(),
            tried.release,
            edition=catalogue.identity,
            note=note,
            actor=_actor(),
            author=key.name if key else None,
        )
    except (ReleaseTakenError, InvalidReleaseError) as error:
        raise _placed(error) from None
    warnings = list(map(problem_json, tried.problems))
    broken = [case.to_json() for case in tried.broken_cases]
    response = json_response({**published.to_json(), "new": new, "warnings": warnings, "cases": broken}, 201 if new else 200)
    response.headers["Location"] = f"/v1/releases/{published.name}"
    return response


@blueprint.route("/v1/releases/<name>", parameters=[request_examples.RELEASE])
@blueprint.doc(operationId="exportRelease", summary="Export a release as a file for another installation")
@blueprint.alt_response(200, schema=ReleaseFileSchema)
def release_file(name: str) -> Response:
    """The file that `kodevagt rules import` reads, signed where this installation has a signing key. It has an ETag."""
    from validator.exchange.release_file import write_release_file  # deferred: imports the library that signs
    from validator.exchange.signing import load_signing_key

    published, compiled = get_release(_database(), name), compiled_release(_database(), name)
    signing_key = load_signing_key(current_app.extensions["kodevagt_settings"].signing_key)
    return add_etag(Response(write_release_file(published, compiled, signing_key), mimetype=JSON_TYPE))


@blueprint.route("/v1/releases/<name>/activate", methods=["POST"], parameters=[request_examples.RELEASE])
@blueprint.doc(operationId="activateRelease", summary="Make a release the current one of its pack", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema=ActivatedSchema)
def activate(name: str) -> Response:
    """The release may be older than the current one. All requests that arrive after the answer are judged by it."""
    activated, before = activate_release(_database(), name, actor=_actor())
    return json_response({**activated.to_json(), "before": before})


def _cases() -> "list[Case]":
    """Return the coding cases, none where they cannot be used."""
    try:
        return list(training().bank.cases.values())
    except BankMissingError:
        return []


def _read_note(content: dict[str, Any]) -> str:
    note = content.get("note")
    if not isinstance(note, str):
        raise RequestError([Fault("/note", "required" if note is None else "text")])
    return note


def _placed(error: ReleaseError) -> ReleaseError:
    """Return an error of the store with the place in the request that it is about, where it is about one."""
    path = _PLACES.get(error.key)
    return type(error)(error.key, [Fault(path, error.key, error.values)], **error.values) if path else error


def _require_passed(tried: "TrialReport") -> None:
    """Raise InvalidReleaseError for a draft that cannot be published, with faults at the places of its files."""
    from validator.authoring.checks.report_formats import problem_json

    if tried.passed and tried.release is not None:
        return
    problems = [problem for problem in tried.problems if problem.prevents_publishing]
    raise InvalidReleaseError("release-errors", [draft_fault(**problem_json(problem)) for problem in problems])


def _database() -> Database:
    """Return the connections for changes.

    The store is watched over other connections: SQLite reports only changes by another connection.
    """
    database: Database = current_app.extensions["kodevagt_database"]
    return database


def _actor() -> str:
    key = current_key()
    return f"key {key.id}" if key else THIS_MACHINE


def _release_json(service: Service, key: tuple[str, str]) -> dict[str, Any]:
    published = service.releases[key]
    try:
        validator = service.load(key)
    except DamagedReleaseError as error:
        return _damaged_json(service, key, error)
    release = validator.release
    return {
        "name": release.name,
        "pack": release.pack,
        "current": service.current.get(release.pack) is validator,
        "digest": validator.digest,
        "owner": release.owner.get(text_language()) or release.owner.get(release.language),
        "languages": list(release.languages),
        "start": release.start.isoformat(),
        "courses": len(release.courses),
        "rules": len(release.rules),
        **({name: value for name, value in published.to_json().items() if name in _STORED} if published else {}),
    }


def _damaged_json(service: Service, key: tuple[str, str], error: DamagedReleaseError) -> dict[str, Any]:
    """Return what the store says about a release that cannot be used; `error` says why."""
    (pack, name), published = key, service.releases[key]
    stored = published.to_json() if published else {}
    return {
        "name": name,
        "pack": pack,
        "current": False,
        "digest": stored.get("digest"),
        "error": problem_text(error.key, text_language(), error.values),
        **{member: value for member, value in stored.items() if member in _STORED},
    }
