"""What a browser asks for: a page, and in which of the languages that pages are written in."""

from flask import Request, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from validator.web.http.guards import current_request

PAGE_LANGUAGES = {"da": "Dansk", "en": "English"}
LANGUAGE = "language"  # the member of the query that chooses one
LANGUAGE_COOKIE = "kodevagt_language"
_HTML = "text/html"
_API = "/v1/"  # what lies under it answers programs, whoever asks


def asks_for_page() -> bool:
    """Whether the caller would rather read a page than JSON: it names HTML, as a browser does and programs do not."""
    environ = request.environ
    if _HTML not in environ.get("HTTP_ACCEPT", "") or environ.get("PATH_INFO", "").startswith(_API):
        return False
    return request.accept_mimetypes.best_match(["application/problem+json", "application/json", _HTML]) == _HTML


def page_language() -> str:
    """The language of the page: that of the address, else the one chosen before, else the browser's; Danish by default."""
    current = current_request()
    for chosen in (chosen_language(current), current.cookies.get(LANGUAGE_COOKIE)):
        if chosen in PAGE_LANGUAGES:
            return chosen
    header = current.environ.get("HTTP_ACCEPT_LANGUAGE", "")[:200]
    return parse_accept_header(header, LanguageAccept).best_match(PAGE_LANGUAGES) or next(iter(PAGE_LANGUAGES))


def chosen_language(asked: Request) -> str | None:
    """The language that the address chooses, if it does."""
    chosen = asked.args.get(LANGUAGE)
    return chosen if chosen in PAGE_LANGUAGES else None
