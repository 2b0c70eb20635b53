"""Drafts as they are sent over HTTP: read from the request, and worked on in the sandbox."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import current_app, request

from validator.contract.encounter import JURISDICTIONS
from validator.requests.errors import Fault, RequestError
from validator.requests.request import read_json
from validator.rulebook.yaml.base_releases import BaseReleases
from validator.sandbox.sandbox import BusyError, ChildDiedError, MemoryLimitError, Sandbox, TimeLimitError
from validator.support.json_pointer import escape_token
from validator.web.http.error_responses import RefusedError, UnsupportedMediaError
from validator.web.http.guards import body
from validator.web.http.responses import service

if TYPE_CHECKING:
    from validator.authoring.drafts import Draft

LIMIT_FILES = 20
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,60}\.ya?ml")


def draft_of(files: dict[str, bytes], pack: str) -> "Draft":
    """The draft that files are, with the releases that it may build on. Raises StoreError."""
    from validator.authoring.drafts import Draft  # with the library that reads YAML, for the sandbox

    held = service()
    names = [name for of, name in held.releases if of == pack]
    head = files.get("pack.yaml", b"")
    bases = BaseReleases(names, {name: held.validator(pack, name).release for name in names if name.encode() in head})
    current = held.current.get(pack)
    if current:
        bases.loaded[current.release.name] = current.release
    return Draft(pack, files, bases, current.release if current else None)


def object_sent(expected: str) -> dict[str, Any]:
    """The JSON object of the request, without personal data anywhere."""
    if not request.is_json:
        raise UnsupportedMediaError(expected)
    data = read_json(body())
    if not isinstance(data, dict):
        raise RequestError([Fault("", "not-object")])
    return data


def files_of(data: dict[str, Any]) -> dict[str, bytes]:
    """The member `files`: the text of each by its name."""
    files = data.get("files")
    if not isinstance(files, dict):
        raise RequestError([Fault("/files", "required" if files is None else "not-object")])
    faults = [Fault(f"/files/{escape_token(name)}", "file-name") for name in files if not _FILE_NAME.fullmatch(name)]
    faults += [Fault(f"/files/{escape_token(name)}", "text") for name, text in files.items() if not isinstance(text, str)]
    if not files or len(files) > LIMIT_FILES:
        faults.append(Fault("/files", "file-count", {"limit": LIMIT_FILES}))
    if faults:
        raise RequestError(faults)
    return {name: text.encode(errors="replace") for name, text in files.items()}


def pack_of(given: object, place: str) -> str:
    """The pack that was named at a place of the request; dk where none was."""
    if given is None:
        return JURISDICTIONS[0]
    if given not in JURISDICTIONS:
        raise RequestError([Fault(place, "choice", {"allowed": ", ".join(JURISDICTIONS)})])
    return str(given)


def fault_of(problem: dict[str, Any]) -> Fault:
    """An error of a draft as a fault of the request that carries it."""
    values = {name: problem[name] for name in ("line", "column", "text")}
    return Fault(f"/files/{escape_token(problem['file'])}", "draft-error", values)


def run_in_sandbox(seconds: float, work: Callable[..., Any], *arguments: object) -> Any:
    """Return `work(*arguments)`. Raises RequestError (422) at a limit, RefusedError (503) when the sandbox is busy or has died."""
    sandbox: Sandbox = current_app.extensions["kodevagt_sandbox"]
    try:
        return sandbox.run(work, *arguments, seconds=seconds)
    except TimeLimitError as error:
        raise RequestError([Fault("", "draft-too-slow", {"seconds": int(error.seconds)})]) from None
    except MemoryLimitError:
        raise RequestError([Fault("", "draft-too-large")]) from None
    except BusyError:
        raise RefusedError(503, "detail-draft-busy", headers={"Retry-After": "5"}) from None
    except ChildDiedError:
        raise RefusedError(503, "detail-check-interrupted", headers={"Retry-After": "5"}) from None
