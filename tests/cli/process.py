"""Start the service in a subprocess, and end it reliably."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.waiting import PATIENCE
from validator.settings import environment_variables

KODEVAGT = Path(sys.executable).parent / "kodevagt"
SERVE = (str(KODEVAGT), "serve")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def started(
    folder: Path, port: int, output: int | IO[bytes] = subprocess.PIPE, command: Sequence[str] = SERVE, **settings: str
) -> subprocess.Popen[str]:
    """Start the service with only these settings."""
    inherited = {name: value for name, value in os.environ.items() if name not in environment_variables()}
    environment = {**inherited, "KODEVAGT_PORT": str(port), "KODEVAGT_WORKERS": "1", "PYTHONUNBUFFERED": "1", **settings}
    pipes = {"stdout": output, "stderr": subprocess.STDOUT, "start_new_session": True}
    return subprocess.Popen(command, cwd=folder, env=environment, text=True, encoding="utf-8", **pipes)


def end(process: subprocess.Popen[str]) -> None:
    """Kill the process and its workers."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


@dataclass
class Served:
    """A running service. Its output goes to a file, since a pipe would fill."""

    process: subprocess.Popen[str]
    port: int
    folder: Path
    output: Path

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def status(self, path: str, secret: str = "") -> int:
        """Return the status of a GET, sent with the key if there is one."""
        return self.send("GET", path, **({"Authorization": f"Bearer {secret}"} if secret else {}))[0]

    def connect(self) -> socket.socket:
        """Return a raw connection to the service."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def workers(self) -> set[int]:
        """Return the ids of the running worker processes."""
        command = ["ps", "-o", "pid=,stat=", "--ppid", str(self.process.pid)]
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        return {int(line.split()[0]) for line in found.splitlines() if not line.split()[1].startswith("Z")}

    def counts_folder(self) -> Path:
        """Return the folder of the shared metrics, found from the files that a worker has open."""
        links = [os.readlink(file) for pid in self.workers() for file in Path(f"/proc/{pid}/fd").iterdir()]
        (folder,) = {Path(link).parent for link in links if link.endswith(".db") and "counter_" in link}
        return folder

    def printed(self) -> str:
        """Return everything printed so far."""
        return self.output.read_text(encoding="utf-8")

    def stop(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        return self.printed()


@contextlib.contextmanager
def ready(folder: Path, command: Sequence[str] = SERVE, *, output: Path | None = None, **settings: str) -> Iterator[Served]:
    """Start the service in a folder and yield it when it is ready; output goes to a file, a temporary one by default."""
    with output.open("ab") if output else tempfile.NamedTemporaryFile() as printed:
        found = Served(started(folder, port := free_port(), printed, command, **settings), port, folder, Path(printed.name))
        try:
            wait_until(lambda: found.status("/health/ready") == 200, found)
            wait_until(lambda: len(found.workers()) == int(settings.get("KODEVAGT_WORKERS", 1)), found)
            yield found
        finally:
            end(found.process)


def received(connection: socket.socket) -> bytes:
    """Return everything received on a connection until it is closed."""
    with connection:
        return b"".join(iter(lambda: connection.recv(2**16), b""))


def wait_until(done: Callable[[], bool], served: Served) -> None:
    """Wait until a condition is true of a running service; retry a condition that raises."""
    until = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if done():
                return
        assert served.process.poll() is None, served.printed()[-2000:]
        assert time.monotonic() < until, "not in time"
        time.sleep(0.05)
