"""Wait for a condition, with a limit that only a fault exceeds."""

import time
from collections.abc import Callable

PATIENCE = 120  # seconds; a busy machine may stall a process for many of them


def wait_for(condition: Callable[[], object]) -> None:
    """Return once the condition is true."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "the condition was not met in time"
        time.sleep(0.02)
