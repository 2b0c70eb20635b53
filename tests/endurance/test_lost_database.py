"""The store is locked, deleted, moved, truncated and corrupted in use: known keys stay valid, and no other key is accepted."""

import contextlib
import itertools
import json
import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.process import Served, ready, wait_until
from tests.endurance.stream import Asked, stream
from tests.http.keyed import keyed_service
from tests.waiting import wait_for
from validator import Service
from validator.store.database import Database
from validator.store.keys import Role, add_key, revoke_key

pytestmark = pytest.mark.slow
UNKNOWN = "kv_" + "0" * 64
Damage = Callable[[Path], contextlib.AbstractContextManager[object]]


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextlib.contextmanager
def deleted(path: Path) -> Iterator[None]:
    remove(path)
    yield


@contextlib.contextmanager
def replaced_by_noise(path: Path) -> Iterator[None]:
    remove(path)
    path.mkdir()
    yield
    path.rmdir()


@contextlib.contextmanager
def emptied(path: Path) -> Iterator[None]:
    written_back(path)
    os.truncate(path, 0)
    yield


@contextlib.contextmanager
def corrupted(path: Path) -> Iterator[None]:
    written_back(path)
    with path.open("r+b") as file:
        file.seek(100)  # after the header, which still says that it is a database
        file.write(random.Random(4).randbytes(path.stat().st_size - 100))
    yield


def written_back(path: Path) -> None:
    """Move everything in the write-ahead log into the file."""
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def remove(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def put_back(backup: Path, path: Path) -> None:
    """Restore the store as the guide says, but without stopping the service."""
    remove(path)
    shutil.copy(backup, path.with_suffix(".copy"))
    path.with_suffix(".copy").replace(path)


class Callers:
    """Clients of a service; counts their statuses and checks that answers with status 200 are right."""

    def __init__(self, served: Served, asked: list[Asked]) -> None:
        self.served = served
        self.asked = itertools.cycle(asked)
        self.count = self.wrong = 0

    def answers(self, secret: str, times: int) -> set[int]:
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        found: Counter[int] = Counter()
        for question in itertools.islice(self.asked, times):
            status, _, answer = self.served.send("POST", "/v1/validate", question.body, Content_Type="application/json", **headers)
            found[status] += 1
            self.wrong += status == 200 and answer != question.answer
        self.count += times
        return set(found)


def is_ready(served: Served) -> set[bool]:
    return {served.status("/health/ready") == 200 for _ in range(10)}


@pytest.mark.parametrize(
    ("rounds", "times"), [pytest.param(1, 10, id="once"), pytest.param(30, 50, marks=pytest.mark.soak, id="30 times")]
)
def test_known_keys_stay_valid_while_the_store_is_lost(service: Service, tmp_path: Path, rounds: int, times: int) -> None:
    path, backup = tmp_path / "kodevagt.db", tmp_path / "backup.db"
    store = Database(backup)
    _, known = add_key(store, role=Role.PRACTICE, name="Journalsystem", actor="test")
    key, revoked = add_key(store, role=Role.PRACTICE, name="Et gammelt", actor="test")
    revoke_key(store, key.id, actor="test")
    store.close()
    shutil.copy(backup, path)
    with ready(tmp_path, KODEVAGT_WORKERS="2") as served:
        callers = Callers(served, stream(service, 50))
        assert callers.answers(known, times) == {200}  # by now every worker knows the keys
        for _, damage in itertools.product(range(rounds), (locked, deleted, replaced_by_noise, emptied, corrupted)):
            with damage(path):
                wait_until(lambda: is_ready(served) == {False}, served)
                assert (damage, callers.answers(known, times)) == (damage, {200})
                for stranger in (revoked, UNKNOWN, ""):
                    assert (damage, callers.answers(stranger, times)) == (damage, {401})
            if damage is not locked:
                put_back(backup, path)
            wait_until(lambda: is_ready(served) == {True}, served)
            assert callers.answers(known, times) == {200}
        printed = served.printed()
    print(f"\nlost database: {rounds} times 5 ways, {callers.count} requests, {callers.wrong} wrong, 0 failed, 0 strangers let in")
    assert callers.wrong == 0
    assert printed.count('"event": "unhandled"') == 0


def test_keys_are_read_from_a_replaced_store(service: Service, tmp_path: Path) -> None:
    path, other = tmp_path / "kodevagt.db", tmp_path / "other.db"
    _, old = add_key(Database(path), role=Role.PRACTICE, name="Det gamle", actor="test")
    _, new = add_key(Database(other), role=Role.PRACTICE, name="Det nye", actor="test")
    with ready(tmp_path, KODEVAGT_WORKERS="2") as served:
        callers = Callers(served, stream(service, 10))
        assert (callers.answers(old, 10), callers.answers(new, 10)) == ({200}, {401})
        written_back(other)
        put_back(other, path)
        wait_until(lambda: callers.answers(new, 10) == {200}, served)
        assert callers.answers(old, 10) == {401}
    assert callers.wrong == 0


def test_a_read_only_store_is_read(service: Service, unprivileged: Path) -> None:
    keyed = keyed_service(service, unprivileged)
    _, secret = keyed.add(Role.PRACTICE)
    (asked,) = stream(service, 1)
    headers = {"Authorization": f"Bearer {secret}"}
    found: list[tuple[int, str]] = []

    def ask() -> None:
        judged = keyed.client.post("/v1/validate", data=asked.body, content_type="application/json", headers=headers)
        assert judged.data == asked.answer
        state = keyed.get("/health/ready")
        found.append((state.status_code, json.loads(state.data)["status"]))

    def asked_in_a_new_thread() -> tuple[int, str]:
        with ThreadPoolExecutor(1) as threads:  # a new thread opens the store anew
            threads.submit(ask).result()
        return found[-1]

    for mode, state in ((0o600, (200, "ready")), (0o400, (503, "store-not-writable")), (0o600, (200, "ready"))):
        for file in unprivileged.iterdir():
            file.chmod(mode)
        # Whether the store can be written is checked once a second.
        wait_for(lambda state=state: asked_in_a_new_thread() == state)
