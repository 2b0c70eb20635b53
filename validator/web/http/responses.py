"""Responses that routes share, such as JSON, pages of lists and ETags; and query parameters.

Also the service of the current request.
"""

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, request

from validator.requests.errors import Fault, RequestError
from validator.serving.service import Service
from validator.support.json_encoding import encode_json
from validator.web.http.request_body import JSON_TYPE
from validator.web.http.request_context import SNAPSHOT, current_request

DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE = 20, 200
_SERVICE = "kodevagt.service"


def current_service() -> Service:
    """Return the service of the current request, the same one until its end."""
    environ = current_request().environ
    found: Service | None = environ.get(_SERVICE)
    if found is None:
        found = environ[_SERVICE] = current_app.extensions["kodevagt"].service_for(environ.get(SNAPSHOT))
    return found


def json_response(value: object, status: int = 200, mimetype: str = JSON_TYPE) -> Response:
    """Return the value as compact JSON in UTF-8."""
    return Response(encode_json(value), status, mimetype=mimetype)


def etag_response(value: object) -> Response:
    """Return JSON with an ETag, or 304 where the caller's copy is current.

    For content that changes with the release only.
    """
    response = json_response(value)
    response.vary.add("Accept-Language")
    return add_etag(response)


def add_etag(response: Response) -> Response:
    """Add an ETag and make caches revalidate each time.

    The answer is 304 where `If-None-Match` has the response's ETag. The ETag is weak, since it is that of the packed answer too.
    """
    response.add_etag(weak=True)
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def list_response(items: list[Any], to_json: Callable[[Any], Any] | None = None, **members: object) -> Response:
    """Return a page of a list by the query's `limit` and `offset`.

    `to_json` is called for the items of the page only; `members` are further members of the answer.
    """
    limit = _query_integer("limit", DEFAULT_PAGE_SIZE, 1, MAX_PAGE_SIZE)
    offset = _query_integer("offset", 0, 0, 10**9)
    page = items[offset : offset + limit]
    return etag_response({"items": list(map(to_json, page)) if to_json else page, "total": len(items), **members})


def query_value(name: str) -> str | None:
    """Return a query parameter.

    Most requests have no query, and Flask would still build a mapping for it.
    """
    current = current_request()
    return current.args.get(name) if current.environ.get("QUERY_STRING") else None


def query_choice(name: str, *allowed: str) -> str | None:
    """Return a query parameter that is one of `allowed`, None without it. Raises RequestError."""
    value = query_value(name)
    if value is not None and value not in allowed:
        raise RequestError([Fault(f"?{name}", "choice", {"allowed": ", ".join(allowed)})])
    return value


def _query_integer(name: str, default: int, low: int, high: int) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 12):
        raise RequestError([Fault(f"?{name}", "integer")])
    if not low <= int(text) <= high:
        raise RequestError([Fault(f"?{name}", "range", {"low": low, "high": high})])
    return int(text)
