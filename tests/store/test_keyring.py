"""Only a whole key gives access; its use is recorded at most once a day and fails no request."""

import datetime
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from validator.store import keyring as module
from validator.store.database import Database
from validator.store.keyring import Keyring, KeyUse
from validator.store.keys import Role, add_key, list_keys
from validator.store.snapshot import SnapshotCache


@pytest.mark.parametrize(
    "shown", ["", "kv_", "kv_" + "0" * 64, "x" * 67, "kv_" + "å" * 64, "kv_" + "\ud800" * 64, "kv_" + "0" * 10**6, "' OR 1=1 --"]
)
def test_other_secrets_give_no_access(database: Database, shown: str) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    assert Keyring(list_keys(database)).find(shown) is None


def test_part_of_a_key_gives_no_access(database: Database) -> None:
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    keyring = Keyring(list_keys(database))
    for shown in (secret[:-1], secret + "0", secret.upper(), secret[3:], f" {secret}", list_keys(database)[0].digest):
        assert keyring.find(shown) is None
    assert keyring.find(secret) is not None


def test_the_day_of_use_is_recorded_once_a_day(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    use = KeyUse(database)
    (key,) = list_keys(database)
    written = []
    real = module.record_use
    monkeypatch.setattr(module, "record_use", lambda *arguments: written.append(arguments) or real(*arguments))
    for day in (1, 1, 2, 2, 1):
        monkeypatch.setattr(module.time, "time", lambda day=day: day * 86_400.0 + 5)
        use.record(key)
    assert len(written) == 2
    assert list_keys(database)[0].last_used == datetime.date(1970, 1, 3)
    (key,) = list_keys(database)
    KeyUse(database).record(key)  # another worker, on the same day
    assert len(written) == 2


def test_a_day_of_use_that_cannot_be_recorded_raises_nothing(database: Database, path: Path) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    store = SnapshotCache(database).database
    use = KeyUse(store)
    (key,) = list_keys(database)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, capture_logs() as logged:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(100):
            use.record(key)
    assert store.connection().execute("PRAGMA busy_timeout").fetchone() == (50,)  # milliseconds, for reading, as before
    assert [line["event"] for line in logged] == ["key-use-not-kept"]
    assert list_keys(database)[0].last_used is None


def test_no_request_waits_for_the_day_of_use_to_be_recorded(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        add_key(database, role=Role.PRACTICE, name=f"Klinik {number}", actor="test")
    keys, use = list_keys(database), KeyUse(Database(path, wait=60))
    with closing(sqlite3.connect(path, isolation_level=None)) as other, capture_logs() as logged:
        other.execute("BEGIN EXCLUSIVE")
        started = time.monotonic()
        for key in keys:
            use.record(key)
        assert time.monotonic() - started < 60  # else the first key has waited
    assert len(logged) == 1
    use.record(keys[0])
    assert list_keys(database)[0].last_used is None  # not tried again at once
    monkeypatch.setattr(module, "_RETRY_AFTER", 0)
    monkeypatch.setattr(use, "_retry_at", 0.0)
    for key in keys:
        use.record(key)
    assert all(key.last_used for key in list_keys(database))
