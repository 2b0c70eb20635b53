"""Problem details (RFC 9457) for refused requests.

They are used over HTTP, in batches and at the command line.
"""

from collections.abc import Iterable
from typing import Any

from validator.requests.errors import Fault, RequestError
from validator.texts import problem_text

# The type of a problem by HTTP status. The proxy's answers use the same types (`deploy/nginx.conf`).
TYPES: dict[int, str] = {
    400: "bad-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    408: "timeout",
    409: "conflict",
    413: "too-large",
    414: "too-large",
    415: "unsupported-media-type",
    421: "misdirected",
    422: "unprocessable",
    429: "too-many-requests",
    431: "too-large",
    500: "server-error",
    502: "unavailable",
    503: "unavailable",
    504: "unavailable",
}
_TOO_LARGE = {"unpacked-too-long"}
_UNREADABLE = {"not-gzip", "not-json", "not-utf8"}


def problem(status: int, language: str, detail: str, faults: Iterable[Fault] = ()) -> dict[str, Any]:
    """Return a problem as JSON; `detail` is a text in the language."""
    name = TYPES.get(status, "bad-request" if status < 500 else "server-error")
    return {
        "type": f"urn:kodevagt:problem:{name}",
        "title": problem_text(name, language),
        "status": status,
        "detail": detail,
        "errors": [{"path": fault.path, "message": problem_text(fault.key, language, fault.values)} for fault in faults],
    }


def request_problem(error: RequestError, language: str) -> dict[str, Any]:
    """Return the problem of a request that cannot be parsed (400), unpacks to too much (413) or has faults (422)."""
    keys = {fault.key for fault in error.faults}
    status = 413 if keys & _TOO_LARGE else 400 if keys & _UNREADABLE else 422
    return problem(status, language, problem_text("detail-see-errors", language), error.faults)
