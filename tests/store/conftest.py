"""Fixtures for the tests of the store."""

from pathlib import Path

import pytest

from validator.store.database import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kodevagt.db"


@pytest.fixture
def database(path: Path) -> Database:
    return Database(path)
