"""A secret of the service is created once, and only where it can be stored."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from validator.store.database import Database, StoreError
from validator.store.secrets import service_secret


def test_a_secret_is_created_once(path: Path, database: Database) -> None:
    secret = service_secret(database, "forms")
    assert len(secret) == 32
    assert service_secret(Database(path), "forms") == secret
    assert service_secret(database, "others") != secret


def test_two_stores_have_different_secrets(path: Path, tmp_path: Path) -> None:
    assert service_secret(Database(path), "forms") != service_secret(Database(tmp_path / "other.db"), "forms")


def test_concurrent_workers_get_the_same_secret(path: Path, database: Database) -> None:
    service_secret(database, "others")
    together = threading.Barrier(6)

    def ask(_: int) -> bytes:
        together.wait()
        return service_secret(Database(path), "forms")

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(ask, range(6)))) == 1


def test_a_secret_that_cannot_be_stored_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        service_secret(Database(tmp_path / "kodevagt.db", create=False), "forms")
