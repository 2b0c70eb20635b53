"""The service ends when it is told to, at any time and in any way, and what it has begun to receive is answered."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.process import PATIENCE, Served, end, free_port, ready, received, started

pytestmark = pytest.mark.slow
CONTACT = b'{"encounter":{"date":"2025-10-14","specialty":"51","course":"artrose-knae","diagnoses":[{"code":"L92"}]}}'
LINE = CONTACT + b"\n"
CHUNK = b"%x\r\n%s\r\n" % (len(LINE), LINE)
HEAD = b"POST /v1/validate%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/%s\r\n"
TICKS = 200  # of a tenth of a second: less than a worker is waited for. Counted, since a machine may stand still meanwhile.


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with ready(tmp_path, KODEVAGT_WORKERS="2") as found:
        yield found


def to_the_parent(served: Served) -> None:
    served.process.send_signal(signal.SIGTERM)


def to_all_at_once(served: Served) -> None:
    os.killpg(served.process.pid, signal.SIGTERM)


def at_the_keyboard(served: Served) -> None:
    os.killpg(served.process.pid, signal.SIGINT)


def the_parent_is_killed(served: Served) -> None:
    served.process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("stop", [to_the_parent, to_all_at_once, at_the_keyboard, the_parent_is_killed])
def test_what_is_under_way_is_answered_and_nothing_new_is_taken(served: Served, stop: Callable[[Served], None]) -> None:
    workers, folder = served.workers(), served.counts_folder()
    contact, batch, health, idle = (served.connect() for _ in range(4))
    contact.sendall(HEAD % (b"", b"json") + b"Content-Length: %d\r\n\r\n" % len(CONTACT) + CONTACT[:20])
    batch.sendall(HEAD % (b"/batch", b"x-ndjson") + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNK)
    health.sendall(b"GET /health/ready HTTP/1.1\r\nHo")
    time.sleep(0.5)

    stop(served)
    wait_until_refused(served)
    for connection, rest in ((contact, CONTACT[20:]), (batch, CHUNK * 2 + b"0\r\n\r\n"), (health, b"st: localhost\r\n\r\n")):
        connection.sendall(rest)
    assert (answer := received(contact)).startswith(b"HTTP/1.1 200 ")
    assert b'"main-not-in-course-set"' in answer
    assert received(batch).count(b'"main-not-in-course-set"') == 3
    assert (answer := received(health)).startswith(b"HTTP/1.1 503 ")
    assert b'"stopping"' in answer
    assert received(idle) == b""

    assert_ends(served.process)
    assert served.process.returncode == (-signal.SIGKILL if stop is the_parent_is_killed else 0)
    for _ in range(TICKS):
        if not any(runs(pid) for pid in workers):
            break
        time.sleep(0.1)
    assert not any(runs(pid) for pid in workers)
    assert not folder.exists()
    printed = served.printed()
    assert "Traceback" not in printed
    assert printed.count('"lines": 3, "complete": true') == 1


def wait_until_refused(served: Served) -> None:
    for _ in range(TICKS):
        try:
            served.connect().close()
        except ConnectionRefusedError:
            return
        time.sleep(0.1)
    raise AssertionError("it still takes connections")


def assert_ends(process: subprocess.Popen[str]) -> None:
    """Waits for the process, and for no longer than a worker that answers takes."""
    for _ in range(TICKS):
        if process.poll() is not None:
            return
        time.sleep(0.1)
    raise AssertionError("it hangs")


def runs(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("stop", [to_the_parent, to_all_at_once, at_the_keyboard])
def test_it_ends_at_once_when_nothing_is_under_way(tmp_path: Path, stop: Callable[[Served], None]) -> None:
    for _ in range(2):  # a worker that is told twice at a time must not miss it
        with ready(tmp_path, KODEVAGT_WORKERS="2") as served:
            stop(served)
            assert_ends(served.process)
            assert served.process.returncode == 0
            # A worker that is told at the same time may be gone before its parent has heard.
            assert stop is to_all_at_once or "Unexpected exit" not in served.printed()


@pytest.mark.parametrize("pause", [0, 0.01, 0.05, 0.2])
def test_it_ends_while_its_workers_start(tmp_path: Path, pause: float) -> None:
    process = started(tmp_path, free_port(), KODEVAGT_WORKERS="2")
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "Spawning worker-2" in line:
                break
        time.sleep(pause)
        process.send_signal(signal.SIGTERM)
        assert_ends(process)
        assert process.returncode == 0
    finally:
        end(process)


@pytest.mark.soak
def test_a_caller_who_never_ends_does_not_hold_it_for_ever(served: Served) -> None:
    with served.connect() as endless:
        endless.sendall(HEAD % (b"", b"json") + b"Content-Length: 500\r\n\r\n{")
        time.sleep(0.3)
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(PATIENCE)
    assert served.process.returncode == 0
    assert "Killing worker" in served.printed()
