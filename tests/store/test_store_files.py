"""A write is reported as done only where it is in the file that the path names."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from validator.store.database import Database, StoreError
from validator.store.keys import Role, add_key, list_keys


@pytest.fixture
def opened(database: Database, path: Path) -> Database:
    """The store with a key, open and not to be created again."""
    add_key(database, role=Role.READER, name="Måling", actor="test")
    opened = Database(path, create=False)
    opened.require_writable()
    return opened


def remove(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def move(path: Path) -> None:
    path.rename(path.with_name("aside.db"))


def remove_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("aside"))


def replace_by_nothing(path: Path) -> None:
    remove(path)
    path.touch()


def replace_by_noise(path: Path) -> None:
    remove(path)
    path.write_bytes(b"noise" * 1000)


def replace_by_folder(path: Path) -> None:
    remove(path)
    path.mkdir()


def empty(path: Path) -> None:
    os.truncate(path, 0)


def remove_log(path: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


def remove_index(path: Path) -> None:
    path.with_name(f"{path.name}-shm").unlink()


ATTACKS = [
    remove,
    move,
    remove_folder,
    replace_by_nothing,
    replace_by_noise,
    replace_by_folder,
    empty,
    remove_log,
    remove_index,
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_write_to_a_lost_store_fails(opened: Database, path: Path, attack: Callable[[Path], None]) -> None:
    attack(path)
    for _ in range(2):
        with pytest.raises(StoreError):
            add_key(opened, role=Role.READER, name="En til", actor="test")
        with pytest.raises(StoreError):
            opened.require_writable()


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_write_to_a_store_that_is_lost_meanwhile_fails(opened: Database, path: Path, attack: Callable[[Path], None]) -> None:
    def write() -> None:
        with opened.transaction() as tables:
            tables.execute("UPDATE keys SET name = 'Noget andet'")
            attack(path)

    with pytest.raises(StoreError):
        write()


def test_a_write_reaches_the_store_that_has_taken_the_place(opened: Database, path: Path, tmp_path: Path) -> None:
    other = Database(tmp_path / "backup.db")
    list_keys(other)
    other.close()
    remove(path)
    shutil.move(tmp_path / "backup.db", path)
    key, _ = add_key(opened, role=Role.READER, name="Den nye", actor="test")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM keys").fetchall() == [("Den nye",)]
    assert list_keys(opened) == [key]


def test_a_store_behind_a_link_is_written(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    link = tmp_path / "kodevagt.db"
    link.symlink_to(tmp_path / "data" / "real.db")
    list_keys(Database(tmp_path / "data" / "real.db"))
    database = Database(link, create=False)
    database.require_writable()
    add_key(database, role=Role.READER, name="Måling", actor="test")
    assert len(list_keys(Database(tmp_path / "data" / "real.db"))) == 1


def test_what_was_written_before_the_log_was_removed_is_saved_at_the_end(database: Database, path: Path) -> None:
    add_key(database, role=Role.READER, name="Måling", actor="test")
    remove_log(path)
    with pytest.raises(StoreError, match=r"mangler sin log .* startet igen\.$"):
        add_key(database, role=Role.READER, name="En til", actor="test")
    database.close()
    assert [key.name for key in list_keys(Database(path))] == ["Måling"]
