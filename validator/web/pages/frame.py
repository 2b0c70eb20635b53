"""The frame of the site: how a page is made, what every page carries, and the files it needs.

Bootstrap's files and templates come from the package Bootstrap-Flask, which is not imported: it would load WTForms, for which
there is no use here. What makes the templates speak is loaded with the first page, so that a service that only judges has neither.
"""

import datetime
import threading
from collections.abc import Iterable
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, current_app, render_template, request, send_from_directory
from jinja2 import StrictUndefined

from validator.store.database import Database
from validator.texts import written_date
from validator.web.http.content_negotiation import LANGUAGE, LANGUAGE_COOKIE, PAGE_LANGUAGES, page_language, query_language
from validator.web.http.request_context import current_request
from validator.web.http.security_headers import PAGE_POLICY
from validator.web.pages.forms import FormTokens, keep_browser, refuse_personal_data, require_token, token_field

PACK = "dk"  # the rules that the pages show
_YEAR = 365 * 24 * 3600  # seconds


class _Files(Blueprint):
    """Files as they are. They go by their time: the ETag that Flask makes has a checksum that may look like a CPR number."""

    def send_static_file(self, filename: str) -> Response:
        return send_from_directory(str(self.static_folder), filename, etag=False, max_age=self.get_send_file_max_age(filename))


_files = _Files("site", __name__, static_folder="static", static_url_path="/static/site")
_bootstrap = _Files(
    "bootstrap",
    "flask_bootstrap",
    template_folder="templates",
    static_folder="static/bootstrap5",
    static_url_path="/static/bootstrap",
)
_getting_ready = threading.Lock()


def page_blueprint(name: str, *, shows_again: bool = False) -> Blueprint:
    """A part of the site. Its forms are taken only with their token, and the language that an address chooses is kept.

    A CPR number in a form is refused, unless the part says that it sees to that itself, and shows the form again.
    """
    blueprint = Blueprint(name, __name__, template_folder="templates")
    blueprint.before_request(_get_ready)
    blueprint.before_request(require_token)
    if not shows_again:
        blueprint.before_request(refuse_personal_data)
    blueprint.after_request(keep_browser)
    blueprint.after_request(_keep_language)
    return blueprint


def register_pages(app: Flask, database: Database, blueprints: Iterable[Blueprint]) -> None:
    """Puts the parts of the site into the application. The store keeps what their forms are signed with."""
    app.extensions["kodevagt_forms"] = FormTokens(database)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    for blueprint in (_files, _bootstrap, *blueprints):
        app.register_blueprint(blueprint)


def page(template: str, status: int = 200, *, kept: bool = False, here: str | None = None, **values: object) -> Response:
    """A page in the language of the reader. `kept`: it changes with the release only, and may be asked for again by its ETag.

    `here` is the address at which the page is found in the other language, that of the request by default.
    """
    _get_ready()
    language = page_language()
    shared = {
        "language": language,
        "languages": [(code, name, _address_in(code, here)) for code, name in PAGE_LANGUAGES.items()],
        "token_field": token_field,
        "day": lambda iso: written_date(datetime.date.fromisoformat(iso), language),
    }
    response = Response(render_template(template, **shared, **values), status, mimetype="text/html")
    response.headers["Content-Language"] = language
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    # To itself a page tells where a form comes from; without that, a browser would not say that it is ours.
    response.headers["Referrer-Policy"] = "same-origin"
    if kept:
        response.headers["Cache-Control"] = "no-cache"
        response.vary.update(["Accept-Language", "Cookie"])
        response.add_etag()
        response.make_conditional(request)
    return response


def _address_in(language: str, here: str | None) -> str:
    current = current_request()
    if here is None:
        here = current.path
        given = [(name, value) for name, value in current.args.items(multi=True) if name != LANGUAGE]
    else:
        given = []
    return f"{current.root_path.rstrip('/')}{here}?{urlencode([*given, (LANGUAGE, language)])}"


def _keep_language(response: Response) -> Response:
    chosen = query_language(current_request())
    if chosen:
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def _get_ready() -> None:
    """Makes the application's templates speak, at the first page."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if "kodevagt_translated" not in app.extensions:
        with _getting_ready:
            if "kodevagt_translated" not in app.extensions:
                from validator.web.pages.translations import register_translations

                register_translations(app)
                app.extensions["kodevagt_translated"] = True
