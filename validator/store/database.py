"""The file of the store: opening, migration, one connection per thread, and transactions.

The file is SQLite in WAL mode, so that a reader never waits for a writer. Every write is a transaction.
"""

import contextlib
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import sqlite_utils

from validator.store.locks import LOCK_TIMEOUT, WriteQueue
from validator.store.schema import UnusableFileError, migrate
from validator.store.store_files import StoreFiles, file_id, reason_of, require_file
from validator.support.errors import UserError
from validator.texts import danish_text

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
    another writer; `create` whether to create a missing file. Databases of one file may share `writes`.
    """

    def __init__(self, path: Path, *, wait: float = LOCK_TIMEOUT, create: bool = True, writes: WriteQueue | None = None) -> None:
        self.path = path.absolute()
        self.writes = writes or WriteQueue()
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

        Raises StoreError, also where the path no longer names the file that was written.
        """
        deadline = time.monotonic() + (self._wait if wait is None else wait)
        with self._raising_store_errors():
            current = self._thread_connection(check_file=True)
            tables = current.tables
            current.files.require_in_place()
            with self.writes.turn(current.files.log, partial(self._begin, current.connection), deadline):
                try:
                    yield tables
                    tables.commit()
                except BaseException:
                    tables.rollback()
                    raise
            current.files.require_in_place()

    def connection(self) -> sqlite3.Connection:
        """Return the thread's plain connection, for the query that every request makes.

        Raises StoreError where it cannot be opened.
        """
        return self._thread_connection().connection

    def require_writable(self) -> None:
        """Write a value that is unchanged. Raises StoreError where nothing can be written."""
        with self.transaction() as tables:
            (version,) = tables.execute("PRAGMA user_version").fetchone()
            tables.execute(f"PRAGMA user_version = {version:d}")

    def close(self) -> None:
        """Close the thread's connection; the next use opens another."""
        current: _ThreadConnection | None = self._local.__dict__.pop("connection", None)
        if current is not None:
            current.close()

    def _begin(self, connection: sqlite3.Connection) -> None:
        """Take the write lock, without waiting for it.

        It is taken at once, since a read that becomes a write could fail halfway.
        """
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            connection.execute("BEGIN IMMEDIATE")
        finally:
            connection.execute(f"PRAGMA busy_timeout = {round(self._wait * 1000):d}")

    def _thread_connection(self, *, check_file: bool = False) -> "_ThreadConnection":
        current: _ThreadConnection | None = self._local.__dict__.get("connection")
        if current is None or current.process != os.getpid() or self._is_replaced(current, check_file):
            # Also where the new file turns out to be unusable. Who still reads from the old one keeps its connection.
            self._local.__dict__.pop("connection", None)
            with self._raising_store_errors():
                current = self._local.__dict__["connection"] = self._connect()
        return current

    def _is_replaced(self, current: "_ThreadConnection", check_now: bool) -> bool:
        """Return whether another file, such as a backup, has taken the place of the open one.

        A deleted file stays in use, for reading.
        """
        if not check_now and time.monotonic() < current.next_check:
            return False
        current.next_check = time.monotonic() + _FILE_CHECK_INTERVAL
        return file_id(self.path) not in (current.files.found[0], None)

    def _connect(self) -> "_ThreadConnection":
        require_file(self.path, self._create)
        before = file_id(self.path)
        address = f"{self.path.as_uri()}?mode=rw"
        connection = sqlite3.connect(address, uri=True, timeout=self._wait, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection, self._wait, create=self._create)  # also opens the log
            files = StoreFiles.of(self.path)
            if files.found[0] != before:
                raise UnusableFileError("replaced")
        except BaseException:
            connection.close()
            raise
        return _ThreadConnection(connection, files)

    @contextlib.contextmanager
    def _raising_store_errors(self) -> Iterator[None]:
        try:
            yield
        except UnusableFileError as error:
            raise self._store_error(error.reason) from error
        except OSError as error:
            raise self._store_error(reason_of(error, self._create)) from error
        except sqlite3.Error as error:
            primary_code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            raise self._store_error(_REASONS.get(primary_code, "cannot-be-used"), error) from error

    def _store_error(self, reason: str, error: object = None) -> StoreError:
        return StoreError(danish_text("store.unusable", path=self.path, reason=danish_text(f"store.{reason}", error=error)))


class _ThreadConnection:
    """A thread's connection, with the process that it was opened in and the files of the store.

    The connection is closed when its thread ends, if not before.
    """

    def __init__(self, connection: sqlite3.Connection, files: StoreFiles) -> None:
        self.connection = connection
        self.tables = sqlite_utils.Database(connection, execute_plugins=False)
        self.files = files
        self.process = os.getpid()
        self.next_check = time.monotonic() + _FILE_CHECK_INTERVAL
        self._finalizer = weakref.finalize(self, _close_in_own_process, connection, self.process)
        self._finalizer.atexit = False  # a thread may still be using it

    def close(self) -> None:
        """Close the connection now: an exception that was caught may still refer to it."""
        self._finalizer()


def _close_in_own_process(connection: sqlite3.Connection, process: int) -> None:
    if process == os.getpid():
        connection.close()
    else:
        _inherited.append(connection)
