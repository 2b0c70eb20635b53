"""API keys: creation, listing and revocation.

A key is shown once, when it is created; only its hash is stored. The hash is plain SHA-256. Slow and salted hashes
protect passwords; a key has 256 random bits and is checked at every request.
"""

import datetime
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from validator.store.audit import record_action
from validator.store.database import Database
from validator.store.timestamps import utc_timestamp
from validator.support.errors import UserError
from validator.support.personal_data import has_cpr
from validator.texts import danish_text

KEY_PREFIX = "kv_"
_BYTES = 32
KEY_LENGTH = len(KEY_PREFIX) + 2 * _BYTES
MAX_NAME_LENGTH = 100


class Role(StrEnum):
    """The role of a key; `validator/web/http/access.py` has the table of what it may do."""

    PRACTICE = "practice"
    LEARNER = "learner"
    EDITOR = "editor"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. A revoked key gives no access."""

    id: int
    name: str
    role: Role
    digest: str = field(repr=False)
    created: datetime.datetime
    last_used: datetime.date | None
    revoked: datetime.datetime | None


class KeyNameError(UserError):
    """A name that cannot be used; the text says why, in Danish."""


class UnknownKeyError(Exception):
    """No key has that id."""


def hash_secret(secret: str) -> str:
    """Return the digest of a key, which is all that is stored of it."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def add_key(database: Database, *, role: Role, name: str, actor: str) -> tuple[Key, str]:
    """Create a key. Return it with its secret, which is not stored.

    Raises KeyNameError or StoreError.
    """
    name = _checked_name(name)
    secret = f"{KEY_PREFIX}{secrets.token_hex(_BYTES)}"
    row = {"name": name, "role": str(role), "digest": hash_secret(secret), "created": utc_timestamp()}
    with database.transaction() as tables:
        id: Any = tables.table("keys").insert(row).last_pk
        record_action(tables, actor, "key.add", {"key": id, "role": str(role), "name": name})
    return get_key(database, id), secret


def get_key(database: Database, id: int) -> Key:
    """Return the key with an id. Raises UnknownKeyError or StoreError."""
    keys = {key.id: key for key in list_keys(database)}
    if id not in keys:
        raise UnknownKeyError(id)
    return keys[id]


def list_keys(database: Database) -> list[Key]:
    """Return every key, also revoked ones, the oldest first. Raises StoreError."""
    with database.reading() as tables:
        return [_key(row) for row in tables.query("SELECT * FROM keys ORDER BY id")]


def revoke_key(database: Database, id: int, *, actor: str) -> bool:
    """Revoke a key. Return False where it was revoked already.

    Raises UnknownKeyError or StoreError.
    """
    get_key(database, id)
    with database.transaction() as tables:
        changed = tables.execute("UPDATE keys SET revoked = ? WHERE id = ? AND revoked IS NULL", [utc_timestamp(), id]).rowcount > 0
        if changed:
            record_action(tables, actor, "key.revoke", {"key": id})
    return changed


def record_use(database: Database, id: int, day: datetime.date) -> None:
    """Store the day on which a key was last used, without waiting for the store. Raises StoreError."""
    with database.transaction(wait=0) as tables:
        tables.execute("UPDATE keys SET last_used = ? WHERE id = ? AND coalesce(last_used, '') < ?", [str(day), id, str(day)])


def _checked_name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > MAX_NAME_LENGTH or not name.isprintable():
        raise KeyNameError(danish_text("keys.name", longest=MAX_NAME_LENGTH))
    if has_cpr(name):
        raise KeyNameError(danish_text("keys.name-personal-data"))
    return name


def _key(row: Mapping[str, Any]) -> Key:
    return Key(
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
        digest=row["digest"],
        created=datetime.datetime.fromisoformat(row["created"]),
        last_used=row["last_used"] and datetime.date.fromisoformat(row["last_used"]),
        revoked=row["revoked"] and datetime.datetime.fromisoformat(row["revoked"]),
    )
