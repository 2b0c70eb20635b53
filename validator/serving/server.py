"""The HTTP server: granian, with limits on connections and heads.

It has no limit on the time of a body or an answer: a proxy in front of it has (`deploy/nginx.conf`).
"""

import ctypes
import logging
import multiprocessing
import resource
import socket
from collections.abc import Callable
from functools import partial

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from validator.serving.workers import STOP_TIMEOUT, end_with_parent, watch_signals

# Python runs one thread of a worker at a time; the others serve callers that send a body or read an answer slowly. As many of those
# as there are threads stop the worker.
_THREADS = 64
# Open connections of a worker, most of them idle: granian accepts no more. Its other open files are chiefly three of the store for
# each thread.
_MAX_CONNECTIONS, _OTHER_FILES = 16_384, 512
_MIN_CONNECTIONS = 64
_BACKLOG = 2048  # connections that are not accepted yet; the system may limit them further
_HEAD_TIMEOUT, _MAX_HEAD_SIZE = 30_000, 32_768  # milliseconds, also between two requests; bytes

Load = Callable[[Callable[[], bool]], Flask]


class _NoAdvice(logging.Filter):
    """Drop granian's warnings about the number of threads and workers.

    Granian logs them at every start.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to print a record.

        The warnings come from granian's `serve`, before it starts anything.
        """
        return record.levelno != logging.WARNING or record.funcName != "serve"


# Standard output has the service's own JSON lines only.
_STDERR = {
    "class": "logging.StreamHandler",
    "formatter": "generic",
    "stream": "ext://sys.stderr",
    "filters": ["no_advice"],
}
_LOG = {"filters": {"no_advice": {"()": _NoAdvice}}, "handlers": {"console": _STDERR, "access": _STDERR}}


def free_address(host: str, port: int) -> str:
    """Return the IP address of a host. Raises OSError where the port cannot be used there."""
    family, both = (socket.AF_INET6, socket.has_dualstack_ipv6()) if ":" in host else (socket.AF_INET, False)
    with socket.create_server((host, port), family=family, dualstack_ipv6=both) as probe:
        address: str = probe.getsockname()[0]
        return address


def run(address: str, port: int, workers: int, load: Load) -> None:
    """Serve the application that `load` returns in each worker until the process is stopped.

    `load` is called with a function that returns whether the service is stopping. Raises SystemExit where workers die so often that
    granian gives up.
    """
    stopping = multiprocessing.RawValue(ctypes.c_bool, False)
    server = Granian(
        "api:serve",
        address=address,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        websockets=False,
        # With protocol detection, a connection that sends nothing would have no time limit.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD_TIMEOUT, max_buffer_size=_MAX_HEAD_SIZE),
        backlog=_BACKLOG,
        backpressure=_max_connections(),
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_TIMEOUT,
        log_access=False,
        log_dictconfig=_LOG,
    )
    server.on_startup(partial(watch_signals, stopping))
    try:
        server.serve(target_loader=partial(_load_worker, load, stopping), wrap_loader=False)
    except SystemExit:
        if not stopping.value:  # else the workers got the same signal and ended first, which granian takes for a failure
            raise


def _load_worker(load: Load, stopping: ctypes.c_bool) -> Flask:
    """Load the application of a worker.

    The function is at module level, since some systems cannot pass a closure to a new process.
    """
    end_with_parent(stopping)
    return load(lambda: stopping.value)


def _max_connections() -> int:
    """Return the number of connections that the limit of open files allows.

    Raise that limit for the workers first.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MAX_CONNECTIONS + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    allowed = _MAX_CONNECTIONS if soft == resource.RLIM_INFINITY else soft - _OTHER_FILES
    return max(_MIN_CONNECTIONS, min(_MAX_CONNECTIONS, allowed))
