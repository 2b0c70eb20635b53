"""The subprocess of the sandbox: runs tasks one after the other until the pipe is closed.

Each task runs within its limits. The argument is the name of a module to import before the first task, or "".
"""

import contextlib
import importlib
import os
import pickle
import resource
import signal
import sys
from types import FrameType

from validator.catalogue.catalogue import Catalogue
from validator.sandbox.sandbox import MemoryLimitError, Placeholder, SandboxError, TimeLimitError, receive, write
from validator.support.garbage_collection import gc_paused

_MAX_MEMORY = 2**30  # bytes


def main(preload: str) -> None:
    """Run tasks until the pipe is closed."""
    if preload:
        with gc_paused():
            importlib.import_module(preload)
    # Standard output carries the replies, so what a task prints goes to standard error.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGVTALRM, _raise_stop)
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    cached: Catalogue | None = None
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            seconds, work, sent = receive(sys.stdin.buffer)
            cached = next((argument for argument in sent if isinstance(argument, Catalogue)), cached)
            arguments = [cached if argument is Placeholder.CATALOGUE else argument for argument in sent]
            failure: SandboxError | None = None
            try:
                signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
                reply = pickle.dumps((work(*arguments), None))
            except _StopError:
                failure = TimeLimitError(seconds)
            except MemoryError:
                failure = MemoryLimitError()
            except Exception as error:
                failure = SandboxError(type(error).__name__)
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            write(replies, pickle.dumps((None, failure)) if failure else reply)


class _StopError(BaseException):
    """The time limit is reached. No `except Exception` of a task catches it."""


def _raise_stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the arguments of a signal handler
    raise _StopError


if __name__ == "__main__":
    main(*sys.argv[1:])
