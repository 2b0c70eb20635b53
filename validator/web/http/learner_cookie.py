"""The cookie with a learner's code, which is all that identifies a learner."""

from flask import request
from werkzeug import Response

COOKIE = "kodevagt_learner"
_MAX_AGE = 2 * 365 * 24 * 3600  # seconds


def learner_code() -> str | None:
    """Return the code in the caller's cookie."""
    return request.cookies.get(COOKIE) if "HTTP_COOKIE" in request.environ else None


def remember_learner(response: Response, code: str | None) -> None:
    """Set the cookie, for this service only and not readable by scripts.

    Where `code` is None, leave the cookie unchanged.
    """
    if code is not None:
        response.set_cookie(COOKIE, code, max_age=_MAX_AGE, httponly=True, samesite="Lax", secure=request.is_secure)


def forget_learner(response: Response) -> None:
    """Delete the cookie."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
