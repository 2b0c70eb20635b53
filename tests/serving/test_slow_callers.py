"""Only connections on which nothing was sent for too long are closed."""

import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.waiting import wait_for
from validator.serving.slow_callers import close_silent

SILENCE = 1.0  # seconds between the last data on a silent connection and the first on another
WRITE_ELSEWHERE = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no other system reports when data was last sent")


class Side:
    """A server in this process, with both ends of its connections."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.port: int = self._listening.getsockname()[1]

    def connected(self) -> tuple[socket.socket, socket.socket]:
        """The caller's end and the server's."""
        caller = self._stack.enter_context(socket.create_connection(("127.0.0.1", self.port), 5))
        return caller, self._stack.enter_context(self._listening.accept()[0])


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def is_open(caller: socket.socket) -> bool:
    caller.settimeout(0.01)
    try:
        return caller.recv(1) != b""
    except TimeoutError:
        return True


def test_a_connection_is_closed_on_which_nothing_was_sent(stack: ExitStack) -> None:
    server, other = Side(stack), Side(stack)
    silent, elsewhere, half_closed = server.connected(), other.connected(), server.connected()
    half_closed[0].shutdown(socket.SHUT_WR)
    once_served = server.connected()
    once_served[1].sendall(b"long ago")
    assert once_served[0].recv(8)
    silent_since = time.monotonic()
    time.sleep(SILENCE)

    def limit() -> float:
        """Between the ages of the silent connections and of the fresh ones, however long anything takes."""
        return time.monotonic() - silent_since - SILENCE / 2

    for caller, _ in (silent, elsewhere):
        caller.sendall(b"what the caller sends does not count")
    fresh, served = server.connected(), server.connected()
    served[1].sendall(b"now")

    assert close_silent(server.port, limit()) == 3
    assert [is_open(caller) for caller, _ in (silent, half_closed, once_served)] == [False] * 3
    assert [is_open(caller) for caller, _ in (elsewhere, fresh, served)] == [True] * 3
    assert close_silent(server.port, limit()) == 0
    assert is_open(server.connected()[0])


def test_a_connection_is_closed_on_which_the_answer_is_not_read(stack: ExitStack) -> None:
    server = Side(stack)
    caller, served = server.connected()
    served.settimeout(0.1)
    with pytest.raises(TimeoutError):
        served.sendall(b"." * 2**26)
    wait_for(lambda: close_silent(server.port, 0.2) == 1)
    with pytest.raises(BrokenPipeError):
        served.sendall(b".")
    assert caller.recv(1) == b"."  # what had reached the caller is his


def test_open_files_keep_their_locks(stack: ExitStack, tmp_path: Path) -> None:
    path = tmp_path / "kodevagt.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE keys (id)")
        connection.execute("BEGIN IMMEDIATE")
        close_silent(Side(stack).port, 0)
        ran = subprocess.run([sys.executable, "-c", WRITE_ELSEWHERE, path], capture_output=True, text=True, check=False)
        assert "database is locked" in ran.stderr
