"""Work on what was sent is done in another process: within its limits, and whatever it does, the next work is done too."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from operator import methodcaller

import pytest

from tests.altered import with_validity
from tests.sandbox.hostile_work import endless, greedy
from validator.catalogue.catalogue import Catalogue
from validator.sandbox import sandbox as module
from validator.sandbox.sandbox import Again, Apart, ApartError, BusyError, TooSlowError, send


@pytest.fixture(scope="module")
def kept() -> Iterator[Apart]:
    apart = Apart()
    yield apart
    apart.close()


def test_the_outcome_comes_from_another_process_that_is_kept(kept: Apart) -> None:
    first = kept.do(os.getpid, seconds=5)
    assert first != os.getpid()
    assert kept.do(os.getpid, seconds=5) == first
    assert kept.do(sorted, "bca", seconds=5) == ["a", "b", "c"]


def test_a_catalogue_is_sent_once_and_another_when_it_is_another(
    kept: Apart, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bool] = []
    monkeypatch.setattr(module, "send", lambda pipe, message: (sent.append(Again.CATALOGUE in message[2]), send(pipe, message)))
    other = with_validity(catalogue, "L90", end="2026-12-31")
    rubrics = [kept.do(methodcaller("get", "L90"), one, seconds=5) for one in (catalogue, catalogue, other, other, catalogue)]
    assert [rubric == catalogue.rubrics["L90"] for rubric in rubrics] == [True, True, False, False, True]
    assert sent == [False, True, False, True, False]
    kept.close()
    assert kept.do(methodcaller("get", "L90"), catalogue, seconds=5) == catalogue.rubrics["L90"]


def test_what_fails_is_told_by_its_type_alone(kept: Apart) -> None:
    with pytest.raises(ApartError) as caught:
        kept.do(int, "hemmelig", seconds=5)
    assert str(caught.value) == "ValueError"
    assert kept.do(abs, -1, seconds=5) == 1


@pytest.mark.parametrize("work", [endless, greedy])
def test_too_much_time_or_memory_is_refused_and_the_next_work_done(work: Callable[[], None], kept: Apart) -> None:
    process = kept.do(os.getpid, seconds=5)
    with pytest.raises(TooSlowError):
        kept.do(work, seconds=0.5)
    assert kept.do(os.getpid, seconds=5) == process


def test_what_only_waits_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_GRACE", 1.0)
    apart = Apart()
    started = time.monotonic()
    with pytest.raises(TooSlowError):
        apart.do(time.sleep, 60, seconds=0.5)
    assert time.monotonic() - started < 30
    apart.close()


def test_a_process_that_was_killed_is_started_again() -> None:
    apart = Apart()
    os.kill(apart.do(os.getpid, seconds=5), signal.SIGKILL)
    time.sleep(0.2)
    assert apart.do(abs, -1, seconds=5) == 1
    apart.close()


def test_one_thing_is_done_at_a_time(kept: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    thread = threading.Thread(target=kept.do, args=(time.sleep, 2), kwargs={"seconds": 5})
    thread.start()
    time.sleep(0.5)
    with pytest.raises(BusyError):
        kept.do(abs, -1, seconds=5)
    thread.join()
    assert kept.do(abs, -1, seconds=5) == 1


def test_the_process_ends_with_the_one_that_started_it() -> None:
    ask = "print(apart.do(os.getpid, seconds=5), flush=True)"
    code = f"import os; from validator.sandbox.sandbox import Apart; apart = Apart(); {ask}; os._exit(1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    until = time.monotonic() + 20
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < until:
        time.sleep(0.1)
    assert not os.path.exists(f"/proc/{pid}")
