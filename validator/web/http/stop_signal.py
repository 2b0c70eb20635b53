"""Detect SIGTERM in a worker, and still call the server's own handler.

Servers install that handler before they load the application.
"""

import signal
import threading
from collections.abc import Callable
from types import FrameType


def watch_for_stop() -> Callable[[], bool]:
    """Return a function that reports whether SIGTERM has been received.

    The server's own handler is still called. Outside the main thread, and where the server has no handler in Python, no handler
    is installed.
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
