"""The service as a process of its own, started in any folder and ended whatever it does."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from validator.settings import variables

KODEVAGT = Path(sys.executable).parent / "kodevagt"
PATIENCE = 30  # seconds


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
    process.wait()
    if process.stdout:
        process.stdout.close()


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
