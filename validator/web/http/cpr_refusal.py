"""Refusal of requests with a CPR number in their address or headers, which would reach logs."""

from urllib.parse import unquote_plus

from flask import Request

from validator.requests.errors import Fault, RequestError
from validator.support.personal_data import any_has_cpr, has_cpr

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
    query = environ.get("QUERY_STRING")
    address = f"{request.path}?{unquote_plus(query)}" if query else request.path
    headers = [environ.get(variable, "") for variable in _HEADERS.values()]
    if any_has_cpr([*headers, address]):
        texts = dict(zip([*_HEADERS, "address"], [*headers, address], strict=True))
        raise RequestError([Fault(name, "personal-data") for name, text in texts.items() if has_cpr(text)])
