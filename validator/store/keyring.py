"""The keys as a running process knows them: read again at the first request after they were changed, by whomever.

No thread polls: each request asks SQLite whether another connection has written, which costs about two microseconds.
"""

import datetime
import hmac
import sqlite3
import threading
import time
from collections.abc import Iterable

import structlog

from validator.store.database import Database, StoreError
from validator.store.keys import LENGTH, Key, digest_of, list_keys, note_use

_PATIENCE = 0.05  # seconds that a request may wait for the store
_REST = 1.0  # seconds before a store that failed is asked again
_DAY = 86_400
_log = structlog.get_logger("kodevagt.store")


class Keys:
    """The keys at one moment. `configured`: whether a caller must show one."""

    def __init__(self, keys: Iterable[Key], *, required: bool) -> None:
        every = list(keys)
        # A revoked key counts: to revoke the last one must not open the door.
        self.configured = required or bool(every)
        self._by_digest = {key.digest: key for key in every if key.revoked is None}

    def find(self, secret: str) -> Key | None:
        """The key that a caller shows; None where it is unknown, revoked or no key at all."""
        if len(secret) != LENGTH:
            return None
        digest = digest_of(secret)
        key = self._by_digest.get(digest)
        # Whoever times the look-up learns about a digest, whose bits nobody can choose; the comparison itself tells nothing.
        return key if key is not None and hmac.compare_digest(key.digest, digest) else None


class Keyring:
    """The keys of a store, always current. Where the store cannot be read, the last known keys go on."""

    def __init__(self, database: Database, *, required: bool = False) -> None:
        # A store that is lost while in use is not made anew: an empty one would pass for a store without keys.
        self.database = Database(database.path, wait=_PATIENCE, create=False)
        self._required = required
        self._local = threading.local()
        self._known: Keys | None = None
        self._asked_again_at = 0.0
        self._told = False
        self._used: dict[int, int] = {}
        self._writable = True
        self._written_again_at = 0.0
        self._begin(database)

    def current(self) -> Keys | None:
        """The keys as they are now; None where they could never be read."""
        local = self._local.__dict__
        if time.monotonic() < self._asked_again_at:
            return self._known
        try:
            connection = self.database.connection()
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            if local.get("seen") != (connection, version):
                # The version is asked before the keys: what changes between the two is read at the next request.
                local["keys"] = self._known = self._read(self.database)
                local["seen"] = connection, version
        except (StoreError, sqlite3.Error) as error:
            self._failed(error)
            return self._known
        self._told = False
        keys: Keys = local["keys"]
        return keys

    def used(self, key: Key) -> None:
        """Keeps that a key was used today: at most one attempt a day in each process, and none that fails a request."""
        today = int(time.time()) // _DAY
        if self._used.get(key.id, -1) >= today:
            return
        self._used[key.id] = today
        day = datetime.date(1970, 1, 1) + datetime.timedelta(days=today)
        if key.last_used is not None and key.last_used >= day:
            return
        try:
            note_use(self.database, key.id, day)
        except StoreError as error:
            _log.warning("key-use-not-kept", key=key.id, reason=str(error))

    def ready(self) -> bool:
        """Whether the keys could be read when they were last asked for, and the store can be written."""
        return not self._told and self._writable_now()

    def _writable_now(self) -> bool:
        """Asked of the store once a second at most."""
        if time.monotonic() >= self._written_again_at:
            self._written_again_at = time.monotonic() + _REST
            try:
                self.database.require_writable()
            except StoreError as error:
                if self._writable:
                    _log.error("store-not-writable", reason=str(error))
                self._writable = False
            else:
                self._writable = True
        return self._writable

    def _begin(self, database: Database) -> None:
        """Makes the store ready and reads it once, patiently; the connection does not outlive a fork."""
        try:
            self._known = self._read(database)
        except StoreError as error:
            self._failed(error)
        finally:
            database.close()

    def _read(self, database: Database) -> Keys:
        keys = Keys(list_keys(database), required=self._required)
        self._required = keys.configured  # whatever is put in the store's place: who has asked for keys goes on asking
        return keys

    def _failed(self, error: Exception) -> None:
        self._asked_again_at = time.monotonic() + _REST
        if not self._told:
            self._told = True
            _log.error("keys-not-read", reason=str(error), go_on=self._known is not None)
