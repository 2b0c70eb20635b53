"""What happens before and after every request: its id, its size, no CPR number in address or headers, one log line."""

import re
import time
import uuid
from urllib.parse import unquote_plus

import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from validator.personal_data import has_cpr
from validator.request import Fault, RequestError

LIMIT_BODY = 2**20
_REQUEST_ID = re.compile(r"[\w.:+/=-]{1,128}", re.ASCII)
# The headers that are read here, and so could reach a log or an answer.
_READ_HEADERS = ("X-Request-ID", "Accept-Language", "If-None-Match", "Content-Type", "Authorization", "Accept", "Host")
_VARIABLES = {
    name: "CONTENT_TYPE" if name == "Content-Type" else f"HTTP_{name.upper().replace('-', '_')}" for name in _READ_HEADERS
}
_ID, _STARTED = "kodevagt.request_id", "kodevagt.started"
_log = structlog.get_logger("kodevagt.http")


def register_guards(app: Flask) -> None:
    """Puts the guards around every route of the application."""
    app.config["MAX_CONTENT_LENGTH"] = LIMIT_BODY + 1  # one more than allowed, so that `body` sees what has no length
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The id of the request under way."""
    found: str = request.environ[_ID]
    return found


def body() -> bytes:
    """The body of the request under way. A longer one than LIMIT_BODY is refused, whether or not it told its length."""
    told = request.environ.get("CONTENT_LENGTH", "")
    if told.isdecimal() and int(told) <= LIMIT_BODY:  # as nearly always; what follows weighs all that else can be
        content: bytes = request.environ["wsgi.input"].read(int(told))
        if len(content) < int(told):
            raise ClientDisconnected
        return content
    content = request.get_data(cache=False)
    if len(content) > LIMIT_BODY:
        raise RequestEntityTooLarge
    return content


def _begin() -> None:
    environ = request.environ
    environ[_STARTED] = time.perf_counter()
    given = environ.get("HTTP_X_REQUEST_ID", "")
    taken = given and _REQUEST_ID.fullmatch(given) is not None and not has_cpr(given)
    environ[_ID] = given if taken else uuid.uuid4().hex
    address = f"{request.path} {unquote_plus(environ.get('QUERY_STRING', ''))}"
    headers = [(name, environ[variable]) for name, variable in _VARIABLES.items() if variable in environ]
    faults = [Fault(name, "personal-data") for name, value in [("address", address), *headers] if has_cpr(value)]
    if faults:
        raise RequestError(faults)


def _end(response: Response) -> Response:
    environ, rule = request.environ, request.url_rule
    response.headers["X-Request-ID"] = environ[_ID]
    _log.info(
        "request",
        request_id=environ[_ID],
        method=environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"].isalpha() else "?",
        route=rule.rule if rule else None,
        status=response.status_code,
        ms=round((time.perf_counter() - environ[_STARTED]) * 1000, 2),
    )
    return response
