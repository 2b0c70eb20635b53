"""The conformance pack: example requests with what the releases in force find in them."""

from collections.abc import Iterator
from typing import Any

import orjson

from validator.contract.verdict import Verdict
from validator.requests.request import read_request
from validator.serving.service import Service
from validator.settings import BUNDLED

CONFORMANCE_FILE = BUNDLED / "conformance.ndjson"


def conformance_lines(service: Service) -> Iterator[dict[str, Any]]:
    """Yield the lines of the pack in order, with what the service finds as `expect`.

    A line that names a release is left out where that release is not published. Raises DamagedReleaseError.
    """
    for text in CONFORMANCE_FILE.read_bytes().splitlines():
        line = orjson.loads(text)
        submission, release = read_request(line["request"]), line.get("release")
        if release is None or (submission.encounter.jurisdiction, release) in service.releases:
            yield {**line, "expect": _expectation(service.judge(submission, release=release))}


def _expectation(verdict: Verdict) -> dict[str, Any]:
    """Return the part of a verdict that the pack fixes: no texts, and of suggestions only the code or the course."""
    findings = [
        {
            "kind": finding.hit.kind,
            "path": finding.hit.path,
            "suggestions": [suggestion.code or suggestion.course for suggestion in finding.suggestions],
        }
        for finding in verdict.findings
    ]
    return {"status": verdict.status, "savable": verdict.savable, "findings": findings}
