"""Import modules without garbage collection: nothing that is loaded becomes garbage, and to look through it takes time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def light_loading() -> Iterator[None]:
    """Disable GC during imports, then freeze the loaded objects."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
