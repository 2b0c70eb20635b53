"""The headers of every response: its request id, and a restrictive security policy.

The policy forbids browsers everything that they do not need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.web.http.request_context import REQUEST_ID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOCKED = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_SAME_ORIGIN = "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
# Content security policies; Swagger UI and Bootstrap have their icons as `data:` URLs.
_JSON_POLICY = f"default-src 'none'; {_LOCKED}"
DOCS_POLICY = f"default-src 'none'; {_SAME_ORIGIN}; {_LOCKED}"
PAGE_POLICY = f"default-src 'none'; {_SAME_ORIGIN}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_DEFAULTS = (("Content-Security-Policy", _JSON_POLICY), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"))


class SecurityHeaders:
    """WSGI middleware that adds the headers to every response.

    Defaults do not replace headers that the response has already.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            present = {name for name, _ in headers}
            headers.extend(_ALWAYS)
            headers.extend([header for header in _DEFAULTS if header[0] not in present])
            if REQUEST_ID in environ:
                headers.append(("X-Request-ID", environ[REQUEST_ID]))
            return start_response(status, headers, *exc_info)

        return self._app(environ, start)
