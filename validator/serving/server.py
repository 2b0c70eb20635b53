"""The HTTP server: granian, with a bound on everything that a caller can occupy."""

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

from validator.serving import slow_callers
from validator.serving.workers import STOP_TIMEOUT, end_with_parent, watch_signals

# Python runs one thread of a worker at a time; the others are for callers that send a body or read an answer slowly.
_THREADS = 64
# Connections that a worker has open, most of them idle: granian takes no more when there are so many. What else a worker has
# open are chiefly three files of the store for each thread.
_CONNECTIONS, _OTHER_FILES = 16_384, 512
_FEWEST = 64
_QUEUE = 2048  # connections that a worker has not accepted yet; a system that allows fewer queues fewer
_HEAD_TIME, _HEAD_SIZE = 30_000, 32_768  # milliseconds, also between two requests; bytes

Load = Callable[[Callable[[], bool]], Flask]


class _NoAdvice(logging.Filter):
    """Drops granian's warnings about the number of threads and workers, which come at every start."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to print a record; granian gives its advice in `serve`, before anything is started."""
        return record.levelno != logging.WARNING or record.funcName != "serve"


# Standard output holds the service's own lines only, each of them JSON.
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
        # A connection that sends nothing at all would have no time limit where the server first detects its protocol.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD_TIME, max_buffer_size=_HEAD_SIZE),
        backlog=_QUEUE,
        backpressure=_most_connections(),
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_TIMEOUT,
        log_access=False,
        log_dictconfig=_LOG,
    )
    server.on_startup(partial(watch_signals, stopping))
    try:
        server.serve(target_loader=partial(_load_worker, load, port, stopping), wrap_loader=False)
    except SystemExit:
        if not stopping.value:  # otherwise the workers got the same signal and were faster, which granian takes for a failure
            raise


def _load_worker(load: Load, port: int, stopping: ctypes.c_bool) -> Flask:
    """Load the application of a worker. At module level, since not every system can pass a closure to a new process."""
    end_with_parent(stopping)
    application = load(lambda: stopping.value)
    slow_callers.watch(port)
    return application


def _most_connections() -> int:
    """As many as the system lets a process have files, which the workers inherit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    allowed = _CONNECTIONS if soft == resource.RLIM_INFINITY else soft - _OTHER_FILES
    return max(_FEWEST, min(_CONNECTIONS, allowed))
