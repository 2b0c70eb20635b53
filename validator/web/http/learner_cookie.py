"""The cookie by which a browser is a learner: their code, and nothing of who they are."""

from flask import request
from werkzeug import Response

COOKIE = "kodevagt_learner"
_YEARS = 2 * 365 * 24 * 3600  # seconds


def learner_code() -> str | None:
    """The code that the caller shows."""
    return request.cookies.get(COOKIE) if "HTTP_COOKIE" in request.environ else None


def remember_learner(answer: Response, code: str) -> None:
    """Has the browser show the code from now on, to this service only and to no script."""
    answer.set_cookie(COOKIE, code, max_age=_YEARS, httponly=True, samesite="Lax", secure=request.is_secure)


def forget_learner(answer: Response) -> None:
    """Has the browser show it no more."""
    answer.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
