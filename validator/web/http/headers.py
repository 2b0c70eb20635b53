"""The headers of every answer, whatever part of the application made it: its id, and that a browser is to trust it with nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.web.http.guards import REQUEST_ID

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType
    from typing import Any

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_POLICY = "Content-Security-Policy"
_CLOSED = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_OWN = "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
NOTHING = f"default-src 'none'; {_CLOSED}"
# Swagger UI and Bootstrap carry their icons as data. Both set styles from files of their own, which need no leave.
DOCUMENTS = f"default-src 'none'; {_OWN}; {_CLOSED}"
PAGES = f"default-src 'none'; {_OWN}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_UNLESS_SAID = ((_POLICY, NOTHING), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"))


class SecurityHeaders:
    """A WSGI application with the headers put on whatever it answers; its own policies and caching stand."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str,
            headers: list[tuple[str, str]],
            exc_info: tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None = None,
            /,
        ) -> Any:
            said = {name for name, _ in headers}
            headers.extend(_ALWAYS)
            headers.extend([item for item in _UNLESS_SAID if item[0] not in said])
            if REQUEST_ID in environ:
                headers.append(("X-Request-ID", environ[REQUEST_ID]))
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        return self._app(environ, start)
