"""How many requests a key, or an address without one, may send: a bucket for each, filled evenly, in one worker's memory."""

import math
import threading
import time

_MOST = 10_000  # buckets; of so many, those that have filled up again are let go


class Rate:
    """`limit` requests a minute for each caller, all of them at once where none came before; 0 is no limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pace = limit / 60
        self._buckets: dict[int | str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, caller: int | str) -> int:
        """Takes one request of a caller's, the id of a key or an address; otherwise the seconds until there is one again."""
        if not self._limit:
            return 0
        now = time.monotonic()  # a clock that is set does not open or close the tap
        with self._lock:
            left = self._left(caller, now)
            enough = left >= 1
            if len(self._buckets) >= _MOST:
                self._buckets = {one: self._buckets[one] for one in self._buckets if self._left(one, now) < self._limit}
            self._buckets[caller] = (left - 1 if enough else left, now)
        return 0 if enough else math.ceil((1 - left) / self._pace)

    def _left(self, caller: int | str, now: float) -> float:
        left, since = self._buckets.get(caller, (float(self._limit), now))
        return min(float(self._limit), left + (now - since) * self._pace)
