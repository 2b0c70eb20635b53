"""The imported editions of code systems, each as it was taken in, and which are in use. An edition is added, and never changed.

Whatever is done here is told in the audit log, in the same transaction, and raises the generation by which a running process sees
that something is new.
"""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from validator.catalogue.editions.edition import Edition, EditionTextError, parse_edition
from validator.store.audit import record_action, utc_timestamp
from validator.store.database import Database
from validator.store.errors import ReleaseError
from validator.store.snapshot import increment_generation
from validator.support.personal_data import has_cpr

_COLUMNS = "editions.name, system, title, start, verified, codes, digest, author, at, in_use.name IS NOT NULL AS in_use"
_FROM = "FROM editions LEFT JOIN editions_in_use AS in_use ON in_use.name = editions.name"


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """An imported edition without its codes; `codes` is how many it has, `start` the first day that it is for."""

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
            "from": self.start.isoformat(),
            "verified": self.verified,
            "codes": self.codes,
            "in_use": self.in_use,
            "digest": self.digest,
            "author": self.author,
            "imported": f"{self.at:%Y-%m-%dT%H:%M:%SZ}",
        }


class UnknownEditionError(ReleaseError):
    """There is no imported edition of that name."""


class EditionTakenError(ReleaseError):
    """There is an edition of that name already, with other content."""


class InvalidEditionError(ReleaseError):
    """The edition must not be kept."""


class DamagedEditionError(ReleaseError):
    """The content of an edition is not what was taken in."""


def add_edition(database: Database, edition: Edition, *, actor: str) -> bool:
    """Keeps an edition and takes it into use; False where it was in use already, and nothing is changed.

    Raises EditionTakenError, InvalidEditionError or StoreError.
    """
    content, digest = edition.json_text(), edition.digest()  # before the store is held for the others
    if has_cpr(content):
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
        told = {"edition": edition.name, "system": edition.system, "from": edition.start.isoformat(), "digest": digest}
        record_action(tables, actor, "edition.import" if row is None else "edition.use", told)
    return True


def withdraw_edition(database: Database, name: str, *, actor: str) -> bool:
    """Takes an edition out of use; False where it was not in use. It is kept. Raises UnknownEditionError or StoreError."""
    get_edition(database, name)
    with database.transaction() as tables:
        changed = tables.execute("DELETE FROM editions_in_use WHERE name = ?", [name]).rowcount > 0
        if changed:
            increment_generation(tables)
            record_action(tables, actor, "edition.withdraw", {"edition": name})
    return changed


def list_editions(database: Database) -> list[StoredEdition]:
    """Every imported edition, by system and first day. Raises StoreError."""
    with database.reading() as tables:
        rows = tables.query(f"SELECT {_COLUMNS} {_FROM} ORDER BY system, start, in_use.id, editions.id")
        return [_kept(row) for row in rows]


def get_edition(database: Database, name: str) -> StoredEdition:
    """The edition of a name. Raises UnknownEditionError or StoreError."""
    every = list_editions(database)
    for found in every:
        if found.name == name:
            return found
    raise UnknownEditionError("edition-not-found", known=", ".join(found.name for found in every) or "–")


def read_editions(database: Database, names: Iterable[str]) -> list[Edition]:
    """The editions of those names, in their order. Raises UnknownEditionError, DamagedEditionError or StoreError."""
    with database.reading() as tables:
        rows = {name: tables.execute("SELECT content, digest FROM editions WHERE name = ?", [name]).fetchone() for name in names}
    return [_read(name, row) for name, row in rows.items()]


def _read(name: str, row: tuple[str, str] | None) -> Edition:
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
        "codes": len(edition.concepts),
        "digest": digest,
        "content": content,
        "author": actor,
        "at": utc_timestamp(),
    }
    tables.table("editions").insert(row)


def _kept(row: Mapping[str, Any]) -> StoredEdition:
    given = {**row, "at": datetime.datetime.fromisoformat(row["at"]), "start": datetime.date.fromisoformat(row["start"])}
    return StoredEdition(**{**given, "verified": bool(row["verified"]), "in_use": bool(row["in_use"])})
