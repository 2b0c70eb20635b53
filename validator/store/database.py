"""The store's file: opened and brought up to date, a connection for each thread, every write a transaction.

The file is SQLite in WAL mode, so that a reader never waits for a writer.
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

from validator.store.schema import EMPTY, UnusableFileError, migrate
from validator.support.errors import UserError

LOCK_TIMEOUT = 5.0  # seconds to wait for another writer
_FILE_CHECK_INTERVAL = 1.0  # seconds between two looks at whether the file is still the one that was opened
_REASONS = {
    sqlite3.SQLITE_CANTOPEN: "kan ikke åbnes",
    sqlite3.SQLITE_NOTADB: "er ikke en SQLite-database",
    sqlite3.SQLITE_CORRUPT: "er beskadiget",
    sqlite3.SQLITE_BUSY: "er optaget af et andet program",
    sqlite3.SQLITE_READONLY: "kan læses, men ikke skrives",
    sqlite3.SQLITE_FULL: "kan ikke skrives, fordi disken er fuld",
}
_inherited: list[sqlite3.Connection] = []  # opened before a fork, and kept unused: to close them would break the parent's locks


class StoreError(UserError):
    """The store cannot be used; the text says why, in one Danish sentence that names the file."""


class Database:
    """A store by its path. Nothing is opened until it is used, and nothing opened before a fork is used after it.

    `wait` is how many seconds another writer is waited for; `create` whether a file that is missing is made.
    """

    def __init__(self, path: Path, *, wait: float = LOCK_TIMEOUT, create: bool = True) -> None:
        self.path = path.absolute()
        self._wait = wait
        self._create = create
        self._local = threading.local()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite_utils.Database]:
        """The tables to read from. Raises StoreError."""
        with self._explained():
            yield self._held().tables

    @contextlib.contextmanager
    def transaction(self, *, wait: float | None = None) -> Iterator[sqlite_utils.Database]:
        """The tables to write to: all of it is kept, or nothing. `wait` is for this once. Raises StoreError."""
        with self._explained():
            tables = self._held().tables
            _begin(tables, self._wait if wait is None else wait, self._wait)
            try:
                yield tables
                tables.commit()
            except BaseException:
                tables.rollback()
                raise

    def connection(self) -> sqlite3.Connection:
        """The thread's connection, bare, for what is asked at every request. Raises StoreError where it cannot be opened."""
        return self._held().connection

    def require_writable(self) -> None:
        """Writes a word that stands there already. Raises StoreError where nothing can be written."""
        with self._explained():
            self.path.stat()  # a file that is gone can still be written to, for nobody
        with self.transaction() as tables:
            (version,) = tables.execute("PRAGMA user_version").fetchone()
            tables.execute(f"PRAGMA user_version = {version:d}")

    def close(self) -> None:
        """Closes the thread's connection; the next use opens another."""
        self._local.__dict__.pop("held", None)

    def _held(self) -> "_Held":
        held: _Held | None = self._local.__dict__.get("held")
        if held is None or held.process != os.getpid() or (time.monotonic() >= held.look_at and self._is_another_file(held)):
            self.close()  # what was open is of no use any more, also where what stands there now is of none
            with self._explained():
                held = self._local.__dict__["held"] = _Held(self._connect(), _file(self.path))
        return held

    def _is_another_file(self, held: "_Held") -> bool:
        """Whether a backup has been put in place. A file that is merely gone is read on from what is open."""
        held.look_at = time.monotonic() + _FILE_CHECK_INTERVAL
        return _file(self.path) not in (held.file, None)

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
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except UnusableFileError as error:
            raise StoreError(f"Databasen {self.path} {error}.") from error
        except OSError as error:
            raise StoreError(f"Databasen {self.path} {_reason(error, self._create)}.") from error
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what SQLite calls the extended part
            raise StoreError(f"Databasen {self.path} {_REASONS.get(code, f'kan ikke bruges ({error})')}.") from error


def _begin(tables: sqlite_utils.Database, wait: float, usual: float) -> None:
    """Takes the lock at once, since a read that becomes a write could fail halfway; it is waited for as long as `wait`."""
    if wait == usual:
        tables.execute("BEGIN IMMEDIATE")
        return
    tables.execute(f"PRAGMA busy_timeout = {round(wait * 1000):d}")
    try:
        tables.execute("BEGIN IMMEDIATE")
    finally:
        tables.execute(f"PRAGMA busy_timeout = {round(usual * 1000):d}")


class _Held:
    """A thread's connection, the process it was opened in and the file it was opened on. Closed when its thread ends."""

    def __init__(self, connection: sqlite3.Connection, file: tuple[int, int] | None) -> None:
        self.connection = connection
        self.tables = sqlite_utils.Database(connection, execute_plugins=False)
        self.file = file
        self.process = os.getpid()
        self.look_at = time.monotonic() + _FILE_CHECK_INTERVAL
        weakref.finalize(self, _give_up, connection, self.process).atexit = False  # a thread may still be at work then


def _give_up(connection: sqlite3.Connection, process: int) -> None:
    if process == os.getpid():
        connection.close()
    else:
        _inherited.append(connection)


def _require_file(path: Path, create: bool) -> None:
    """Create a missing file, for its owner only, where `create` is set.

    Raises OSError or UnusableFileError where there is no usable file.

    One that stands is not opened, since to close it would give up the locks that this process has on it in other connections;
    another process would then take itself for the last one, and clear away what these have open.
    """
    if create:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError
    if not (found.st_size or create):
        # SQLite would take the log of what stood there before for this file's, and delete it.
        raise UnusableFileError(EMPTY)
    if not os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
        raise PermissionError


def _reason(error: OSError, create: bool) -> str:
    match error:
        case FileNotFoundError():
            return "kan ikke oprettes, fordi mappen ikke findes" if create else "findes ikke"
        case IsADirectoryError():
            return "er en mappe"
        case PermissionError():
            return "kan ikke åbnes, fordi der ikke er adgang til den"
    return "kan ikke åbnes"


def _file(path: Path) -> tuple[int, int] | None:
    """Which file stands at the path; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
