"""The process that works apart: takes one piece of work after the other, each within its limit, until the other side is gone."""

import contextlib
import os
import resource
import signal
import sys
from types import FrameType

from validator.catalogue.catalogue import Catalogue
from validator.sandbox.sandbox import Again, TooSlowError, receive, send
from validator.support.garbage_collection import gc_paused

_MEMORY = 2**30  # bytes


def main() -> None:
    """Works until the pipe is closed."""
    with gc_paused():
        import validator.authoring.publishing  # noqa: F401  # what nearly all work needs, while the other side may still be busy
    # What the work prints would spoil the messages; it goes where errors go.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGVTALRM, _stop)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    kept: Catalogue | None = None
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            seconds, work, sent = receive(sys.stdin.buffer)
            kept = next((argument for argument in sent if isinstance(argument, Catalogue)), kept)
            arguments = [kept if argument is Again.CATALOGUE else argument for argument in sent]
            outcome, failed = None, ""
            try:
                signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
                outcome = work(*arguments)
            except (_StopError, MemoryError):
                failed = TooSlowError.__name__
            except Exception as error:
                failed = type(error).__name__
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            send(replies, (outcome, failed))


class _StopError(BaseException):
    """The limit is reached; no handler of ordinary errors keeps it."""


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # what a handler is given
    raise _StopError


if __name__ == "__main__":
    main()
