"""Slow clients: each occupies a connection in another way; one thread serves them all."""

import contextlib
import itertools
import socket
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from tests.endurance.stream import ROUTE, Asked

_HEAD = "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {type}\r\n{length}\r\n\r\n"
_PAUSE = 0.3  # seconds


def ways(asked: Asked) -> dict[str, Iterator[bytes]]:
    """Return for each way what is sent first, and what is sent after each pause."""

    def head(length: str, path: str = ROUTE, type: str = "application/json") -> bytes:
        return _HEAD.format(path=path, type=type, length=length).encode()

    length, chunked = f"Content-Length: {len(asked.body)}", "Transfer-Encoding: chunked"
    batch = head(chunked, f"{ROUTE}/batch", "application/x-ndjson")
    lines = (asked.body + b"\n") * 100
    nothing = itertools.repeat(b"")
    return {
        "says nothing": nothing,
        "sends its head slowly": itertools.chain([head(length)[:30]], itertools.repeat(b"a")),
        "sends its body slowly": itertools.chain([head(length)], itertools.repeat(b" ")),
        "stops in its body": itertools.chain([head(length) + asked.body[:-1]], nothing),
        "sends chunks slowly": itertools.chain([head(chunked)], itertools.repeat(b"1\r\n \r\n")),
        "sends a batch and reads nothing": itertools.chain([batch], itertools.repeat(b"%x\r\n%s\r\n" % (len(lines), lines))),
        "does not read a long answer": itertools.chain(
            [b"GET /docs/assets/swagger-ui-bundle.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"], nothing
        ),
    }


# Closed by the server's limit on heads; the others by its limit on silence.
BY_THE_HEAD = frozenset({"says nothing", "sends its head slowly"})


class Slow:
    """A number of clients of each way, until the context is left. `ports` are their local ports, by way."""

    def __init__(self, port: int, asked: Asked, count: int, *, only: frozenset[str] | None = None) -> None:
        self.ports: dict[str, set[int]] = {}
        self._callers: list[tuple[socket.socket, Iterator[bytes]]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        for _ in range(count):
            for name, sends in ways(asked).items():
                if only is None or name in only:
                    caller = self._call(port)
                    self.ports.setdefault(name, set()).add(caller.getsockname()[1])
                    self._callers.append((caller, sends))

    @staticmethod
    def _call(port: int) -> socket.socket:
        caller = socket.socket()
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        caller.connect(("127.0.0.1", port))
        caller.setblocking(False)
        return caller

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()
        for caller, _ in self._callers:
            caller.close()

    def _serve(self) -> None:
        while True:
            for caller, sends in self._callers:
                with contextlib.suppress(OSError):  # closed by the server, or its buffer is full
                    caller.send(next(sends))
            if self._over.wait(_PAUSE):
                break
