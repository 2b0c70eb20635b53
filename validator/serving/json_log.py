"""The log: one JSON object a line on standard output.

A line that cannot be written is dropped; no request fails for it.
"""

import datetime
import json
import logging
import os
import sys
import threading
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog

_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


class LineWriter:
    """Write lines to a file descriptor without buffering.

    After lost lines, the next line written reports their number.
    """

    def __init__(self, descriptor: int, on_lost: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._on_lost = on_lost
        self._lock = threading.Lock()
        self._lost = 0
        self._incomplete = False

    def write(self, line: str) -> None:
        with self._lock:
            if self._lost and self._write(json.dumps({"event": "log-lines-lost", "count": self._lost, "level": "error"})):
                self._lost = 0
            if self._lost or not self._write(line):
                self._lost += 1
                self._on_lost()

    debug = info = warning = error = critical = write

    def _write(self, line: str) -> bool:
        """Write a line, after a line break where the last one is incomplete.

        Return whether all of it was written.
        """
        content = (f"\n{line}\n" if self._incomplete else f"{line}\n").encode(errors="backslashreplace")
        try:
            written = os.write(self._descriptor, content)
        except OSError:  # such as a full disk or a closed pipe
            return False
        self._incomplete = not content[:written].endswith(b"\n")
        return written == len(content)


def configure_log(on_lost: Callable[[], None]) -> None:
    """Send the log to standard output.

    `on_lost` is called for each line that is not completely written.
    """
    writer = LineWriter(sys.stdout.fileno(), on_lost)
    structlog.configure(
        processors=[_render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: writer,
        cache_logger_on_first_use=True,
    )


def _render(_: Any, level: str, event: MutableMapping[str, Any]) -> str:
    """Return an event as JSON, with its time (UTC, to the millisecond) and level first: readers look for them there."""
    timestamp = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    return _encode({"timestamp": timestamp, "level": level, "event": event.pop("event"), **event})
