"""Whether a process has been told to stop, under a server that has its own way with signals before it loads the application."""

import signal
import threading
from collections.abc import Callable
from types import FrameType


def watch_for_stop() -> Callable[[], bool]:
    """Tells from now on whether SIGTERM has come; the server's own handler is called as before. Without one, nothing is changed."""
    told = threading.Event()
    before = signal.getsignal(signal.SIGTERM)

    def tell(number: int, frame: FrameType | None) -> None:
        told.set()
        if callable(before):
            before(number, frame)

    if callable(before) and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, tell)
    return told.is_set
