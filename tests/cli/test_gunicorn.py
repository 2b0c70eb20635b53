"""gunicorn serves the application with single- or multi-threaded workers, as shown in docs/settings.md."""

import json
import os
import re
import signal
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.cli.process import PATIENCE, Served, ready, received, wait_until
from tests.conftest import ROOT
from tests.contacts import REQUESTS
from tests.http.counts import counts_of

pytestmark = pytest.mark.slow
GUNICORN = Path(sys.executable).parent / "gunicorn"
CONTACT = json.dumps(REQUESTS["main-not-in-course-set"]).encode()
HEAD = b"POST /v1/validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
SYNC, THREADS = "--worker-class sync", "--worker-class gthread --threads 4"
workers = pytest.mark.parametrize("words", [SYNC, THREADS], ids=["sync", "gthread"])


def gunicorn(folder: Path, words: str, *, counts: bool = True) -> AbstractContextManager[Served]:
    """Start gunicorn with two workers and a store in the folder."""
    bound = '--workers "$KODEVAGT_WORKERS" --bind "127.0.0.1:$KODEVAGT_PORT"'
    settings = {"KODEVAGT_WORKERS": "2", "PYTHONPATH": str(ROOT)}
    if counts:
        (folder / "counts").mkdir()
        settings["PROMETHEUS_MULTIPROC_DIR"] = str(folder / "counts")
    return ready(folder, ("sh", "-c", f"exec {GUNICORN} {bound} {words} 'api:serve()'"), **settings)


def is_to_stop(pid: int) -> bool:
    """Whether a SIGTERM to a process is still pending."""
    (pending,) = re.findall(r"^ShdPnd:\s*(\w+)$", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"), re.MULTILINE)
    return bool(int(pending, 16) >> (signal.SIGTERM - 1) & 1)


def judge(served: Served) -> bytes:
    status, _, body = served.send("POST", "/v1/validate", CONTACT, Content_Type="application/json", X_Request_ID="r-1")
    assert status == 200
    return body


@workers
def test_contacts_are_judged_and_counts_are_summed_over_workers(tmp_path: Path, words: str) -> None:
    with gunicorn(tmp_path, words) as served:
        answers = {judge(served) for _ in range(40)}
        (answer,) = answers
        assert json.loads(answer)["findings"][0]["kind"] == "main-not-in-course-set"
        batch = b"\n".join([CONTACT, b"no json", CONTACT])
        status, _, body = served.send("POST", "/v1/validate/batch", batch, Content_Type="application/x-ndjson")
        assert (status, len(body.splitlines())) == (200, 3)
        for _ in range(6):
            assert counts_of(served.send("GET", "/metrics")[2].decode()).total("kodevagt_contacts_total") == 42
        printed = served.stop()
    assert served.process.returncode == 0
    lines = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    assert [line["request_id"] for line in lines].count("r-1") == 40


@workers
def test_a_request_in_progress_is_answered_after_sigterm(tmp_path: Path, words: str) -> None:
    with gunicorn(tmp_path, words) as served:
        contact = served.connect()
        contact.sendall(HEAD % len(CONTACT) + CONTACT[:20])
        wait_until(lambda: served.send("GET", "/health/live")[0] == 200, served)  # by then a worker has taken the other
        served.process.send_signal(signal.SIGTERM)
        wait_until(lambda: "Handling signal: term" in served.printed(), served)
        contact.sendall(CONTACT[20:])
        assert b'"main-not-in-course-set"' in received(contact)
        served.process.wait(PATIENCE)
    assert served.process.returncode == 0


def test_readiness_is_503_after_sigterm(tmp_path: Path) -> None:
    with gunicorn(tmp_path, THREADS) as served:
        asked = served.connect()
        asked.sendall(b"GET /health/ready HTTP/1.1\r\nHo")
        wait_until(lambda: served.send("GET", "/health/live")[0] == 200, served)
        os.killpg(served.process.pid, signal.SIGTERM)
        wait_until(lambda: "Handling signal: term" in served.printed() and not any(map(is_to_stop, served.workers())), served)
        asked.sendall(b"st: localhost\r\nConnection: close\r\n\r\n")
        answer = received(asked)
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b'"stopping"' in answer


def test_without_a_metrics_folder_no_worker_reports_its_counts_alone(tmp_path: Path) -> None:
    with gunicorn(tmp_path, SYNC, counts=False) as served:
        judge(served)
        status, _, body = served.send("GET", "/metrics")
        assert status == 503
        assert "PROMETHEUS_MULTIPROC_DIR" in json.loads(body)["detail"]
