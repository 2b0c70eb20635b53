"""The HTTP server: granian, with one queue of connections for all workers, and a bound on whatever a caller can hold."""

import resource
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from validator.serving import slow_callers
from validator.serving.workers import GRACE, Server

# Python runs one thread of a worker at a time; the others are for callers that send a body or read an answer slowly.
_THREADS = 64
# Connections that a worker has open, most of them idle: granian takes no more when there are so many. What else a worker has
# open are chiefly three files of the store for each thread.
_CONNECTIONS, _OTHER_FILES = 16_384, 512
_FEWEST = 64
_QUEUE = 2048  # connections that no worker has taken yet; a system that allows fewer keeps fewer
_HEAD_TIME, _HEAD_SIZE = 30_000, 32_768  # milliseconds, also between two requests; bytes
_LONG_LIVED, _PAUSE = 5.0, 1.0  # seconds
# On standard output stand the service's own lines, and nothing that is no JSON.
_ASIDE = {"class": "logging.StreamHandler", "formatter": "generic", "stream": "ext://sys.stderr"}
_LOG = {"handlers": {"console": _ASIDE, "access": _ASIDE}}


def listen(host: str, port: int) -> socket.socket:
    """The socket that every worker takes its connections from. Raises OSError where the address cannot be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=_QUEUE)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # of each connection, which takes it from here
    return listening


def run(listening: socket.socket, workers: int, load: Callable[[], Flask]) -> None:
    """Serves what `load` gives in each worker until the process is told to stop."""
    host, port = listening.getsockname()[:2]
    _Server(
        listening,
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        websockets=False,
        # A connection that says nothing at all would have no time limit where the server first finds out what it speaks.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD_TIME, max_buffer_size=_HEAD_SIZE),
        backpressure=_most_connections(),
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_access=False,
        log_dictconfig=_LOG,
    ).serve(target_loader=partial(_begin, load, port), wrap_loader=False)


def _begin(load: Callable[[], Flask], port: int) -> Flask:
    """What a worker does first. A function of the module, since not every system hands over another to a new process."""
    application = load()
    slow_callers.watch(port)
    return application


class _Server(Server):
    """Granian with another queue and more patience."""

    def __init__(self, listening: socket.socket, **settings: Any) -> None:
        super().__init__("api:serve", **settings)
        self._listening = listening

    def _init_shared_socket(self) -> None:
        """One queue for all workers: those that wait in a worker's own would be refused when it dies."""
        number = self._listening.fileno()
        self._shd = SocketHolder(*((number, False, _QUEUE) if sys.platform == "linux" else (number, False)))  # type: ignore[assignment]
        self._sso = self._listening

    def _respawn_workers(self, workers: list[int], *others: Any, **named: Any) -> None:
        """However often a worker dies, the others serve on; granian would end them all when one dies twice in five seconds."""
        if any(time.monotonic() - self.wrks[index].birth < _LONG_LIVED for index in workers):
            time.sleep(_PAUSE)
        super()._respawn_workers(workers, *others, **named)
        self.respawned_wrks.clear()


def _most_connections() -> int:
    """As many as the system lets a process have files, which the workers inherit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    allowed = _CONNECTIONS if soft == resource.RLIM_INFINITY else soft - _OTHER_FILES
    return max(_FEWEST, min(_CONNECTIONS, allowed))
