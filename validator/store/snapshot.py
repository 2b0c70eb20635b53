"""Cached snapshot of the store for a running process.

No thread polls: each request reads `PRAGMA data_version`, which costs about two microseconds. Where it has changed, the
request reads the mark of the store (`snapshot_mark`), and only where that has changed the keys and releases. So the
attempts of learners cost a request one row.
"""

import sqlite3
import threading
import time
from dataclasses import dataclass

import sqlite_utils
import structlog

from validator.store.database import Database, StoreError
from validator.store.keyring import Keyring
from validator.store.keys import list_keys

_REQUEST_TIMEOUT = 0.05  # seconds that a request may wait for the store
_RETRY_AFTER = 1.0  # seconds before a store that failed is tried again
_log = structlog.get_logger("kodevagt.store")


@dataclass(frozen=True, slots=True)
class ReleaseState:
    """The current releases, the editions in use, and the generation of the store.

    `current` has (pack, name) of each release, `editions` the names. Every change raises `generation`.
    """

    generation: int
    current: tuple[tuple[str, str], ...]
    editions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreSnapshot:
    """The content of a store that a process needs for every request."""

    keys: Keyring
    releases: ReleaseState


def read_release_state(database: Database) -> ReleaseState:
    """Read the current releases and the editions in use. Raises StoreError."""
    with database.reading() as tables:
        rows = tables.execute(
            """
            SELECT number, pack, name, 0 FROM release_generation LEFT JOIN current_releases
            UNION ALL SELECT number, NULL, name, id FROM release_generation JOIN editions_in_use
            ORDER BY 2, 4
            """
        ).fetchall()
    current = tuple((pack, name) for _, pack, name, _ in rows if pack is not None)
    return ReleaseState(rows[0][0], current, tuple(name for _, pack, name, id in rows if pack is None and id))


def increment_generation(tables: sqlite_utils.Database) -> None:
    """Mark the releases or editions as changed, within the transaction that changes them."""
    tables.execute("UPDATE release_generation SET number = number + 1")


def _read_mark(database: Database) -> int:
    """Read the random number that changes with the content of a snapshot. Raises StoreError."""
    with database.reading() as tables:
        (mark,) = tables.execute("SELECT mark FROM snapshot_mark").fetchone()
    return int(mark)


class SnapshotCache:
    """The latest snapshot of a store, which stays in use while the store cannot be read.

    Threads may share it. `database` is used for the first snapshot only, with its own `wait` and `create`.
    `keys_required` requires a key in any case.
    """

    def __init__(self, database: Database, *, keys_required: bool = False) -> None:
        # A lost store is not created again: an empty one would look like a store without keys.
        self.database = Database(database.path, wait=_REQUEST_TIMEOUT, create=False)
        self._keys_required = keys_required
        self._latest: StoreSnapshot | None = None
        self._mark: int | None = None  # of the latest snapshot
        self._lock = threading.Lock()
        self._local = threading.local()  # `version`: the data_version that SQLite counts for each connection
        self._failing = False
        self._retry_at = 0.0
        self._writable = True
        self._next_write_test = 0.0
        try:
            self._refresh(database)
        except StoreError as error:
            self._log_failure(error)
        finally:
            database.close()  # a connection must not be used across a fork

    def current(self) -> StoreSnapshot | None:
        """Return the snapshot for a request; None where the store could never be read."""
        if time.monotonic() < self._retry_at:
            return self._latest
        try:
            connection = self.database.connection()
            # The version is read before the content, so that a change in between is noticed at the next request.
            version = connection, connection.execute("PRAGMA data_version").fetchone()
            if version != getattr(self._local, "version", None):
                if _read_mark(self.database) != self._mark:
                    self._refresh(self.database)
                self._local.version = version
        except (StoreError, sqlite3.Error) as error:
            self._local.version = None
            self._log_failure(error)
        else:
            self._failing = False
        return self._latest

    def ready(self) -> bool:
        """Return whether the store was readable at the last request, and is writable.

        Writability is tested once a second at most.
        """
        if self._failing:
            return False
        if time.monotonic() >= self._next_write_test:
            self._next_write_test = time.monotonic() + _RETRY_AFTER
            try:
                self.database.require_writable()
            except StoreError as error:
                if self._writable:
                    _log.error("store-not-writable", reason=str(error))
                self._writable = False
            else:
                self._writable = True
        return self._writable

    def _refresh(self, database: Database) -> None:
        with self._lock:  # so that no thread replaces a newer snapshot with an older one
            mark = _read_mark(database)  # before the content, so that a change in between is noticed
            if mark != self._mark:
                self._latest = self._read(database)
                self._mark = mark

    def _read(self, database: Database) -> StoreSnapshot:
        keys = Keyring(list_keys(database), required=self._keys_required)
        self._keys_required = keys.required  # stays set, whatever file takes the place of the store
        return StoreSnapshot(keys, read_release_state(database))

    def _log_failure(self, error: Exception) -> None:
        self._retry_at = time.monotonic() + _RETRY_AFTER
        if not self._failing:
            self._failing = True
            _log.error("store-not-read", reason=str(error), go_on=self._latest is not None)
