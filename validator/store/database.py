"""The file of the store: opening, migration, one connection per thread, and transactions.

The file is SQLite in WAL mode, so that a reader never waits for a writer. Every write is a transaction.
"""

import contextlib
import os
import sqlite3
import stat
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import sqlite_utils

from validator.store.schema import UnusableFileError, migrate
from validator.support.errors import UserError
from validator.texts import danish_text

LOCK_TIMEOUT = 5.0  # seconds to wait for another writer
_FILE_CHECK_INTERVAL = 1.0  # seconds between two checks whether the path still names the open file
_REASONS = {
    sqlite3.SQLITE_CANTOPEN: "cannot-be-opened",
    sqlite3.SQLITE_NOTADB: "no-database",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_FULL: "disk-full",
}
# Connections opened before a fork. Closing them in the child would release the parent's locks.
_inherited: list[sqlite3.Connection] = []


class StoreError(UserError):
    """The store cannot be used; the text says why, in one Danish sentence that names the file."""


class Database:
    """A store by its path.

    Nothing is opened until it is used, and no connection is used across a fork. `wait` is how many seconds to wait for
    another writer; `create` whether to create a missing file.
    """

    def __init__(self, path: Path, *, wait: float = LOCK_TIMEOUT, create: bool = True) -> None:
        self.path = path.absolute()
        self._wait = wait
        self._create = create
        self._local = threading.local()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite_utils.Database]:
        """Open the tables for reading. Raises StoreError."""
        with self._raising_store_errors():
            yield self._thread_connection().tables

    @contextlib.contextmanager
    def transaction(self, *, wait: float | None = None) -> Iterator[sqlite_utils.Database]:
        """Open the tables for writing, all or nothing; `wait` replaces the database's own.

        Raises StoreError.
        """
        with self._raising_store_errors():
            tables = self._thread_connection().tables
            _begin(tables, self._wait if wait is None else wait, self._wait)
            try:
                yield tables
                tables.commit()
            except BaseException:
                tables.rollback()
                raise

    def connection(self) -> sqlite3.Connection:
        """Return the thread's plain connection, for the query that every request makes.

        Raises StoreError where it cannot be opened.
        """
        return self._thread_connection().connection

    def require_writable(self) -> None:
        """Write a value that is unchanged. Raises StoreError where nothing can be written."""
        with self._raising_store_errors():
            self.path.stat()  # a deleted file that is still open can be written, in vain
        with self.transaction() as tables:
            (version,) = tables.execute("PRAGMA user_version").fetchone()
            tables.execute(f"PRAGMA user_version = {version:d}")

    def close(self) -> None:
        """Close the thread's connection; the next use opens another."""
        self._local.__dict__.pop("connection", None)

    def _thread_connection(self) -> "_ThreadConnection":
        current: _ThreadConnection | None = self._local.__dict__.get("connection")
        if current is None or current.process != os.getpid() or self._is_replaced(current):
            self.close()  # also where the new file turns out to be unusable
            with self._raising_store_errors():
                current = self._local.__dict__["connection"] = _ThreadConnection(self._connect(), _file_identity(self.path))
        return current

    def _is_replaced(self, current: "_ThreadConnection") -> bool:
        """Return whether another file, such as a backup, has taken the place of the open one.

        A deleted file stays in use.
        """
        if time.monotonic() < current.next_check:
            return False
        current.next_check = time.monotonic() + _FILE_CHECK_INTERVAL
        return _file_identity(self.path) not in (current.file, None)

    def _connect(self) -> sqlite3.Connection:
        _require_file(self.path, self._create)
        address = f"{self.path.as_uri()}?mode=rw"
        connection = sqlite3.connect(address, uri=True, timeout=self._wait, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection, self._wait, create=self._create)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextlib.contextmanager
    def _raising_store_errors(self) -> Iterator[None]:
        try:
            yield
        except UnusableFileError as error:
            raise self._store_error(error.reason) from error
        except OSError as error:
            raise self._store_error(_reason(error, self._create)) from error
        except sqlite3.Error as error:
            primary_code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            raise self._store_error(_REASONS.get(primary_code, "cannot-be-used"), error) from error

    def _store_error(self, reason: str, error: object = None) -> StoreError:
        return StoreError(danish_text("store.unusable", path=self.path, reason=danish_text(f"store.{reason}", error=error)))


def _begin(tables: sqlite_utils.Database, wait: float, usual_wait: float) -> None:
    """Take the write lock at once, since a read that becomes a write could fail halfway."""
    if wait == usual_wait:
        tables.execute("BEGIN IMMEDIATE")
        return
    tables.execute(f"PRAGMA busy_timeout = {round(wait * 1000):d}")
    try:
        tables.execute("BEGIN IMMEDIATE")
    finally:
        tables.execute(f"PRAGMA busy_timeout = {round(usual_wait * 1000):d}")


class _ThreadConnection:
    """A thread's connection, with the process and the file that it was opened in.

    The connection is closed when its thread ends.
    """

    def __init__(self, connection: sqlite3.Connection, file: tuple[int, int] | None) -> None:
        self.connection = connection
        self.tables = sqlite_utils.Database(connection, execute_plugins=False)
        self.file = file
        self.process = os.getpid()
        self.next_check = time.monotonic() + _FILE_CHECK_INTERVAL
        # Not at exit: a thread may still be using it.
        weakref.finalize(self, _close_in_own_process, connection, self.process).atexit = False


def _close_in_own_process(connection: sqlite3.Connection, process: int) -> None:
    if process == os.getpid():
        connection.close()
    else:
        _inherited.append(connection)


def _require_file(path: Path, create: bool) -> None:
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


def _reason(error: OSError, create: bool) -> str:
    match error:
        case FileNotFoundError():
            return "cannot-be-created" if create else "missing"
        case IsADirectoryError():
            return "folder"
        case PermissionError():
            return "no-access"
    return "cannot-be-opened"


def _file_identity(path: Path) -> tuple[int, int] | None:
    """Return the device and inode of the file at a path; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
