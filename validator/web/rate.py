"""How many requests a key may send: a bucket for each key, filled at an even pace, in the memory of one worker."""

import math
import threading
import time


class Rate:
    """`limit` requests a minute for each key, all of them at once where none came before; 0 is no limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pace = limit / 60
        self._buckets: dict[int, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, key: int) -> int:
        """Takes one request of a key's; otherwise the seconds until there is one again."""
        if not self._limit:
            return 0
        now = time.monotonic()  # a clock that is set does not open or close the tap
        with self._lock:
            left, since = self._buckets.get(key, (float(self._limit), now))
            left = min(float(self._limit), left + (now - since) * self._pace)
            enough = left >= 1
            self._buckets[key] = (left - 1 if enough else left, now)
        return 0 if enough else math.ceil((1 - left) / self._pace)
