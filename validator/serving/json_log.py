"""The log: one JSON object a line on standard output. A line that cannot be written is lost; it costs nobody an answer."""

import datetime
import json
import logging
import os
import sys
import threading
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog


class LineWriter:
    """Writes lines to an open file as they come. The next that can be written after some were lost reports how many."""

    def __init__(self, number: int, lost: Callable[[], None]) -> None:
        self._number = number
        self._report_lost = lost
        self._lock = threading.Lock()
        self._lost = 0
        self._broken_off = False

    def write(self, line: str) -> None:
        with self._lock:
            if self._lost and self._write(json.dumps({"event": "log-lines-lost", "count": self._lost, "level": "error"})):
                self._lost = 0
            if self._lost or not self._write(line):
                self._lost += 1
                self._report_lost()

    debug = info = warning = error = critical = write

    def _write(self, line: str) -> bool:
        """Whether a line was written whole. After one that was broken off, the next begins on a line of its own."""
        content = (f"\n{line}\n" if self._broken_off else f"{line}\n").encode(errors="backslashreplace")
        try:
            written = os.write(self._number, content)
        except OSError:  # a disk that is full, a reader that is gone: counted, and reported once that is over
            return False
        self._broken_off = not content[:written].endswith(b"\n")
        return written == len(content)


def configure_log(lost: Callable[[], None]) -> None:
    """Send what is logged from now on to standard output; `lost` is called for each line that is not written whole."""
    lines = LineWriter(sys.stdout.fileno(), lost)
    structlog.configure(
        processors=[_put_time_first, structlog.processors.JSONRenderer(ensure_ascii=False, default=str)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: lines,
        cache_logger_on_first_use=True,
    )


def _put_time_first(_: Any, level: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Add the time (UTC, to the millisecond) and the level, which a reader looks for at the start of a line."""
    timestamp = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    return {"timestamp": timestamp, "level": level, "event": event.pop("event"), **event}
