"""Wait for the store's write lock: for a limited time, and with a limited number of threads."""

import contextlib
import fcntl
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator

LOCK_TIMEOUT = 3.0  # seconds to wait for other writers
_RETRY_INTERVAL = 0.005  # seconds
_MAX_WAITING = 16  # threads that wait on when another program has the store locked
_LOCKED_AFTER = 0.05  # seconds for which the store is busy before it counts as locked by another program


class _Waiter:
    """A thread in the queue; `called` is set when it is its turn, or when it is dismissed."""

    def __init__(self) -> None:
        self.called = threading.Event()
        self.dismissed = False


class WriteQueue:
    """The writers of a process, in order of arrival. Only the first waits for other processes.

    While another program has the store locked, few threads wait, and the others give up, so that judging goes on.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiters: deque[_Waiter] = deque()  # the first one writes
        self._busy_since: float | None = None  # since the first attempt that failed after the last one that succeeded

    @contextlib.contextmanager
    def turn(self, log: str, begin: Callable[[], object], deadline: float) -> Iterator[None]:
        """Wait for this thread's turn, then call `begin` until the store is not busy.

        `log` is the path of the file by which processes take turns. Raises TimeoutError or BlockingIOError where it is not this
        thread's turn by the deadline, or too many threads wait; sqlite3.OperationalError where the store is busy at the deadline.
        """
        waiter = self._join()
        try:
            if not waiter.called.wait(max(0.0, deadline - time.monotonic())) or waiter.dismissed:
                raise TimeoutError
            with _turn_among_processes(log, deadline):
                retry_while_busy(lambda: self._attempt(begin), deadline)
                yield
        finally:
            self._leave(waiter)

    def _join(self) -> _Waiter:
        waiter = _Waiter()
        with self._guard:
            if self._is_locked() and len(self._waiters) > _MAX_WAITING:
                raise TimeoutError
            self._waiters.append(waiter)
            self._waiters[0].called.set()
        return waiter

    def _leave(self, waiter: _Waiter) -> None:
        with self._guard:
            if not waiter.dismissed:
                self._waiters.remove(waiter)
            if self._waiters:
                self._waiters[0].called.set()

    def _attempt(self, begin: Callable[[], object]) -> None:
        try:
            begin()
        except sqlite3.OperationalError as error:
            if _is_busy(error):
                self._busy_since = self._busy_since or time.monotonic()
                if self._is_locked():
                    self._dismiss()
            raise
        self._busy_since = None

    def _is_locked(self) -> bool:
        since = self._busy_since
        return since is not None and time.monotonic() - since > _LOCKED_AFTER

    def _dismiss(self) -> None:
        """Dismiss the waiters beyond those that may wait while the store is locked."""
        with self._guard:
            while len(self._waiters) > _MAX_WAITING + 1:
                waiter = self._waiters.pop()
                waiter.dismissed = True
                waiter.called.set()


@contextlib.contextmanager
def _turn_among_processes(log: str, deadline: float) -> Iterator[None]:
    """Wait until no other process of ours writes, so that a store that is still busy is locked by another program.

    SQLite takes no lock on its log, so it does not notice. A process that is killed releases the lock.
    """
    try:
        descriptor = os.open(log, os.O_RDONLY)
    except OSError:  # no log, as in a store that is read-only
        yield
        return
    try:
        retry_while_busy(lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB), deadline)
        yield
    finally:
        os.close(descriptor)


def retry_while_busy(action: Callable[[], object], deadline: float) -> None:
    """Call a function until the lock that it takes is free, or the deadline of `time.monotonic` has passed.

    The intervals are short and even: with SQLite's own, which grow, a process that writes all the time keeps others out.
    """
    while True:
        try:
            action()
        except (sqlite3.OperationalError, BlockingIOError) as error:
            if not _is_busy(error) or time.monotonic() >= deadline:
                raise
        else:
            return
        time.sleep(_RETRY_INTERVAL)


def _is_busy(error: sqlite3.OperationalError | BlockingIOError) -> bool:
    return isinstance(error, BlockingIOError) or error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
