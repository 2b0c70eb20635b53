"""What is noted of a request once it is answered: its line in the log and its counts. Nothing that was sent is in either."""

import time
from collections import Counter
from functools import cache, partial
from typing import Any

import structlog
from flask import Flask, Response, current_app, request

from validator.contract.verdict import Verdict
from validator.web.http.access import documented
from validator.web.http.guards import BEGAN, REQUEST_ID, current_request
from validator.web.http.metrics import Metrics

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_JUDGED = "kodevagt.judged"
_log = structlog.get_logger("kodevagt.http")


def register_watching(app: Flask, metrics: Metrics) -> None:
    """Notes every request of the application, whose routes must be registered before."""
    app.extensions["kodevagt_metrics"] = metrics
    routes = {rule.rule: documented(rule.rule) for rule in app.url_map.iter_rules()}

    def note(request_id: str, members: dict[str, Any], began: float, notes: "Verdict | BatchNotes | None") -> None:
        seconds = time.perf_counter() - began
        try:
            metrics.request(members["method"], members["route"] or "none", members["status"], seconds)
            if isinstance(notes, Verdict):
                metrics.contact(notes)
                members |= _members(notes)
        except Exception as error:  # the answer is made; a fault of ours here must not cost the caller it
            _log.error("not-counted", error=type(error).__name__, request_id=request_id)
        if isinstance(notes, BatchNotes):
            members |= notes.members()
        _log.info("request", request_id=request_id, ms=round(seconds * 1000, 2), **members)

    def end(response: Response) -> Response:
        current = current_request()
        environ, method, rule = current.environ, current.method, current.url_rule
        members = {
            "method": method if method in _METHODS else "other",
            "route": routes[rule.rule] if rule else None,
            "status": response.status_code,
        }
        noted = partial(note, environ[REQUEST_ID], members, environ[BEGAN], notes := environ.get(_JUDGED))
        if isinstance(notes, BatchNotes):
            response.call_on_close(cache(noted))  # once, however often it is closed
        else:
            noted()
        return response

    app.after_request(end)


def _members(verdict: Verdict) -> dict[str, Any]:
    """What the log line of a judged contact says of it."""
    rules, kinds = verdict.basis.rules, dict.fromkeys([finding.hit.kind for finding in verdict.findings])
    return {"pack": rules["pack"], "release": rules["release"], "kinds": list(kinds)}


def the_metrics() -> Metrics:
    """The metrics of the running application."""
    found: Metrics = current_app.extensions["kodevagt_metrics"]
    return found


def judged(verdict: Verdict) -> None:
    """Tells what the request under way has been judged."""
    current_request().environ[_JUDGED] = verdict


def judged_as_batch() -> "BatchNotes":
    """Tells that the request under way is a batch, which is noted when it has ended; the notes are to be kept by its view."""
    notes = request.environ[_JUDGED] = BatchNotes(the_metrics())
    return notes


class BatchNotes:
    """What the lines of a batch came to. Contacts are counted one by one, since a batch may take long."""

    def __init__(self, metrics: Metrics) -> None:
        self.lines, self.complete = 0, False
        self._metrics = metrics
        self._releases: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()

    def contact(self, verdict: Verdict) -> None:
        """Note a judged contact."""
        self._metrics.contact(verdict)
        self._releases[f"{verdict.basis.rules['pack']}/{verdict.basis.rules['release']}"] += 1
        self._kinds.update([finding.hit.kind for finding in verdict.findings])

    def members(self) -> dict[str, Any]:
        """What the log line tells of it; `complete` is false where the caller left before the end."""
        return {
            "lines": self.lines,
            "complete": self.complete,
            "releases": dict(self._releases),
            "kind_counts": dict(self._kinds),
        }
