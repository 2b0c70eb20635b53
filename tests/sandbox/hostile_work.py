"""Tasks that reach a limit or end their process."""

import os
import signal
import subprocess

from validator.sandbox.sandbox import MAX_OUTPUT
from validator.support.errors import UserError


def endless() -> None:
    while True:
        pass


def greedy() -> None:
    bytearray(2**31)


def greedy_reply() -> list[bytes]:
    """A result that only exceeds the memory limit when it is pickled."""
    return [bytes(600 * 2**20)]


def verbose() -> bytes:
    """A result larger than the limit of output."""
    return bytes(MAX_OUTPUT)


def refuse() -> None:
    """Raise an error that the user can fix, of a class that cannot be pickled."""

    class LocalError(UserError):
        pass

    raise LocalError("Linje 3 er forkert" + "." * 10_000)


def start_program() -> None:
    """Start a program that ends by itself only after a minute, and wait for it."""
    subprocess.run(["sleep", "61.25"], check=True)


def crash() -> None:
    os.abort()


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def ended(*_: object, **_named: object) -> None:
    os._exit(3)


def unpicklable() -> object:
    return lambda: None
