"""The keys of a store at one moment, and the record of the days on which they are used."""

import datetime
import hmac
import time
from collections.abc import Iterable

import structlog

from validator.store.database import Database, StoreError
from validator.store.keys import KEY_LENGTH, Key, hash_secret, record_use

_DAY = 86_400
_RETRY_AFTER = 60.0  # seconds
_log = structlog.get_logger("kodevagt.store")


class Keyring:
    """The valid keys by digest. `required` is whether a caller must present one."""

    def __init__(self, keys: Iterable[Key], *, required: bool = False) -> None:
        keys = list(keys)
        # Revoked keys count: revoking the last key must not give everybody access.
        self.required = required or bool(keys)
        self._by_digest = {key.digest: key for key in keys if key.revoked is None}

    def find(self, secret: str) -> Key | None:
        """Return the key that a caller presents; None where it is unknown, revoked or malformed."""
        if len(secret) != KEY_LENGTH:
            return None
        digest = hash_secret(secret)
        key = self._by_digest.get(digest)
        # The timing of the look-up reveals bits of a digest only, which a caller cannot choose.
        return key if key is not None and hmac.compare_digest(key.digest, digest) else None


class KeyUse:
    """Record the day on which a key was last used, once a day in each process.

    No request waits for it: while the store is busy or cannot be written, it is tried again at a later use. A failure is logged,
    not raised.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._days: dict[int, int] = {}
        self._retry_at = 0.0

    def record(self, key: Key) -> None:
        """Record that a key was used today."""
        today = int(time.time()) // _DAY
        if self._days.get(key.id, -1) >= today or time.monotonic() < self._retry_at:
            return
        self._days[key.id] = today  # first, so that no other thread tries too
        day = datetime.date(1970, 1, 1) + datetime.timedelta(days=today)
        if key.last_used is not None and key.last_used >= day:
            return
        try:
            record_use(self._database, key.id, day)
        except StoreError as error:
            self._retry_at = time.monotonic() + _RETRY_AFTER
            self._days.pop(key.id, None)
            _log.warning("key-use-not-kept", key=key.id, reason=str(error))
