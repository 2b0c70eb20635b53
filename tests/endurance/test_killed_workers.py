"""Workers are killed under load: no answer is wrong, and only requests accepted or queued by the killed worker fail."""

import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cli.process import Served, ready, wait_until
from tests.endurance.load import Failure, Load
from tests.endurance.stream import stream
from tests.endurance.system import callers, gone, listeners, stopped
from validator import Service

pytestmark = pytest.mark.slow
WORKERS = 2
SHARE = 0.7  # of the maximal throughput


@dataclass(frozen=True, slots=True)
class Kill:
    """When a worker was killed, when it was gone, and the remote ports of connections accepted by other workers by then."""

    at: float
    over: float
    elsewhere: set[int]

    def explains(self, failure: Failure) -> bool:
        """Whether the connection existed at the kill, or was being opened, and no other worker had accepted it."""
        if failure.port is not None and failure.port in self.elsewhere:
            return False
        return failure.opened < self.over and self.at <= failure.at


@dataclass
class Killer:
    """Kills a worker every `every` seconds until `over` is set."""

    served: Served
    every: float
    kills: list[Kill] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        draw = random.Random(3)
        while not self.over.wait(self.every):
            self.kills.append(kill(self.served, draw.choice(sorted(self.served.workers()))))


def stop(pid: int) -> None:
    """Stop a worker, so that it accepts no more connections."""
    os.kill(pid, signal.SIGSTOP)
    while not stopped(pid):
        time.sleep(0.001)


def kill(served: Served, pid: int) -> Kill:
    """Kill a worker once all are listening. It is stopped first, so that it accepts nothing while connections are listed."""
    wait_until(lambda: listeners(served.port) == WORKERS, served)
    stop(pid)
    elsewhere = set().union(*(callers(other, served.port) for other in served.workers() - {pid}))
    at = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    while not gone(pid):
        time.sleep(0.001)
    return Kill(at, time.monotonic(), elsewhere)


@pytest.mark.parametrize(
    ("every", "seconds", "contacts"),
    [
        pytest.param(2, 4, 300, id="once"),
        pytest.param(10, 600, 20_000, marks=pytest.mark.soak, id="every 10 s for 10 minutes"),
    ],
)
def test_only_requests_of_killed_workers_fail(
    service: Service, tmp_path: Path, every: float, seconds: float, contacts: int
) -> None:
    asked = stream(service, contacts)
    with ready(tmp_path, KODEVAGT_WORKERS=str(WORKERS)) as served:
        load = Load(served.port, asked)
        most = load.most(min(5, seconds / 5))
        killer = Killer(served, every)
        thread = threading.Thread(target=killer.run)
        thread.start()
        try:
            load.paced(SHARE * most, seconds)
        finally:
            killer.over.set()
            thread.join()
        wait_until(lambda: len(served.workers()) == WORKERS, served)
        assert served.send("POST", "/v1/validate", asked[0].body, Content_Type="application/json")[2] == asked[0].answer

    unexplained = [failure for failure in load.failures if not any(kill.explains(failure) for kill in killer.kills)]
    print(
        f"\nkilled workers: {len(killer.kills)} kills, {load.answered} requests answered at {SHARE * most:.0f}/s of {most:.0f}/s, "
        f"{load.wrong} wrong, {len(load.failures)} failed of which {len(unexplained)} were neither accepted nor queued by "
        f"a killed worker, longest wait {load.longest:.1f} s"
    )
    assert unexplained == []
    assert load.wrong == 0
    assert len(killer.kills) >= seconds / every - 2


def test_a_crash_loop_ends_the_service_with_a_message(tmp_path: Path) -> None:
    with ready(tmp_path, KODEVAGT_WORKERS=str(WORKERS)) as served:
        lasting = min(served.workers())
        while served.process.poll() is None:
            for victim in served.workers() - {lasting}:
                os.kill(victim, signal.SIGKILL)
            time.sleep(0.05)
        assert served.process.returncode == 1
        assert served.printed().count("Worker crash loop detected, exiting") == 1
