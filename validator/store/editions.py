"""Imported editions of code systems, which are immutable, and which of them are in use.

Every change adds to the audit log and increments the generation, by which running processes notice it, in one transaction.
"""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from validator.catalogue.editions.edition import Edition, EditionTextError, parse_edition
from validator.store.audit import record_action
from validator.store.database import Database
from validator.store.errors import ReleaseError
from validator.store.snapshot import increment_generation
from validator.store.timestamps import format_timestamp, utc_timestamp
from validator.support.personal_data import json_has_cpr

_COLUMNS = "editions.name, system, title, start, verified, codes, digest, author, at, in_use.name IS NOT NULL AS in_use"
_FROM = "FROM editions LEFT JOIN editions_in_use AS in_use ON in_use.name = editions.name"


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """An imported edition without its codes.

    `codes` is the number of codes, `start` the first day on which the edition applies.
    """

    name: str
    system: str
    title: str
    start: datetime.date
    verified: bool
    codes: int
    digest: str
    author: str
    at: datetime.datetime
    in_use: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "system": self.system,
            "title": self.title,
            "from": None if self.start == datetime.date.min else self.start.isoformat(),
            "verified": self.verified,
            "codes": self.codes,
            "in_use": self.in_use,
            "digest": self.digest,
            "author": self.author,
            "imported": format_timestamp(self.at),
        }


class UnknownEditionError(ReleaseError):
    """No imported edition has that name."""


class EditionTakenError(ReleaseError):
    """Another edition has that name."""


class InvalidEditionError(ReleaseError):
    """The edition must not be stored."""


class DamagedEditionError(ReleaseError):
    """The content of an edition is not what was imported."""


def add_edition(database: Database, edition: Edition, *, actor: str) -> bool:
    """Store an edition and put it into use. Return False where it was in use already.

    Raises EditionTakenError, InvalidEditionError or StoreError.
    """
    content, digest = edition.json_text(), edition.digest  # before the write lock is taken
    if json_has_cpr(content):
        raise InvalidEditionError("edition-personal-data", name=edition.name)
    with database.transaction() as tables:
        row = tables.execute("SELECT digest FROM editions WHERE name = ?", [edition.name]).fetchone()
        if row is not None and row[0] != digest:
            raise EditionTakenError("edition-taken", name=edition.name)
        if row is None:
            _insert(tables, edition, content, digest, actor)
        if tables.execute("SELECT 1 FROM editions_in_use WHERE name = ?", [edition.name]).fetchone():
            return False
        tables.execute("INSERT INTO editions_in_use (name) VALUES (?)", [edition.name])
        increment_generation(tables)
        first_day = {} if edition.start == datetime.date.min else {"from": edition.start.isoformat()}
        detail = {"edition": edition.name, "system": edition.system, **first_day, "digest": digest}
        record_action(tables, actor, "edition.import" if row is None else "edition.use", detail)
    return True


def withdraw_edition(database: Database, name: str, *, actor: str) -> bool:
    """Take an edition out of use. Return False where it was not in use.

    Raises UnknownEditionError or StoreError.
    """
    get_edition(database, name)
    with database.transaction() as tables:
        changed = tables.execute("DELETE FROM editions_in_use WHERE name = ?", [name]).rowcount > 0
        if changed:
            increment_generation(tables)
            record_action(tables, actor, "edition.withdraw", {"edition": name})
    return changed


def list_editions(database: Database) -> list[StoredEdition]:
    """Return every imported edition, sorted by system and first day. Raises StoreError."""
    with database.reading() as tables:
        rows = tables.query(f"SELECT {_COLUMNS} {_FROM} ORDER BY system, start, in_use.id, editions.id")
        return [_stored_edition(row) for row in rows]


def get_edition(database: Database, name: str) -> StoredEdition:
    """Return the edition with a name. Raises UnknownEditionError or StoreError."""
    editions = {edition.name: edition for edition in list_editions(database)}
    if name not in editions:
        raise UnknownEditionError("edition-not-found", known=", ".join(editions) or "–")
    return editions[name]


def read_editions(database: Database, names: Iterable[str]) -> list[Edition]:
    """Load editions by their names, in that order.

    Raises UnknownEditionError, DamagedEditionError or StoreError.
    """
    with database.reading() as tables:
        rows = {name: tables.execute("SELECT content, digest FROM editions WHERE name = ?", [name]).fetchone() for name in names}
    return [_parse_edition(name, row) for name, row in rows.items()]


def _parse_edition(name: str, row: tuple[str, str] | None) -> Edition:
    if row is None:
        raise UnknownEditionError("edition-not-found", known="–")
    content, digest = row
    if f"sha256:{hashlib.sha256(content.encode()).hexdigest()}" != digest:
        raise DamagedEditionError("edition-damaged", name=name)
    try:
        return parse_edition(content)
    except EditionTextError as error:
        raise DamagedEditionError("edition-damaged", name=name) from error


def _insert(tables: sqlite_utils.Database, edition: Edition, content: str, digest: str, actor: str) -> None:
    row = {
        "name": edition.name,
        "system": edition.system,
        "title": edition.title,
        "start": edition.start.isoformat(),
        "verified": int(edition.verified),
        "codes": edition.size,
        "digest": digest,
        "content": content,
        "author": actor,
        "at": utc_timestamp(),
    }
    tables.table("editions").insert(row)


def _stored_edition(row: Mapping[str, Any]) -> StoredEdition:
    dates = {"at": datetime.datetime.fromisoformat(row["at"]), "start": datetime.date.fromisoformat(row["start"])}
    return StoredEdition(**{**row, **dates, "verified": bool(row["verified"]), "in_use": bool(row["in_use"])})
