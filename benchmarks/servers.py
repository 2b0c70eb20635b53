"""Start servers on free ports and send to them from another core, so that only the server is measured."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Asked for once: who has pinned itself sees only its own core, and so would every process it starts.
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
SERVER_CORE, CLIENT_CORE = (CORES[0], CORES[-1]) if CORES else (None, None)


def pin(core: int | None) -> None:
    """Pin this process to one core, where the system can."""
    if core is not None:
        os.sched_setaffinity(0, {core})


def family(pid: int) -> list[int]:
    """Return a process and its descendants, as far as the system reports them."""
    children = [int(path.name) for path in Path("/proc").glob("[0-9]*") if _stat(path)[1:2] == [str(pid)]]
    return [pid, *children]


def processor_seconds(pid: int) -> float:
    """Return the processor seconds of a process and its descendants; 0 where the system does not report them."""
    used = (sum(map(int, _stat(Path("/proc", str(member)))[11:13])) for member in family(pid))
    return sum(used) / os.sysconf("SC_CLK_TCK")


def _stat(process: Path) -> list[str]:
    """Return the fields of a process from its state on; none if it has ended."""
    try:
        return (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def server(target: str, **environment: str) -> Iterator[tuple[int, int]]:
    """Run granian with one worker for a WSGI factory, on its own core; yield its port and process id."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--workers", "1", "--blocking-threads", "1"]
    command += ["--backpressure", "64", "--port", str(port), "--no-log", target]
    with running(command, SERVER_CORE, **environment) as process:
        wait_for(port, process)
        yield port, process.pid


@contextlib.contextmanager
def running(command: list[str], core: int | None = None, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process in the project's folder, and end it and its descendants afterwards."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        preexec_fn=lambda: pin(core),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def kodevagt(*arguments: str) -> list[str]:
    """Return the path of the installed command."""
    return [str(Path(sys.executable).with_name("kodevagt")), *arguments]


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 20) -> None:
    """Wait until a server answers on its port."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.02)
    raise TimeoutError(f"nothing answers on port {port}")


class Connection:
    """A minimal persistent HTTP/1.1 connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), 20)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def fileno(self) -> int:
        return self._socket.fileno()

    def send(self, request: bytes) -> None:
        self._socket.sendall(request)

    def receive(self) -> bytes:
        """Return the body of the next answer. Raises RuntimeError unless its status is 200."""
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            self._more()
        head = self._buffer[:end].lower()
        start = head.index(b"content-length:") + 15
        length = int(head[start:].split(b"\r\n", 1)[0])
        while len(self._buffer) < end + 4 + length:
            self._more()
        body = self._buffer[end + 4 : end + 4 + length]
        self._buffer = self._buffer[end + 4 + length :]
        if head[9:12] != b"200":
            raise RuntimeError(f"the server answered {head[9:12].decode()}: {body[:200].decode(errors='replace')}")
        return body

    def _more(self) -> None:
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError("the server closed the connection")
        self._buffer += data


def post(path: str, body: bytes, key: str = "") -> bytes:
    """Return the bytes of a request, with the key if there is one."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    authorization = f"Authorization: Bearer {key}\r\n" if key else ""
    return f"{head}{authorization}\r\n".encode() + body
