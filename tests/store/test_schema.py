"""The store's file is created, migrated in one transaction, and refused with a reason where it cannot be used."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.waiting import PATIENCE
from validator.store import schema
from validator.store.database import Database, StoreError
from validator.store.keys import Role, add_key, list_keys
from validator.store.learners import create_group, find_or_create_learner, groups_of

OPEN_TOGETHER = """
import pathlib, sys, time
from validator.store.database import Database
from validator.store.keys import Role, add_key, list_keys
go, path, name = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
print("here", flush=True)
while not go.exists():
    time.sleep(0.001)
database = Database(path)
list_keys(database)
add_key(database, role=Role.PRACTICE, name=name, actor="test")
"""


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return found


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def migrate_with(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, statements))


def test_the_file_is_for_its_owner_only_and_in_wal_mode(path: Path, database: Database) -> None:
    assert list_keys(database) == []
    assert version(path) == len(schema.MIGRATIONS)
    assert path.stat().st_mode & 0o777 == 0o600
    with database.reading() as connection:
        assert connection.journal_mode == "wal"
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_an_empty_file_is_used(path: Path, database: Database) -> None:
    path.touch()
    assert list_keys(database) == []


def test_a_migration_keeps_the_rows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, _ = add_key(Database(path), role=Role.READER, name="Måling", actor="test")
    before = version(path)
    migrate_with(monkeypatch, "ALTER TABLE keys ADD COLUMN note TEXT", "CREATE TABLE later (id INTEGER PRIMARY KEY)")
    assert list_keys(Database(path)) == [key]
    assert version(path) == before + 1
    assert "later" in tables(path)


def test_a_store_without_the_mark_of_its_snapshot_gets_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as context:
        context.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:5])
        database = Database(path)
        key, _ = add_key(database, role=Role.READER, name="Måling", actor="test")
        with database.transaction() as connection:
            learner, _ = find_or_create_learner(connection, None)
            create_group(connection, learner.id)
        database.close()
        assert "snapshot_mark" not in tables(path)
    database = Database(path, create=False)
    assert list_keys(database) == [key]
    assert [group.owner for group in groups_of(database, learner.id)] == [learner.id]
    assert "snapshot_mark" in tables(path)


def test_a_migration_that_fails_is_rolled_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, _ = add_key(Database(path), role=Role.READER, name="Måling", actor="test")
    before = version(path), tables(path)
    with monkeypatch.context() as context:
        migrate_with(context, "CREATE TABLE later (id INTEGER PRIMARY KEY)", "CREATE TABLE keys (id INTEGER)")
        with pytest.raises(StoreError):
            list_keys(Database(path))
    assert (version(path), tables(path)) == before
    assert list_keys(Database(path)) == [key]


def test_a_file_from_a_newer_version_is_refused_and_unchanged(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as context:
        migrate_with(context, "CREATE TABLE later (id INTEGER PRIMARY KEY)")
        list_keys(Database(path))
    content = path.read_bytes()
    with pytest.raises(StoreError, match=r"er fra en nyere udgave af Kodevagt\.$"):
        list_keys(Database(path))
    assert path.read_bytes() == content


def a_foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE patients (id INTEGER PRIMARY KEY)")


def noise(path: Path) -> None:
    path.write_bytes(b"kodevagt" * 2000)


def a_damaged_file(path: Path) -> None:
    list_keys(Database(path))
    content = bytearray(path.read_bytes())
    content[100:2000] = b"\xff" * 1900
    path.write_bytes(content)


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (a_foreign_database, "hører til et andet program"),
        (noise, "er ikke en SQLite-database"),
        (a_damaged_file, "er beskadiget"),
        (a_folder, "er en mappe"),
    ],
)
def test_a_file_that_cannot_be_used_gives_a_sentence_as_reason(path: Path, spoil: Callable[[Path], None], reason: str) -> None:
    spoil(path)
    content = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as raised:
        list_keys(Database(path))
    assert str(raised.value) == f"Databasen {path} {reason}."
    assert content is None or path.read_bytes() == content


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"kan ikke oprettes, fordi mappen ikke findes\.$"):
        list_keys(Database(tmp_path / "nowhere" / "kodevagt.db"))


def test_a_locked_file_is_reported_after_the_wait(path: Path) -> None:
    list_keys(Database(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        wait, started = 0.2, time.monotonic()
        with pytest.raises(StoreError, match=r"er optaget af et andet program\.$"):
            add_key(Database(path, wait=wait), role=Role.READER, name="Måling", actor="test")
        assert time.monotonic() - started > 0.75 * wait
        assert list_keys(Database(path)) == []  # a writer stops no reader


def test_a_read_only_file_is_read(unprivileged: Path) -> None:
    path = unprivileged / "kodevagt.db"
    key, _ = add_key(Database(path), role=Role.READER, name="Måling", actor="test")
    path.chmod(0o400)
    database = Database(path)
    assert list_keys(database) == [key]
    with pytest.raises(StoreError, match=r"kan læses, men ikke skrives\.$"):
        add_key(database, role=Role.READER, name="En til", actor="test")
    with pytest.raises(StoreError, match=r"kan læses, men ikke skrives\.$"):
        database.require_writable()


def test_a_file_without_read_permission_is_reported(unprivileged: Path) -> None:
    path = unprivileged / "kodevagt.db"
    list_keys(Database(path))
    path.chmod(0)
    with pytest.raises(StoreError, match=r"kan ikke åbnes, fordi der ikke er adgang til den\.$"):
        list_keys(Database(path))


def test_concurrent_threads_can_open_a_new_file(tmp_path: Path) -> None:
    together = threading.Barrier(8)
    failed: list[Exception] = []

    def open_it(number: int) -> None:
        for file in range(8):
            together.wait()
            try:
                add_key(Database(tmp_path / f"{file}.db"), role=Role.READER, name=f"Nøgle {number}", actor="test")
            except StoreError as error:
                failed.append(error)

    threads = [threading.Thread(target=open_it, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    for file in range(8):
        assert {key.name for key in list_keys(Database(tmp_path / f"{file}.db"))} == {f"Nøgle {number}" for number in range(8)}


@pytest.mark.slow
def test_concurrent_processes_can_open_a_new_file(path: Path, tmp_path: Path) -> None:
    go = tmp_path / "go"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_TOGETHER, go, path, f"Proces {number}"],
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(8)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "here\n"
        go.touch()
        assert [process.communicate(timeout=PATIENCE)[1] for process in processes] == [""] * 8
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    assert {key.name for key in list_keys(Database(path))} == {f"Proces {number}" for number in range(8)}
    assert version(path) == len(schema.MIGRATIONS)
