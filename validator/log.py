"""The log: one JSON object a line on standard output. A line that cannot be written is lost; it costs nobody an answer."""

import logging
import os
import sys
import threading

import structlog


class Lines:
    """Writes lines to an open file as they come. The next that can be written after some were lost says how many those were."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._lock = threading.Lock()
        self._lost = 0
        self._broken_off = False

    def write(self, line: str) -> None:
        with self._lock:
            if self._lost and self._write(f'{{"event": "log-lines-lost", "count": {self._lost}, "level": "error"}}\n'):
                self._lost = 0
            if self._lost or not self._write(f"{line}\n"):
                self._lost += 1

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


def configure_log() -> None:
    """Sends what is logged from now on to standard output."""
    lines = Lines(sys.stdout.fileno())
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.add_log_level,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: lines,
        cache_logger_on_first_use=True,
    )
