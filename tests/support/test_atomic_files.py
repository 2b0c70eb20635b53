"""A file is written whole or not at all, and why it cannot be is said in Danish."""

import errno
import os
import stat
from pathlib import Path

import pytest

from validator.support.atomic_files import reason, write_file


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full, which shows when a file is brought to it."""

    def fsync(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fsync)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_written_over(tmp_path: Path) -> None:
    for content in (b"en", b"to"):
        write_file(tmp_path / "fil", content)
        assert (tmp_path / "fil").read_bytes() == content
    assert names(tmp_path) == ["fil"]


@pytest.mark.usefixtures("full")
def test_what_stood_there_stays_on_a_full_disk(tmp_path: Path) -> None:
    (tmp_path / "fil").write_bytes(b"gammel")
    for name, new in (("fil", False), ("anden", False), ("ny", True)):
        with pytest.raises(OSError, match="space") as error:
            write_file(tmp_path / name, b"ny", new=new)
        assert reason(error.value) == "disken er fuld"
    assert names(tmp_path) == ["fil"]
    assert (tmp_path / "fil").read_bytes() == b"gammel"


def test_a_new_file_takes_nobodys_place(tmp_path: Path) -> None:
    write_file(tmp_path / "fil", b"en", mode=0o600, new=True)
    assert stat.S_IMODE((tmp_path / "fil").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        write_file(tmp_path / "fil", b"to", new=True)
    assert (tmp_path / "fil").read_bytes() == b"en"
    assert names(tmp_path) == ["fil"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "fil").write_bytes(b"en")
    (tmp_path / "vej").symlink_to(tmp_path / "fil")
    write_file(tmp_path / "vej", b"to")
    assert (tmp_path / "vej").is_symlink()
    assert (tmp_path / "fil").read_bytes() == b"to"


def test_what_is_no_file_is_written_to_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="space"):
        write_file(Path("/dev/full"), b"x")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)
    with pytest.raises(IsADirectoryError) as error:
        write_file(tmp_path, b"x")
    assert reason(error.value) == "det er en mappe"


def test_an_unknown_reason_is_told_as_the_system_says_it() -> None:
    assert reason(OSError(errno.EIO, "Input/output error")) == "Input/output error"
    assert reason(OSError()) == "OSError"
