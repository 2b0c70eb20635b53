"""What is counted, as Prometheus reads it.

Where the environment names a folder PROMETHEUS_MULTIPROC_DIR, each process keeps its counts in files there, and every process
answers with the sum of all of them, those of processes that have ended included. The library looks for the folder when it is
imported, so it must be named before this module is. No label holds anything that was sent.
"""

import os
import platform
from collections.abc import Iterator
from typing import Generic, TypeVar

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from validator.contract.verdict import Verdict
from validator.engines.closures import PlainEngine
from validator.serving.service import Service

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# A contact takes about a millisecond; a batch may take minutes.
_BUCKETS = (0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 10.0)
_WITHOUT_EFFECT = {"override-refused": "refused", "override-without-reason": "without-reason", "unknown-override": "unknown"}
_Child = TypeVar("_Child", bound=MetricWrapperBase)


class _Labelled(dict[tuple[str, ...], _Child], Generic[_Child]):
    """The children of a metric by their labels: one that has been used is found without the metric's lock."""

    def __init__(self, metric: _Child) -> None:
        super().__init__()
        self._metric = metric

    def __missing__(self, labels: tuple[str, ...]) -> _Child:
        child = self[labels] = self._metric.labels(*labels)
        return child


class Metrics:
    """The counts of this process. Made once in a process, or once before it forks: each child counts for itself."""

    def __init__(self, version: str) -> None:
        self._version = version
        self._folder = os.environ.get(FOLDER)
        disable_created_metrics()  # the folder keeps no such times, and the two ways are to answer alike
        self._registry = CollectorRegistry()
        counter = self._counter
        self._requests = _Labelled(counter("requests", "Requests answered", "method", "route", "status"))
        self._contacts = _Labelled(counter("contacts", "Contacts judged", "pack", "release", "cache"))
        self._findings = _Labelled(counter("findings", "Findings", "pack", "kind", "rule"))
        self._overrides = _Labelled(counter("overrides", "Overrides", "pack", "result", "rule"))
        self._fallback = counter("engine_fallback", "Contacts judged by the plain engine because durable-rules raised")
        self._lost = counter("log_lines_lost", "Lines that could not be written to the log")
        self._seconds = _Labelled(
            Histogram(
                "kodevagt_request_duration_seconds",
                "Time from a request to its answer",
                ("method", "route"),
                registry=self._registry,
                buckets=_BUCKETS,
            )
        )

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts an answer. `method` and `route` must be of a closed list."""
        self._requests[method, route, str(status)].inc()
        self._seconds[method, route].observe(seconds)

    def contact(self, verdict: Verdict) -> None:
        """Count a judged contact."""
        pack, release = verdict.basis.rules["pack"], verdict.basis.rules["release"]
        self._contacts[pack, release, "hit" if verdict.cached else "miss"].inc()
        if verdict.engine == PlainEngine.name:
            self._fallback.inc()
        for finding in verdict.findings:
            hit = finding.hit
            self._findings[pack, hit.kind, hit.rule].inc()
            if hit.override_reason is not None:
                self._overrides[pack, "taken", hit.rule].inc()
            elif hit.kind in _WITHOUT_EFFECT:
                named = hit.values["rule"]
                rule = named if any(named == other.hit.rule for other in verdict.findings) else ""
                self._overrides[pack, _WITHOUT_EFFECT[hit.kind], rule].inc()

    def log_line_lost(self) -> None:
        """Counts a line that could not be written."""
        self._lost.inc()

    @property
    def shared(self) -> bool:
        """Whether processes count together."""
        return self._folder is not None

    def text(self, service: Service) -> bytes:
        """The counts of all processes and the releases in force, in the text format of Prometheus."""
        counts = MultiProcessCollector(None, self._folder) if self._folder else self._registry
        return generate_latest(_Together(counts, self._facts(service)))

    def _counter(self, name: str, help: str, *labels: str) -> Counter:
        return Counter(f"kodevagt_{name}", help, labels, registry=self._registry)

    def _facts(self, service: Service) -> Iterator[Metric]:
        release = GaugeMetricFamily("kodevagt_release_info", "The release in force", labels=("pack", "release", "digest"))
        for pack, validator in service.current.items():
            release.add_metric((pack, validator.release.name, validator.digest), 1)
        yield release
        build = GaugeMetricFamily("kodevagt_build_info", "What answers", labels=("version", "python"))
        build.add_metric((self._version, platform.python_version()), 1)
        yield build


class _Together(Collector):
    """Metrics from two places as one answer."""

    def __init__(self, counts: Collector, facts: Iterator[Metric]) -> None:
        self._counts, self._facts = counts, facts

    def collect(self) -> Iterator[Metric]:
        yield from self._counts.collect()
        yield from self._facts
