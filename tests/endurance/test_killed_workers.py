"""Workers are killed under load: no answer is wrong, and no request fails but those that the killed worker held."""

import contextlib
import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cli.process import Served, ready, wait_until
from tests.endurance.load import Failure, Line, Load
from tests.endurance.stream import stream
from tests.endurance.system import callers, stopped
from validator import Service

pytestmark = pytest.mark.slow
WORKERS = 2
SHARE = 0.7  # of the most that goes through


@dataclass(frozen=True, slots=True)
class Kill:
    """When a worker was killed, and the callers whose connections it had taken."""

    at: float
    held: set[int]

    def explains(self, failure: Failure) -> bool:
        return failure.port in self.held and failure.opened < self.at <= failure.at


@dataclass
class Killer:
    """Kills a worker every so often until it is told to stop."""

    served: Served
    every: float
    kills: list[Kill] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        draw = random.Random(3)
        while not self.over.wait(self.every):
            self.kills.append(kill(self.served, draw.choice(sorted(self.served.workers()))))


def stop(pid: int) -> None:
    """A worker that is stopped takes no connection any more."""
    os.kill(pid, signal.SIGSTOP)
    while not stopped(pid):
        time.sleep(0.001)


def kill(served: Served, pid: int) -> Kill:
    """Kills a worker. It is stopped first, so that the connections that are seen are the ones it dies with."""
    stop(pid)
    held = callers(pid, served.port)
    at = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    return Kill(at, held)


@pytest.mark.parametrize(
    ("every", "seconds", "contacts"),
    [
        pytest.param(1.5, 5, 300, id="3 times"),
        pytest.param(10, 600, 20_000, marks=pytest.mark.soak, id="every 10 s for 10 minutes"),
    ],
)
def test_killed_workers_cost_only_the_requests_they_held(
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
        f"{load.wrong} wrong, {len(load.failures)} failed of which {len(unexplained)} were not held by a killed worker, "
        f"longest wait {load.longest:.1f} s"
    )
    assert unexplained == []
    assert load.wrong == 0
    assert len(killer.kills) >= seconds / every - 2


def test_no_connection_waits_in_vain_however_the_workers_die(service: Service, tmp_path: Path) -> None:
    (asked,) = stream(service, 1)
    with ready(tmp_path, KODEVAGT_WORKERS=str(WORKERS)) as served:
        every = served.workers()
        for pid in every:
            stop(pid)
        waiting = [Line(served.port) for _ in range(50)]  # no worker takes them before all are killed
        for line in waiting:
            line.send(asked.request)
        for pid in every:
            os.kill(pid, signal.SIGKILL)
        with contextlib.ExitStack() as stack:
            assert [stack.enter_context(line).receive() for line in waiting] == [asked.answer] * len(waiting)

        wait_until(lambda: len(served.workers() - every) == WORKERS, served)
        lasting, victim = sorted(served.workers())
        for _ in range(2):  # one dies again and again, while the other is to serve on
            os.kill(victim, signal.SIGKILL)
            wait_until(lambda: len(served.workers() - {victim}) == WORKERS, served)  # noqa: B023
            assert [line.ask(asked.request) for line in (Line(served.port), Line(served.port))] == [asked.answer] * 2
            (victim,) = served.workers() - {lasting}
