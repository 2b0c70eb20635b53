"""Keys of a service that runs: every worker takes a change at once, and one that starts after the store was lost lets nobody in."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.process import KODEVAGT, PATIENCE, end, free_port
from validator.cli import main
from validator.settings import variables


@dataclass
class Served:
    """A service with two workers over the store of a folder; what it prints goes to a file, since a pipe would fill."""

    process: subprocess.Popen[str]
    port: int
    printed: Path

    def status(self, path: str, secret: str = "") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers={"Authorization": f"Bearer {secret}"} if secret else {})
            return connection.getresponse().status
        finally:
            connection.close()

    def workers(self) -> set[int]:
        """The processes under it."""
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=True)
        return {int(pid) for pid in found.stdout.split()}

    def stop(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        return self.printed.read_text(encoding="utf-8")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Served]]:
    """Starts the service, over a store in the test's folder."""
    running: list[Served] = []

    def start() -> Served:
        kept = {name: value for name, value in os.environ.items() if name not in variables()}
        port, printed = free_port(), tmp_path / "printed"
        environment = {**kept, "KODEVAGT_PORT": str(port), "KODEVAGT_WORKERS": "2", "PYTHONUNBUFFERED": "1"}
        with printed.open("wb") as output:
            process = subprocess.Popen(
                [KODEVAGT, "serve"],
                cwd=tmp_path,
                env=environment,
                stdout=output,
                stderr=output,
                text=True,
                start_new_session=True,
            )
        running.append(Served(process, port, printed))
        wait_until(lambda: running[-1].status("/health/ready") == 200, process)
        return running[-1]

    yield start
    for served in running:
        end(served.process)


def wait_until(done: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if done():
                return
        except OSError:
            assert process.poll() is None
        time.sleep(0.1)
    raise AssertionError("not in time")


def kodevagt(folder: Path, *words: str) -> str:
    result = CliRunner().invoke(main, words, env={"KODEVAGT_DATABASE": str(folder / "kodevagt.db")})
    assert result.exit_code == 0
    return result.stdout.strip()


def statuses(served: Served, secret: str = "") -> set[int]:
    """What many requests are answered; each may meet another worker."""
    return {served.status("/v1/releases", secret) for _ in range(30)}


@pytest.mark.slow
def test_a_change_of_keys_reaches_every_worker_with_its_next_request(start: Callable[[], Served], tmp_path: Path) -> None:
    served = start()
    assert statuses(served) == {200}
    secret = kodevagt(tmp_path, "keys", "add", "--role", "practice", "--name", "Journalsystem")
    assert statuses(served) == {401}
    assert statuses(served, secret) == {200}
    kodevagt(tmp_path, "keys", "revoke", "1")
    assert statuses(served, secret) == {401}
    assert secret[3:] not in served.stop()


@pytest.mark.slow
def test_a_worker_that_starts_after_the_store_was_lost_lets_nobody_in(start: Callable[[], Served], tmp_path: Path) -> None:
    secret = kodevagt(tmp_path, "keys", "add", "--role", "practice", "--name", "Journalsystem")
    served = start()
    assert statuses(served, secret) == {200}
    for file in tmp_path.glob("kodevagt.db*"):
        file.unlink()
    lost = min(served.workers())
    os.kill(lost, signal.SIGKILL)
    wait_until(lambda: len(served.workers() - {lost}) == 2 and 503 in statuses(served, secret), served.process)
    assert statuses(served, secret) <= {200, 503}  # a worker that knew the keys goes on
    assert statuses(served) <= {401, 503}
    assert not (tmp_path / "kodevagt.db").exists()
