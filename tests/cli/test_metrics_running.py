"""Metrics of several workers: any worker reports the sum of all, including killed ones."""

import os
import signal
from pathlib import Path

import pytest

from tests.cli.process import Served, ready, wait_until
from tests.http.counts import Counts, counts_of

pytestmark = pytest.mark.slow
CONTACT = b'{"encounter":{"date":"2025-10-14","specialty":"51","course":"artrose-knae","diagnoses":[{"code":"L92"}]}}'
CONTACTS, REQUESTS = "kodevagt_contacts_total", "kodevagt_requests_total"


def scraped(served: Served) -> Counts:
    status, headers, body = served.send("GET", "/metrics")
    assert (status, headers.get_content_type()) == (200, "text/plain")
    return counts_of(body.decode())


def judge(served: Served, count: int) -> None:
    """Send each contact on a new connection, so that the workers share them."""
    for _ in range(count):
        assert served.send("POST", "/v1/validate", CONTACT, Content_Type="application/json")[0] == 200


def every_worker_answers(served: Served, folder: Path) -> bool:
    """Send a request; return whether each worker has answered one, by the histogram file that its first request creates."""
    served.send("GET", "/health/live")
    return {f"histogram_{pid}" for pid in served.workers()} <= {path.stem for path in folder.glob("histogram_*.db")}


def test_any_worker_reports_the_sum_of_all_including_killed_ones(tmp_path: Path) -> None:
    with ready(tmp_path, KODEVAGT_WORKERS="2") as served:
        folder = served.counts_folder()
        wait_until(lambda: every_worker_answers(served, folder), served)
        judge(served, 60)
        assert [scraped(served).total(CONTACTS) for _ in range(10)] == [60] * 10

        killed = set()
        for _ in range(2):
            killed.add(worker := min(served.workers()))
            os.kill(worker, signal.SIGKILL)
            wait_until(lambda: len(served.workers() - killed) == 2 and every_worker_answers(served, folder), served)
            judge(served, 20)
        counts = scraped(served)
        assert counts.total(CONTACTS) == counts.total(REQUESTS, route="/v1/validate", status="200") == 100
        assert counts.total("kodevagt_release_info", pack="dk") == 1

        served.stop()
        assert served.process.returncode == 0
        assert not folder.exists()
