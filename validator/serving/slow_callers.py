"""Connections on which the service has sent nothing for a minute are closed, and the threads that they hold are free again.

Granian limits how long a caller takes over the head of a request and between two requests. How long a caller takes over a body,
or over reading an answer, it leaves to the caller, who so holds one of the worker's threads for as long as he likes.
"""

import os
import socket
import struct
import sys
import threading
import time

import structlog

SILENCE_LIMIT = 60.0  # seconds
_PAUSE = 5.0  # seconds between two rounds
# The kernel's `struct tcp_info`: the state in its first byte, and the milliseconds since data was last sent, or else since the
# connection was made. Both have stood there since it was made.
_INFO = struct.Struct("=B43xI")
_OPEN = (1, 8)  # established, and half closed by the caller
_log = structlog.get_logger("kodevagt.http")


def watch(port: int, limit: float | None = None) -> None:
    """Closes the silent connections of this process to that port from now on, where the system tells which they are (Linux)."""
    if sys.platform == "linux":
        threading.Thread(target=_watch, args=(port, SILENCE_LIMIT if limit is None else limit), name="silent", daemon=True).start()


def close_silent(port: int, limit: float) -> int:
    """Closes the connections to a port of this process on which nothing has been sent for `limit` seconds; how many."""
    return sum(_close_if_silent(int(name), port, limit) for name in os.listdir("/proc/self/fd"))


def _close_if_silent(number: int, port: int, limit: float) -> bool:
    """Whether an open file was such a connection. It is looked at in its place: to close a copy of a file of SQLite's, even of one
    that has taken a connection's number meanwhile, would give its locks away.
    """
    try:
        connection = socket.socket(fileno=number)
    except OSError:  # no socket, or closed meanwhile
        return False
    try:
        state, sent = _INFO.unpack(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO.size))
        if state not in _OPEN or sent <= limit * 1000 or connection.getsockname()[1] != port:
            return False
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # not TCP, or closed meanwhile
        return False
    finally:
        connection.detach()
    return True


def _watch(port: int, limit: float) -> None:
    while True:
        time.sleep(min(_PAUSE, limit / 4))
        closed = close_silent(port, limit)
        if closed:
            _log.warning("silent-connections-closed", count=closed, seconds=limit)
