"""A client of Kodevagt to copy from. Python 3.11 or later, without dependencies.

As a program it runs the conformance pack, from the service or from a file; the key is KODEVAGT_KEY:

    python kodevagt_client.py http://127.0.0.1:8000 [conformance.ndjson]
"""

import http.client
import json
import os
import random
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

RETRY = {429, 500, 502, 503, 504}  # the same call may succeed soon; it changes nothing, so it may be repeated
REFUSED = {400, 404, 405, 413, 414, 415, 422, 431}  # a fault of the request; after any other, judge the contact later


class RequestRefusedError(Exception):
    """The request has faults, which `problem` lists (RFC 9457). Sending it again does not help; the note is saved anyway."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("detail", problem["status"]))
        self.problem = problem


class KodevagtClient:
    """Judges contacts at one service.

    `timeout` is in seconds, for each call. While a clinician waits there are no `retries`; in the background there may be some.
    """

    def __init__(self, address: str, key: str | None = None, timeout: float = 2.0, retries: int = 0) -> None:
        self.url = urlsplit(address)
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.timeout = timeout
        self.retries = retries

    def validate(self, request: dict[str, Any], release: str | None = None) -> dict[str, Any] | None:
        """Return the verdict on a contact, or None where there is none now: judge it later. Raises RequestRefusedError."""
        query = f"?release={quote(release)}" if release else ""
        status, body = self._send("POST", f"/v1/validate{query}", json.dumps(request).encode())
        try:
            content = json.loads(body)
        except ValueError:  # a proxy may answer anything
            content = None
        if status in REFUSED:
            raise RequestRefusedError(content or {"status": status})
        return content if status == 200 else None

    def conformance_pack(self) -> str:
        """Return the lines of the service's conformance pack. Raises ConnectionError."""
        status, body = self._send("GET", "/v1/conformance")
        if status != 200:
            raise ConnectionError(f"/v1/conformance answers {status}")
        return body.decode()

    def _send(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Return status and body of the last call, 503 where nothing answered in time."""
        pause = 1.0
        for retries_left in range(self.retries, -1, -1):
            try:
                status, retry_after, content = self._send_once(method, path, body)
            except (OSError, http.client.HTTPException):  # no connection, time-out, half an answer
                status, retry_after, content = 503, 0.0, b""
            if status not in RETRY or not retries_left:
                break
            time.sleep(max(pause, retry_after) + random.random())  # not every clinic at once
            pause = min(2 * pause, 300)
        return status, content

    def _send_once(self, method: str, path: str, body: bytes | None) -> tuple[int, float, bytes]:
        connect = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
        connection = connect(self.url.hostname or "", self.url.port, timeout=self.timeout)
        try:
            connection.request(method, self.url.path.rstrip("/") + path, body, {"Content-Type": "application/json", **self.headers})
            response = connection.getresponse()
            seconds = response.headers.get("Retry-After", "0")
            return response.status, float(seconds) if seconds.isdecimal() else 0.0, response.read()
        finally:
            connection.close()


def expectation(verdict: dict[str, Any]) -> dict[str, Any]:
    """Return what the pack fixes of a verdict."""
    return {
        "status": verdict["status"],
        "savable": verdict["savable"],
        "findings": [
            {
                "kind": finding["kind"],
                "path": finding["path"],
                "suggestions": [item.get("code", item.get("course")) for item in finding["suggestions"]],
            }
            for finding in verdict["findings"]
        ],
    }


def run_pack(client: KodevagtClient, pack: str) -> tuple[int, list[str]]:
    """Send every request of the pack; return their number and the ids of those that were answered otherwise."""
    lines = [json.loads(line) for line in pack.splitlines()]
    different = []
    for line in lines:
        verdict = client.validate(line["request"], line.get("release"))
        if verdict is None or expectation(verdict) != line["expect"]:
            different.append(line["id"])
    return len(lines), different


def main(address: str, file: str | None = None) -> int:
    client = KodevagtClient(address, os.environ.get("KODEVAGT_KEY"), timeout=30.0, retries=3)  # nobody waits
    count, different = run_pack(client, Path(file).read_text(encoding="utf-8") if file else client.conformance_pack())
    print(f"{count} requests, {len(different)} different", *different, sep="\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
