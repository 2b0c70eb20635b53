"""What every request and response has, whatever happens in between: an id, a start time, and the security headers."""

from __future__ import annotations

import os
import re
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

from werkzeug.wsgi import ClosingIterator

from validator.requests.problem_details import problem
from validator.support.json_encoding import encode_json
from validator.support.personal_data import has_cpr
from validator.texts import LANGUAGES, problem_text
from validator.web.http.content_negotiation import best_language
from validator.web.http.request_context import REQUEST_ID, STARTED_AT
from validator.web.http.security_headers import add_security_headers
from validator.web.http.unexpected_errors import report_unexpected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed.wsgi import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

    from validator.web.http.metrics import Metrics

_SHORT_LENGTH = 5  # digits; a body of fewer than 10,000 bytes fits into the buffers of a connection
_MAX_DISCARDED, _PIECE = 2**24, 2**16  # bytes of an unread body
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{1,64}", re.ASCII)


class RequestEnvelope:
    """WSGI middleware around the application.

    An exception that the application does not answer itself, such as one before Flask has a request, becomes a 500.
    """

    def __init__(self, app: WSGIApplication, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[STARTED_AT] = time.perf_counter()
        request_id = environ[REQUEST_ID] = _request_id(environ.get("HTTP_X_REQUEST_ID"))

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            add_security_headers(headers)
            headers.append(("X-Request-ID", request_id))
            return start_response(status, headers, *exc_info)

        try:
            return _answer_before_reading(self._app(environ, start), environ)
        except Exception as error:  # the last place where it can be answered
            report_unexpected(error, self._metrics, request_id)
        language = best_language(environ.get("HTTP_ACCEPT_LANGUAGE", "")) or LANGUAGES[0]
        content = encode_json(problem(500, language, problem_text("detail-server-error", language))).encode()
        start("500 Internal Server Error", [("Content-Type", "application/problem+json"), ("Content-Language", language)])
        return [content]


def _answer_before_reading(response: Iterable[bytes], environ: WSGIEnvironment) -> Iterable[bytes]:
    """Return a response after which the rest of a long body is read.

    Closed at once, a connection with unread bytes is reset, and a caller that is still sending never reads the answer.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    if len(length) < _SHORT_LENGTH and "HTTP_TRANSFER_ENCODING" not in environ:
        return response
    return _discard_rest(response, environ["wsgi.input"])


def _discard_rest(response: Iterable[bytes], body: InputStream) -> Iterator[bytes]:
    with closing(ClosingIterator(response)) as chunks:
        yield from chunks
    for _ in range(_MAX_DISCARDED // _PIECE):
        if not body.read(_PIECE):
            return


def _request_id(sent: str | None) -> str:
    """Return the caller's id where it can be used, or a new one."""
    usable = sent and _REQUEST_ID.fullmatch(sent) and not has_cpr(sent)
    return sent if sent and usable else os.urandom(16).hex()
