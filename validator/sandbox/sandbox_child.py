"""The subprocess of the sandbox: runs tasks one after the other until the pipe is closed.

Each task runs within its limits. The argument is the name of a module to import before the first task, or "".
"""

import contextlib
import importlib
import math
import os
import pickle
import resource
import signal
import sys
import time
from types import FrameType

from validator.catalogue.catalogue import Catalogue
from validator.sandbox.sandbox import (
    MAX_MEMORY,
    MAX_OUTPUT,
    MemoryLimitError,
    OutputLimitError,
    Placeholder,
    SandboxError,
    TimeLimitError,
    receive,
    write,
)
from validator.support.errors import UserError
from validator.support.garbage_collection import gc_paused

_GRACE = 60  # seconds of processor time beyond a task's limit, after which the system ends a task that never returns to Python
_MAX_SENTENCE = 2000  # characters


def main(preload: str) -> None:
    """Run tasks until the pipe is closed."""
    if preload:
        with gc_paused():
            importlib.import_module(preload)
    # Standard output carries the replies, so what a task prints goes to standard error.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGVTALRM, _raise_stop)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    cached: Catalogue | None = None
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            seconds, work, sent = receive(sys.stdin.buffer)
            cached = next((argument for argument in sent if isinstance(argument, Catalogue)), cached)
            arguments = [cached if argument is Placeholder.CATALOGUE else argument for argument in sent]
            failure: SandboxError | UserError | None = None
            reply = b""
            try:
                _limit_processor_time(seconds)
                reply = pickle.dumps((work(*arguments), None))
                if len(reply) > MAX_OUTPUT:
                    failure = OutputLimitError()
            except _StopError:
                failure = TimeLimitError(seconds)
            except (MemoryError, SystemError):  # the JSON decoder of Python 3.13 loses its MemoryError
                failure = MemoryLimitError()
            except UserError as error:
                failure = UserError(error.sentence()[:_MAX_SENTENCE])
            except Exception as error:
                failure = SandboxError(type(error).__name__)
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            write(replies, pickle.dumps((None, failure)) if failure else reply)


def _limit_processor_time(seconds: float) -> None:
    """Stop the task after `seconds`, and the process some time later: it may outlive a parent that was killed."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    limit = math.ceil(time.process_time() + seconds) + _GRACE
    resource.setrlimit(resource.RLIMIT_CPU, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


class _StopError(BaseException):
    """The time limit is reached. No `except Exception` of a task catches it."""


def _raise_stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the arguments of a signal handler
    raise _StopError


if __name__ == "__main__":
    main(*sys.argv[1:])
