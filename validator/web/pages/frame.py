"""Pages: how they are rendered, what all of them share, and their static files.

Bootstrap's files and templates come from the package Bootstrap-Flask, which is not imported: it would import WTForms, which is
not used here.
"""

import datetime
from collections.abc import Iterable
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, render_template, request, send_from_directory
from jinja2 import StrictUndefined

from validator.store.database import Database
from validator.texts import written_date
from validator.web.http.content_negotiation import LANGUAGE, LANGUAGE_COOKIE, PAGE_LANGUAGES, page_language, query_language
from validator.web.http.request_context import current_request
from validator.web.http.security_headers import PAGE_POLICY
from validator.web.pages import value_labels
from validator.web.pages.csrf_tokens import FormTokens, refuse_personal_data, require_token, set_browser_cookie, token_field
from validator.web.pages.translations import register_translations

PACK = "dk"  # the rules that the pages show
_YEAR = 365 * 24 * 3600  # seconds


class _Files(Blueprint):
    """Static files, validated by their time of change.

    Flask's ETag of a file is a checksum that may look like a CPR number.
    """

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


def page_blueprint(name: str, *, checks_personal_data: bool = False) -> Blueprint:
    """Create the blueprint of a part of the site.

    Forms need their token, and `?language=` is stored in a cookie. A CPR number in a form is refused, except where the part
    `checks_personal_data` itself, to show the form again.
    """
    blueprint = Blueprint(name, __name__, template_folder="templates")
    blueprint.before_request(require_token)
    if not checks_personal_data:
        blueprint.before_request(refuse_personal_data)
    blueprint.after_request(set_browser_cookie)
    blueprint.after_request(_set_language_cookie)
    return blueprint


def register_pages(app: Flask, database: Database, blueprints: Iterable[Blueprint]) -> None:
    """Register the parts of the site.

    Their forms are signed with the secret in the store.
    """
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    register_translations(app)
    app.extensions["kodevagt_forms"] = FormTokens(database)
    for blueprint in (_files, _bootstrap, *blueprints):
        app.register_blueprint(blueprint)


def page(template: str, status: int = 200, *, cacheable: bool = False, here: str | None = None, **values: object) -> Response:
    """Render a page in the reader's language.

    A `cacheable` page changes with the release only and has an ETag. `here` is the address of the page in the other language,
    by default that of the request.
    """
    language = page_language()
    shared = {
        "language": language,
        "languages": [(code, name, _address_in(code, here)) for code, name in PAGE_LANGUAGES.items()],
        "token_field": token_field,
        "value_labels": value_labels,
        "day": lambda iso: written_date(datetime.date.fromisoformat(iso), language),
    }
    response = Response(render_template(template, **shared, **values), status, mimetype="text/html")
    response.headers["Content-Language"] = language
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    # Without the referrer, a browser sends no origin with the forms of the page.
    response.headers["Referrer-Policy"] = "same-origin"
    if cacheable:
        response.headers["Cache-Control"] = "no-cache"
        response.vary.update(["Accept-Language", "Cookie"])
        response.add_etag()
        response.make_conditional(request)
    return response


def _address_in(language: str, here: str | None) -> str:
    current = current_request()
    if here is None:
        here = current.path
        parameters = [(name, value) for name, value in current.args.items(multi=True) if name != LANGUAGE]
    else:
        parameters = []
    return f"{current.root_path.rstrip('/')}{here}?{urlencode([*parameters, (LANGUAGE, language)])}"


def _set_language_cookie(response: Response) -> Response:
    chosen = query_language(current_request())
    if chosen:
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response
