"""SIGKILL at any moment of publishing and activating, under load: all or nothing is done, every answer is whole, none is lost.

The publishers are forked from this process, which has everything loaded, so that the kill falls on the store's work and not on
imports. Now and then a worker of the service is killed instead of a publisher.
"""

import contextlib
import http.client
import json
import multiprocessing
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest

from tests.cli.process import Served, end, free_port, started
from validator.catalogue import Catalogue
from validator.rulebook import Release
from validator.store import (
    Database,
    activate_release,
    audit_entries,
    compiled_release,
    list_releases,
    publish_release,
)
from validator.store.releases import checksum_of, standing

CONTACT = json.dumps({"encounter": {"date": "2027-06-01", "specialty": "51", "diagnoses": [{"code": "A29", "role": "main"}]}})
LOAD, LONGEST = 3, 0.012  # threads that ask; seconds that a publisher has at most
WORKER_EVERY = 10  # kills


@dataclass
class Expected:
    """What a release is to answer."""

    release: Release
    digest: str
    kinds: list[str]


def expected(release: Release, edition: str, number: int) -> Expected:
    """The release of a number; every other one has no rules."""
    made = replace(release, name=f"r{number}", rules=release.rules if number % 2 else ())
    return Expected(made, made.digest(edition), ["residual-code"] if number % 2 else [])


def test_a_kill_leaves_all_or_nothing(tmp_path: Path, release: Release, catalogue: Catalogue) -> None:
    run(50, tmp_path, release, catalogue)


@pytest.mark.soak
def test_a_thousand_kills_do(tmp_path: Path, release: Release, catalogue: Catalogue) -> None:
    print(run(1000, tmp_path, release, catalogue))


test_a_kill_leaves_all_or_nothing = pytest.mark.slow(test_a_kill_leaves_all_or_nothing)


def run(kills: int, folder: Path, release: Release, catalogue: Catalogue) -> str:
    draw = random.Random(kills)
    known = {release.name: Expected(release, release.digest(catalogue.edition), ["residual-code"])}
    with service(folder) as served, load(served.port, folder / "answers.json") as answers:
        database = Database(folder / "kodevagt.db")
        workers_killed: list[float] = []
        for number in range(kills):
            one = expected(release, catalogue.edition, number)
            known[one.release.name] = one
            if number % WORKER_EVERY == WORKER_EVERY - 1:
                kill_a_worker(served, draw)
                workers_killed.append(time.monotonic())
            kill_a_publisher(database, one.release, catalogue.edition, draw)
            current = require_whole(database, known)
            require_answer(ask(served.port), known, current)
        require_all_whole(database, known)
        published = len(list_releases(database)) - 2  # those that ship
    asked = answers()
    for begun, ended, told in asked:
        if told is None:
            assert any(begun - 0.1 <= moment <= ended for moment in workers_killed), "a request failed that no kill had hit"
        else:
            require_answer(told, known)
    assert len(asked) > kills
    assert 0 < published < kills, "the kills must fall on both sides of the moment when a release is kept"
    lost = sum(told is None for _, _, told in asked)
    return f"{kills} kills, {published} releases kept, {len(asked)} answers right, {lost} hit by the kill of a worker"


def kill_a_publisher(database: Database, release: Release, edition: str, draw: random.Random) -> None:
    """Forks a process that publishes, activates, and steps back and forth until it is killed."""
    seconds = draw.random() * LONGEST
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):  # whatever happens here must not run the tests on
            own = Database(database.path)
            os.write(go, b"x")
            publish_release(own, release, edition=edition, note="Prøve", actor="test")
            while True:
                activate_release(own, release.name, actor="test")
                activate_release(own, "ekm-2024-11", actor="test")
        os._exit(1)
    os.read(ready, 1)
    os.close(ready)
    os.close(go)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def kill_a_worker(served: Served, draw: random.Random) -> None:
    """Kills one of the service's workers, once both are there."""
    until = time.monotonic() + 20
    while len(found := workers(served)) < 2:
        assert time.monotonic() < until, "a worker that was killed is not started again"
        time.sleep(0.05)
    os.kill(draw.choice(found), signal.SIGKILL)


def workers(served: Served) -> list[int]:
    """The processes below the service that answer requests."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(served.process.pid)], capture_output=True, text=True, check=False
    )
    rows = [line.split(maxsplit=1) for line in listed.stdout.splitlines()]
    return [int(pid) for pid, arguments in rows if "resource_tracker" not in arguments]


def require_whole(database: Database, known: dict[str, Expected]) -> str:
    """What is kept is whole, and told just once; the name of the current release."""
    newest = list_releases(database)[-1]
    require_kept(database, newest.name, newest.digest, known)
    entries = [entry for entry in audit_entries(database) if entry.action.startswith("release.")]
    stands = standing(database)
    assert stands.generation == len(entries)
    activated = [
        entry.detail["release"] for entry in entries if entry.action == "release.activate" and entry.detail["pack"] == "dk"
    ]
    current = dict(stands.current)["dk"]
    assert current == activated[-1]
    return current


def require_kept(database: Database, name: str, digest: str, known: dict[str, Expected]) -> None:
    if name in known:
        assert digest == known[name].digest
        assert checksum_of(compiled_release(database, name))


def require_all_whole(database: Database, known: dict[str, Expected]) -> None:
    kept = list_releases(database)
    for one in kept:
        require_kept(database, one.name, one.digest, known)
    published = [entry.detail["release"] for entry in audit_entries(database) if entry.action == "release.publish"]
    assert published == [one.name for one in kept if one.author == "test"]
    assert database.connection().execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def require_answer(told: dict[str, Any], known: dict[str, Expected], name: str | None = None) -> None:
    """An answer is of one release, from its digest to its findings."""
    one = known[told["rules"]["release"]]
    assert name in (None, one.release.name)
    assert told["rules"]["digest"] == one.digest
    assert [finding["kind"] for finding in told["findings"]] == one.kinds
    assert told["rules"]["engine"].startswith("durable")


def ask(port: int) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", "/v1/validate", CONTACT, {"Content-Type": "application/json"})
        response = connection.getresponse()
        content = response.read()
        assert response.status == 200, content
        told: dict[str, Any] = json.loads(content)
        return told
    finally:
        connection.close()


@contextlib.contextmanager
def service(folder: Path) -> Iterator[Served]:
    """The service with two workers, whose log is read away."""
    served = Served(started(folder, port := free_port(), KODEVAGT_WORKERS="2"), port, folder)
    stdout = served.process.stdout
    assert stdout is not None
    threading.Thread(target=lambda: [None for _ in stdout], daemon=True).start()
    try:
        until = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError):
                if served.send("GET", "/health/ready")[0] == 200:
                    break
            assert time.monotonic() < until, "not ready in time"
            time.sleep(0.1)
        yield served
    finally:
        end(served.process)


@contextlib.contextmanager
def load(port: int, file: Path) -> Iterator[Any]:
    """Threads of another process that ask without rest; afterwards their answers can be read, None for one that failed."""
    context = multiprocessing.get_context("fork")
    stop = context.Event()
    process = context.Process(target=_ask_on, args=(port, file, stop))
    process.start()
    try:
        yield lambda: json.loads(file.read_text(encoding="utf-8"))
    finally:
        stop.set()
        process.join(60)
        assert process.exitcode == 0


def _ask_on(port: int, file: Path, stop: Event) -> None:
    asked: list[tuple[float, float, dict[str, Any] | None]] = []

    def ask_on() -> None:
        while not stop.is_set():
            begun = time.monotonic()
            told: dict[str, Any] | None = None
            with contextlib.suppress(OSError, http.client.HTTPException):
                told = ask(port)
            asked.append((begun, time.monotonic(), told))

    threads = [threading.Thread(target=ask_on) for _ in range(LOAD)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    file.write_text(json.dumps(asked), encoding="utf-8")
