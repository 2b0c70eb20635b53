"""Imports without garbage collection.

Loaded modules are never garbage, and scanning them slows the start.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Disable GC during imports, then freeze the loaded objects."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
