"""A secret of the service is made once, is the same for every process, and cannot be had where nothing can be kept."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from validator.store.database import Database, StoreError
from validator.store.secrets import service_secret


def test_a_secret_is_made_once_and_stays(path: Path, database: Database) -> None:
    secret = service_secret(database, "forms")
    assert len(secret) == 32
    assert service_secret(Database(path), "forms") == secret
    assert service_secret(database, "others") != secret


def test_two_stores_have_different_secrets(path: Path, tmp_path: Path) -> None:
    assert service_secret(Database(path), "forms") != service_secret(Database(tmp_path / "other.db"), "forms")


def test_workers_that_ask_at_once_get_the_same(path: Path, database: Database) -> None:
    service_secret(database, "others")
    together = threading.Barrier(6)

    def ask(_: int) -> bytes:
        together.wait()
        return service_secret(Database(path), "forms")

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(ask, range(6)))) == 1


def test_what_cannot_be_kept_is_not_made_up(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        service_secret(Database(tmp_path / "kodevagt.db", create=False), "forms")
