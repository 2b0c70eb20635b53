"""The walker."""

from pathlib import Path

import pytest

from tests.walks.stenosis import Walker


@pytest.fixture
def walker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Walker:
    """A walker in an empty directory, with no setting made."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KODEVAGT_DATABASE")
    return Walker(tmp_path)
