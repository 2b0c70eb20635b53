"""The conformance pack, docs/conformance.ndjson, as the tests read it."""

import json
from typing import Any

from tests.conftest import ROOT

FILE = ROOT / "docs" / "conformance.ndjson"
LINES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
DRAFT = "ekm-2025-06"  # the release that some lines name; not published by default


def expectation(verdict: dict[str, Any]) -> dict[str, Any]:
    """Return what a line expects of a verdict, from the answer of `/v1/validate`."""
    findings = [
        {
            "kind": finding["kind"],
            "path": finding["path"],
            "suggestions": [suggestion.get("code", suggestion.get("course")) for suggestion in finding["suggestions"]],
        }
        for finding in verdict["findings"]
    ]
    return {"status": verdict["status"], "savable": verdict["savable"], "findings": findings}
