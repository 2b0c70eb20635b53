"""Metrics for Prometheus. No label contains content of a request.

With the environment variable PROMETHEUS_MULTIPROC_DIR, each process writes its counts to files in that folder, and every
process reports the sum of all, ended processes included. The library reads the variable on import, so set it before this module
loads.
"""

import os
import platform
from collections.abc import Iterable, Iterator
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from validator.contract.verdict import Verdict
from validator.engines.closures import PlainEngine

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# A contact takes about a millisecond; a batch may take minutes.
_BUCKETS = (0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 10.0)
_OVERRIDE_RESULTS = {"override-refused": "refused", "override-without-reason": "without-reason", "unknown-override": "unknown"}


class Metrics:
    """The counts of this process.

    Create it once, also before a fork: each child process has its own counts.
    """

    def __init__(self, version: str) -> None:
        self._version = version
        self._folder = os.environ.get(FOLDER)
        disable_created_metrics()  # the multi-process files have none either
        self._registry = CollectorRegistry()
        counter = self._counter
        # `labels` takes the lock of the metric at each call; `cache` avoids it for labels that have been used before.
        self._requests = cache(counter("requests", "Requests answered", "method", "route", "status").labels)
        self._contacts = cache(counter("contacts", "Contacts judged", "pack", "release", "cache").labels)
        self._findings = cache(counter("findings", "Findings", "pack", "kind", "rule").labels)
        self._overrides = cache(counter("overrides", "Overrides", "pack", "result", "rule").labels)
        self._fallback = counter("engine_fallback", "Contacts judged by the plain engine because durable-rules raised")
        self._unexpected_errors = counter("unexpected_errors", "Exceptions that were answered with 500")
        self._lost_lines = counter("log_lines_lost", "Lines that could not be written to the log")
        name, help, labels = "kodevagt_request_duration_seconds", "Time from a request to its answer", ("method", "route")
        self._durations = cache(Histogram(name, help, labels, registry=self._registry, buckets=_BUCKETS).labels)

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a response with its duration in seconds.

        `method` and `route` must come from a closed list.
        """
        self._requests(method, route, str(status)).inc()
        self._durations(method, route).observe(seconds)

    def count_contact(self, verdict: Verdict) -> None:
        """Count a judged contact."""
        pack, release = verdict.basis.rules["pack"], verdict.basis.rules["release"]
        self._contacts(pack, release, "hit" if verdict.cached else "miss").inc()
        if verdict.engine == PlainEngine.name:
            self._fallback.inc()
        for finding in verdict.findings:
            hit = finding.hit
            self._findings(pack, hit.kind, hit.rule).inc()
            if hit.override_reason is not None:
                self._overrides(pack, "taken", hit.rule).inc()
            elif hit.kind in _OVERRIDE_RESULTS:
                sent = hit.values["rule"]
                rule = sent if any(sent == other.hit.rule for other in verdict.findings) else ""
                self._overrides(pack, _OVERRIDE_RESULTS[hit.kind], rule).inc()

    def count_unexpected_error(self) -> None:
        """Count an exception that nobody expected."""
        self._unexpected_errors.inc()

    def log_line_lost(self) -> None:
        """Count a log line that could not be written."""
        self._lost_lines.inc()

    @property
    def shared(self) -> bool:
        """Return whether the counts are those of all processes."""
        return self._folder is not None

    def text(self, releases: Iterable[tuple[str, str, str]]) -> bytes:
        """Return the counts of all processes in Prometheus' text format.

        `releases` are those in force (pack, name, digest).
        """
        counts = MultiProcessCollector(None, self._folder) if self._folder else self._registry
        return generate_latest(counts) + generate_latest(_Info(self._version, releases))

    def _counter(self, name: str, help: str, *labels: str) -> Counter:
        return Counter(f"kodevagt_{name}", help, labels, registry=self._registry)


class _Info(Collector):
    """Gauges that are always 1, with the releases in force and the versions of the software.

    A release is (pack, name, digest).
    """

    def __init__(self, version: str, releases: Iterable[tuple[str, str, str]]) -> None:
        self._version, self._releases = version, releases

    def collect(self) -> Iterator[Metric]:
        release = GaugeMetricFamily("kodevagt_release_info", "The release in force", labels=("pack", "release", "digest"))
        for labels in self._releases:
            release.add_metric(labels, 1)
        yield release
        build = GaugeMetricFamily("kodevagt_build_info", "What answers", labels=("version", "python"))
        build.add_metric((self._version, platform.python_version()), 1)
        yield build
