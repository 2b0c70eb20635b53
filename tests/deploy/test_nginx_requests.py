"""What passes through nginx with the shipped configuration, and what the service sees of it."""

import contextlib
import http.client
import socket
from collections.abc import Iterator

import pytest

from tests.cli.process import PATIENCE
from tests.deploy.conftest import Keyed
from tests.deploy.nginx import Nginx, nginx_in_front_of
from tests.endurance.slow import Slow
from tests.endurance.stream import ROUTE, Asked, in_batch, stream
from tests.endurance.system import callers
from tests.waiting import wait_for
from validator import Service

pytestmark = pytest.mark.slow
MEBIBYTE = 2**20
BATCH = f"{ROUTE}/batch"
BATCHES = 8  # of a key at once


@pytest.fixture(scope="module")
def nginx(keyed: Keyed) -> Iterator[Nginx]:
    with nginx_in_front_of(keyed.port) as running:
        yield running


@pytest.fixture
def asked(service: Service) -> Asked:
    (found,) = stream(service, 1)
    return found


@contextlib.contextmanager
def connected(nginx: Nginx) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", nginx.port, timeout=PATIENCE)
    try:
        yield connection
    finally:
        connection.close()


def headers(keyed: Keyed, type: str = "application/json") -> dict[str, str]:
    return {"Content-Type": type, "Authorization": f"Bearer {keyed.key}"}


def test_a_contact_is_judged_up_to_the_limit_of_the_service(nginx: Nginx, keyed: Keyed, asked: Asked) -> None:
    for body in (asked.body, asked.body.ljust(MEBIBYTE)):
        with connected(nginx) as connection:
            connection.request("POST", ROUTE, body, headers(keyed))
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (200, asked.answer)


def test_errors_of_the_service_pass_unchanged(nginx: Nginx, keyed: Keyed) -> None:
    for path, key, status in [("/nowhere", keyed.key, 404), ("/v1/codes", "", 401), ("/v1/rules/none", keyed.key, 404)]:
        sent = {"Authorization": f"Bearer {key}"} if key else {}
        with connected(nginx) as connection:
            connection.request("GET", path, headers=sent)
            answer = connection.getresponse()
            through = (answer.status, answer.read(), answer.headers["Content-Type"])
        directly = keyed.served.send("GET", path, **sent)
        assert through == (status, directly[2], "application/problem+json")


def test_a_batch_is_answered_while_it_is_sent(nginx: Nginx, keyed: Keyed, asked: Asked) -> None:
    lines = (asked.body + b"\n") * 100
    with connected(nginx) as connection:
        connection.putrequest("POST", BATCH)
        for name, value in {**headers(keyed, "application/x-ndjson"), "Transfer-Encoding": "chunked"}.items():
            connection.putheader(name, value)
        connection.endheaders()
        for _ in range(10):  # without an end
            connection.send(b"%x\r\n%s\r\n" % (len(lines), lines))
        answer = connection.getresponse()
        assert [answer.readline() for _ in range(500)] == [in_batch(asked.answer, line) + b"\n" for line in range(1, 501)]


def test_a_batch_may_be_larger_than_any_other_request(nginx: Nginx, keyed: Keyed, asked: Asked) -> None:
    lines = [asked.body.ljust(MEBIBYTE - 1)] * 3
    with connected(nginx) as connection:
        connection.request("POST", BATCH, b"\n".join(lines), headers(keyed, "application/x-ndjson"))
        assert connection.getresponse().read() == b"".join(in_batch(asked.answer, line) + b"\n" for line in (1, 2, 3))


def test_only_so_many_batches_of_a_key_run_at_once(nginx: Nginx, keyed: Keyed, asked: Asked) -> None:
    def count() -> int:
        return sum(len(callers(pid, keyed.port)) for pid in keyed.served.workers())

    def refused() -> bool:
        with connected(nginx) as connection:
            connection.request("POST", BATCH, asked.body, headers(keyed, "application/x-ndjson"))
            return connection.getresponse().status == 429

    idle = count()
    way = "sends a batch and reads nothing"
    with Slow(nginx.port, asked, 3 * BATCHES, only=(way,), key=keyed.key, addresses=3):
        wait_for(lambda: count() >= BATCHES and refused())
        assert count() <= BATCHES + idle + 1
    wait_for(lambda: not refused())


def test_the_service_sees_who_calls_and_by_which_name() -> None:
    """The headers of a proxy that a caller sends itself are replaced."""
    own = "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Host: elsewhere.example\r\nX-Forwarded-Proto: https\r\n"
    with (
        socket.create_server(("127.0.0.1", 0)) as upstream,
        nginx_in_front_of(upstream.getsockname()[1]) as nginx,
        socket.create_connection(("127.0.0.1", nginx.port), PATIENCE, ("127.0.0.7", 0)) as caller,
    ):
        caller.sendall(f"GET / HTTP/1.1\r\nHost: a.example\r\n{own}X-Request-ID: r-1\r\n\r\n".encode())
        with upstream.accept()[0] as accepted:
            lines = accepted.recv(2**16).decode().split("\r\n")
    assert [line for line in lines if line.startswith("X-")] == [
        "X-Forwarded-For: 127.0.0.7",
        "X-Forwarded-Proto: http",
        f"X-Forwarded-Host: a.example:{nginx.port}",
        "X-Request-ID: r-1",
    ]


def test_a_request_without_a_host_is_answered(nginx: Nginx) -> None:
    with socket.create_connection(("127.0.0.1", nginx.port), PATIENCE) as caller:
        caller.sendall(b"GET /courses HTTP/1.0\r\n\r\n")
        assert caller.recv(2**16).startswith(b"HTTP/1.1 200 OK")


def test_connections_to_the_service_are_used_again(keyed: Keyed, asked: Asked) -> None:
    used: set[int] = set()
    with nginx_in_front_of(keyed.port, {"worker_processes auto": "worker_processes 1"}) as nginx, connected(nginx) as connection:
        for _ in range(20):
            connection.request("POST", ROUTE, asked.body, headers(keyed))
            assert connection.getresponse().read() == asked.answer
            used |= {port for pid in keyed.served.workers() for port in callers(pid, keyed.port)}
    assert len(used) < 10


def test_nothing_of_a_request_is_logged(keyed: Keyed) -> None:
    marker = "a-marker-that-is-logged-nowhere"
    with nginx_in_front_of(keyed.port) as nginx:
        for path, body in [(f"/{marker}", b""), (f"/v1/codes?q={marker}", b""), (f"/{marker}", b" " * (MEBIBYTE + 1))]:
            with connected(nginx) as connection:
                connection.request("POST", path, body, {"X-Marker": marker, "User-Agent": marker, "Host": marker})
                assert connection.getresponse().status >= 400
        wait_for(lambda: nginx.logged().count("\n") >= 3)
    assert marker not in nginx.logged()
    assert marker not in keyed.served.printed()
