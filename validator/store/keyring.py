"""The keys as a running process knows them, with what else it must know of the store at every request."""

import datetime
import hmac
import time
from collections.abc import Iterable
from typing import NamedTuple

import structlog

from validator.store.change_watch import Watch
from validator.store.current_state import Standing, standing
from validator.store.database import Database, StoreError
from validator.store.keys import LENGTH, Key, digest_of, list_keys, note_use

_REST = 1.0  # seconds before the store is written to again, to see whether it can be
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


class _Seen(NamedTuple):
    keys: Keys
    standing: Standing


class Keyring:
    """The keys of a store and the releases that stand in it, always current. Where it cannot be read, the last known go on."""

    def __init__(self, database: Database, *, required: bool = False) -> None:
        self._required = required
        self._watch = Watch(database, self._read)
        self.database = self._watch.database
        self._used: dict[int, int] = {}
        self._writable = True
        self._written_again_at = 0.0

    def current(self) -> Keys | None:
        """The keys as they are now; None where they could never be read."""
        seen = self._watch.look()
        return seen and seen.keys

    def standing(self) -> Standing | None:
        """The releases that stood when this thread last asked for the keys, which every request does first."""
        seen = self._watch.seen()
        return seen and seen.standing

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
        return not self._watch.failing and self._writable_now()

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

    def _read(self, database: Database) -> _Seen:
        keys = Keys(list_keys(database), required=self._required)
        self._required = keys.configured  # whatever is put in the store's place: who has asked for keys goes on asking
        return _Seen(keys, standing(database))
