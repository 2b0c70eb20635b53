"""The log line and the counts of each request, written after its answer.

Neither contains content of the request, except a valid `traceparent`.
"""

import time
from collections import Counter
from functools import cache, partial
from typing import Any

import structlog
from flask import Flask, Response, current_app, request

from validator.contract.verdict import Verdict
from validator.web.http.access import openapi_path
from validator.web.http.metrics import Metrics
from validator.web.http.request_context import REQUEST_ID, STARTED_AT, current_request
from validator.web.http.trace_context import valid_traceparent

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_RECORD = "kodevagt.record"  # of the WSGI environment: the Verdict or the BatchRecord of the request
_log = structlog.get_logger("kodevagt.http")


def register_request_log(app: Flask, metrics: Metrics) -> None:
    """Log and count every request. All routes must be registered before."""
    app.extensions["kodevagt_metrics"] = metrics
    routes = {rule.rule: openapi_path(rule.rule) for rule in app.url_map.iter_rules()}

    def write_line(request_id: str, members: dict[str, Any], started_at: float, record: "Verdict | BatchRecord | None") -> None:
        seconds = time.perf_counter() - started_at
        try:
            metrics.count_request(members["method"], members["route"] or "none", members["status"], seconds)
            if isinstance(record, Verdict):
                metrics.count_contact(record)
                kinds = dict.fromkeys([finding.hit.kind for finding in record.findings])
                members |= {"pack": record.basis.rules["pack"], "release": record.basis.rules["release"], "kinds": list(kinds)}
        except Exception as error:  # a failure to count must not fail the request
            _log.error("not-counted", error=type(error).__name__, request_id=request_id)
        if isinstance(record, BatchRecord):
            members |= record.members()
        _log.info("request", request_id=request_id, ms=round(seconds * 1000, 2), **members)

    def end(response: Response) -> Response:
        current = current_request()
        environ, method, rule = current.environ, current.method, current.url_rule
        members = {
            "method": method if method in _METHODS else "other",
            "route": routes[rule.rule] if rule else None,
            "status": response.status_code,
        }
        if (header := environ.get("HTTP_TRACEPARENT")) and (traceparent := valid_traceparent(header)):
            members["traceparent"] = traceparent
        record = environ.get(_RECORD)
        write = partial(write_line, environ[REQUEST_ID], members, environ[STARTED_AT], record)
        if isinstance(record, BatchRecord):
            response.call_on_close(cache(write))  # `cache`: a response may be closed twice
        else:
            write()
        return response

    app.after_request(end)


def current_metrics() -> Metrics:
    """Return the metrics of the running application."""
    metrics: Metrics = current_app.extensions["kodevagt_metrics"]
    return metrics


def record_verdict(verdict: Verdict) -> None:
    """Record the verdict of the current request for its log line and the metrics."""
    current_request().environ[_RECORD] = verdict


def record_batch() -> "BatchRecord":
    """Return the record of a batch, for its view to fill in.

    The record is logged when the response is closed.
    """
    record = request.environ[_RECORD] = BatchRecord(current_metrics())
    return record


class BatchRecord:
    """The counts of a batch.

    `complete` is false where the caller disconnected before the end. Metrics count each contact at once, since a batch may take
    minutes.
    """

    def __init__(self, metrics: Metrics) -> None:
        self.lines, self.complete = 0, False
        self._metrics = metrics
        self._releases: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()

    def add(self, verdict: Verdict) -> None:
        """Count the verdict over one contact."""
        self._metrics.count_contact(verdict)
        self._releases[f"{verdict.basis.rules['pack']}/{verdict.basis.rules['release']}"] += 1
        self._kinds.update([finding.hit.kind for finding in verdict.findings])

    def members(self) -> dict[str, Any]:
        """Return the members of the log line."""
        return {
            "lines": self.lines,
            "complete": self.complete,
            "releases": dict(self._releases),
            "kind_counts": dict(self._kinds),
        }
