"""The keys of a store at one moment, and the days on which they are used."""

import datetime
import hmac
import time
from collections.abc import Iterable

import structlog

from validator.store.database import Database, StoreError
from validator.store.keys import KEY_LENGTH, Key, hash_secret, record_use

_DAY = 86_400
_log = structlog.get_logger("kodevagt.store")


class Keyring:
    """The keys that open something, by digest. `required`: whether a caller must show one."""

    def __init__(self, keys: Iterable[Key], *, required: bool = False) -> None:
        every = list(keys)
        # A revoked key counts: to revoke the last one must not open the door.
        self.required = required or bool(every)
        self._by_digest = {key.digest: key for key in every if key.revoked is None}

    def find(self, secret: str) -> Key | None:
        """The key that a caller shows; None where it is unknown, revoked or no key at all."""
        if len(secret) != KEY_LENGTH:
            return None
        digest = hash_secret(secret)
        key = self._by_digest.get(digest)
        # Timing the look-up reveals bits of a digest, which nobody can choose; the comparison itself reveals nothing.
        return key if key is not None and hmac.compare_digest(key.digest, digest) else None


class KeyUse:
    """Records the day on which a key was last used: at most one attempt a day in each process, and none fails a request."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._days: dict[int, int] = {}

    def record(self, key: Key) -> None:
        """Record that a key was used today."""
        today = int(time.time()) // _DAY
        if self._days.get(key.id, -1) >= today:
            return
        self._days[key.id] = today
        day = datetime.date(1970, 1, 1) + datetime.timedelta(days=today)
        if key.last_used is not None and key.last_used >= day:
            return
        try:
            record_use(self._database, key.id, day)
        except StoreError as error:
            _log.warning("key-use-not-kept", key=key.id, reason=str(error))
