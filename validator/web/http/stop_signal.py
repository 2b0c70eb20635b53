"""Whether a worker has received SIGTERM, under servers that install their own handler before they load the application."""

import signal
import threading
from collections.abc import Callable
from types import FrameType


def watch_for_stop() -> Callable[[], bool]:
    """Return a function that reports whether SIGTERM has come. The server's own handler is still called.

    Outside the main thread, and where the server has no handler in Python, signals are left alone.
    """
    stopping = threading.Event()
    before = signal.getsignal(signal.SIGTERM)

    def on_sigterm(number: int, frame: FrameType | None) -> None:
        stopping.set()
        if callable(before):
            before(number, frame)

    if callable(before) and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, on_sigterm)
    return stopping.is_set
