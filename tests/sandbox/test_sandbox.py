"""Tasks run in a subprocess within their limits, and no task prevents the next one."""

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from operator import methodcaller
from pathlib import Path

import pytest

from tests.altered import with_validity
from tests.sandbox.hostile_work import (
    crash,
    ended,
    endless,
    greedy,
    greedy_reply,
    killed,
    refuse,
    start_program,
    unpicklable,
    verbose,
)
from tests.waiting import wait_for
from validator.catalogue.catalogue import Catalogue
from validator.sandbox import sandbox as module
from validator.sandbox.sandbox import (
    BusyError,
    ChildDiedError,
    MemoryLimitError,
    OutputLimitError,
    Placeholder,
    Sandbox,
    SandboxError,
    TimeLimitError,
    receive,
    send,
)
from validator.support.errors import UserError


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


def test_the_outcome_comes_from_a_subprocess_that_is_reused(sandbox: Sandbox) -> None:
    first = sandbox.run(os.getpid, seconds=5)
    assert first != os.getpid()
    assert sandbox.run(os.getpid, seconds=5) == first
    assert sandbox.run(sorted, "bca", seconds=5) == ["a", "b", "c"]


def test_a_catalogue_is_sent_once_and_another_when_it_is_another(
    sandbox: Sandbox, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bool] = []
    monkeypatch.setattr(
        module, "send", lambda pipe, message: (sent.append(Placeholder.CATALOGUE in message[2]), send(pipe, message))
    )
    other = with_validity(catalogue, "L90", end="2026-12-31")
    rubrics = [sandbox.run(methodcaller("get", "L90"), one, seconds=5) for one in (catalogue, catalogue, other, other, catalogue)]
    assert [rubric == catalogue.rubrics["L90"] for rubric in rubrics] == [True, True, False, False, True]
    assert sent == [False, True, False, True, False]
    sandbox.close()
    assert sandbox.run(methodcaller("get", "L90"), catalogue, seconds=5) == catalogue.rubrics["L90"]


def test_an_error_is_reported_by_its_type_alone(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError) as caught:
        sandbox.run(int, "hemmelig", seconds=5)
    assert str(caught.value) == "ValueError"
    assert sandbox.run(abs, -1, seconds=5) == 1


@pytest.mark.parametrize(
    ("work", "error"),
    [(endless, TimeLimitError), (greedy, MemoryLimitError), (greedy_reply, MemoryLimitError), (verbose, OutputLimitError)],
)
def test_a_limit_is_reported_and_the_next_task_runs(work: Callable[[], None], error: type[SandboxError], sandbox: Sandbox) -> None:
    process = sandbox.run(os.getpid, seconds=5)
    with pytest.raises(error):
        sandbox.run(work, seconds=1)
    assert sandbox.run(os.getpid, seconds=5) == process


def test_an_error_that_the_user_can_fix_is_reported_by_its_sentence(sandbox: Sandbox) -> None:
    with pytest.raises(UserError) as caught:
        sandbox.run(refuse, seconds=5)
    assert type(caught.value) is UserError
    assert caught.value.sentence().startswith("Linje 3 er forkert")
    assert len(caught.value.sentence()) == 2000


def test_a_program_that_a_task_started_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_EXTRA_TIME", 1.0)
    sandbox = Sandbox()
    with pytest.raises(TimeLimitError):
        sandbox.run(start_program, seconds=0.5)
    wait_for(lambda: subprocess.run(["pgrep", "-f", "sleep 61.25"], capture_output=True, check=False).returncode == 1)


@pytest.mark.parametrize("work", [crash, killed, ended])
def test_a_subprocess_that_dies_is_not_reported_as_a_limit(work: Callable[[], None], sandbox: Sandbox) -> None:
    with pytest.raises(ChildDiedError):
        sandbox.run(work, seconds=5)
    assert sandbox.run(abs, -1, seconds=5) == 1


@pytest.mark.parametrize("read", [0, 5, 8, 11])
def test_an_incomplete_message_raises_eof_error(read: int) -> None:
    pipe = io.BytesIO()
    send(pipe, "message")
    with pytest.raises(EOFError):
        receive(io.BytesIO(pipe.getvalue()[:read]))


def test_a_result_that_cannot_be_sent_is_reported_by_its_error(sandbox: Sandbox) -> None:
    process = sandbox.run(os.getpid, seconds=5)
    with pytest.raises(SandboxError, match=r"^(PicklingError|AttributeError)$"):
        sandbox.run(unpicklable, seconds=5)
    assert sandbox.run(os.getpid, seconds=5) == process


def test_a_task_that_only_waits_is_ended_by_wall_clock_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_EXTRA_TIME", 1.0)
    sandbox = Sandbox()
    with pytest.raises(TimeLimitError):
        sandbox.run(signal.pause, seconds=0.5)
    sandbox.close()


def test_the_limits_of_time_can_be_multiplied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_EXTRA_TIME", 0.5)
    sandbox = Sandbox(time_factor=2)
    for work in (endless, signal.pause):
        with pytest.raises(TimeLimitError) as caught:
            sandbox.run(work, seconds=0.25)
        assert caught.value.seconds == 0.5
    sandbox.close()


def test_a_module_is_imported_before_the_first_task() -> None:
    names = {}
    for preload in ("", "validator.authoring.publishing"):
        sandbox = Sandbox(preload=preload)
        sandbox.start()
        names[preload] = sandbox.run(loaded_modules, seconds=5)
        sandbox.close()
    assert "validator.authoring.publishing" in names["validator.authoring.publishing"]
    assert not any(name.startswith("validator.authoring") for name in names[""])


def loaded_modules() -> list[str]:
    return list(sys.modules)


def test_a_killed_process_is_started_again() -> None:
    sandbox = Sandbox()
    process = sandbox.run(os.getpid, seconds=5)
    os.kill(process, signal.SIGKILL)
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    assert sandbox.run(abs, -1, seconds=5) == 1
    sandbox.close()


def test_one_task_runs_at_a_time(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "_QUEUE_TIMEOUT", 0.1)
    os.mkfifo(tmp_path / "begun")
    os.mkfifo(tmp_path / "go-on")
    thread = threading.Thread(target=sandbox.run, args=(pass_by, tmp_path), kwargs={"seconds": 60})
    thread.start()
    (tmp_path / "begun").read_text()
    with pytest.raises(BusyError):
        sandbox.run(abs, -1, seconds=5)
    (tmp_path / "go-on").write_text("")
    thread.join()
    assert sandbox.run(abs, -1, seconds=5) == 1


def pass_by(folder: Path) -> None:
    """Report the start, and wait for permission to continue."""
    (folder / "begun").write_text("")
    (folder / "go-on").read_text()


def test_the_subprocess_ends_with_its_parent() -> None:
    ask = "print(sandbox.run(os.getpid, seconds=5), flush=True)"
    code = f"import os; from validator.sandbox.sandbox import Sandbox; sandbox = Sandbox(); {ask}; os._exit(1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    wait_for(lambda: not os.path.exists(f"/proc/{pid}"))
