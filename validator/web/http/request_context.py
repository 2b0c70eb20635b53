"""The context of every request: an id, its start time, and the snapshot of the store.

The request is judged by that snapshot.
"""

import os
import re
import time

from flask import Flask, Request, request

from validator.support.personal_data import has_cpr
from validator.web.http.cpr_refusal import refuse_cpr

# Keys of a request's WSGI environment.
REQUEST_ID = "kodevagt.request_id"
STARTED_AT = "kodevagt.started_at"  # of `time.perf_counter`
SNAPSHOT = "kodevagt.snapshot"  # a StoreSnapshot; None while the store could not be read
_REQUEST_ID = re.compile(r"[\w.:+/=-]{1,128}", re.ASCII)


def register_request_context(app: Flask) -> None:
    """Give every request its id, and refuse a CPR number in its address or headers.

    Must be registered before any other hook.
    """
    app.before_request(_begin)


def request_id() -> str:
    """Return the id of the current request."""
    id: str = request.environ[REQUEST_ID]
    return id


def current_request() -> Request:
    """Return the request itself, not the proxy `flask.request`.

    Each access through the proxy looks the request up again.
    """
    current: Request = request._get_current_object()  # type: ignore[attr-defined]
    return current


def _begin() -> None:
    current = current_request()
    environ = current.environ
    environ[STARTED_AT] = time.perf_counter()
    sent = environ.get("HTTP_X_REQUEST_ID")
    usable = sent and _REQUEST_ID.fullmatch(sent) and not has_cpr(sent)
    environ[REQUEST_ID] = sent if usable else os.urandom(16).hex()
    refuse_cpr(current)
