"""Work without garbage collection, where it makes many objects that all remain.

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


@contextmanager
def gc_deferred() -> Iterator[None]:
    """Disable GC for a moment, unless it is disabled already; unlike `gc_paused`, let it collect the objects later."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
