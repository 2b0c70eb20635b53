"""What every route shares: JSON answers, the reader's language, lists, ETags, and the service behind the application."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from flask import Response, current_app, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from validator.requests.errors import Fault, RequestError
from validator.serving.service import Service
from validator.support.json_encoding import encode_json
from validator.texts import LANGUAGES
from validator.web.http.guards import SNAPSHOT, current_request

LIMIT_DEFAULT, LIMIT_MOST = 20, 200
JSON_TYPE = "application/json"
PROBLEM_TYPE = "application/problem+json"
_SERVICE = "kodevagt.service"


class NotFoundError(Exception):
    """A thing that an address names does not exist; `key` and `values` are of the text that says so."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def service() -> Service:
    """What the request under way is answered by, from its first question to its end."""
    environ = current_request().environ
    found: Service | None = environ.get(_SERVICE)
    if found is None:
        found = environ[_SERVICE] = current_app.extensions["kodevagt"].service_for(environ.get(SNAPSHOT))
    return found


def json_answer(value: object, status: int = 200, mimetype: str = JSON_TYPE) -> Response:
    """The value as compact JSON in UTF-8."""
    return Response(encode_json(value), status, mimetype=mimetype)


def kept_answer(value: object) -> Response:
    """An answer that changes with the release only: it carries an ETag, and 304 follows where the caller has it already."""
    response = json_answer(value)
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept-Language")
    response.make_conditional(request)
    return response


def list_answer(
    items: list[Any], show: Callable[[Any], Any] | None = None, *, also: Mapping[str, object] = MappingProxyType({})
) -> Response:
    """A page of a list, by the query's `limit` and `offset`; `show` makes what is shown of an item, for those on the page only.

    `also` are further members of the answer.
    """
    limit = _whole_number("limit", LIMIT_DEFAULT, 1, LIMIT_MOST)
    offset = _whole_number("offset", 0, 0, 10**9)
    page = items[offset : offset + limit]
    return kept_answer({"items": list(map(show, page)) if show else page, "total": len(items), **also})


def queried(name: str) -> str | None:
    """A member of the query. Most requests have no query, and Flask would make a mapping of its nothing."""
    current = current_request()
    return current.args.get(name) if current.environ.get("QUERY_STRING") else None


def accepted_language() -> str | None:
    """The language that Accept-Language asks for, or None where it asks for none of ours."""
    return _best_language(current_request().environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def spoken_language() -> str:
    """The same for fixed texts, which exist in every language: Danish by default."""
    return accepted_language() or LANGUAGES[0]


@lru_cache(maxsize=256)
def _best_language(header: str) -> str | None:
    accepted = parse_accept_header(header[:200], LanguageAccept)
    return accepted.best_match(LANGUAGES) if header else None


def _whole_number(name: str, default: int, low: int, high: int) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 12):
        raise RequestError([Fault(f"?{name}", "integer")])
    if not low <= int(text) <= high:
        raise RequestError([Fault(f"?{name}", "range", {"low": low, "high": high})])
    return int(text)
