"""Slow clients: each occupies a connection in another way; one thread serves them all."""

import contextlib
import itertools
import socket
import threading
from collections.abc import Collection, Iterator
from types import TracebackType
from typing import Self

from tests.endurance.stream import ROUTE, Asked

_PAUSE = 0.3  # seconds
_PIPELINED = 50  # requests for a file of 1.4 MB on one connection
FORM = "sends a form slowly"
FILES = "pipelines files and reads nothing"


def ways(asked: Asked, key: str = "") -> dict[str, Iterator[bytes]]:
    """Return for each way what is sent first, and what is sent after each pause."""

    def head(method: str, path: str, *headers: str) -> bytes:
        authorization = [f"Authorization: Bearer {key}"] if key else []
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers, *authorization]
        return "\r\n".join([*lines, "", ""]).encode()

    length, chunked, json = f"Content-Length: {len(asked.body)}", "Transfer-Encoding: chunked", "Content-Type: application/json"
    contact = head("POST", ROUTE, json, length)
    batch = head("POST", f"{ROUTE}/batch", "Content-Type: application/x-ndjson", chunked)
    form = head("POST", "/", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 100000")
    file = head("GET", "/docs/assets/swagger-ui-bundle.js")
    lines = (asked.body + b"\n") * 100
    nothing = itertools.repeat(b"")
    return {
        "says nothing": nothing,
        "sends its head slowly": itertools.chain([contact[:30]], itertools.repeat(b"a")),
        "sends its body slowly": itertools.chain([contact], itertools.repeat(b" ")),
        "stops in its body": itertools.chain([contact + asked.body[:-1]], nothing),
        "sends chunks slowly": itertools.chain([head("POST", ROUTE, json, chunked)], itertools.repeat(b"1\r\n \r\n")),
        "sends a batch and reads nothing": itertools.chain([batch], itertools.repeat(b"%x\r\n%s\r\n" % (len(lines), lines))),
        "does not read a long answer": itertools.chain([file], nothing),
        FORM: itertools.chain([form], itertools.repeat(b"a")),
        FILES: itertools.chain([file * _PIPELINED], nothing),
    }


# Closed by the server's limit on heads; the others occupy a thread.
BY_THE_HEAD = frozenset({"says nothing", "sends its head slowly"})


class Slow:
    """A number of clients of each way, until the context is left. `ports` are their local ports, by way.

    They come from as many addresses of this machine as `addresses`.
    """

    def __init__(
        self, port: int, asked: Asked, count: int, *, only: Collection[str] = (), key: str = "", addresses: int = 1
    ) -> None:
        self.ports: dict[str, set[int]] = {}
        self._callers: list[tuple[socket.socket, Iterator[bytes]]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        for number in range(count):
            for name, sends in ways(asked, key).items():
                if not only or name in only:
                    caller = self._call(port, f"127.0.0.{number % addresses + 1}")
                    self.ports.setdefault(name, set()).add(caller.getsockname()[1])
                    self._callers.append((caller, sends))

    @staticmethod
    def _call(port: int, address: str) -> socket.socket:
        caller = socket.socket()
        caller.bind((address, 0))
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        caller.connect(("127.0.0.1", port))
        caller.setblocking(False)
        return caller

    def __len__(self) -> int:
        return len(self._callers)

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
