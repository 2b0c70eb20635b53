"""The clients of docs/clients run the conformance pack, and never hold up a note."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.process import free_port, ready
from tests.conformance import DRAFT, FILE, LINES
from tests.conftest import ROOT
from tests.stores import make_store
from tests.waiting import PATIENCE
from validator.cli.main import main

pytestmark = pytest.mark.slow
CLIENTS = ROOT / "docs" / "clients"
LANGUAGES = ["python", "node"]
BARE = (302, 431)  # statuses that the scripted service answers without JSON
_NO_NODE = (
    "the tests of docs/clients need node, which is not found; on Debian and Ubuntu: sudo apt-get install nodejs; "
    "see docs/development.md"
)
# Programs that send one contact with a client, and print what a practice system would do.
_CALLERS = {
    "python": """
import sys
from kodevagt_client import KodevagtClient, RequestRefusedError
try:
    verdict = KodevagtClient(sys.argv[1], sys.argv[2], retries=int(sys.argv[3])).validate({})
    print("later" if verdict is None else verdict["status"])
except RequestRefusedError as error:
    print("refused", error.problem["status"])
""",
    "node": """
const [address, key, retries] = process.argv.slice(1);
const { KodevagtClient, RequestRefusedError } = await import(`${process.cwd()}/kodevagt-client.mjs`);
try {
  const verdict = await new KodevagtClient(address, { key, retries: Number(retries) }).validate({});
  console.log(verdict === null ? "later" : verdict.status);
} catch (error) {
  if (!(error instanceof RequestRefusedError)) throw error;
  console.log("refused", error.problem.status);
}
""",
}


@dataclass(frozen=True)
class Service:
    """A running service with a key."""

    address: str
    key: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that has published every release that the pack names."""
    folder = tmp_path_factory.mktemp("for-vendors")
    database = {"KODEVAGT_DATABASE": str(make_store(folder / "kodevagt.db"))}
    run = CliRunner()
    published = run.invoke(main, ["rules", "publish", DRAFT, "--note", "For the conformance pack"], env=database)
    assert published.exit_code == 0, published.output
    key = run.invoke(main, ["keys", "add", "--role", "practice", "--name", "Journalsystem"], env=database).stdout.strip()
    with ready(folder, **database) as found:
        yield Service(f"http://127.0.0.1:{found.port}", key)


def runtime(language: str) -> str:
    """Return the program that runs a client. Fails where there is no node."""
    found = sys.executable if language == "python" else shutil.which("node")
    assert found, _NO_NODE
    return found


def run_pack(language: str, served: Service, *file: Path) -> subprocess.CompletedProcess[str]:
    """Run a client as a program."""
    program = CLIENTS / {"python": "kodevagt_client.py", "node": "kodevagt-client.mjs"}[language]
    environment = {**os.environ, "KODEVAGT_KEY": served.key}
    command = [runtime(language), str(program), served.address, *map(str, file)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", [(), (FILE,)], ids=["of the service", "of the documents"])
def test_a_client_runs_the_conformance_pack(served: Service, language: str, file: tuple[Path, ...]) -> None:
    done = run_pack(language, served, *file)
    assert (done.stdout, done.stderr, done.returncode) == (f"{len(LINES)} requests, 0 different\n", "", 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_names_the_lines_that_differ(served: Service, tmp_path: Path, language: str) -> None:
    other = {**LINES[0], "expect": {**LINES[0]["expect"], "savable": False}}
    pack = tmp_path / "pack.ndjson"
    pack.write_text("".join(f"{json.dumps(line)}\n" for line in [other, LINES[1]]), encoding="utf-8")
    done = run_pack(language, served, pack)
    assert (done.stdout, done.returncode) == (f"2 requests, 1 different\n{other['id']}\n", 1)


class _Answers(BaseHTTPRequestHandler):
    """Answers each request with the next status of the server's script; the last one again and again."""

    def do_POST(self) -> None:
        script = self.server.script  # type: ignore[attr-defined]
        self.server.keys.append(self.headers["Authorization"])  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers["Content-Length"]))
        status, retry_after = script.pop(0) if len(script) > 1 else script[0]
        body = b"" if status in BARE else json.dumps({"status": "ok" if status == 200 else status, "detail": "…"}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def answering(*script: tuple[int, str]) -> Iterator[ThreadingHTTPServer]:
    """Serve scripted answers: pairs of a status and a `Retry-After`, which may be empty."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.script, server.keys = list(script), []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def outcome(language: str, port: int, retries: int = 0) -> str:
    """Return what a client makes of one contact: the status of its verdict, "later", or "refused" with a status."""
    switch = {"python": ["-c"], "node": ["--input-type=module", "-e"]}[language]
    command = [runtime(language), *switch, _CALLERS[language], f"http://127.0.0.1:{port}", "kv_1", str(retries)]
    done = subprocess.run(command, cwd=CLIENTS, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("script", "retries", "result", "calls"),
    [
        ([(200, "")], 0, "ok", 1),
        ([(503, ""), (200, "")], 0, "later", 1),
        ([(503, ""), (200, "")], 1, "ok", 2),
        ([(500, ""), (429, "1"), (200, "")], 2, "ok", 3),
        ([(502, ""), (504, "")], 1, "later", 2),
        ([(401, "")], 1, "later", 1),
        ([(302, "")], 1, "later", 1),
        ([(422, "")], 1, "refused 422", 1),
        ([(400, "")], 1, "refused 400", 1),
        ([(431, "")], 1, "refused 431", 1),
    ],
    ids=lambda value: "-".join(str(status) for status, _ in value) if isinstance(value, list) else str(value),
)
def test_a_client_retries_what_may_succeed(
    language: str, script: list[tuple[int, str]], retries: int, result: str, calls: int
) -> None:
    with answering(*script) as server:
        assert outcome(language, server.server_port, retries) == result
        assert server.keys == ["Bearer kv_1"] * calls  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_waits_as_long_as_it_is_told(language: str) -> None:
    start = time.monotonic()
    with answering((429, "3"), (200, "")) as server:
        assert outcome(language, server.server_port, 1) == "ok"
    assert time.monotonic() - start >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_service_a_client_says_later(language: str) -> None:
    assert outcome(language, free_port()) == "later"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_does_not_wait_for_an_answer_that_does_not_come(language: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert outcome(language, silent.getsockname()[1]) == "later"
