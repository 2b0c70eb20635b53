"""Run untrusted work in a subprocess with limits of time, memory and output, one task at a time.

The subprocess is started when first needed and reused. It ends with its parent, and is killed where it does not answer.
"""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from enum import Enum
from typing import IO, Any

from validator.catalogue.catalogue import Catalogue


class Placeholder(Enum):
    """A placeholder for an argument that the subprocess has cached."""

    CATALOGUE = "the catalogue that was sent last"


MAX_MEMORY = 7 * 2**26  # bytes of address space; with the parent's own, a command stays under 600 MB
MAX_OUTPUT = 2**25  # bytes of a pickled result
_HEADER_SIZE = 8  # bytes; the header is the length of a message
_QUEUE_TIMEOUT = 5.0  # seconds that a task waits for another one to end
_EXTRA_TIME = 10.0  # seconds of wall-clock time beyond the limit of processor time, for a busy machine


class SandboxError(RuntimeError):
    """The task failed; the text is the type of its error, never its input."""


class TimeLimitError(SandboxError):
    """The task took longer than `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"more than {self.seconds:g} seconds"


class MemoryLimitError(SandboxError):
    """The task needed more memory than the limit."""


class OutputLimitError(SandboxError):
    """The result of the task is larger than the limit."""


class ChildDiedError(SandboxError):
    """The subprocess crashed or was killed; the same task may succeed in the next one."""


class BusyError(SandboxError):
    """Another task is running."""


class Sandbox:
    """A subprocess that runs tasks.

    Threads may share it; a forked process starts its own subprocess.

    The subprocess imports the module `preload` while it waits for its first task. `time_factor` multiplies every time limit.
    """

    def __init__(self, *, preload: str = "", time_factor: int = 1) -> None:
        self._preload = preload
        self._time_factor = time_factor
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._finalizer: weakref.finalize[..., Any] | None = None
        self._owner = os.getpid()
        self._sent_catalogue: Catalogue | None = None

    def run(self, work: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
        """Return `work(*arguments)`, limited to `seconds` of processor time.

        `work` must be at module level. Raises SandboxError, or UserError with the sentence of a UserError that `work` raised.
        """
        if not self._lock.acquire(timeout=_QUEUE_TIMEOUT):
            raise BusyError
        limit = seconds * self._time_factor
        expired = threading.Event()
        try:
            process = self._running_process()

            def expire() -> None:
                expired.set()
                _kill(process)

            timer = threading.Timer(limit + _EXTRA_TIME * self._time_factor, expire)
            timer.start()
            try:
                send(process.stdin, (limit, work, list(map(self._replace_cached, arguments))))
                outcome, failure = receive(process.stdout)
            finally:
                timer.cancel()
        except (EOFError, OSError) as error:
            self.close()
            raise (TimeLimitError(limit) if expired.is_set() else ChildDiedError()) from error
        finally:
            self._lock.release()
        if failure:
            raise failure
        return outcome

    def start(self) -> None:
        """Start the subprocess before the first task, so that its imports are done by then."""
        with self._lock:
            self._running_process()

    def close(self) -> None:
        """End the subprocess; the next task starts another."""
        if self._finalizer is not None:
            self._finalizer()
        self._process = self._finalizer = None

    def _replace_cached(self, argument: object) -> object:
        """Return an argument, or a placeholder for a catalogue that was sent before.

        A catalogue is large.
        """
        if not isinstance(argument, Catalogue):
            return argument
        if argument is self._sent_catalogue:
            return Placeholder.CATALOGUE
        self._sent_catalogue = argument
        return argument

    def _running_process(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid() and self._finalizer is not None:  # the subprocess of the parent
            self._finalizer.detach()
            self._process = self._finalizer = None
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-m", "validator.sandbox.sandbox_child", self._preload]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            # In a new session: an interrupt from the keyboard must reach the service only, which ends this process by its pipe.
            self._process = subprocess.Popen(command, start_new_session=True, **pipes)  # type: ignore[call-overload]  # noqa: S603
            self._owner, self._sent_catalogue = os.getpid(), None
            self._finalizer = weakref.finalize(self, _end, self._process)
        return self._process


def send(pipe: IO[bytes] | None, message: object) -> None:
    """Pickle a message and write it."""
    write(pipe, pickle.dumps(message))


def write(pipe: IO[bytes] | None, content: bytes) -> None:
    """Write a pickled message."""
    if pipe is None:
        raise EOFError
    pipe.write(len(content).to_bytes(_HEADER_SIZE, "big") + content)
    pipe.flush()


def receive(pipe: IO[bytes] | None) -> Any:
    """Read a message. Raises EOFError when the other process is gone."""
    if pipe is None:
        raise EOFError
    content = _read(pipe, int.from_bytes(_read(pipe, _HEADER_SIZE), "big"))
    return pickle.loads(content)  # noqa: S301  # from our own process


def _read(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    _kill(process)
    process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the subprocess with the programs that its task started, which are in its process group."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
