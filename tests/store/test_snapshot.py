"""Each request uses the latest snapshot of the store; while the store fails, the last one stays in use."""

import datetime
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.waiting import wait_for
from validator.store import database as database_module
from validator.store import snapshot as module
from validator.store.database import Database, StoreError
from validator.store.keyring import Keyring
from validator.store.keys import Role, add_key, list_keys, record_use, revoke_key
from validator.store.learners import find_or_create_learner
from validator.store.snapshot import SnapshotCache


@pytest.fixture
def no_intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed store is read again at once, and the file is checked at every use."""
    monkeypatch.setattr(database_module, "_FILE_CHECK_INTERVAL", 0)
    monkeypatch.setattr(module, "_RETRY_AFTER", 0)


def keys_of(snapshots: SnapshotCache) -> Keyring:
    snapshot = snapshots.current()
    assert snapshot is not None
    return snapshot.keys


def opens(snapshots: SnapshotCache, secret: str) -> bool:
    return keys_of(snapshots).find(secret) is not None


def spoil(path: Path) -> None:
    """Replace the store's file with noise, as a failing disk might."""
    path.replace(path.with_name("aside.db"))
    path.write_bytes(b"noise" * 1000)


def test_a_key_gives_access_from_its_creation_to_its_revocation(database: Database) -> None:
    snapshots = SnapshotCache(database)
    assert snapshots.current() is not None
    key, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    assert opens(snapshots, secret)
    revoke_key(database, key.id, actor="test")
    assert not opens(snapshots, secret)


def test_keys_are_required_once_there_is_one_even_if_revoked(database: Database) -> None:
    snapshots = SnapshotCache(database)
    asked = []
    for step in (
        lambda: add_key(database, role=Role.READER, name="Måling", actor="test"),
        lambda: revoke_key(database, 1, actor="test"),
    ):
        keys = keys_of(snapshots)
        asked.append(keys.required)
        step()
    keys = keys_of(snapshots)
    assert [*asked, keys.required] == [False, True, True]


def test_keys_can_be_required_before_there_are_any(database: Database) -> None:
    keys = keys_of(SnapshotCache(database, keys_required=True))
    assert keys.required


def test_the_keys_are_read_again_only_after_a_write(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshots = SnapshotCache(database)
    snapshots.current()
    read = []
    monkeypatch.setattr(module, "list_keys", lambda store: read.append(1) or list_keys(store))
    for _ in range(100):
        snapshots.current()
    assert read == []
    add_key(database, role=Role.READER, name="Måling", actor="test")
    for _ in range(100):
        snapshots.current()
    assert read == [1]


def test_every_thread_sees_every_change(database: Database) -> None:
    snapshots = SnapshotCache(database)
    secrets = [add_key(database, role=Role.PRACTICE, name=f"Klinik {number}", actor="test")[1] for number in range(3)]
    stop = threading.Event()
    wrong: list[str] = []
    revoked: list[bool] = []
    asked = [0] * 8

    def ask(number: int) -> None:
        while not stop.is_set():
            gone = bool(revoked)
            if not opens(snapshots, secrets[0]):
                wrong.append("a valid key was refused")
            if gone and opens(snapshots, secrets[1]):
                wrong.append("a revoked key was let in")
            asked[number] += 1

    def every_thread_asks() -> None:
        before = list(asked)
        wait_for(lambda: all(now > then + 10 for now, then in zip(asked, before, strict=True)))

    threads = [threading.Thread(target=ask, args=[number]) for number in range(len(asked))]
    for thread in threads:
        thread.start()
    every_thread_asks()
    revoke_key(database, 2, actor="test")
    revoked.append(True)
    for number in range(5):
        add_key(database, role=Role.READER, name=f"Måling {number}", actor="test")
    every_thread_asks()
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.usefixtures("no_intervals")
def test_the_known_keys_stay_valid_while_the_store_fails_and_it_is_logged_once(database: Database, path: Path) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    snapshots = SnapshotCache(database)
    assert opens(snapshots, secret)
    spoil(path)
    with capture_logs() as logged:
        assert all(opens(snapshots, secret) for _ in range(5))
        assert not opens(snapshots, "kv_" + "0" * 64)
    (line,) = logged
    assert (line["event"], line["log_level"], line["go_on"]) == ("store-not-read", "error", True)
    assert "ikke en SQLite-database" in line["reason"]
    assert secret not in str(line)


@pytest.mark.usefixtures("no_intervals")
def test_a_restored_store_is_read_again(database: Database, path: Path) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    database.close()
    snapshots = SnapshotCache(database)
    assert opens(snapshots, secret)
    shutil.copy(path, path.with_name("backup.db"))
    spoil(path)
    assert opens(snapshots, secret)
    for rest in path.parent.glob("kodevagt.db-*"):
        rest.unlink()
    path.with_name("backup.db").replace(path)
    revoke_key(Database(path), 1, actor="test")
    assert not opens(snapshots, secret)
    spoil(path)
    with capture_logs() as logged:
        snapshots.current()
    assert [line["event"] for line in logged] == ["store-not-read"]  # logged again


def test_a_store_that_failed_is_not_read_at_once_again(database: Database, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "_FILE_CHECK_INTERVAL", 0)
    snapshots = SnapshotCache(database)
    snapshots.current()
    spoil(path)
    snapshots.current()
    asked = []
    monkeypatch.setattr(snapshots.database, "connection", lambda: asked.append(1))
    snapshots.current()
    assert asked == []


def test_a_store_that_was_never_readable_has_no_snapshot(path: Path) -> None:
    path.write_bytes(b"noise" * 1000)
    with capture_logs() as logged:
        snapshots = SnapshotCache(Database(path))
        assert snapshots.current() is None
    assert [line["go_on"] for line in logged] == [False]


@pytest.mark.usefixtures("no_intervals")
def test_a_lost_store_does_not_count_as_one_without_keys(database: Database, path: Path) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    snapshots = SnapshotCache(database)
    assert opens(snapshots, secret)
    for file in path.parent.iterdir():
        file.unlink()
    known = []
    thread = threading.Thread(target=lambda: known.append(snapshots.current()))  # with no connection yet
    with capture_logs():
        thread.start()
        thread.join()
    assert known[0] is not None
    assert known[0].keys.required
    assert opens(snapshots, secret)
    assert not path.exists()


@pytest.mark.usefixtures("no_intervals")
def test_whether_the_store_is_writable_is_tested_again(database: Database, path: Path) -> None:
    snapshots = SnapshotCache(database)
    assert snapshots.ready()
    with closing(sqlite3.connect(path, isolation_level=None)) as other, capture_logs() as logged:
        other.execute("BEGIN IMMEDIATE")
        assert [snapshots.ready(), snapshots.ready()] == [False, False]
    assert [line["event"] for line in logged] == ["store-not-writable"]
    assert snapshots.ready()


@pytest.mark.usefixtures("no_intervals")
def test_keys_stay_required_after_the_store_is_replaced(database: Database, path: Path) -> None:
    snapshots = SnapshotCache(database)
    assert snapshots.current() is not None
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    assert opens(snapshots, secret)
    for file in path.parent.iterdir():
        file.unlink()
    list_keys(Database(path))
    keys = keys_of(snapshots)
    assert keys.required
    assert keys.find(secret) is None


@pytest.mark.usefixtures("no_intervals")
@pytest.mark.parametrize("content", [b"", b"noise" * 1000])
def test_the_service_is_not_ready_while_the_keys_are_unreadable(database: Database, path: Path, content: bytes) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    snapshots = SnapshotCache(database)
    assert snapshots.ready()
    path.rename(path.with_name("aside.db"))
    path.write_bytes(content)
    with capture_logs():
        assert opens(snapshots, secret)
        assert [snapshots.ready() for _ in range(4)] == [False] * 4
    path.with_name("aside.db").replace(path)
    assert opens(snapshots, secret)
    assert snapshots.ready()


def test_a_lost_table_does_not_count_as_one_without_keys(database: Database, path: Path) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    snapshots = SnapshotCache(database)
    assert opens(snapshots, secret)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, capture_logs():
        other.execute("DROP TABLE keys")
        assert opens(snapshots, secret)
    with pytest.raises(StoreError):
        list_keys(database)


def test_an_attempt_makes_no_other_thread_read_keys_and_releases(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    add_key(database, role=Role.READER, name="Måling", actor="test")
    snapshots = SnapshotCache(database)
    snapshots.current()
    read: list[str] = []
    monkeypatch.setattr(module, "list_keys", lambda _: read.append("keys"))
    monkeypatch.setattr(module, "read_release_state", lambda _: read.append("releases"))
    for _ in range(10):
        with database.transaction() as tables:
            find_or_create_learner(tables, None)
        record_use(database, 1, datetime.date(2026, 1, 1))
        database.require_writable()
        snapshots.current()
        thread = threading.Thread(target=snapshots.current)  # with a connection of its own
        thread.start()
        thread.join()
    assert read == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE keys SET revoked = '2026-01-01T00:00:00Z'",
        "UPDATE keys SET role = 'editor'",
        "UPDATE keys SET digest = replace(digest, substr(digest, 1, 1), 'x')",
        "INSERT INTO keys (name, role, digest, created) VALUES ('b', 'reader', printf('%064d', 1), '2026-01-01T00:00:00Z')",
        "UPDATE release_generation SET number = number + 1",
        "INSERT INTO current_releases VALUES ('dk', 'ny')",
        "UPDATE current_releases SET name = 'ny'",
        "DELETE FROM current_releases",
        "INSERT INTO editions_in_use (name) VALUES ('ny')",
        "UPDATE editions_in_use SET name = 'ny'",
        "DELETE FROM editions_in_use",
    ],
)
def test_a_change_by_another_program_is_seen(database: Database, path: Path, change: str) -> None:
    add_key(database, role=Role.READER, name="Måling", actor="test")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:  # without foreign keys
        other.execute("INSERT INTO current_releases VALUES ('no', 'gammel')")
        other.execute("INSERT INTO editions_in_use (name) VALUES ('gammel')")
        snapshots = SnapshotCache(database)
        before = snapshots.current()
        other.execute(change)
        after = snapshots.current()
    assert before is not None
    assert after is not None
    assert (before.releases, vars(before.keys)) != (after.releases, vars(after.keys))


@pytest.mark.usefixtures("no_intervals")
def test_a_backup_with_as_many_changes_is_told_from_the_store(database: Database, path: Path) -> None:
    """Both have the same number of changes after the backup, so that a counter would not tell them apart."""
    list_keys(database)
    database.close()
    shutil.copy(path, path.with_name("backup.db"))
    _, lost = add_key(database, role=Role.PRACTICE, name="Efter kopien", actor="test")
    snapshots = SnapshotCache(database)
    assert opens(snapshots, lost)
    _, restored = add_key(Database(path.with_name("backup.db")), role=Role.PRACTICE, name="I kopien", actor="test")
    for file in path.parent.glob("kodevagt.db*"):
        file.unlink()
    path.with_name("backup.db").replace(path)
    assert opens(snapshots, restored)
    assert not opens(snapshots, lost)
