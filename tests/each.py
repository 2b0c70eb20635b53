"""Loop over values in one test; a failure names the value that it happened with."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def naming(value: object) -> Iterator[None]:
    """Add a value to the message of any exception raised inside."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"with {value!s:.300}")
        raise
