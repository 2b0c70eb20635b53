"""The HTTP benchmark sends requests at its own pace, independent of the server, and from another core."""

import os
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from benchmarks.http import Client, moments
from benchmarks.servers import SERVER_CORE, post
from tests.conftest import ROOT

PAUSE = 0.02
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class OneAtATime(socketserver.BaseRequestHandler):
    """Answers after a pause; one request at a time over all connections."""

    turn = threading.Lock()

    def handle(self) -> None:
        while self.request.recv(4096):
            with self.turn:
                time.sleep(PAUSE)
            self.request.sendall(ANSWER)


@pytest.fixture
def slow_port() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), OneAtATime) as slow:
        slow.daemon_threads = True
        thread = threading.Thread(target=slow.serve_forever, args=(0.01,))
        thread.start()
        yield slow.server_address[1]
        slow.shutdown()
        thread.join()


def test_requests_are_sent_at_random_moments_at_the_requested_rate() -> None:
    came = list(moments(1000, 2.0))
    assert came == list(moments(1000, 2.0))
    assert 1800 < len(came) < 2200
    assert came[0] > 0
    assert came[-1] < 2.0
    gaps = [later - earlier for earlier, later in pairwise(came)]
    assert min(gaps) < 0.0005 < 0.003 < max(gaps)


def test_the_latency_of_a_slow_server_includes_waiting(slow_port: int) -> None:
    client = Client(slow_port, os.getpid(), [post("/v1/validate", b"{}")])
    waits = client.measure_latency(rate=2 / PAUSE, seconds=0.4)
    assert client.sent == len(waits)
    # It can answer one request per PAUSE and gets two: the last waits for about half of them.
    assert max(waits) > len(waits) * PAUSE * 1000 * 0.3
    assert min(waits) >= PAUSE * 1000


def test_a_contact_is_not_repeated_before_the_end_of_the_stream(slow_port: int) -> None:
    client = Client(slow_port, os.getpid(), [b"1", b"2", b"3"])
    assert [client.next() for _ in range(4)] == [b"1", b"2", b"3", b"1"]
    assert client.sent == 4


def test_a_server_gets_its_own_core_after_the_client_has_taken_one() -> None:
    child = "import os, sys; print(getattr(os, 'sched_getaffinity', lambda _: {None})(0), file=sys.stderr)"
    script = f"""
import sys
from benchmarks.servers import CLIENT_CORE, SERVER_CORE, pin, running
pin(CLIENT_CORE)
with running([sys.executable, "-c", {child!r}], SERVER_CORE) as process:
    process.wait()
"""
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stderr.strip() == str({SERVER_CORE})
