"""The worker processes of `kodevagt serve`: their shared metrics, and how they stop.

A worker stops at a signal or when its parent has ended. It first finishes its requests, for at most STOP_TIMEOUT seconds.
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

METRICS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
STOP_TIMEOUT = 30  # seconds
_PARENT_CHECK_INTERVAL = 0.5  # seconds
_MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108  # in memory: writing to a mapped file on a full disk kills the process


@contextmanager
def shared_metrics() -> Iterator[None]:
    """Create a folder for the metrics that the workers share, and delete it afterwards."""
    parent = _MEMORY_FOLDER if os.access(_MEMORY_FOLDER, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="kodevagt-counts-", dir=parent) as folder:
        os.environ[METRICS_VARIABLE] = folder
        yield


def watch_signals(stopping: ctypes.c_bool) -> None:
    """Set `stopping` at a signal to stop, before the server handles it.

    Also reset the signal handling of new workers. Call it in the parent, after the server has installed its handlers
    and before it starts a worker.
    """
    os.register_at_fork(before=_block_stop, after_in_parent=_unblock_stop, after_in_child=_reset_signals)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, partial(_stop, stopping, signal.getsignal(number)))


def end_with_parent(stopping: ctypes.c_bool) -> None:
    """Stop this worker when its parent ends, also if the parent is killed."""
    threading.Thread(target=_end_with_parent, args=(stopping,), daemon=True).start()


def _stop(stopping: ctypes.c_bool, handle: Any, number: int, frame: FrameType | None) -> None:
    stopping.value = True
    handle(number, frame)


def _block_stop() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def _unblock_stop() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _reset_signals() -> None:
    """Reset the signal handling inherited from the parent.

    With that handling, a loading worker would miss a signal to stop. An interrupt from the keyboard reaches all
    processes at once, and the parent sends SIGTERM right afterwards. A worker that gets both at a time may handle
    neither, so the interrupt is blocked.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    _unblock_stop()


def _end_with_parent(stopping: ctypes.c_bool) -> None:
    parent = multiprocessing.parent_process()
    while parent is not None and os.getppid() == parent.pid:
        time.sleep(_PARENT_CHECK_INTERVAL)
    stopping.value = True
    util.Finalize(None, shutil.rmtree, (os.environ[METRICS_VARIABLE], True), exitpriority=0)  # the parent cannot
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_TIMEOUT)
    os._exit(1)
