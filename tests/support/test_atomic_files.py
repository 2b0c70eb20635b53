"""Atomic writing of files, and the Danish reason where it fails."""

import errno
import os
import stat
from pathlib import Path

import pytest

from validator.support.atomic_files import write_atomically
from validator.texts.file_errors import file_error_reason


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulate a full disk, reported on fsync."""

    def fsync(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fsync)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_created_and_overwritten(tmp_path: Path) -> None:
    for content in (b"en", b"to"):
        write_atomically(tmp_path / "fil", content)
        assert (tmp_path / "fil").read_bytes() == content
    assert names(tmp_path) == ["fil"]


@pytest.mark.usefixtures("full")
def test_a_full_disk_leaves_the_previous_content(tmp_path: Path) -> None:
    (tmp_path / "fil").write_bytes(b"gammel")
    for name, exclusive in (("fil", False), ("anden", False), ("ny", True)):
        with pytest.raises(OSError, match="space") as error:
            write_atomically(tmp_path / name, b"ny", exclusive=exclusive)
        assert file_error_reason(error.value) == "disken er fuld"
    assert names(tmp_path) == ["fil"]
    assert (tmp_path / "fil").read_bytes() == b"gammel"


def test_an_exclusive_write_refuses_an_existing_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "fil", b"en", mode=0o600, exclusive=True)
    assert stat.S_IMODE((tmp_path / "fil").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        write_atomically(tmp_path / "fil", b"to", exclusive=True)
    assert (tmp_path / "fil").read_bytes() == b"en"
    assert names(tmp_path) == ["fil"]


@pytest.mark.parametrize("exclusive", [False, True])
@pytest.mark.parametrize("target", ["fil", "ingen"])
def test_a_link_is_refused(tmp_path: Path, target: str, exclusive: bool) -> None:
    (tmp_path / "fil").write_bytes(b"en")
    (tmp_path / "vej").symlink_to(tmp_path / target)
    with pytest.raises(OSError, match="symbolic") as error:
        write_atomically(tmp_path / "vej", b"to", exclusive=exclusive)
    assert file_error_reason(error.value) == "det er et link (en genvej)"
    assert (tmp_path / "fil").read_bytes() == b"en"
    assert names(tmp_path) == ["fil", "vej"]


def test_a_link_at_the_former_temporary_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "andres").write_bytes(b"en")
    (tmp_path / f".fil.{os.getpid()}").symlink_to(tmp_path / "andres")
    write_atomically(tmp_path / "fil", b"to")
    assert (tmp_path / "andres").read_bytes() == b"en"


def test_the_temporary_name_cannot_be_guessed_or_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, int]] = []
    real = os.open

    def spy(path: str, flags: int, mode: int = 0o777) -> int:
        opened.append((os.fspath(path), flags))
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", spy)
    for _ in range(2):
        write_atomically(tmp_path / "fil", b"en")
    assert len({Path(path).name for path, _ in opened}) == len(opened) == 2
    assert all(flags & os.O_EXCL for _, flags in opened)


def test_a_device_is_written_directly_and_a_folder_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="space"):
        write_atomically(Path("/dev/full"), b"x")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)
    with pytest.raises(IsADirectoryError) as error:
        write_atomically(tmp_path, b"x")
    assert file_error_reason(error.value) == "det er en mappe"
