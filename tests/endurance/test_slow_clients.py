"""Fewer slow clients than a worker has threads delay nobody. `tests/deploy` has those of a service behind nginx."""

import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarks.memory import megabytes
from tests.cli.process import Served, ready
from tests.endurance.load import Load
from tests.endurance.slow import BY_THE_HEAD, FORM, Slow
from tests.endurance.stream import stream
from tests.endurance.system import callers
from validator import Service

pytestmark = pytest.mark.slow
THREADS = 64  # of a worker
HEAD = 30  # seconds


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
    ("each", "seconds"),
    [pytest.param(5, 2, id="5 of each way"), pytest.param(8, 120, marks=pytest.mark.soak, id="8 of each way")],
)
def test_slow_clients_of_every_way_do_not_delay_others(service: Service, tmp_path: Path, each: int, seconds: float) -> None:
    asked = stream(service, 200)
    with ready(tmp_path, KODEVAGT_WORKERS="1") as served, Slow(served.port, asked[0], each) as slow:
        load = Load(served.port, asked)
        load.paced(50, seconds)
        heads = [port for way in BY_THE_HEAD for port in slow.ports[way]]
        waited = seconds_until_closed(served, heads, HEAD + 60)
        memory = sum(map(megabytes, served.workers()))
    print(
        f"\nslow callers: {len(slow)} in {len(slow.ports)} ways, {load.answered} others answered, {load.wrong} wrong, "
        f"{len(load.failures)} failed, longest wait {load.longest:.1f} s; heads closed after another {waited:.0f} s;  "
        f"a worker of {memory:.0f} MB"
    )
    assert (load.failures, load.wrong) == ([], 0)
    assert load.answered > 25 * seconds


def test_one_slow_client_fewer_than_threads_delays_nobody(service: Service, tmp_path: Path) -> None:
    asked = stream(service, 50)
    with ready(tmp_path, KODEVAGT_WORKERS="1") as served, Slow(served.port, asked[0], THREADS - 1, only=(FORM,)):
        load = Load(served.port, asked)
        load.paced(20, 2)
    assert (load.failures, load.wrong) == ([], 0)
