"""What happens before and after every request: its id, its size, no CPR number in address or headers, one log line."""

import re
import time
import uuid
from urllib.parse import unquote_plus

import structlog
from flask import Flask, Response, g, request

from validator.personal_data import has_cpr
from validator.request import Fault, RequestError

LIMIT_BODY = 2**20
_REQUEST_ID = re.compile(r"[\w.:+/=-]{1,128}", re.ASCII)
# The headers that are read here, and so could reach a log or an answer.
_READ_HEADERS = ("X-Request-ID", "Accept-Language", "If-None-Match", "Content-Type", "Authorization", "Accept")
_log = structlog.get_logger("kodevagt.http")


def register_guards(app: Flask) -> None:
    """Puts the guards around every route of the application."""
    app.config["MAX_CONTENT_LENGTH"] = LIMIT_BODY
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.started = time.perf_counter()
    given = request.headers.get("X-Request-ID", "")
    taken = _REQUEST_ID.fullmatch(given) is not None and not has_cpr(given)
    g.request_id = given if taken else uuid.uuid4().hex
    faults = [Fault(name, "personal-data") for name in _READ_HEADERS if has_cpr(request.headers.get(name, ""))]
    if has_cpr(request.path) or has_cpr(unquote_plus(request.query_string.decode("latin-1"))):
        faults.append(Fault("address", "personal-data"))
    if faults:
        raise RequestError(faults)


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.request_id
    response.headers["X-Content-Type-Options"] = "nosniff"
    _log.info(
        "request",
        request_id=g.request_id,
        method=request.method if request.method.isalpha() else "?",
        route=request.url_rule.rule if request.url_rule else None,
        status=response.status_code,
        ms=round((time.perf_counter() - g.started) * 1000, 2),
    )
    return response
