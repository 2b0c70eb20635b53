"""A load of a fixed rate over persistent connections. Every answer is compared; a failure names its connection."""

import itertools
import math
import random
import select
import statistics
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.http import moments
from benchmarks.servers import Connection
from tests.endurance.stream import Asked

LINES = 16  # connections
_FRESH = 0.05  # the share of requests after which a connection is closed


class Line(Connection):
    """A connection, with its local port and the time when it was opened."""

    def __init__(self, port: int) -> None:
        self.opened = time.monotonic()
        super().__init__(port)
        self.port: int = self._socket.getsockname()[1]

    def stale(self) -> bool:
        """Whether the server has closed it, which a client checks before it reuses a connection."""
        looking = select.poll()
        looking.register(self, select.POLLIN)
        return bool(looking.poll(0))

    def ask(self, request: bytes) -> bytes:
        """Return the body of the answer to one request, then close the connection."""
        try:
            self.send(request)
            return self.receive()
        finally:
            self.close()

    def close(self) -> None:
        self._socket.close()


@dataclass(frozen=True, slots=True)
class Failure:
    """A request without an answer; `port` is None if there was no connection."""

    reason: str
    at: float
    port: int | None = None
    opened: float = math.inf


@dataclass
class Load:
    """The results of the requests. `waits` has the seconds of each answer from when its request was due."""

    port: int
    asked: list[Asked]
    answered: int = 0
    wrong: int = 0
    waits: list[float] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def longest(self) -> float:
        return max(self.waits, default=0.0)

    @property
    def median(self) -> float:
        return statistics.median(self.waits)

    def most(self, seconds: float) -> float:
        """Return the maximal answers per second, with one request in flight on each connection."""
        before, start = self.answered, time.monotonic()
        self._send(itertools.takewhile(lambda _: time.monotonic() < start + seconds, itertools.repeat(0.0)))
        self.waits.clear()
        return (self.answered - before) / (time.monotonic() - start)

    def paced(self, rate: float, seconds: float) -> None:
        """Send `rate` requests per second on average, at random moments."""
        self._send(moments(rate, seconds))

    def _send(self, moments: Iterable[float]) -> None:
        work = zip(moments, itertools.cycle(self.asked), strict=False)
        start = time.monotonic()
        threads = [threading.Thread(target=self._run_connection, args=(work, start)) for _ in range(LINES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _run_connection(self, work: "zip[tuple[float, Asked]]", start: float) -> None:
        line: Line | None = None
        draw = random.Random(threading.get_ident())
        while True:
            with self._lock:
                due, asked = next(work, (math.inf, None))
            if asked is None:
                break
            time.sleep(max(0.0, start + due - time.monotonic()))
            if line and (draw.random() < _FRESH or line.stale()):
                line.close()
                line = None
            line = self._ask(line, asked, start + due)
        if line:
            line.close()

    def _ask(self, line: Line | None, asked: Asked, due: float) -> Line | None:
        """Send one request and compare its answer; return the connection unless it failed."""
        try:
            line = line or Line(self.port)
            line.send(asked.request)
            answer = line.receive()
        except (OSError, RuntimeError) as error:
            now = time.monotonic()
            with self._lock:
                self.failures.append(Failure(repr(error), now, line.port, line.opened) if line else Failure(repr(error), now))
            if line:
                line.close()
            return None
        with self._lock:
            self.answered += 1
            self.wrong += answer != asked.answer
            self.waits.append(time.monotonic() - due)
        return line
