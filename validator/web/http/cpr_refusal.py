"""Refusal of requests with a CPR number in their address or headers, which would reach logs."""

from urllib.parse import unquote_plus

from flask import Request

from validator.requests.errors import Fault, RequestError
from validator.support.personal_data import has_cpr

# The headers that the service reads, with their names in WSGI.
_HEADERS = {
    "X-Request-ID": "HTTP_X_REQUEST_ID",
    "Accept-Language": "HTTP_ACCEPT_LANGUAGE",
    "If-None-Match": "HTTP_IF_NONE_MATCH",
    "Content-Type": "CONTENT_TYPE",
    "Authorization": "HTTP_AUTHORIZATION",
    "Accept": "HTTP_ACCEPT",
    "Host": "HTTP_HOST",
}


def refuse_cpr(request: Request) -> None:
    """Raise RequestError where the address or a header has a CPR number."""
    environ = request.environ
    texts = {name: environ[variable] for name, variable in _HEADERS.items() if variable in environ}
    texts["address"] = f"{request.path} {unquote_plus(environ.get('QUERY_STRING', ''))}"
    if has_cpr("\n".join(texts.values())):
        raise RequestError([Fault(name, "personal-data") for name, text in texts.items() if has_cpr(text)])
