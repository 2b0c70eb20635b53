"""CSRF protection of the forms.

A browser gets a random cookie; the token in each form is that cookie, signed with a secret of the store. So every worker accepts
the tokens of the others, also after a restart, and a page of another site can neither read nor make one.
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
from validator.support.personal_data import any_has_cpr, truncate_at_cpr
from validator.web.http.errors import ProblemError
from validator.web.http.request_context import current_request

TOKEN = "form_token"  # noqa: S105  # the name of the field
_COOKIE = "kodevagt_form"
_BROWSER = re.compile(r"[0-9a-f]{32}")
_NEW = "kodevagt.new_browser"


class FormTokens:
    """Tokens signed with the secret of a store, which is read at the first form."""

    def __init__(self, database: Database) -> None:
        self._database = Database(database.path, create=False, writes=database.writes)
        self._secret = b""

    def token(self, browser: str) -> str:
        """Return the token of a browser, given its cookie.

        Raises StoreError where the secret cannot be read.
        """
        self._secret = self._secret or service_secret(self._database, "forms")
        return hmac.new(self._secret, browser.encode(), hashlib.sha256).hexdigest()


def token_field() -> Markup:
    """Return the hidden field with which every form with method="post" begins."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, _tokens().token(_browser()))


def require_token() -> None:
    """Raise ProblemError (400) for a form without the token of the browser's cookie."""
    if current_request().method in ("GET", "HEAD", "OPTIONS"):
        return
    token = request.form.get(TOKEN, "")
    if not hmac.compare_digest(token.encode(), _tokens().token(_browser()).encode()):
        raise ProblemError(400, "detail-form-token")


def set_browser_cookie(response: Response) -> Response:
    """Set the cookie of a browser that had none when its form was rendered."""
    browser = request.environ.get(_NEW)
    if browser:
        response.set_cookie(_COOKIE, browser, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def refuse_personal_data() -> None:
    """Raise RequestError with the names of the fields that contain a CPR number."""
    sent = request.form.items(multi=True)
    faults = [Fault(truncate_at_cpr(f"/{name}"), "personal-data") for name, text in sent if any_has_cpr([name, text])]
    if faults:
        raise RequestError(faults)


def _tokens() -> FormTokens:
    tokens: FormTokens = current_app.extensions["kodevagt_forms"]
    return tokens


def _browser() -> str:
    """Return the cookie of the browser, or a new one for a browser without."""
    cookie = request.cookies.get(_COOKIE, "")
    if _BROWSER.fullmatch(cookie):
        return cookie
    new: str = request.environ.setdefault(_NEW, os.urandom(16).hex())
    return new
