"""Tasks that reach a limit or end their process."""

import os
import signal


def endless() -> None:
    while True:
        pass


def greedy() -> None:
    bytearray(2**31)


def greedy_reply() -> list[bytes]:
    """A result that only exceeds the memory limit when it is pickled."""
    return [bytes(600 * 2**20)]


def crash() -> None:
    os.abort()


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def ended(*_: object) -> None:
    os._exit(3)


def unpicklable() -> object:
    return lambda: None
