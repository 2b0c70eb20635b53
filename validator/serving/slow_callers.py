"""Close connections on which the service has sent nothing for a minute.

This makes their threads free. Granian limits the time for the head of a request and between two requests, but neither
for sending a body nor for reading an answer. Without a limit, a slow caller could occupy a thread of the worker for
ever.
"""

import os
import socket
import struct
import sys
import threading
import time

import structlog

SILENCE_LIMIT = 60.0  # seconds
_CHECK_INTERVAL = 5.0  # seconds
# The beginning of the kernel's `struct tcp_info`: `tcpi_state`, and `tcpi_last_data_sent` in milliseconds, which counts from the
# connection's start where nothing was sent.
_TCP_INFO = struct.Struct("=B43xI")
_OPEN_STATES = (1, 8)  # TCP_ESTABLISHED and TCP_CLOSE_WAIT
_log = structlog.get_logger("kodevagt.http")


def watch(port: int) -> None:
    """Start a thread that closes the silent connections of this process to a port.

    It does nothing except on Linux.
    """
    if sys.platform == "linux":
        threading.Thread(target=_watch, args=(port, SILENCE_LIMIT), name="silent", daemon=True).start()


def close_silent(port: int, limit: float) -> int:
    """Close the connections of this process to a port that have been silent too long.

    Silent too long means that nothing was sent for `limit` seconds. Return the number of closed connections.
    """
    return sum(_close_if_silent(int(descriptor), port, limit) for descriptor in os.listdir("/proc/self/fd"))


def _close_if_silent(descriptor: int, port: int, limit: float) -> bool:
    """Close a file descriptor that is a silent connection, and return whether it was one.

    The descriptor is not duplicated: should it meanwhile be a file of SQLite, closing a duplicate would release the file's locks.
    """
    try:
        connection = socket.socket(fileno=descriptor)
    except OSError:  # not a socket, or closed meanwhile
        return False
    try:
        state, milliseconds = _TCP_INFO.unpack(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO.size))
        if state not in _OPEN_STATES or milliseconds <= limit * 1000 or connection.getsockname()[1] != port:
            return False
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # not TCP, or closed meanwhile
        return False
    finally:
        connection.detach()
    return True


def _watch(port: int, limit: float) -> None:
    while True:
        time.sleep(min(_CHECK_INTERVAL, limit / 4))
        closed = close_silent(port, limit)
        if closed:
            _log.warning("silent-connections-closed", count=closed, seconds=limit)
