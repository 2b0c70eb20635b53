"""Without keys the service is for programs on this machine: what seems to come from elsewhere is refused.

A browser on this machine can be made to send a request here under another name (DNS rebinding) or by a page from elsewhere, and
a proxy sends on what strangers ask.
"""

from collections.abc import Mapping
from typing import Any

from validator.support.local_addresses import is_local_host, is_loopback
from validator.web.http.errors import ProblemError

_FORWARDED = frozenset({"HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP", "HTTP_TRUE_CLIENT_IP"})
_X_FORWARDED = "HTTP_X_FORWARDED"  # with whatever follows


def require_local(environ: Mapping[str, Any]) -> None:
    """Raises ProblemError (421) for a request that is not of this machine, to this machine, and on nobody's behalf."""
    # Only a call within the process has no address at all; that of a Unix socket is empty, and may be a proxy's.
    if not is_loopback(environ.get("REMOTE_ADDR", "127.0.0.1")):
        raise ProblemError(421, "detail-not-local")
    if not is_local_host(environ.get("HTTP_HOST", "")):
        raise ProblemError(421, "detail-foreign-host")
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None and origin.partition("://")[2] != environ.get("HTTP_HOST"):
        raise ProblemError(421, "detail-foreign-origin")
    if not environ.keys().isdisjoint(_FORWARDED) or _X_FORWARDED in " ".join(environ):
        raise ProblemError(421, "detail-forwarded")
