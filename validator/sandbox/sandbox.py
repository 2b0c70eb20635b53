"""Work on what was sent is done apart: in a process of its own, with a limit of time and memory, one thing at a time.

The process is started when first needed, and kept. It ends with the one that started it, or is ended where it does not answer.
"""

import os
import pickle
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from enum import Enum
from typing import IO, Any

from validator.catalogue.catalogue import Catalogue


class Again(Enum):
    """What stands for an argument that the other side has kept."""

    CATALOGUE = "the catalogue that was sent last"


_LENGTH = 8  # bytes that say how long a message is
_PATIENCE = 5.0  # seconds that work waits for other work to end
_GRACE = 10.0  # seconds of the clock beyond the limit, for a machine that is busy


class ApartError(RuntimeError):
    """The work failed; the text is the type of what went wrong, never what was sent."""


class TooSlowError(ApartError):
    """The work took longer, or more memory, than it may."""


class BusyError(ApartError):
    """Something else is being worked on."""


class Apart:
    """Does work in a process of its own. Safe to share between threads; a process that was forked starts its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._finalizer: weakref.finalize[..., Any] | None = None
        self._owner = os.getpid()
        self._sent: Catalogue | None = None

    def do(self, work: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
        """The outcome of `work(*arguments)`, a function of a module. `seconds` of processor time are allowed. Raises ApartError."""
        if not self._lock.acquire(timeout=_PATIENCE):
            raise BusyError
        try:
            process = self._started()
            timer = threading.Timer(seconds + _GRACE, process.kill)
            timer.start()
            try:
                send(process.stdin, (seconds, work, list(map(self._sendable, arguments))))
                outcome, failed = receive(process.stdout)
            finally:
                timer.cancel()
        except (EOFError, OSError) as error:
            self.close()
            raise TooSlowError from error
        finally:
            self._lock.release()
        if failed == TooSlowError.__name__:
            raise TooSlowError
        if failed:
            raise ApartError(failed)
        return outcome

    def begin(self) -> None:
        """Starts the process before there is work for it, so that it loads what it needs meanwhile."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """Ends the process; the next work starts another."""
        if self._finalizer is not None:
            self._finalizer()
        self._process = self._finalizer = None

    def _sendable(self, argument: object) -> object:
        """The argument; a catalogue is large and seldom another one, so it is sent once."""
        if not isinstance(argument, Catalogue):
            return argument
        if argument is self._sent:
            return Again.CATALOGUE
        self._sent = argument
        return argument

    def _started(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid() and self._finalizer is not None:  # it is that of the process this one was forked from
            self._finalizer.detach()
            self._process = self._finalizer = None
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-m", "validator.sandbox.sandbox_child"]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            # A session of its own: an interrupt from the keyboard is for the service, which ends this one by its pipe.
            self._process = subprocess.Popen(command, start_new_session=True, **pipes)  # type: ignore[call-overload]  # noqa: S603
            self._owner, self._sent = os.getpid(), None
            self._finalizer = weakref.finalize(self, _end, self._process)
        return self._process


def send(pipe: IO[bytes] | None, message: object) -> None:
    """Writes a message that only our own two processes read."""
    content = pickle.dumps(message)
    if pipe is None:
        raise EOFError
    pipe.write(len(content).to_bytes(_LENGTH, "big") + content)
    pipe.flush()


def receive(pipe: IO[bytes] | None) -> Any:
    """Reads one. Raises EOFError where the other side is gone."""
    length = pipe.read(_LENGTH) if pipe else b""
    if pipe is None or len(length) < _LENGTH:
        raise EOFError
    return pickle.loads(pipe.read(int.from_bytes(length, "big")))  # noqa: S301  # from our own process


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    process.kill()
    process.wait()
