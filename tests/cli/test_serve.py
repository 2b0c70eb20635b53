"""`kodevagt serve`: refuses what it cannot do in one sentence, and otherwise serves from any folder until it is told to stop."""

import contextlib
import http.client
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from validator.cli import main
from validator.settings import variables

KODEVAGT = Path(sys.executable).parent / "kodevagt"
CONTACT = b'{"encounter":{"date":"2025-10-14","specialty":"51","course":"artrose-knae","diagnoses":[{"code":"L92"}]}}'
PATIENCE = 30  # seconds


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KODEVAGT_HOST", "0.0.0.0"),  # noqa: S104
        ("KODEVAGT_HOST", "192.0.2.1"),
        ("KODEVAGT_HOST", "::"),
        ("KODEVAGT_HOST", "kodevagt.example"),
        ("KODEVAGT_HOST", ""),
        ("KODEVAGT_PORT", "otte"),
        ("KODEVAGT_PORT", "0"),
        ("KODEVAGT_PORT", "65536"),
        ("KODEVAGT_WORKERS", "0"),
        ("KODEVAGT_WORKERS", "1.5"),
        ("KODEVAGT_RULES", "findes-ikke"),
        ("KODEVAGT_CATALOG", "findes-ikke"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_a_sentence(name: str, value: str) -> None:
    result = CliRunner().invoke(main, ["serve"], env={name: value})
    assert result.exit_code == 2
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert name in sentence or value in sentence
    assert sentence.endswith(".")
    assert not re.search(r"Traceback|Errno|\[|\]", sentence)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def started(folder: Path, port: int, **settings: str) -> subprocess.Popen[str]:
    """The service as a process, with no setting but these."""
    kept = {name: value for name, value in os.environ.items() if name not in variables()}
    environment = {**kept, "KODEVAGT_PORT": str(port), "KODEVAGT_WORKERS": "1", "PYTHONUNBUFFERED": "1", **settings}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "start_new_session": True}
    return subprocess.Popen([KODEVAGT, "serve"], cwd=folder, env=environment, text=True, encoding="utf-8", **pipes)


def end(process: subprocess.Popen[str]) -> None:
    """Ends the process and its workers, whatever they do."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.slow
def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = started(tmp_path, taken.getsockname()[1])
        try:
            printed = process.communicate(timeout=PATIENCE)[0]
        finally:
            end(process)
    assert process.returncode == 2
    assert "KODEVAGT_PORT" in printed
    assert "Traceback" not in printed


@dataclass
class Served:
    """A service that is ready, and what it printed once it is stopped."""

    process: subprocess.Popen[str]
    port: int
    folder: Path

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def stop(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=PATIENCE)[0]


@contextlib.contextmanager
def ready(folder: Path) -> Iterator[Served]:
    """The service started in a folder, once it says that it is ready."""
    found = Served(started(folder, port := free_port()), port, folder)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError):
                if found.send("GET", "/health/ready")[0] == 200:
                    break
            assert found.process.poll() is None, found.process.communicate()[0]
            assert time.monotonic() < until, "not ready in time"
            time.sleep(0.1)
        yield found
    finally:
        end(found.process)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with ready(tmp_path) as found:
        yield found


@pytest.mark.slow
def test_it_serves_from_an_empty_folder_and_stops_when_told(served: Served) -> None:
    status, headers, body = served.send("POST", "/v1/validate", CONTACT, Content_Type="application/json", X_Request_ID="r-1")
    assert (status, headers["X-Request-ID"]) == (200, "r-1")
    assert json.loads(body)["findings"][0]["suggestions"][0]["code"] == "L90"

    batch = b"\n".join([CONTACT, b"no json", CONTACT])
    status, _, body = served.send("POST", "/v1/validate/batch", batch, Content_Type="application/x-ndjson")
    assert (status, len(body.splitlines())) == (200, 3)
    assert served.send("GET", "/docs/assets/swagger-ui.css")[0] == 200

    printed = served.stop()
    assert served.process.returncode == 0
    assert "Traceback" not in printed
    assert list(served.folder.iterdir()) == []
    logged = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    assert [line["request_id"] for line in logged].count("r-1") == 1
    assert f"http://127.0.0.1:{served.port}" in printed


@pytest.mark.slow
def test_a_file_of_the_same_name_in_the_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "api.py").write_text('raise SystemExit("not this one")\n', encoding="utf-8")
    with ready(tmp_path) as found:
        assert found.send("GET", "/health/ready")[0] == 200
        assert "not this one" not in found.stop()


@pytest.mark.slow
def test_the_line_it_prints_can_be_pasted(served: Served) -> None:
    printed = served.stop()
    (line,) = [line for line in printed.splitlines() if line.startswith("curl ")]
    words = shlex.split(line)
    assert f"http://127.0.0.1:{served.port}/v1/validate" in words
    assert json.loads(words[words.index("-d") + 1]) == {
        "encounter": {"date": "2025-10-14", "specialty": "51", "course": "artrose-knae", "diagnoses": [{"code": "L92"}]}
    }
    assert words[words.index("-H") + 1] == "Content-Type: application/json"


@pytest.mark.slow
def test_a_body_without_a_length_is_read_to_its_end_and_no_further_than_its_limit(served: Served) -> None:
    def chunked(body: bytes) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
        try:
            pieces = (body[start : start + 2**16] for start in range(0, len(body), 2**16))
            connection.request("POST", "/v1/validate", pieces, {"Content-Type": "application/json"}, encode_chunked=True)
            return connection.getresponse().status
        finally:
            connection.close()

    assert chunked(CONTACT) == 200
    assert chunked(CONTACT.ljust(2**20)) == 200
    assert chunked(CONTACT.ljust(2**20 + 1)) == 413


@pytest.mark.slow
def test_no_cpr_number_reaches_what_it_prints(served: Served) -> None:
    number = "010190-1234"
    body = CONTACT.replace(b'"L92"', f'"{number}"'.encode())
    sent = [
        served.send("POST", "/v1/validate", body, Content_Type="application/json"),
        served.send("POST", "/v1/validate/batch", body, Content_Type="application/x-ndjson"),
        served.send("GET", f"/v1/codes/{number}"),
        served.send("GET", f"/nowhere?q={number}"),
        served.send("GET", "/v1/courses", X_Request_ID=number),
        served.send("GET", "/v1/courses", User_Agent=number, Referer=number, Cookie=f"cpr={number}"),
    ]
    assert [status for status, _, _ in sent] == [422, 200, 422, 422, 422, 200]
    assert not any(number in str(headers) + answer.decode() for _, headers, answer in sent)
    printed = served.stop()
    assert printed.count('"event": "request"') >= len(sent)
    assert number not in printed
