"""The published releases as they are read: which there are, and how each was compiled."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from validator.store.database import Database
from validator.store.errors import DamagedReleaseError, UnknownReleaseError

_COLUMNS = "releases.name, releases.pack, digest, edition, checksum, author, note, at, parent, current.name IS NOT NULL AS current"
_FROM = "FROM releases LEFT JOIN current_releases AS current ON current.name = releases.name"


@dataclass(frozen=True, slots=True)
class PublishedRelease:
    """A published release without its rules. `digest` is over the rules and the identity of the catalogue at the time, `edition`.

    `parent` was current when this one was published; `checksum` is of the compiled text.
    """

    name: str
    pack: str
    digest: str
    edition: str
    checksum: str
    author: str
    note: str
    at: datetime.datetime
    parent: str | None
    current: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "pack": self.pack,
            "current": self.current,
            "digest": self.digest,
            "catalogue": self.edition,
            "author": self.author,
            "note": self.note,
            "published": f"{self.at:%Y-%m-%dT%H:%M:%SZ}",
            "parent": self.parent,
        }


def list_releases(database: Database) -> list[PublishedRelease]:
    """Every published release, in the order in which they were published. Raises StoreError."""
    with database.reading() as tables:
        return [_published(row) for row in tables.query(f"SELECT {_COLUMNS} {_FROM} ORDER BY releases.id")]


def get_release(database: Database, name: str) -> PublishedRelease:
    """The release of a name. Raises UnknownReleaseError or StoreError."""
    every = list_releases(database)
    for found in every:
        if found.name == name:
            return found
    raise _not_found(found.name for found in every)


def _not_found(names: Iterable[str]) -> UnknownReleaseError:
    known = ", ".join(names)
    return UnknownReleaseError("release-not-found", known=known) if known else UnknownReleaseError("no-release-published")


def compiled_release(database: Database, name: str) -> str:
    """The compiled text of a release, as it was published. Raises UnknownReleaseError, DamagedReleaseError or StoreError."""
    with database.reading() as tables:
        row = tables.execute("SELECT compiled, checksum FROM releases WHERE name = ?", [name]).fetchone()
    if row is None:
        raise _not_found(found.name for found in list_releases(database))
    text, checksum = row
    if compute_checksum(text) != checksum:
        raise DamagedReleaseError("release-damaged", name=name)
    return str(text)


def compute_checksum(text: str) -> str:
    """What tells that a compiled text is whole."""
    return hashlib.sha256(text.encode()).hexdigest()


def _published(row: Mapping[str, Any]) -> PublishedRelease:
    given = {**row, "at": datetime.datetime.fromisoformat(row["at"]), "current": bool(row["current"])}
    return PublishedRelease(**given)
