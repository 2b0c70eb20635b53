"""What nginx answers itself is a problem like those of the service; the configuration is complete, also with TLS."""

import contextlib
import datetime
import http.client
import json
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.cli.process import PATIENCE, free_port
from tests.deploy.nginx import CONFIGURATION, Nginx, configured, nginx_in_front_of, nginx_program
from tests.http.problems import assert_problem_shape
from tests.waiting import wait_for
from validator.requests.problem_details import problem
from validator.web.http.security_headers import add_security_headers

HOST = "Host: kodevagt.example\r\n"
GET = f"GET / HTTP/1.1\r\n{HOST}\r\n"
POST = f"POST / HTTP/1.1\r\n{HOST}"
MEBIBYTE = 2**20
pytestmark = pytest.mark.slow
REFUSED = {
    "a method in lower case": (f"get / HTTP/1.1\r\n{HOST}\r\n", 400),
    "no host": ("GET / HTTP/1.1\r\n\r\n", 400),
    "no HTTP": ("\x00\x01\r\n\r\n", 400),
    "a coding of the body that nginx cannot read": (f"{POST}Transfer-Encoding: gzip\r\n\r\n", 400),
    "another version of HTTP": (f"GET / HTTP/7.0\r\n{HOST}\r\n", 400),
    "the address of these answers": (f"GET /nginx-problem HTTP/1.1\r\n{HOST}\r\n", 404),
    "a method that nginx refuses": (f"TRACE / HTTP/1.1\r\n{HOST}\r\n", 405),
    "a body over 1 MiB": (f"{POST}Content-Length: {MEBIBYTE + 1}\r\n\r\n", 413),
    "an address over 8 KiB": (f"GET /{'a' * 9_000} HTTP/1.1\r\n{HOST}\r\n", 414),
    "a header over 8 KiB": (f"GET / HTTP/1.1\r\n{HOST}X: {'a' * 9_000}\r\n\r\n", 431),
    "headers over 28 KiB": (f"GET / HTTP/1.1\r\n{HOST}" + "".join(f"X{n}: {'a' * 7_000}\r\n" for n in range(5)) + "\r\n", 431),
}


@pytest.fixture(scope="module")
def upstream() -> Iterator[socket.socket]:
    """A service that accepts connections and answers nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture(scope="module")
def nginx(upstream: socket.socket) -> Iterator[Nginx]:
    changes = {"proxy_read_timeout 120s": "proxy_read_timeout 1s"}
    with nginx_in_front_of(upstream.getsockname()[1], changes) as running:
        yield running


def assert_nginx_problem(caller: socket.socket, status: int) -> http.client.HTTPResponse:
    """Read an answer and assert that it is a problem with this status and all headers of the service."""
    answer = http.client.HTTPResponse(caller)
    answer.begin()
    content = json.loads(answer.read())
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Content-Language"] == "da"
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])
    expected: list[tuple[str, str]] = []
    add_security_headers(expected)
    assert [(name, answer.headers[name]) for name, _ in expected] == expected
    assert_problem_shape(content, status)
    assert content == problem(status, "da", content["detail"])
    return answer


@contextlib.contextmanager
def sent(nginx: Nginx, request: str) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", nginx.port), PATIENCE) as caller:
        caller.sendall(request.encode())
        yield caller


@pytest.mark.parametrize(("request_text", "status"), REFUSED.values(), ids=REFUSED)
def test_a_refused_request_is_answered_with_a_problem(nginx: Nginx, request_text: str, status: int) -> None:
    with sent(nginx, request_text) as caller:
        assert_nginx_problem(caller, status)


def test_the_answer_to_a_large_body_arrives(nginx: Nginx) -> None:
    with sent(nginx, f"{POST}Content-Length: {8 * MEBIBYTE}\r\n\r\n") as caller:
        caller.sendall(b"." * 8 * MEBIBYTE)
        assert_nginx_problem(caller, 413)


def test_the_answer_to_a_large_body_of_unknown_length_arrives(nginx: Nginx) -> None:
    with sent(nginx, f"{POST}Transfer-Encoding: chunked\r\n\r\n") as caller:
        for _ in range(8 * 16):
            caller.sendall(b"10000\r\n%s\r\n" % (b"." * 2**16))
        assert_nginx_problem(caller, 413)


def test_a_service_that_does_not_run_is_unavailable() -> None:
    with nginx_in_front_of(free_port()) as nginx, sent(nginx, GET) as caller:
        assert assert_nginx_problem(caller, 502).headers["Retry-After"] == "1"


def test_a_service_that_does_not_answer_is_unavailable(nginx: Nginx) -> None:
    with sent(nginx, GET) as caller:
        assert assert_nginx_problem(caller, 504).headers["Retry-After"] == "1"


def test_an_address_has_a_limit_of_requests_under_way(upstream: socket.socket) -> None:
    changes = {"connections_of_address 100": "connections_of_address 2"}
    with nginx_in_front_of(upstream.getsockname()[1], changes) as nginx, contextlib.ExitStack() as stack:
        *_, caller = [stack.enter_context(sent(nginx, GET)) for _ in range(3)]
        assert assert_nginx_problem(caller, 429).headers["Retry-After"] == "1"


def test_a_body_that_stops_is_closed(upstream: socket.socket) -> None:
    changes = {"client_body_timeout 15s": "client_body_timeout 1s"}
    with (
        nginx_in_front_of(upstream.getsockname()[1], changes) as nginx,
        sent(nginx, f"{POST}Content-Length: 80\r\n\r\n") as caller,
    ):
        assert caller.recv(1) == b""


def test_an_answer_that_is_not_read_is_closed() -> None:
    """The service has sent all of its answer and is free by then."""
    size = 32  # MiB
    changes = {"send_timeout 30s": "send_timeout 1s"}
    with (
        socket.create_server(("127.0.0.1", 0)) as upstream,
        nginx_in_front_of(upstream.getsockname()[1], changes) as nginx,
        sent(nginx, GET) as caller,
        upstream.accept()[0] as accepted,
    ):
        accepted.settimeout(PATIENCE)
        assert accepted.recv(2**16)
        accepted.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (size * MEBIBYTE))
        for _ in range(size):
            accepted.sendall(b"." * MEBIBYTE)
        wait_for(nginx.logged)  # one line, when nginx has closed the connection
        assert 0 < sum(map(len, iter(lambda: caller.recv(MEBIBYTE), b""))) < size * MEBIBYTE


def test_the_lines_for_tls_are_correct(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kodevagt.example")])
    today = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), today, today + datetime.timedelta(1)
    )
    (tmp_path / "fullchain.pem").write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    private = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "privkey.pem").write_bytes(key.private_bytes(*private))
    with_tls = re.sub(r"^( +)#(?=\S)", r"\1", CONFIGURATION, flags=re.MULTILINE).replace("listen 80;\n", "\n")
    changes = {"listen 443": f"listen 127.0.0.1:{free_port()}", "/etc/ssl/kodevagt": str(tmp_path)}
    with configured(changes, with_tls) as file:
        ran = subprocess.run([nginx_program(), "-e", "stderr", "-t", "-c", str(file)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "[warn]" not in ran.stderr.replace('[warn] the "user" directive', "")
