"""The worker processes of `kodevagt serve`: what they share, and how they end.

A worker ends when it is told to, when its parent is gone, and not before what it has begun is answered, for as long as GRACE.
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
from multiprocessing import util
from pathlib import Path
from typing import Any

from granian.server import MPServer

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
GRACE = 30  # seconds for what is under way
_LOOK = 0.5  # seconds between two looks at whether the parent is there
_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder that no full disk can touch: to write to a mapped file there ends the process


class Server(MPServer):
    """granian, which tells its workers by `stopping` that they are to end, before it closes their door."""

    stopping: ctypes.c_bool = multiprocessing.RawValue(ctypes.c_bool, False)

    def startup(self, *arguments: Any) -> None:
        os.register_at_fork(before=_hold_stop, after_in_parent=_let_stop, after_in_child=_take_signals)
        super().startup(*arguments)

    def shutdown(self, exit_code: int = 0) -> None:
        self.stopping.value = True
        if self.interrupt_signal:
            self.interrupt_children.clear()  # workers that were told at the same time, and were faster: no failure
        super().shutdown(exit_code)


@contextmanager
def shared_counts() -> Iterator[None]:
    """A fresh folder in which the workers that are started meanwhile count together."""
    with tempfile.TemporaryDirectory(prefix="kodevagt-counts-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None) as folder:
        os.environ[FOLDER] = folder
        yield


def end_with_parent() -> None:
    """To be called in a worker: from now on it ends when its parent does, however that came about."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _hold_stop() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def _let_stop() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _take_signals() -> None:
    """What a worker does first: it has inherited the parent's way with signals, by which a stop while it loads would be lost.

    An interrupt at the keyboard goes to all processes at once, and the parent's own word to stop follows close upon it; a worker
    that is hit by two signals at a time may answer neither.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    _let_stop()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    while parent is not None and os.getppid() == parent.pid:
        time.sleep(_LOOK)
    Server.stopping.value = True
    util.Finalize(None, shutil.rmtree, (os.environ[FOLDER], True), exitpriority=0)  # nobody else is left to do it
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
