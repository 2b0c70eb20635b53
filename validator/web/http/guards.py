"""What is seen to before every request: its id, its size, and that no CPR number stands in its address or headers."""

import os
import re
import time
from urllib.parse import unquote_plus

from flask import Flask, Request, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from validator.requests.errors import Fault, RequestError
from validator.support.personal_data import has_cpr

LIMIT_BODY = 2**20
_REQUEST_ID = re.compile(r"[\w.:+/=-]{1,128}", re.ASCII)
# The headers that are read here, and so could reach a log or an answer.
_READ_HEADERS = ("X-Request-ID", "Accept-Language", "If-None-Match", "Content-Type", "Authorization", "Accept", "Host")
_VARIABLES = {
    name: "CONTENT_TYPE" if name == "Content-Type" else f"HTTP_{name.upper().replace('-', '_')}" for name in _READ_HEADERS
}
REQUEST_ID, BEGAN = "kodevagt.request_id", "kodevagt.began"  # of a request's environ; when it began by `time.perf_counter`
SNAPSHOT = "kodevagt.snapshot"  # the StoreSnapshot by which the request is admitted and judged


def register_guards(app: Flask) -> None:
    """Puts the guards around every route of the application."""
    app.config["MAX_CONTENT_LENGTH"] = LIMIT_BODY + 1  # one more than allowed, so that `body` sees what has no length
    app.before_request(_begin)


def request_id() -> str:
    """The id of the request under way."""
    found: str = request.environ[REQUEST_ID]
    return found


def body() -> bytes:
    """The body of the request under way. A longer one than LIMIT_BODY is refused, whether or not it told its length."""
    environ = current_request().environ
    told = environ.get("CONTENT_LENGTH", "")
    if told.isdecimal() and int(told) <= LIMIT_BODY:  # as nearly always; what follows weighs all that else can be
        content: bytes = environ["wsgi.input"].read(int(told))
        if len(content) < int(told):
            raise ClientDisconnected
        return content
    if (request.content_length or 0) > LIMIT_BODY:
        raise RequestEntityTooLarge  # before it has come
    content = request.get_data(cache=False)
    if len(content) > LIMIT_BODY:
        raise RequestEntityTooLarge
    return content


def current_request() -> Request:
    """The request under way, found once: each look at `flask.request` finds it anew, which takes its time."""
    found: Request = request._get_current_object()  # type: ignore[attr-defined]
    return found


def _begin() -> None:
    current = current_request()
    environ = current.environ
    environ[BEGAN] = time.perf_counter()
    given = environ.get("HTTP_X_REQUEST_ID")
    taken = given and _REQUEST_ID.fullmatch(given) and not has_cpr(given)
    environ[REQUEST_ID] = given if taken else os.urandom(16).hex()
    read = {name: environ[variable] for name, variable in _VARIABLES.items() if variable in environ}
    read["address"] = f"{current.path} {unquote_plus(environ.get('QUERY_STRING', ''))}"
    if has_cpr("\n".join(read.values())):
        raise RequestError([Fault(name, "personal-data") for name, text in read.items() if has_cpr(text)])
