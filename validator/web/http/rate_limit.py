"""The limit of requests a minute within a worker, for each key, or address without a key."""

import math
import threading
import time

_MAX_BUCKETS = 10_000  # beyond it, full buckets are dropped


class RateLimiter:
    """A token bucket for each caller with `limit` tokens, refilled evenly within a minute.

    0 is no limit.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tokens_a_second = limit / 60
        self._buckets: dict[int | str, tuple[float, float]] = {}  # tokens, and when they were counted
        self._lock = threading.Lock()

    def take(self, caller: int | str) -> int:
        """Take a token of a caller, the id of a key or an address.

        Return 0, or without a token the seconds until the next.
        """
        if not self._limit:
            return 0
        now = time.monotonic()  # unlike the time of day, it never jumps
        with self._lock:
            tokens = self._tokens(caller, now)
            allowed = tokens >= 1
            if len(self._buckets) >= _MAX_BUCKETS:
                self._buckets = {known: self._buckets[known] for known in self._buckets if self._tokens(known, now) < self._limit}
            self._buckets[caller] = (tokens - 1 if allowed else tokens, now)
        return 0 if allowed else math.ceil((1 - tokens) / self._tokens_a_second)

    def _tokens(self, caller: int | str, now: float) -> float:
        tokens, counted_at = self._buckets.get(caller, (float(self._limit), now))
        return min(float(self._limit), tokens + (now - counted_at) * self._tokens_a_second)
