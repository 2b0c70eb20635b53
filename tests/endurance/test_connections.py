"""Thousands of idle connections delay nobody; connections above a worker's limit wait for a free place."""

import contextlib
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.memory import megabytes
from tests.cli.process import SERVE, Served, ready, wait_until
from tests.endurance.load import Line, Load
from tests.endurance.stream import Asked, stream
from tests.endurance.system import callers
from validator import Service

pytestmark = pytest.mark.slow
IDLE = 30  # seconds after which the server closes a connection
RESERVE = 200  # files that this process needs besides


def most(wanted: int) -> int:
    """Return `wanted`, or as many connections as the system allows this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted + RESERVE:
        soft = wanted + RESERVE if hard == resource.RLIM_INFINITY else min(hard, wanted + RESERVE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return wanted if soft == resource.RLIM_INFINITY else min(wanted, soft - RESERVE)


@contextlib.contextmanager
def opened(port: int, count: int) -> Iterator[list[Line]]:
    lines: list[Line] = []
    try:
        for _ in range(count):
            lines.append(Line(port))
        yield lines
    finally:
        for line in lines:
            line.close()


def count_connections(served: Served) -> int:
    """Return the number of connections that the workers have open."""
    return sum(len(callers(pid, served.port)) for pid in served.workers())


def memory(served: Served) -> float:
    return sum(map(megabytes, served.workers()))


def ask(line: Line, asked: Asked) -> bool:
    """Send a request; return False if the server has closed the connection, which it may do when it was idle long enough."""
    with contextlib.suppress(ConnectionError):
        if not line.stale():
            line.send(asked.request)
            assert line.receive() == asked.answer
            return True
    assert time.monotonic() - line.opened > IDLE - 1
    return False


@pytest.mark.parametrize(
    ("wanted", "seconds"), [pytest.param(1_000, 1, id="1000"), pytest.param(10_000, 5, marks=pytest.mark.soak, id="10000")]
)
def test_idle_connections_do_not_delay_others(service: Service, tmp_path: Path, wanted: int, seconds: float) -> None:
    asked, count = stream(service, 200), most(wanted)
    with ready(tmp_path, KODEVAGT_WORKERS="2") as served:
        load = Load(served.port, asked)
        load.paced(100, seconds)
        before = memory(served)
        with opened(served.port, count) as lines:
            opening = time.monotonic() - lines[0].opened
            wait_until(lambda: count_connections(served) == count or time.monotonic() - lines[0].opened > IDLE - 1, served)
            together, during = count_connections(served), memory(served)
            load.paced(50, seconds)
            answered = sum(ask(line, asked[number % len(asked)]) for number, line in enumerate(lines))
            load.paced(50, seconds)
        wait_until(lambda: count_connections(served) == 0, served)
        after = memory(served)
    print(
        f"\nconnections: {together} open at once, opened in {opening:.1f} s, {answered} of them answered later (the others had "
        f"been idle for too long); {load.answered} others answered, {load.wrong} wrong, {len(load.failures)} failed, longest wait "
        f"{load.longest:.1f} s; two workers {before:.0f} MB before, {during:.0f} MB meanwhile, {after:.0f} MB afterwards"
    )
    assert (load.failures, load.wrong) == ([], 0)
    assert together == count or opening > IDLE - 5
    assert during - before < 20 + count * 0.02


def test_connections_above_the_limit_of_a_worker_wait(service: Service, tmp_path: Path) -> None:
    asked = stream(service, 20)
    few = ("prlimit", "--nofile=600:600", *SERVE)  # 512 are reserved for other files
    with ready(tmp_path, few) as served, opened(served.port, 200) as lines:
        wait_until(lambda: count_connections(served) == 88, served)
        for line in lines[:150]:
            line.close()
        for line, each in zip(lines[150:], asked, strict=False):
            assert line.stale() or ask(line, each)
        load = Load(served.port, asked)
        load.paced(20, 1)
    assert (load.failures, load.wrong) == ([], 0)
