"""Forms: the token that shows that a form comes from a page of ours, and what was filled in.

A browser gets a random cookie; the token in each form is that cookie, signed with a secret of the store. So any worker knows the
tokens of the others, also after a restart, and a page from elsewhere can neither read nor make one.
"""

import hashlib
import hmac
import os
import re

from flask import Response, current_app, request
from markupsafe import Markup

from validator.requests.errors import Fault, RequestError
from validator.store.database import Database
from validator.store.secrets import service_secret
from validator.support.personal_data import has_cpr
from validator.web.http.errors import ProblemError
from validator.web.http.request_context import current_request

TOKEN = "form_token"  # noqa: S105  # the name of the field
_COOKIE = "kodevagt_form"
_BROWSER = re.compile(r"[0-9a-f]{32}")
_NEW = "kodevagt.new_browser"


class FormTokens:
    """The tokens of one store's service. The secret is read when the first form is made."""

    def __init__(self, database: Database) -> None:
        self._database = Database(database.path, create=False)
        self._secret = b""

    def token(self, browser: str) -> str:
        """The token of a browser, by its cookie. Raises StoreError where the secret cannot be had."""
        self._secret = self._secret or service_secret(self._database, "forms")
        return hmac.new(self._secret, browser.encode(), hashlib.sha256).hexdigest()


def token_field() -> Markup:
    """The hidden field that every form with method="post" begins with."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, _tokens().token(_browser()))


def require_token() -> None:
    """Raises ProblemError (400) for a form that was sent from somewhere else, or with a cookie that is gone."""
    if current_request().method in ("GET", "HEAD", "OPTIONS"):
        return
    given = request.form.get(TOKEN, "")
    if not hmac.compare_digest(given.encode(), _tokens().token(_browser()).encode()):
        raise ProblemError(400, "detail-form-token")


def keep_browser(response: Response) -> Response:
    """Gives the browser its cookie, where a form was made for one that had none."""
    browser = request.environ.get(_NEW)
    if browser:
        response.set_cookie(_COOKIE, browser, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def refuse_personal_data() -> None:
    """Raises RequestError where a form holds a CPR number, at the names of its fields."""
    faults = [Fault(f"/{name}", "personal-data") for name, text in request.form.items(multi=True) if has_cpr(text)]
    if faults:
        raise RequestError(faults)


def _tokens() -> FormTokens:
    found: FormTokens = current_app.extensions["kodevagt_forms"]
    return found


def _browser() -> str:
    """The cookie of the browser; one is made for a browser that has none."""
    environ = request.environ
    given = request.cookies.get(_COOKIE, "")
    if _BROWSER.fullmatch(given):
        return given
    made: str = environ.setdefault(_NEW, os.urandom(16).hex())
    return made
