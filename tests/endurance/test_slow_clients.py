"""Slow clients do not delay others, and are disconnected after a limit."""

import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarks.memory import megabytes
from tests.cli.process import SERVE, Served, ready
from tests.endurance.load import Load
from tests.endurance.slow import BY_THE_HEAD, Slow
from tests.endurance.stream import stream
from tests.endurance.system import callers
from validator import Service
from validator.serving.slow_callers import SILENCE_LIMIT

pytestmark = pytest.mark.slow
THREADS = 64  # of a worker
HEAD = 30  # seconds
# The service with a shorter limit, so that the small version need not wait for a minute.
SOON = 5  # seconds; an honest caller whose answer is late on a busy machine must not be taken for a silent one
IMPATIENT = (
    sys.executable,
    "-c",
    "from validator.cli.main import main; from validator.serving import slow_callers; "
    f"slow_callers.SILENCE_LIMIT = {SOON}; main(['serve'])",
)


def open_connections(served: Served, ports: Iterable[int]) -> set[int]:
    """Return those ports whose connections a worker still has open."""
    return set(ports) & set().union(*(callers(pid, served.port) for pid in served.workers()))


def seconds_until_closed(served: Served, ports: Iterable[int], most: float) -> float:
    start = time.monotonic()
    while left := open_connections(served, ports):
        assert time.monotonic() < start + most, f"{len(left)} are still open"
        time.sleep(0.5)
    return time.monotonic() - start


@pytest.mark.parametrize(
    ("command", "limit", "each", "seconds"),
    [
        pytest.param(IMPATIENT, SOON, 10, 2, id="10 of each way"),
        pytest.param(SERVE, SILENCE_LIMIT, 20, 120, marks=pytest.mark.soak, id="20 of each way"),
    ],
)
def test_slow_clients_do_not_delay_others(
    service: Service, tmp_path: Path, command: tuple[str, ...], limit: float, each: int, seconds: float
) -> None:
    asked = stream(service, 200)
    with ready(tmp_path, command, KODEVAGT_WORKERS="2") as served, Slow(served.port, asked[0], each) as slow:
        load = Load(served.port, asked)
        load.paced(50, seconds)
        count = sum(map(len, slow.ports.values()))
        silent = [port for way, ports in slow.ports.items() if way not in BY_THE_HEAD for port in ports]
        waited = {"silence": seconds_until_closed(served, silent, limit + 60)}
        if command is SERVE:
            waited["heads"] = seconds_until_closed(served, [port for ports in slow.ports.values() for port in ports], HEAD + 60)
        memory = sum(map(megabytes, served.workers()))
        assert '"event": "silent-connections-closed"' in served.printed()
    closed = ", ".join(f"{name} {after:.0f} s" for name, after in waited.items())
    print(
        f"\nslow callers: {count} in 7 ways, {load.answered} others answered, {load.wrong} wrong, {len(load.failures)} failed, "
        f"longest wait {load.longest:.1f} s; all closed after another: {closed};  two workers of {memory:.0f} MB"
    )
    assert (load.failures, load.wrong) == ([], 0)
    assert load.answered > 25 * seconds


@pytest.mark.parametrize(
    ("command", "limit"),
    [pytest.param(IMPATIENT, SOON, id="soon"), pytest.param(SERVE, SILENCE_LIMIT, marks=pytest.mark.soak, id="a minute")],
)
def test_more_slow_bodies_than_threads_are_closed_at_the_limit(
    service: Service, tmp_path: Path, command: tuple[str, ...], limit: float
) -> None:
    asked = stream(service, 50)
    with ready(tmp_path, command, KODEVAGT_WORKERS="1") as served:
        with Slow(served.port, asked[0], THREADS + 40, only=frozenset({"sends its body slowly"})) as slow:
            seconds_until_closed(served, slow.ports["sends its body slowly"], 4 * limit + 60)
        load = Load(served.port, asked)
        load.paced(20, 2)
    assert (load.failures, load.wrong) == ([], 0)
