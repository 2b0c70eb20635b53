"""Keys: made, listed and revoked. A key is shown once, when it is made; only its hash is kept.

The hash is plain SHA-256. A slow and salted one guards what people think up; a key has 256 random bits, which no speed can guess
and no table can hold, and it is checked at every request.
"""

import datetime
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from validator.store.audit import record_action, utc_timestamp
from validator.store.database import Database
from validator.support.errors import UserError
from validator.support.personal_data import has_cpr

KEY_PREFIX = "kv_"
_BYTES = 32
KEY_LENGTH = len(KEY_PREFIX) + 2 * _BYTES
MAX_NAME_LENGTH = 100


class Role(StrEnum):
    """What a key may be used for; `validator/web/access.py` has the table."""

    PRACTICE = "practice"
    LEARNER = "learner"
    EDITOR = "editor"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. `last_used` is to the day; a revoked key opens nothing."""

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
    """There is no key of that id."""


def hash_secret(secret: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def add_key(database: Database, *, role: Role, name: str, actor: str) -> tuple[Key, str]:
    """Makes a key; the text is the key itself, which is told nowhere else. Raises KeyNameError or StoreError."""
    name = _checked(name)
    secret = f"{KEY_PREFIX}{secrets.token_hex(_BYTES)}"  # letters and digits only: nothing in it can pass for a CPR number
    row = {"name": name, "role": str(role), "digest": hash_secret(secret), "created": utc_timestamp()}
    with database.transaction() as tables:
        tables.table("keys").insert(row)
        (id,) = tables.execute("SELECT last_insert_rowid()").fetchone()
        record_action(tables, actor, "key.add", {"key": id, "role": str(role), "name": name})
    return get_key(database, id), secret


def get_key(database: Database, id: int) -> Key:
    """The key of an id. Raises UnknownKeyError or StoreError."""
    for key in list_keys(database):
        if key.id == id:
            return key
    raise UnknownKeyError(id)


def list_keys(database: Database) -> list[Key]:
    """Every key, revoked ones too, the oldest first. Raises StoreError."""
    with database.reading() as tables:
        return [_key(row) for row in tables.query("SELECT * FROM keys ORDER BY id")]


def revoke_key(database: Database, id: int, *, actor: str) -> bool:
    """Revokes a key for good; False where it was revoked already. Raises UnknownKeyError or StoreError."""
    get_key(database, id)
    with database.transaction() as tables:
        changed = tables.execute("UPDATE keys SET revoked = ? WHERE id = ? AND revoked IS NULL", [utc_timestamp(), id]).rowcount > 0
        if changed:
            record_action(tables, actor, "key.revoke", {"key": id})
    return changed


def record_use(database: Database, id: int, day: datetime.date) -> None:
    """Keeps the day a key was last used. Raises StoreError."""
    with database.transaction() as tables:
        tables.execute("UPDATE keys SET last_used = ? WHERE id = ? AND coalesce(last_used, '') < ?", [str(day), id, str(day)])


def _checked(name: str) -> str:
    name = name.strip()
    if not name or len(name) > MAX_NAME_LENGTH or not name.isprintable():
        raise KeyNameError(f"Navnet skal være på 1 til {MAX_NAME_LENGTH} tegn og stå på én linje.")
    if has_cpr(name):
        raise KeyNameError("Navnet ligner eller indeholder et CPR-nummer; vælg et andet.")
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
