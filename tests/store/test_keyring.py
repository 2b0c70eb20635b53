"""A running process knows the keys as they are at each request, and goes on with those it knows when the store fails."""

import datetime
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from validator.store import change_watch as watch_module
from validator.store import database as database_module
from validator.store import keyring as module
from validator.store.database import Database, StoreError
from validator.store.keyring import Keyring
from validator.store.keys import Role, add_key, list_keys, revoke_key


@pytest.fixture
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is asked again at once, and looked at every time."""
    monkeypatch.setattr(database_module, "_LOOK", 0)
    monkeypatch.setattr(module, "_REST", 0)
    monkeypatch.setattr(watch_module, "_REST", 0)


def opens(keyring: Keyring, secret: str) -> bool:
    keys = keyring.current()
    assert keys is not None
    return keys.find(secret) is not None


def spoil(path: Path) -> None:
    """Puts another file in the store's place, as a disk that fails might."""
    path.replace(path.with_name("aside.db"))
    path.write_bytes(b"noise" * 1000)


def test_a_key_opens_from_the_request_after_it_was_added_to_the_one_after_it_was_revoked(database: Database) -> None:
    keyring = Keyring(database)
    assert keyring.current() is not None
    key, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    assert opens(keyring, secret)
    revoke_key(database, key.id, actor="test")
    assert not opens(keyring, secret)


def test_keys_are_asked_for_once_one_was_added_also_when_it_is_revoked(database: Database) -> None:
    keyring = Keyring(database)
    asked = []
    for step in (
        lambda: add_key(database, role=Role.READER, name="Måling", actor="test"),
        lambda: revoke_key(database, 1, actor="test"),
    ):
        keys = keyring.current()
        assert keys is not None
        asked.append(keys.configured)
        step()
    keys = keyring.current()
    assert keys is not None
    assert [*asked, keys.configured] == [False, True, True]


def test_keys_can_be_required_before_there_are_any(database: Database) -> None:
    keys = Keyring(database, required=True).current()
    assert keys is not None
    assert keys.configured


def test_the_keys_are_read_again_only_when_the_store_was_written(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = Keyring(database)
    keyring.current()
    read = []
    monkeypatch.setattr(module, "list_keys", lambda store: read.append(1) or list_keys(store))
    for _ in range(100):
        keyring.current()
    assert read == []
    add_key(database, role=Role.READER, name="Måling", actor="test")
    for _ in range(100):
        keyring.current()
    assert read == [1]


@pytest.mark.parametrize(
    "shown", ["", "kv_", "kv_" + "0" * 64, "x" * 67, "kv_" + "å" * 64, "kv_" + "\ud800" * 64, "kv_" + "0" * 10**6, "' OR 1=1 --"]
)
def test_nothing_else_opens(database: Database, shown: str) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    assert not opens(Keyring(database), shown)


def test_a_key_opens_as_a_whole_only(database: Database) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    keyring = Keyring(database)
    for shown in (secret[:-1], secret + "0", secret.upper(), secret[3:], f" {secret}", list_keys(database)[0].digest):
        assert not opens(keyring, shown)
    assert opens(keyring, secret)


def test_every_thread_takes_every_change(database: Database) -> None:
    keyring = Keyring(database)
    secrets = [add_key(database, role=Role.PRACTICE, name=f"Klinik {number}", actor="test")[1] for number in range(3)]
    stop = threading.Event()
    wrong: list[str] = []
    revoked: list[bool] = []

    def ask() -> None:
        while not stop.is_set():
            gone = bool(revoked)
            if not opens(keyring, secrets[0]):
                wrong.append("a key that stands was refused")
            if gone and opens(keyring, secrets[1]):
                wrong.append("a revoked key was let in")

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    revoke_key(database, 2, actor="test")
    revoked.append(True)
    for number in range(5):
        add_key(database, role=Role.READER, name=f"Måling {number}", actor="test")
    time.sleep(0.2)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.usefixtures("restless")
def test_when_the_store_cannot_be_read_the_known_keys_go_on_and_it_is_logged_once(database: Database, path: Path) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    keyring = Keyring(database)
    assert opens(keyring, secret)
    spoil(path)
    with capture_logs() as logged:
        assert all(opens(keyring, secret) for _ in range(5))
        assert not opens(keyring, "kv_" + "0" * 64)
    (line,) = logged
    assert (line["event"], line["log_level"], line["go_on"]) == ("store-not-read", "error", True)
    assert "ikke en SQLite-database" in line["reason"]
    assert secret not in str(line)


@pytest.mark.usefixtures("restless")
def test_a_store_that_is_put_back_is_taken_up_again(database: Database, path: Path) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    database.close()
    keyring = Keyring(database)
    assert opens(keyring, secret)
    shutil.copy(path, path.with_name("backup.db"))
    spoil(path)
    assert opens(keyring, secret)
    for rest in path.parent.glob("kodevagt.db-*"):
        rest.unlink()
    path.with_name("backup.db").replace(path)
    revoke_key(Database(path), 1, actor="test")
    assert not opens(keyring, secret)
    spoil(path)
    with capture_logs() as logged:
        keyring.current()
    assert [line["event"] for line in logged] == ["store-not-read"]  # and told again


def test_a_store_that_fails_is_left_alone_for_a_while(database: Database, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "_LOOK", 0)
    keyring = Keyring(database)
    keyring.current()
    spoil(path)
    keyring.current()
    asked = []
    monkeypatch.setattr(keyring.database, "connection", lambda: asked.append(1))
    keyring.current()
    assert asked == []


def test_a_store_that_could_never_be_read_has_no_keys_to_go_on_with(path: Path) -> None:
    path.write_bytes(b"noise" * 1000)
    with capture_logs() as logged:
        keyring = Keyring(Database(path))
        assert keyring.current() is None
    assert [line["go_on"] for line in logged] == [False]


@pytest.mark.usefixtures("restless")
def test_a_store_that_is_lost_is_not_taken_for_one_without_keys(database: Database, path: Path) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    keyring = Keyring(database)
    assert opens(keyring, secret)
    for file in path.parent.iterdir():
        file.unlink()
    known = []
    thread = threading.Thread(target=lambda: known.append(keyring.current()))  # with no connection yet
    with capture_logs():
        thread.start()
        thread.join()
    assert known[0] is not None
    assert known[0].configured
    assert opens(keyring, secret)
    assert not path.exists()


def test_the_day_of_use_is_kept_once_a_day(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    keyring = Keyring(database)
    (key,) = list_keys(database)
    written = []
    real = module.note_use
    monkeypatch.setattr(module, "note_use", lambda *given: written.append(given) or real(*given))
    for day in (1, 1, 2, 2, 1):
        monkeypatch.setattr(module.time, "time", lambda day=day: day * 86_400.0 + 5)
        keyring.used(key)
    assert len(written) == 2
    assert list_keys(database)[0].last_used == datetime.date(1970, 1, 3)
    (key,) = list_keys(database)
    Keyring(database).used(key)  # another worker, on the same day
    assert len(written) == 2


def test_a_day_of_use_that_cannot_be_kept_fails_nothing_and_costs_little(database: Database, path: Path) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    keyring = Keyring(database)
    (key,) = list_keys(database)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, capture_logs() as logged:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        for _ in range(100):
            keyring.used(key)
        assert time.monotonic() - started < 1
    assert [line["event"] for line in logged] == ["key-use-not-kept"]
    assert list_keys(database)[0].last_used is None


@pytest.mark.usefixtures("restless")
def test_whether_the_store_can_be_written_is_asked_anew(database: Database, path: Path) -> None:
    keyring = Keyring(database)
    assert keyring.ready()
    with closing(sqlite3.connect(path, isolation_level=None)) as other, capture_logs() as logged:
        other.execute("BEGIN IMMEDIATE")
        assert [keyring.ready(), keyring.ready()] == [False, False]
    assert [line["event"] for line in logged] == ["store-not-writable"]
    assert keyring.ready()


@pytest.mark.usefixtures("restless")
def test_a_store_without_keys_does_not_open_what_has_asked_for_keys(database: Database, path: Path) -> None:
    keyring = Keyring(database)
    assert keyring.current() is not None
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    assert opens(keyring, secret)
    for file in path.parent.iterdir():
        file.unlink()
    list_keys(Database(path))
    keys = keyring.current()
    assert keys is not None
    assert keys.configured
    assert keys.find(secret) is None


@pytest.mark.usefixtures("restless")
@pytest.mark.parametrize("content", [b"", b"noise" * 1000])
def test_while_the_keys_cannot_be_read_the_service_is_not_ready(database: Database, path: Path, content: bytes) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    keyring = Keyring(database)
    assert keyring.ready()
    path.rename(path.with_name("aside.db"))
    path.write_bytes(content)
    with capture_logs():
        assert opens(keyring, secret)
        assert [keyring.ready() for _ in range(4)] == [False] * 4
    path.with_name("aside.db").replace(path)
    assert opens(keyring, secret)
    assert keyring.ready()


def test_a_table_that_is_lost_is_not_taken_for_one_without_keys(database: Database, path: Path) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    keyring = Keyring(database)
    assert opens(keyring, secret)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, capture_logs():
        other.execute("DROP TABLE keys")
        assert opens(keyring, secret)
    with pytest.raises(StoreError):
        list_keys(database)
