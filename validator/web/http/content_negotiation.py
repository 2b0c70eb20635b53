"""What Accept and Accept-Language ask for: JSON or a page, and the language of each."""

from functools import lru_cache

from flask import Request, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from validator.texts import LANGUAGES
from validator.web.http.request_context import current_request

PAGE_LANGUAGES = {"da": "Dansk", "en": "English"}
LANGUAGE = "language"  # the query parameter that selects the language of a page
LANGUAGE_COOKIE = "kodevagt_language"
_HTML = "text/html"
_API = "/v1/"  # routes below it answer JSON only


def accepted_language() -> str | None:
    """Return the best of our languages by Accept-Language, or None where it names none of them."""
    return best_language(current_request().environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def text_language() -> str:
    """Return the language for the service's own texts: `accepted_language`, by default Danish."""
    return accepted_language() or LANGUAGES[0]


def prefers_page() -> bool:
    """Return whether the caller prefers HTML to JSON, as browsers do.

    Always false for the routes of the API.
    """
    environ = request.environ
    if _HTML not in environ.get("HTTP_ACCEPT", "") or environ.get("PATH_INFO", "").startswith(_API):
        return False
    return request.accept_mimetypes.best_match(["application/problem+json", "application/json", _HTML]) == _HTML


def page_language() -> str:
    """Return the language of a page.

    The query is read first, then the cookie, then Accept-Language; the default is Danish.
    """
    current = current_request()
    for language in (query_language(current), current.cookies.get(LANGUAGE_COOKIE)):
        if language in PAGE_LANGUAGES:
            return language
    header = current.environ.get("HTTP_ACCEPT_LANGUAGE", "")[:200]
    return parse_accept_header(header, LanguageAccept).best_match(PAGE_LANGUAGES) or next(iter(PAGE_LANGUAGES))


def query_language(current: Request) -> str | None:
    """Return the page language that the query selects, None where it selects none that exists."""
    language = current.args.get(LANGUAGE)
    return language if language in PAGE_LANGUAGES else None


@lru_cache(maxsize=256)
def best_language(header: str) -> str | None:
    """Return the best of our languages by an Accept-Language header, or None where it names none of them."""
    accepted = parse_accept_header(header[:200], LanguageAccept)
    return accepted.best_match(LANGUAGES) if header else None
