"""Without keys, the service answers requests of this machine only.

Checks against DNS rebinding (Host), pages of other sites (Origin), and proxies that forward requests of others.
"""

from collections.abc import Mapping
from typing import Any

from validator.support.local_addresses import is_local_host, is_loopback
from validator.web.http.errors import ProblemError

_FORWARDED = frozenset({"HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP", "HTTP_TRUE_CLIENT_IP"})
_X_FORWARDED = "HTTP_X_FORWARDED"  # a prefix


def require_local(environ: Mapping[str, Any]) -> None:
    """Require that the request comes from this machine, names it, and was not forwarded.

    Raises ProblemError (421) otherwise.
    """
    # Only a call within the process has no address at all. That of a Unix socket is empty: the peer may be a proxy.
    if not is_loopback(environ.get("REMOTE_ADDR", "127.0.0.1")):
        raise ProblemError(421, "detail-not-local")
    if not is_local_host(environ.get("HTTP_HOST", "")):
        raise ProblemError(421, "detail-foreign-host")
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None and origin.partition("://")[2] != environ.get("HTTP_HOST"):
        raise ProblemError(421, "detail-foreign-origin")
    if not environ.keys().isdisjoint(_FORWARDED) or _X_FORWARDED in " ".join(environ):
        raise ProblemError(421, "detail-forwarded")
