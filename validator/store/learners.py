"""Learners and their groups.

A learner is identified by a random code, of which only the hash is stored. The code is in a cookie, and a learner
writes it down to continue in another browser. The code of a group is public.
"""

import datetime
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from validator.store.database import Database
from validator.store.locks import LOCK_TIMEOUT

_LETTERS = "23456789bcdfghjkmnpqrstvwxyz"  # none that looks like another, and no vowels, which would form words
_PARTS, _PART_LENGTH, _GROUP_LENGTH = 3, 4, 6  # 57 random bits for a learner
_SEPARATORS = re.compile(r"[\s-]+")
_CODE, _GROUP_CODE = (re.compile(f"[{_LETTERS}]{{{length}}}") for length in (_PARTS * _PART_LENGTH, _GROUP_LENGTH))


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner; `since` is the day of the first answer, `group` the id of the group, if any."""

    id: int
    since: datetime.date
    group: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of learners.

    `owner` is the learner who created it and may see its results, `members` the number of learners.
    """

    id: int
    code: str
    owner: int
    members: int

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "members": self.members}


def new_code() -> str:
    """Create a random code for a learner, such as k7qf-2m9p-x3td."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_PART_LENGTH)) for _ in range(_PARTS))


def digest_of_code(code: str) -> str | None:
    """Return the digest of a code, ignoring case and separators; None for no code.

    Only the digest of a code is stored.
    """
    bare = _SEPARATORS.sub("", code[:100]).lower()
    return hashlib.sha256(bare.encode()).hexdigest() if _CODE.fullmatch(bare) else None


def find_learner(database: Database, code: str | None) -> Learner | None:
    """Return the learner with a code; None where there is none. Raises StoreError."""
    digest = digest_of_code(code) if code else None
    if digest is None:
        return None
    with database.reading() as tables:
        return _learner(tables, digest)


def find_or_create_learner(tables: sqlite_utils.Database, code: str | None) -> tuple[Learner, str | None]:
    """Return the learner with a code, or a new learner with their new code.

    Call it within a transaction.
    """
    digest = digest_of_code(code) if code else None
    learner = _learner(tables, digest) if digest else None
    if learner is not None:
        return learner, None
    code, today = new_code(), _today()
    row = [digest_of_code(code), today.isoformat()]
    id: Any = tables.execute("INSERT INTO learners (digest, since) VALUES (?, ?)", row).lastrowid
    return Learner(id, today, None), code


def delete_learner(database: Database, id: int) -> int:
    """Delete a learner with all attempts and their own groups.

    Return the number of attempts. Raises StoreError.
    """
    with database.transaction(wait=LOCK_TIMEOUT) as tables:
        attempts = tables.execute("DELETE FROM attempts WHERE learner = ?", [id]).rowcount
        tables.execute("DELETE FROM learners WHERE id = ?", [id])
    return attempts


def create_group(tables: sqlite_utils.Database, owner: int) -> Group:
    """Create a group, within a transaction."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH))
    row = [code, owner, _today().isoformat()]
    id: Any = tables.execute("INSERT INTO groups (code, owner, since) VALUES (?, ?, ?)", row).lastrowid
    return Group(id, code, owner, 0)


def find_group(database: Database, code: str) -> Group | None:
    """Return the group with a code, ignoring case and separators; None where there is none.

    Raises StoreError.
    """
    bare = _SEPARATORS.sub("", code[:100]).lower()
    if not _GROUP_CODE.fullmatch(bare):
        return None
    with database.reading() as tables:
        return _group(tables, "code", bare)


def get_group(database: Database, id: int) -> Group | None:
    """Return the group with an id; None where there is none. Raises StoreError."""
    with database.reading() as tables:
        return _group(tables, "id", id)


def groups_of(database: Database, owner: int) -> list[Group]:
    """Return the groups that a learner created, the newest first. Raises StoreError."""
    with database.reading() as tables:
        return [Group(**row) for row in tables.query(f"{_GROUPS} WHERE owner = ? ORDER BY id DESC", [owner])]


def join_group(tables: sqlite_utils.Database, learner: int, group: int | None) -> None:
    """Put a learner into a group, or into none. Earlier attempts stay with their group."""
    tables.execute('UPDATE learners SET "group" = ? WHERE id = ?', [group, learner])


_GROUPS = 'SELECT id, code, owner, (SELECT count(*) FROM learners WHERE learners."group" = groups.id) AS members FROM groups'


def _group(tables: sqlite_utils.Database, column: str, value: Any) -> Group | None:
    rows = list(tables.query(f"{_GROUPS} WHERE {column} = ?", [value]))
    return Group(**rows[0]) if rows else None


def _learner(tables: sqlite_utils.Database, digest: str) -> Learner | None:
    row = tables.execute('SELECT id, since, "group" FROM learners WHERE digest = ?', [digest]).fetchone()
    return None if row is None else Learner(row[0], datetime.date.fromisoformat(row[1]), row[2])


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()
