"""What the tests of the store share."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from validator.store import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kodevagt.db"


@pytest.fixture
def database(path: Path) -> Database:
    return Database(path)


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder that everybody may write in, while this process may do no more than anybody: root is bound by no file's mode."""
    folder = Path(tempfile.mkdtemp(prefix="kodevagt-"))
    folder.chmod(0o777)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        shutil.rmtree(folder)
