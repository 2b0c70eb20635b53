"""Keeps what would otherwise be worked out again, up to a number."""

from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """At most `most` values by their keys, none of them None; those longest unused give way, half of them at a time.

    Threads may share it without a lock: at worst a value is lost and worked out again.
    """

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._recent: dict[Key, Value] = {}
        self._before: dict[Key, Value] = {}

    def get(self, key: Key) -> Value | None:
        """The value of a key, or None."""
        value = self._recent.get(key)
        if value is None:
            value = self._before.get(key)
            if value is not None:
                self.put(key, value)
        return value

    def put(self, key: Key, value: Value) -> None:
        if self._half:
            self._recent[key] = value
            if len(self._recent) >= self._half:
                self._before, self._recent = self._recent, {}
