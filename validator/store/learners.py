"""Learners and their groups. A learner is a random code, of which only the hash is kept: no name, no address, nothing to give away.

The code is both what a browser keeps and what a learner writes down to go on elsewhere. That of a group is meant to be told.
"""

import datetime
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from validator.store.database import Database

ANSWER_TIMEOUT = 30.0  # seconds that a learner waits for the store: they have thought about an answer for longer than that
_LETTERS = "23456789bcdfghjkmnpqrstvwxyz"  # none that is read as another, and no vowels, so that no words come about
_PARTS, _PART, _GROUP = 3, 4, 6  # 57 random bits for a learner
_BETWEEN = re.compile(r"[\s-]+")
_CODE, _GROUP_CODE = (re.compile(f"[{_LETTERS}]{{{length}}}") for length in (_PARTS * _PART, _GROUP))


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner by the number in the store; `since` is the day of the first answer, `group` the number of the group, if any."""

    id: int
    since: datetime.date
    group: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of learners; `owner` is the learner who made it and may watch it, `members` how many are in it."""

    id: int
    code: str
    owner: int
    members: int

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "members": self.members}


def new_code() -> str:
    """A learner's code that nobody has, such as k7qf-2m9p-x3td."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_PART)) for _ in range(_PARTS))


def digest_of_code(code: str) -> str | None:
    """What is kept of a code, however it was typed; None for what cannot be one."""
    bare = _BETWEEN.sub("", code[:100]).lower()
    return hashlib.sha256(bare.encode()).hexdigest() if _CODE.fullmatch(bare) else None


def find_learner(database: Database, code: str | None) -> Learner | None:
    """The learner of a code; None where there is none. Raises StoreError."""
    digest = digest_of_code(code) if code else None
    if digest is None:
        return None
    with database.reading() as tables:
        return _learner(tables, digest)


def find_or_create_learner(tables: sqlite_utils.Database, code: str | None) -> tuple[Learner, str | None]:
    """The learner of a code, in a transaction; a new one where there is none, with the code that was made for them."""
    digest = digest_of_code(code) if code else None
    found = _learner(tables, digest) if digest else None
    if found is not None:
        return found, None
    made = new_code()
    row = {"digest": digest_of_code(made), "since": datetime.datetime.now(datetime.UTC).date().isoformat(), "group": None}
    tables.table("learners").insert(row)
    (id,) = tables.execute("SELECT last_insert_rowid()").fetchone()
    return Learner(id, datetime.date.fromisoformat(str(row["since"])), None), made


def delete_learner(database: Database, id: int) -> int:
    """Deletes a learner with all attempts, and the groups that they made, for good; how many attempts went. Raises StoreError."""
    with database.transaction(wait=ANSWER_TIMEOUT) as tables:
        gone = tables.execute("DELETE FROM attempts WHERE learner = ?", [id]).rowcount
        tables.execute("DELETE FROM learners WHERE id = ?", [id])
    return gone


def create_group(tables: sqlite_utils.Database, owner: int) -> Group:
    """A new group, in a transaction."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_GROUP))
    since = datetime.datetime.now(datetime.UTC).date().isoformat()
    tables.table("groups").insert({"code": code, "owner": owner, "since": since})
    (id,) = tables.execute("SELECT last_insert_rowid()").fetchone()
    return Group(id, code, owner, 0)


def find_group(database: Database, code: str) -> Group | None:
    """The group of a code, however it was typed; None where there is none. Raises StoreError."""
    bare = _BETWEEN.sub("", code[:100]).lower()
    if not _GROUP_CODE.fullmatch(bare):
        return None
    with database.reading() as tables:
        return _group(tables, "code", bare)


def get_group(database: Database, id: int) -> Group | None:
    """The group of a number. Raises StoreError."""
    with database.reading() as tables:
        return _group(tables, "id", id)


def groups_of(database: Database, owner: int) -> list[Group]:
    """The groups that a learner made, the newest first. Raises StoreError."""
    with database.reading() as tables:
        return [Group(**row) for row in tables.query(f"{_GROUPS} WHERE owner = ? ORDER BY id DESC", [owner])]


def join_group(tables: sqlite_utils.Database, learner: int, group: int | None) -> None:
    """Puts a learner into a group, or out of any; earlier answers stay where they were given."""
    tables.execute('UPDATE learners SET "group" = ? WHERE id = ?', [group, learner])


_GROUPS = 'SELECT id, code, owner, (SELECT count(*) FROM learners WHERE learners."group" = groups.id) AS members FROM groups'


def _group(tables: sqlite_utils.Database, column: str, value: Any) -> Group | None:
    rows = list(tables.query(f"{_GROUPS} WHERE {column} = ?", [value]))
    return Group(**rows[0]) if rows else None


def _learner(tables: sqlite_utils.Database, digest: str) -> Learner | None:
    row = tables.execute('SELECT id, since, "group" FROM learners WHERE digest = ?', [digest]).fetchone()
    return None if row is None else Learner(row[0], datetime.date.fromisoformat(row[1]), row[2])
