"""Bodies that are too large or have no end are refused or streamed; `make soak` bounds the memory of the worker."""

import contextlib
import itertools
import json
import socket
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from benchmarks.memory import megabytes
from tests.cli.process import PATIENCE, Served, ready
from tests.endurance.stream import ROUTE, in_batch, stream
from validator import Service

pytestmark = pytest.mark.slow
MEBIBYTE = 2**20
WARM = 500  # contacts that load everything a request can load
GROWTH = 25  # megabytes that a worker may grow by in `make soak`
BATCH = (f"{ROUTE}/batch", "application/x-ndjson")


@pytest.fixture
def served(tmp_path: Path, service: Service) -> Iterator[Served]:
    """A worker that has loaded everything a request can load."""
    with ready(tmp_path) as found:
        with sending(found, [each.body + b"\n" for each in stream(service, WARM)], *BATCH) as caller:
            assert len(list(lines(caller))) == WARM
        yield found


def memory(served: Served) -> float:
    (worker,) = served.workers()
    return megabytes(worker)


@contextlib.contextmanager
def sending(
    served: Served, body: Iterable[bytes], path: str = ROUTE, type: str = "application/json", length: int | None = None
) -> Iterator[socket.socket]:
    """Send a body from another thread, until it ends or the server closes the connection; yield the connection."""
    framing = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"

    def send() -> None:
        with contextlib.suppress(OSError):  # closed by the server
            for piece in body:
                caller.sendall(b"%x\r\n%s\r\n" % (len(piece), piece) if length is None else piece)
            if length is None:
                caller.sendall(b"0\r\n\r\n")

    with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as caller:
        caller.sendall(f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {type}\r\n{framing}\r\n\r\n".encode())
        thread = threading.Thread(target=send)
        thread.start()
        try:
            yield caller
        finally:
            with contextlib.suppress(OSError):
                caller.shutdown(socket.SHUT_RDWR)
            thread.join()


def status(caller: socket.socket) -> int:
    return int(caller.makefile("rb").readline().split()[1])


def lines(caller: socket.socket) -> Iterator[bytes]:
    """Yield the lines of a chunked answer as they arrive."""
    file = caller.makefile("rb")
    assert file.readline().split()[1] == b"200"
    while file.readline().strip():
        pass
    rest = b""
    while size := int(file.readline(), 16):
        rest += file.read(size)
        file.readline()
        *whole, rest = rest.split(b"\n")
        yield from whole
    assert rest == b""


@pytest.mark.parametrize("times", [pytest.param(5, id="5"), pytest.param(100, marks=pytest.mark.soak, id="100")])
def test_an_endless_body_is_refused_at_the_limit(served: Served, service: Service, times: int) -> None:
    (asked,) = stream(service, 1)
    before = memory(served)
    endless = itertools.repeat(b" " * 2**16)
    for length in (MEBIBYTE + 1, 10**12):
        with sending(served, [b" "], length=length) as caller:
            assert status(caller) == 413
        with sending(served, endless, length=length) as caller:
            assert status(caller) == 413
    for _ in range(times):
        with sending(served, endless) as caller:
            assert status(caller) == 413
    with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as caller:
        caller.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Endless: " + b"a" * 2**16)
        assert status(caller) == 431
    grown = memory(served) - before
    print(f"\nendless bodies: {times + 4} refused, worker grown by {grown:+.1f} MB")
    assert served.send("POST", ROUTE, asked.body, Content_Type="application/json")[2] == asked.answer
    assert grown < GROWTH or times < 100


@pytest.mark.parametrize(
    ("path", "type", "expected"),
    [
        (ROUTE, "application/json", 413),
        (ROUTE, "text/plain", 415),
        ("/", "application/x-www-form-urlencoded", 413),
        ("/nowhere", "text/plain", 404),
    ],
)
def test_a_caller_that_sends_8_mib_before_it_reads_gets_the_answer(served: Served, path: str, type: str, expected: int) -> None:
    for _ in range(5):
        assert served.send("POST", path, b"a" * 8 * MEBIBYTE, Content_Type=type)[0] == expected


@pytest.mark.parametrize("mebibytes", [pytest.param(64, id="64 MiB"), pytest.param(1024, marks=pytest.mark.soak, id="1 GiB")])
def test_an_endless_line_is_skipped_without_buffering_it(served: Served, service: Service, mebibytes: int) -> None:
    (asked,) = stream(service, 1)
    before = memory(served)
    body = itertools.chain(itertools.repeat(b" " * MEBIBYTE, mebibytes), [b"\n", asked.body])
    with sending(served, body, *BATCH) as caller:
        refused, answer = lines(caller)
    grown = memory(served) - before
    print(f"\nendless line: {mebibytes} MiB read past, worker grown by {grown:+.1f} MB")
    assert (json.loads(refused)["line"], json.loads(refused)["problem"]["status"]) == (1, 413)
    assert answer == in_batch(asked.answer, 2)
    assert grown < GROWTH or mebibytes < 1024


@pytest.mark.parametrize("count", [pytest.param(1_000, id="1000"), pytest.param(300_000, marks=pytest.mark.soak, id="300000")])
def test_an_endless_batch_is_answered_line_by_line(served: Served, service: Service, count: int) -> None:
    asked = stream(service, 500)
    before = memory(served)
    body = (each.body + b"\n" for each in itertools.cycle(asked))
    wrong = 0
    with sending(served, body, *BATCH) as caller:
        answers = itertools.islice(zip(lines(caller), itertools.cycle(asked), strict=False), count)
        for line, (answer, each) in enumerate(answers, 1):
            wrong += answer != in_batch(each.answer, line)
        grown_meanwhile = memory(served) - before
    grown = memory(served) - before
    print(f"\nendless batch: {count} lines answered, {wrong} wrong, worker grown by {grown:+.1f} MB")
    assert wrong == 0
    assert max(grown, grown_meanwhile) < GROWTH or count < 300_000
    assert served.send("POST", ROUTE, asked[0].body, Content_Type="application/json")[2] == asked[0].answer
