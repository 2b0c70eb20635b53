"""Read published releases: their properties and their compiled rules."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from validator.store.database import Database
from validator.store.errors import DamagedReleaseError, UnknownReleaseError
from validator.store.timestamps import format_timestamp

_COLUMNS = "releases.name, releases.pack, digest, edition, checksum, author, note, at, parent, current.name IS NOT NULL AS current"
_FROM = "FROM releases LEFT JOIN current_releases AS current ON current.name = releases.name"


@dataclass(frozen=True, slots=True)
class PublishedRelease:
    """A published release without its rules.

    `digest` covers the rules and the catalogue, whose identity is `edition`; `checksum` covers the compiled text. `parent` was
    current when this release was published.
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
            "published": format_timestamp(self.at),
            "parent": self.parent,
        }


def list_releases(database: Database) -> list[PublishedRelease]:
    """Return every published release, in order of publication. Raises StoreError."""
    with database.reading() as tables:
        return [_published(row) for row in tables.query(f"SELECT {_COLUMNS} {_FROM} ORDER BY releases.id")]


def get_release(database: Database, name: str) -> PublishedRelease:
    """Return the release with a name. Raises UnknownReleaseError or StoreError."""
    releases = {release.name: release for release in list_releases(database)}
    if name not in releases:
        raise _unknown_release(releases)
    return releases[name]


def _unknown_release(names: Iterable[str]) -> UnknownReleaseError:
    known = ", ".join(names)
    return UnknownReleaseError("release-not-found", known=known) if known else UnknownReleaseError("no-release-published")


def compiled_release(database: Database, name: str) -> str:
    """Return the compiled text of a release.

    Raises UnknownReleaseError, DamagedReleaseError or StoreError.
    """
    with database.reading() as tables:
        row = tables.execute("SELECT compiled, checksum FROM releases WHERE name = ?", [name]).fetchone()
    if row is None:
        raise _unknown_release(release.name for release in list_releases(database))
    text, checksum = row
    if compute_checksum(text) != checksum:
        raise DamagedReleaseError("release-damaged", name=name)
    return str(text)


def compute_checksum(text: str) -> str:
    """Return the checksum by which damage of a compiled text is detected."""
    return hashlib.sha256(text.encode()).hexdigest()


def _published(row: Mapping[str, Any]) -> PublishedRelease:
    return PublishedRelease(**{**row, "at": datetime.datetime.fromisoformat(row["at"]), "current": bool(row["current"])})
