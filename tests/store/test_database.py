"""Connections belong to a thread and a process; writes are atomic; a deleted or replaced file is noticed."""

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from validator.store import database as module
from validator.store.database import Database, StoreError
from validator.store.keys import Role, add_key, list_keys

ACROSS_A_FORK = """
import os, pathlib, sys
from validator.store.database import Database
from validator.store.keys import Role, add_key, list_keys
database = Database(pathlib.Path(sys.argv[1]))
add_key(database, role=Role.READER, name="før", actor="test")
parents = database.connection()
child = os.fork()
if child == 0:
    assert database.connection() is not parents
    add_key(database, role=Role.READER, name="barn", actor="test")
    database.close()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
assert database.connection() is parents
add_key(database, role=Role.READER, name="efter", actor="test")
assert [key.name for key in list_keys(database)] == ["før", "barn", "efter"]
print("whole")
"""

ADD_A_KEY = """
import pathlib, sys
from validator.store.database import Database
from validator.store.keys import Role, add_key
add_key(Database(pathlib.Path(sys.argv[1])), role=Role.READER, name="Fra en anden proces", actor="test")
"""


def run(code: str, path: Path) -> str:
    """Return what a program prints that uses a store."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code, path], env=environment, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.stdout


ANOTHER_PROGRAM = """
import pathlib, sys
from validator.store.database import Database
from validator.store.keys import Role, add_key
add_key(Database(pathlib.Path(sys.argv[1])), role=Role.READER, name="udefra", actor="test")
"""


def rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute("SELECT count(*) FROM keys").fetchone()[0]
        return found


def without(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def test_nothing_is_opened_before_it_is_used(path: Path) -> None:
    Database(path)
    assert not path.exists()


def test_a_relative_path_is_resolved_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    database = Database(Path(":memory:"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    list_keys(database)
    assert (tmp_path / ":memory:").is_file()


def test_an_interrupted_transaction_is_rolled_back(database: Database, path: Path) -> None:
    add_key(database, role=Role.READER, name="Måling", actor="test")

    def broken_off() -> None:
        with database.transaction() as tables:
            tables.execute("UPDATE keys SET name = 'Noget andet'")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert [key.name for key in list_keys(database)] == ["Måling"]
    add_key(database, role=Role.READER, name="En til", actor="test")
    assert rows(path) == 2


def test_a_thread_has_its_own_connection_and_closes_it(database: Database) -> None:
    mine = database.connection()
    others: list[sqlite3.Connection] = []
    thread = threading.Thread(target=lambda: others.append(database.connection()))
    thread.start()
    thread.join()
    assert database.connection() is mine
    assert others[0] is not mine
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        others[0].execute("SELECT 1")


def test_a_database_in_a_reference_cycle_closes_its_connection(path: Path) -> None:
    """The garbage collector finalizes in any order, and Python 3.13 warns of connections that are not closed."""
    database = Database(path)
    connection = database.connection()
    circle: list[object] = [database]
    circle.append(circle)
    del database, circle
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


def test_a_connection_is_not_used_across_a_fork(path: Path) -> None:
    assert run(ACROSS_A_FORK, path) == "whole\n"


def test_changes_of_another_process_are_seen_with_several_connections_open(path: Path) -> None:
    """A process loses all its locks on a file when any of its descriptors of the file is closed."""
    database = Database(path)
    connection = database.connection()
    thread = threading.Thread(target=database.connection)
    thread.start()
    thread.join()
    for count in (1, 2):
        run(ADD_A_KEY, path)
        assert len(list_keys(database)) == count
    assert database.connection() is connection
    assert path.with_name("kodevagt.db-wal").exists()  # the other process was not the last to use the store


def test_a_replaced_file_is_read(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FILE_CHECK_INTERVAL", 0)
    database = Database(path)
    add_key(database, role=Role.READER, name="Den gamle", actor="test")
    backup = Database(tmp_path / "backup.db")
    add_key(backup, role=Role.READER, name="Den nye", actor="test")
    backup.close()
    without(path)
    shutil.move(tmp_path / "backup.db", path)
    assert [key.name for key in list_keys(database)] == ["Den nye"]


def test_a_deleted_file_stays_readable_but_not_writable(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FILE_CHECK_INTERVAL", 0)
    database = Database(path)
    add_key(database, role=Role.READER, name="Måling", actor="test")
    database.require_writable()
    without(path)
    assert [key.name for key in list_keys(database)] == ["Måling"]
    with pytest.raises(StoreError):
        database.require_writable()
    assert not path.exists()


def test_a_missing_store_is_not_created_without_create(path: Path) -> None:
    with pytest.raises(StoreError, match=r"findes ikke\.$"):
        list_keys(Database(path, create=False))
    assert not path.exists()
    path.touch()
    with pytest.raises(StoreError, match=r"er tom\.$"):
        list_keys(Database(path, create=False))
    assert path.stat().st_size == 0


def test_the_end_of_another_program_leaves_every_connection_usable(path: Path) -> None:
    ready, proceed, in_turn = threading.Barrier(4), threading.Barrier(4), threading.Lock()
    seen = []

    def ask() -> None:
        database = Database(path)
        with in_turn:  # each opens the store while the one before has it open
            list_keys(database)
        for _ in range(3):
            ready.wait()
            proceed.wait()
            seen.append(len(list_keys(database)))

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        ready.wait()
        program = [sys.executable, "-c", ANOTHER_PROGRAM, path]
        subprocess.run(program, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
        assert path.with_name("kodevagt.db-wal").exists()
        proceed.wait()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_an_empty_file_in_place_of_an_open_store_loses_nothing(path: Path) -> None:
    database = Database(path)
    add_key(database, role=Role.READER, name="Måling", actor="test")  # written to the write-ahead log only
    path.rename(path.with_name("aside.db"))
    path.touch()
    with pytest.raises(StoreError, match=r"er tom\.$"):
        list_keys(Database(path, create=False))
    path.with_name("aside.db").replace(path)
    assert [key.name for key in list_keys(Database(path, create=False))] == ["Måling"]
    database.require_writable()
