"""The worker processes of `kodevagt serve`: what they share, and how they stop.

A worker stops when it is told to or when its parent is gone, after what it has begun is answered, for at most STOP_TIMEOUT seconds.
"""

import ctypes
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import util
from pathlib import Path
from types import FrameType
from typing import Any

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
STOP_TIMEOUT = 30  # seconds for what is under way
_LOOK = 0.5  # seconds between two checks whether the parent is there
_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder that no full disk can touch: to write to a mapped file there ends the process


@contextmanager
def shared_metrics() -> Iterator[None]:
    """A fresh folder in which the workers that are started meanwhile count together."""
    with tempfile.TemporaryDirectory(prefix="kodevagt-counts-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None) as folder:
        os.environ[METRICS_FOLDER] = folder
        yield


def watch_signals(stopping: ctypes.c_bool) -> None:
    """Set `stopping` at a signal to stop, before the server handles it, and start workers with signal handling of their own.

    To be called in the parent after the server has installed its handlers and before it starts a worker.
    """
    os.register_at_fork(before=_block_stop, after_in_parent=_unblock_stop, after_in_child=_reset_signals)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, partial(_stop, stopping, signal.getsignal(number)))


def end_with_parent(stopping: ctypes.c_bool) -> None:
    """To be called in a worker: from now on it stops when its parent ends, however that came about."""
    threading.Thread(target=_end_with_parent, args=(stopping,), daemon=True).start()


def _stop(stopping: ctypes.c_bool, handle: Any, number: int, frame: FrameType | None) -> None:
    stopping.value = True
    handle(number, frame)


def _block_stop() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def _unblock_stop() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _reset_signals() -> None:
    """Drop the parent's signal handling, by which a worker that is stopped while it loads would miss the signal.

    An interrupt at the keyboard reaches all processes at once, and the parent sends SIGTERM right afterwards; a worker that gets
    two signals at a time may answer neither.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    _unblock_stop()


def _end_with_parent(stopping: ctypes.c_bool) -> None:
    parent = multiprocessing.parent_process()
    while parent is not None and os.getppid() == parent.pid:
        time.sleep(_LOOK)
    stopping.value = True
    util.Finalize(None, shutil.rmtree, (os.environ[METRICS_FOLDER], True), exitpriority=0)  # no other process is left to remove it
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_TIMEOUT)
    os._exit(1)
