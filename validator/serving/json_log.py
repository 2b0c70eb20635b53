"""The log: one JSON object a line on standard output. A line that cannot be written is lost; it costs nobody an answer."""

import datetime
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

import structlog

encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


class Lines:
    """Writes lines to an open file as they come. The next that can be written after some were lost says how many those were."""

    def __init__(self, number: int, lost: Callable[[], None]) -> None:
        self._number = number
        self._tell_lost = lost
        self._lock = threading.Lock()
        self._lost = 0
        self._broken_off = False

    def write(self, line: str) -> None:
        with self._lock:
            if self._lost and self._write(f'{{"event": "log-lines-lost", "count": {self._lost}, "level": "error"}}\n'):
                self._lost = 0
            if self._lost or not self._write(f"{line}\n"):
                self._lost += 1
                self._tell_lost()

    debug = info = warning = error = critical = write

    def _write(self, line: str) -> bool:
        """Whether a line was written whole. After one that was broken off, the next begins on a line of its own."""
        content = (f"\n{line}" if self._broken_off else line).encode(errors="backslashreplace")
        try:
            written = os.write(self._number, content)
        except OSError:  # a disk that is full, a reader that is gone: counted, and told once that is over
            return False
        self._broken_off = not content[:written].endswith(b"\n")
        return written == len(content)


_lines: Lines | None = None


def configure_log(lost: Callable[[], None]) -> None:
    """Sends what is logged from now on to standard output; `lost` is called for each line that is not written whole."""
    global _lines
    _lines = Lines(sys.stdout.fileno(), lost)
    structlog.configure(
        processors=[_line],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _lines,
        cache_logger_on_first_use=True,
    )


def lines() -> Lines | None:
    """The log of a server's process; None in any other."""
    return _lines


def now() -> str:
    """The time as the log has it: UTC, to the millisecond."""
    second, millisecond = divmod(time.time_ns() // 1_000_000, 1000)
    return f"{_second(second)}.{millisecond:03}+00:00"


@lru_cache(1)
def _second(second: int) -> str:
    """A second since 1970, which many lines have in common."""
    return datetime.datetime.fromtimestamp(second, datetime.UTC).isoformat()[: len("2026-01-01T00:00:00")]


def _line(_: Any, level: str, event: MutableMapping[str, Any]) -> str:
    return encode({"timestamp": now(), "level": level, "event": event.pop("event"), **event})
