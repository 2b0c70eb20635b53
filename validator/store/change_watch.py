"""What a running process knows of its store: read again at the first request after it was changed, by whomever.

No thread polls: each request asks SQLite whether another connection has written, which costs about two microseconds.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import structlog

from validator.store.database import Database, StoreError

_PATIENCE = 0.05  # seconds that a request may wait for the store
_REST = 1.0  # seconds before a store that failed is asked again
_log = structlog.get_logger("kodevagt.store")
T = TypeVar("T")


class Watch(Generic[T]):
    """What `read` gives of a store, always current. Where the store cannot be read, what was last known goes on."""

    def __init__(self, database: Database, read: Callable[[Database], T]) -> None:
        # A store that is lost while in use is not made anew: an empty one would pass for a store without keys.
        self.database = Database(database.path, wait=_PATIENCE, create=False)
        self._read = read
        self._local = threading.local()
        self._known: T | None = None
        self._asked_again_at = 0.0
        self._told = False
        self._begin(database)

    def look(self) -> T | None:
        """What the store holds now; None where it could never be read."""
        local: dict[str, Any] = self._local.__dict__
        if time.monotonic() < self._asked_again_at:
            local["known"] = self._known
            return self._known
        try:
            connection = self.database.connection()
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            if local.get("seen") != (connection, version):
                # The version is asked before the content: what changes between the two is read at the next request.
                local["known"] = self._known = self._read(self.database)
                local["seen"] = connection, version
        except (StoreError, sqlite3.Error) as error:
            self._failed(error)
            local.pop("seen", None)
            local["known"] = self._known
            return self._known
        self._told = False
        known: T = local["known"]
        return known

    def seen(self) -> T | None:
        """What this thread saw when it last looked."""
        known: T | None = self._local.__dict__.get("known", self._known)
        return known

    @property
    def failing(self) -> bool:
        """Whether the store could not be read when it was last looked at."""
        return self._told

    def _begin(self, database: Database) -> None:
        """Makes the store ready and reads it once, patiently; the connection does not outlive a fork."""
        try:
            self._known = self._read(database)
        except StoreError as error:
            self._failed(error)
        finally:
            database.close()

    def _failed(self, error: Exception) -> None:
        self._asked_again_at = time.monotonic() + _REST
        if not self._told:
            self._told = True
            _log.error("store-not-read", reason=str(error), go_on=self._known is not None)
