"""What every request and response has, whatever happens in between: an id, a start time, and the security headers."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING, Any

from validator.support.personal_data import has_cpr
from validator.web.http.request_context import REQUEST_ID, STARTED_AT
from validator.web.http.security_headers import add_security_headers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_REQUEST_ID = re.compile(r"[\w.:+/=-]{1,128}", re.ASCII)


class RequestEnvelope:
    """WSGI middleware around the application."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[STARTED_AT] = time.perf_counter()
        request_id = environ[REQUEST_ID] = _request_id(environ.get("HTTP_X_REQUEST_ID"))

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            add_security_headers(headers)
            headers.append(("X-Request-ID", request_id))
            return start_response(status, headers, *exc_info)

        return self._app(environ, start)


def _request_id(sent: str | None) -> str:
    """Return the caller's id where it can be used, or a new one."""
    usable = sent and _REQUEST_ID.fullmatch(sent) and not has_cpr(sent)
    return sent if sent and usable else os.urandom(16).hex()
