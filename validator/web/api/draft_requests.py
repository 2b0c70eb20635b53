"""Drafts of releases in requests: read their files, build the draft, and run the sandbox."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flask import current_app

from validator.contract.encounter import JURISDICTIONS
from validator.requests.errors import Fault, RequestError
from validator.rulebook.yaml.base_releases import BaseReleases
from validator.rulebook.yaml.problem_texts import ACCEPTABLE
from validator.sandbox.sandbox import BusyError, ChildDiedError, MemoryLimitError, OutputLimitError, Sandbox, TimeLimitError
from validator.store.errors import DamagedReleaseError
from validator.support.json_pointer import escape_token
from validator.web.http.errors import ProblemError
from validator.web.http.responses import current_service

if TYPE_CHECKING:
    from validator.authoring.draft import Draft

MAX_FILES = 20
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,60}\.ya?ml")
_RETRY = {"Retry-After": "5"}


def build_draft(files: dict[str, bytes], pack: str, accept: tuple[str, ...] = ()) -> "Draft":
    """Return the draft of the files, with the releases that it may extend. Raises StoreError.

    `accept` are ids of warnings that are accepted.
    """
    from validator.authoring.draft import Draft  # deferred: imports the YAML library, which only the sandbox needs

    service = current_service()
    names = [name for of_pack, name in service.releases if of_pack == pack]
    head = files.get("pack.yaml", b"")
    bases = BaseReleases(names, {})
    for name in names:
        if name.encode() in head:
            with suppress(DamagedReleaseError):  # a draft that extends it is refused with a problem
                bases.loaded[name] = service.validator(pack, name).release
    current = service.current.get(pack)
    if current:
        bases.loaded[current.release.name] = current.release
    return Draft(pack, files, bases, current.release if current else None, accept)


def read_draft_files(content: dict[str, Any]) -> dict[str, bytes]:
    """Return the member `files`, the text of each file by its name. Raises RequestError."""
    files = content.get("files")
    if not isinstance(files, dict):
        raise RequestError([Fault("/files", "required" if files is None else "not-object")])
    faults = [Fault(f"/files/{escape_token(name)}", "file-name") for name in files if not _FILE_NAME.fullmatch(name)]
    faults += [Fault(f"/files/{escape_token(name)}", "text") for name, text in files.items() if not isinstance(text, str)]
    if not files or len(files) > MAX_FILES:
        faults.append(Fault("/files", "file-count", {"limit": MAX_FILES}))
    if faults:
        raise RequestError(faults)
    return {name: text.encode(errors="replace") for name, text in files.items()}


def read_accepted(content: dict[str, Any]) -> tuple[str, ...]:
    """Return the member `accept`, the ids of warnings that are accepted. Raises RequestError."""
    accept = content.get("accept")
    if accept is None:
        return ()
    if not isinstance(accept, list):
        raise RequestError([Fault("/accept", "list")])
    allowed = ", ".join(ACCEPTABLE)
    faults = [
        Fault(f"/accept/{number}", "choice", {"allowed": allowed}) for number, id in enumerate(accept) if id not in ACCEPTABLE
    ]
    if faults:
        raise RequestError(faults)
    return tuple(accept)


def parse_pack(pack: object, path: str) -> str:
    """Return a pack that the request names at `path`; dk for None. Raises RequestError."""
    if pack is None:
        return JURISDICTIONS[0]
    if pack not in JURISDICTIONS:
        raise RequestError([Fault(path, "choice", {"allowed": ", ".join(JURISDICTIONS)})])
    return str(pack)


def draft_fault(file: str, line: int, column: int, text: str, *, id: str, accepted: bool | None, **_: object) -> Fault:
    """Return a problem in a draft's file as a fault of the request; a warning with the way to accept it.

    The arguments are the members of its JSON; others are ignored.
    """
    key = "draft-error" if accepted is None else "draft-warning"
    return Fault(f"/files/{escape_token(file)}", key, {"line": line, "column": column, "text": text, "warning": id})


def run_in_sandbox(seconds: float, work: Callable[..., Any], *arguments: object) -> Any:
    """Return `work(*arguments)`.

    Raises RequestError (422) at a limit of time, memory or output, ProblemError (503) where the sandbox is busy or its process
    died.
    """
    sandbox: Sandbox = current_app.extensions["kodevagt_sandbox"]
    try:
        return sandbox.run(work, *arguments, seconds=seconds)
    except TimeLimitError as error:
        raise RequestError([Fault("", "draft-too-slow", {"seconds": int(error.seconds)})]) from None
    except (MemoryLimitError, OutputLimitError):
        raise RequestError([Fault("", "draft-too-large")]) from None
    except BusyError:
        raise ProblemError(503, "detail-draft-busy", headers=_RETRY) from None
    except ChildDiedError:
        raise ProblemError(503, "detail-check-interrupted", headers=_RETRY) from None
