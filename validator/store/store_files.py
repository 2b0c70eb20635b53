"""The files of the store: whether one can be opened, and whether the path still names the open ones."""

import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from validator.store.schema import UnusableFileError

FileId = tuple[int, int]  # device and inode


@dataclass(frozen=True, slots=True)
class StoreFiles:
    """The files of an open store: the database, and SQLite's write-ahead log with its index beside it.

    `log` is the path of the write-ahead log, which is beside the target of a link; `found` are the files that the paths named when
    the store was opened.
    """

    path: Path
    log: str
    found: tuple[FileId | None, ...]

    @classmethod
    def of(cls, path: Path) -> "StoreFiles":
        """Return the files that the path of a store names now."""
        log = f"{os.path.realpath(path)}-wal"
        return cls(path, log, _find(path, log))

    def require_in_place(self) -> None:
        """Raise UnusableFileError where the paths no longer name these files, so that a write to them is lost."""
        found = _find(self.path, self.log)
        if found[0] is None:
            raise UnusableFileError("missing")
        if found[0] != self.found[0]:
            raise UnusableFileError("replaced")
        if found != self.found:
            raise UnusableFileError("log-lost")
        if not os.stat(self.path).st_size:
            raise UnusableFileError("empty")


def _find(path: Path, log: str) -> tuple[FileId | None, ...]:
    return file_id(path), file_id(log), file_id(f"{log[:-3]}shm")


def file_id(path: str | Path) -> FileId | None:
    """Return the device and inode of the file at a path; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def require_file(path: Path, create: bool) -> None:
    """Create a missing file, for its owner only, where `create` is set.

    Raises OSError or UnusableFileError where there is no usable file. An existing file is not opened: closing it would release the
    locks of this process's other connections, and another process would then delete the log that they use.
    """
    if create:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError
    if not (status.st_size or create):
        # SQLite would take the log of an earlier file of this name for this file's, and delete it.
        raise UnusableFileError("empty")
    if not os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
        raise PermissionError


def reason_of(error: OSError, create: bool) -> str:
    """Return why a file cannot be used, as the key of a text without the prefix "store."."""
    match error:
        case FileNotFoundError():
            return "cannot-be-created" if create else "missing"
        case IsADirectoryError():
            return "folder"
        case PermissionError():
            return "no-access"
        case TimeoutError() | BlockingIOError():
            return "busy"
    return "cannot-be-opened"
