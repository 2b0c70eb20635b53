"""The roles that each route requires, and the check of every request against them.

The check includes the key, the rate limit, and a CPR number in the address or a header. Without any key, every route is open to
programs on this machine (`loopback_only`).
"""

import re

from flask import Flask, request
from werkzeug.exceptions import MethodNotAllowed

from validator.store.keyring import KeyUse
from validator.store.keys import Key, Role
from validator.store.snapshot import SnapshotCache
from validator.web.http.cpr_refusal import refuse_cpr
from validator.web.http.errors import ProblemError
from validator.web.http.loopback_only import require_local
from validator.web.http.rate_limit import RateLimiter
from validator.web.http.request_context import SNAPSHOT, current_request

Roles = frozenset[Role] | None

PUBLIC: Roles = None
EVERY_ROLE: Roles = frozenset(Role)
CODING: Roles = frozenset({Role.PRACTICE, Role.EDITOR})
EDITING: Roles = frozenset({Role.EDITOR})
MONITORING: Roles = frozenset({Role.READER})
READING_CASES: Roles = frozenset({Role.LEARNER, Role.EDITOR, Role.READER})
ASSESSING: Roles = frozenset({Role.EDITOR, Role.READER})
LEARNING: Roles = frozenset({Role.LEARNER, Role.EDITOR})

# The application does not start with a route that has no row here.
ACCESS: dict[str, Roles] = {
    "POST /v1/validate": CODING,
    "POST /v1/validate/batch": CODING,
    "GET /v1/conformance": CODING,
    "GET /v1/codes": EVERY_ROLE,
    "GET /v1/codes/{code}": EVERY_ROLE,
    "GET /v1/courses": EVERY_ROLE,
    "GET /v1/rules": EVERY_ROLE,
    "GET /v1/rules/{rule_id}": EVERY_ROLE,
    "GET /v1/releases": EVERY_ROLE,
    "POST /v1/rules/check": EDITING,
    "POST /v1/rules/impact": EDITING,
    "GET /v1/releases/{name}": EVERY_ROLE,
    "GET /v1/releases/{a}/diff/{b}": EVERY_ROLE,
    "POST /v1/releases": EDITING,
    "POST /v1/releases/{name}/activate": EDITING,
    "GET /v1/cases": READING_CASES,
    "GET /v1/cases/{case_id}": READING_CASES,
    "POST /v1/cases/{case_id}/attempts": LEARNING,
    "GET /v1/cases/statistics": ASSESSING,
    "POST /v1/groups": LEARNING,
    "GET /v1/groups": LEARNING,
    "GET /v1/groups/{group_code}": LEARNING,
    "GET /v1/groups/{group_code}/cases/{case_id}": LEARNING,
    "PUT /v1/learners/me/group": LEARNING,
    "GET /v1/learners/me": LEARNING,
    "POST /v1/learners/me": LEARNING,
    "DELETE /v1/learners/me": LEARNING,
    "GET /v1/learners/me/export": LEARNING,
    "GET /metrics": MONITORING,
    "GET /health/live": PUBLIC,
    "GET /health/ready": PUBLIC,
    "GET /openapi.json": PUBLIC,
    "GET /docs": PUBLIC,
    "GET /docs/start.js": PUBLIC,
    "GET /docs/assets/{name}": PUBLIC,
    # A browser sends no key. The pages show public content only, and store only answers to cases, each under a code that only
    # its learner has.
    "GET /": PUBLIC,
    "POST /": PUBLIC,
    "GET /codes": PUBLIC,
    "GET /codes/{code}": PUBLIC,
    "GET /courses": PUBLIC,
    "GET /courses/{course_id}": PUBLIC,
    "GET /rules": PUBLIC,
    "GET /rules/{rule_id}": PUBLIC,
    "GET /cases": PUBLIC,
    "GET /cases/{case_id}": PUBLIC,
    "POST /cases/{case_id}": PUBLIC,
    "GET /cases/{case_id}/feedback": PUBLIC,
    "GET /progress": PUBLIC,
    "GET /progress/next": PUBLIC,
    "GET /progress/export": PUBLIC,
    "POST /progress/continue": PUBLIC,
    "POST /progress/group": PUBLIC,
    "POST /progress/delete": PUBLIC,
    "GET /groups": PUBLIC,
    "POST /groups": PUBLIC,
    "GET /groups/{group_code}": PUBLIC,
    "GET /groups/{group_code}/cases/{case_id}": PUBLIC,
    "GET /static/site/{filename}": PUBLIC,
    "GET /static/bootstrap/{filename}": PUBLIC,
}
_ARGUMENT = re.compile(r"<(?:[^<>:]+:)?(\w+)>")
_NO_KEY = {"WWW-Authenticate": 'Bearer realm="kodevagt"'}
_INVALID_KEY = {"WWW-Authenticate": 'Bearer realm="kodevagt", error="invalid_token"'}
_KEY = "kodevagt.key"


def register_access(app: Flask, snapshots: SnapshotCache, rate: int) -> None:
    """Check every request; `rate` is requests a minute.

    All routes must be registered before. Raises LookupError for a route without a row in ACCESS.
    """
    roles_by_rule = _roles_by_rule(app)
    limiter, use = RateLimiter(rate), KeyUse(snapshots.database)

    def limit_rate(caller: int | str) -> None:
        wait = limiter.take(caller)
        if wait:
            raise ProblemError(429, "detail-rate", limit=rate, seconds=wait, headers={"Retry-After": str(wait)})

    def check() -> None:
        current = current_request()
        refuse_cpr(current)
        environ, method, rule = current.environ, current.environ["REQUEST_METHOD"], current.url_rule
        if rule is not None and (rule.rule, method) not in roles_by_rule:  # Werkzeug matches a method in any case
            raise MethodNotAllowed(rule.methods)
        snapshot = environ[SNAPSHOT] = snapshots.current()
        if snapshot is not None and not snapshot.keys.required:
            require_local(environ)
            return
        roles = roles_by_rule[rule.rule, method] if rule else PUBLIC  # without a rule: 404, for everyone
        if roles is None:
            if method == "POST":  # forms, which may be stored
                limit_rate(environ.get("REMOTE_ADDR", ""))
            return
        if snapshot is None:
            raise ProblemError(503, "detail-keys-unread", headers={"Retry-After": "1"})
        key = snapshot.keys.find(_bearer_token(environ.get("HTTP_AUTHORIZATION")))
        if key is None:
            raise ProblemError(401, "detail-unknown-key", headers=_INVALID_KEY)
        if key.role not in roles:
            raise ProblemError(403, "detail-role", role=str(key.role), allowed=", ".join(sorted(roles)))
        limit_rate(key.id)
        environ[_KEY] = key
        use.record(key)

    app.before_request(check)


def current_key() -> Key | None:
    """Return the key of the current request; None where none was needed."""
    key: Key | None = request.environ.get(_KEY)
    return key


def route_name(method: str, rule: str) -> str:
    """Return the name of a route in ACCESS, such as "GET /v1/codes/{code}"."""
    return f"{method} {openapi_path(rule)}"


def openapi_path(rule: str) -> str:
    """Return the path of a URL rule as OpenAPI writes it."""
    return _ARGUMENT.sub(lambda match: f"{{{match[1]}}}", rule)


def _roles_by_rule(app: Flask) -> dict[tuple[str, str], Roles]:
    """Return the roles by URL rule and method. OPTIONS is public, as the OpenAPI document is."""
    roles: dict[tuple[str, str], Roles] = {}
    for rule in app.url_map.iter_rules():
        for method in rule.methods or ():
            name = route_name("GET" if method == "HEAD" else method, rule.rule)
            roles[rule.rule, method] = PUBLIC if method == "OPTIONS" else ACCESS[name]
    return roles


def _bearer_token(header: str | None) -> str:
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer":
        raise ProblemError(401, "detail-no-key", headers=_NO_KEY)
    return token.strip()
