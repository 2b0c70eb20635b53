"""Who may use which route: the one table of route and role, and the check of every request against it.

Without any key configured every role is open, to programs on this machine only (`local.py`).
"""

import re

from flask import Flask, request

from validator.store.keyring import KeyUse
from validator.store.keys import Key, Role
from validator.store.snapshot import SnapshotCache
from validator.web.http.errors import ProblemError
from validator.web.http.guards import SNAPSHOT, current_request
from validator.web.http.loopback_only import require_local
from validator.web.http.rate import Rate

Roles = frozenset[Role] | None

PUBLIC: Roles = None
EVERY_ROLE: Roles = frozenset(Role)
CODING: Roles = frozenset({Role.PRACTICE, Role.EDITOR})
EDITING: Roles = frozenset({Role.EDITOR})
WATCHING: Roles = frozenset({Role.READER})
READING_CASES: Roles = frozenset({Role.LEARNER, Role.EDITOR, Role.READER})
ASSESSING: Roles = frozenset({Role.EDITOR, Role.READER})
LEARNING: Roles = frozenset({Role.LEARNER, Role.EDITOR})

# A route that is not here stops the start. One that is here before it exists does no harm.
ACCESS: dict[str, Roles] = {
    "POST /v1/validate": CODING,
    "POST /v1/validate/batch": CODING,
    "GET /v1/codes": EVERY_ROLE,
    "GET /v1/codes/{code}": EVERY_ROLE,
    "GET /v1/courses": EVERY_ROLE,
    "GET /v1/rules": EVERY_ROLE,
    "GET /v1/rules/{rule_id}": EVERY_ROLE,
    "GET /v1/releases": EVERY_ROLE,
    "POST /v1/rules/check": EDITING,
    "POST /v1/rules/impact": EDITING,
    "GET /v1/releases/{name}": EVERY_ROLE,
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
    "GET /metrics": WATCHING,
    "GET /health/live": PUBLIC,
    "GET /health/ready": PUBLIC,
    "GET /openapi.json": PUBLIC,
    "GET /docs": PUBLIC,
    "GET /docs/start.js": PUBLIC,
    "GET /docs/assets/{name}": PUBLIC,
    # A browser shows no key. The pages tell what may be known to all, and keep nothing of what is filled in but answers to
    # cases, each under a code that only its learner has.
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
_ASK = {"WWW-Authenticate": 'Bearer realm="kodevagt"'}
_UNKNOWN = {"WWW-Authenticate": 'Bearer realm="kodevagt", error="invalid_token"'}
_KEY = "kodevagt.key"


def register_access(app: Flask, snapshots: SnapshotCache, rate: int) -> None:
    """Checks every request. All routes must be registered before. Raises LookupError for one without a row in the table."""
    roles = _by_rule(app)
    limit, use = Rate(rate), KeyUse(snapshots.database)

    def require_turn(caller: int | str) -> None:
        wait = limit.take(caller)
        if wait:
            raise ProblemError(429, "detail-rate", limit=rate, seconds=wait, headers={"Retry-After": str(wait)})

    def admit() -> None:
        current = current_request()
        environ = current.environ
        snapshot = environ[SNAPSHOT] = snapshots.current()
        if snapshot is not None and not snapshot.keys.required:
            require_local(environ)
            return
        rule = current.url_rule
        wanted = roles[rule.rule, environ["REQUEST_METHOD"]] if rule else PUBLIC  # an address that does not exist is told so
        if wanted is None:
            if environ["REQUEST_METHOD"] == "POST":  # a form that may be kept, from whoever found the page
                require_turn(environ.get("REMOTE_ADDR", ""))
            return
        if snapshot is None:
            raise ProblemError(503, "detail-keys-unread", headers={"Retry-After": "1"})
        key = snapshot.keys.find(_shown(environ.get("HTTP_AUTHORIZATION")))
        if key is None:
            raise ProblemError(401, "detail-unknown-key", headers=_UNKNOWN)
        if key.role not in wanted:
            raise ProblemError(403, "detail-role", role=str(key.role), allowed=", ".join(sorted(wanted)))
        require_turn(key.id)
        environ[_KEY] = key
        use.record(key)

    app.before_request(admit)


def key_shown() -> Key | None:
    """The key of the request under way; None where none was needed."""
    key: Key | None = request.environ.get(_KEY)
    return key


def route(method: str, rule: str) -> str:
    """A route as the table names it: the method, and the address as OpenAPI writes it."""
    return f"{method} {documented(rule)}"


def documented(rule: str) -> str:
    """The address of a rule as OpenAPI writes it."""
    return _ARGUMENT.sub(lambda match: f"{{{match[1]}}}", rule)


def _by_rule(app: Flask) -> dict[tuple[str, str], Roles]:
    """The roles of each rule and method of the application. What OPTIONS tells, the public document tells too."""
    found: dict[tuple[str, str], Roles] = {}
    for rule in app.url_map.iter_rules():
        for method in rule.methods or ():
            asked = "GET" if method == "HEAD" else method
            found[rule.rule, method] = PUBLIC if method == "OPTIONS" else ACCESS[route(asked, rule.rule)]
    return found


def _shown(header: str | None) -> str:
    """The key in an Authorization header."""
    if header is None:
        raise ProblemError(401, "detail-no-key", headers=_ASK)
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer":
        raise ProblemError(401, "detail-no-key", headers=_ASK)
    return secret.strip()
