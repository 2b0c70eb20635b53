"""The published releases, each as it was compiled, and which of them is current. A release is added, and never changed.

Whatever is done here is told in the audit log, in the same transaction, and raises the generation by which a running process sees
that something is new.
"""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from validator.personal_data import has_cpr
from validator.request import Fault
from validator.rulebook.compiled import compiled
from validator.rulebook.release import Release
from validator.rulebook.restored import restored
from validator.store.audit import now, record
from validator.store.database import Database

LONGEST_NOTE, LONGEST_AUTHOR = 500, 100  # characters
RULE_FOLDER = "rule folder"  # the actor of an import when a server starts
_COLUMNS = "releases.name, releases.pack, digest, edition, checksum, author, note, at, parent, current.name IS NOT NULL AS current"
_FROM = "FROM releases LEFT JOIN current_releases AS current ON current.name = releases.name"


@dataclass(frozen=True, slots=True)
class Published:
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


@dataclass(frozen=True, slots=True)
class Standing:
    """What is current: the releases, as (pack, name), the editions in use by name, and the generation of it all."""

    generation: int
    current: tuple[tuple[str, str], ...]
    editions: tuple[str, ...] = ()


class ReleaseError(Exception):
    """What cannot be done with a release: `key` and `values` are of the text that says why, `faults` name the places."""

    def __init__(self, key: str, faults: Iterable[Fault] = (), **values: object) -> None:
        super().__init__(key)
        self.key, self.faults, self.values = key, tuple(faults), values


class UnknownReleaseError(ReleaseError):
    """There is no published release of that name."""


class ReleaseTakenError(ReleaseError):
    """There is a release of that name already, with other rules."""


class UnfitReleaseError(ReleaseError):
    """The release, or the note that is to go with it, must not be kept."""


class DamagedReleaseError(ReleaseError):
    """The compiled text of a release is not the one that was published."""


def publish_release(
    database: Database,
    release: Release,
    *,
    edition: str,
    note: str,
    actor: str,
    author: str | None = None,
    action: str = "release.publish",
    detail: Mapping[str, object] | None = None,
) -> tuple[Published, bool]:
    """Keeps a release, and whether it was new: to publish the same again changes nothing. It does not become current.

    `author` is the actor unless it was another's work; `detail` is told in the audit log with the rest.
    Raises UnfitReleaseError, ReleaseTakenError or StoreError.
    """
    note, author = _checked_note(note), _checked_author(author or actor)
    text, digest = compiled(release), release.digest(edition)  # before the store is held for the others
    with database.transaction() as tables:
        new = not _is_there(tables, release, edition, text)
        if new:
            told = {"note": note, "author": "" if author == actor else author, **(detail or {})}
            _add(
                tables,
                release,
                text,
                digest,
                edition=edition,
                note=note,
                author=author,
                actor=actor,
                action=action,
                detail=told,
            )
    return get_release(database, release.name), new


def activate_release(database: Database, name: str, *, actor: str) -> tuple[Published, str | None]:
    """Makes a published release the current one of its pack, and names the one that was; if it was itself, nothing is done.

    Raises UnknownReleaseError or StoreError.
    """
    pack = get_release(database, name).pack
    with database.transaction() as tables:
        before = _current(tables).get(pack)
        if before != name:
            _make_current(tables, pack, name, actor)
    return get_release(database, name), before


def import_releases(database: Database, releases: Iterable[Release], *, edition: str, files: str) -> None:
    """Keeps the releases of a folder whose files have the digest `files`: all of those that are lacking, or none.

    A pack without a current release takes the one that calls itself so. Raises UnfitReleaseError, ReleaseTakenError or StoreError.
    """
    read = [(release, compiled(release), release.digest(edition)) for release in releases]
    with database.transaction() as tables:
        for release, text, digest in read:
            if not _is_there(tables, release, edition, text):
                _add(
                    tables,
                    release,
                    text,
                    digest,
                    edition=edition,
                    note="",
                    author=RULE_FOLDER,
                    actor=RULE_FOLDER,
                    action="release.import",
                    detail={"from": RULE_FOLDER},
                )
        for release, _, _ in read:
            if release.status == "current" and release.pack not in _current(tables):
                _make_current(tables, release.pack, release.name, RULE_FOLDER)
        tables.execute("INSERT OR IGNORE INTO imported_folders VALUES (?, ?)", [files, now()])


def is_imported(database: Database, files: str) -> bool:
    """Whether the releases of a folder whose files have this digest are here. Raises StoreError."""
    with database.reading() as tables:
        return tables.execute("SELECT 1 FROM imported_folders WHERE files = ?", [files]).fetchone() is not None


def list_releases(database: Database) -> list[Published]:
    """Every published release, in the order in which they were published. Raises StoreError."""
    with database.reading() as tables:
        return [_published(row) for row in tables.query(f"SELECT {_COLUMNS} {_FROM} ORDER BY releases.id")]


def get_release(database: Database, name: str) -> Published:
    """The release of a name. Raises UnknownReleaseError or StoreError."""
    every = list_releases(database)
    for found in every:
        if found.name == name:
            return found
    raise UnknownReleaseError("release-not-found", known=", ".join(found.name for found in every))


def compiled_release(database: Database, name: str) -> str:
    """The compiled text of a release, as it was published. Raises UnknownReleaseError, DamagedReleaseError or StoreError."""
    with database.reading() as tables:
        row = tables.execute("SELECT compiled, checksum FROM releases WHERE name = ?", [name]).fetchone()
    if row is None:
        raise UnknownReleaseError("release-not-found", known="")
    text, checksum = row
    if checksum_of(text) != checksum:
        raise DamagedReleaseError("release-damaged", name=name)
    return str(text)


def standing(database: Database) -> Standing:
    """What is current now. Raises StoreError."""
    with database.reading() as tables:
        rows = tables.execute(
            """
            SELECT number, pack, name, 0 FROM release_generation LEFT JOIN current_releases
            UNION ALL SELECT number, NULL, name, id FROM release_generation JOIN editions_in_use
            ORDER BY 2, 4
            """
        ).fetchall()
    current = tuple((pack, name) for _, pack, name, _ in rows if pack is not None)
    return Standing(rows[0][0], current, tuple(name for _, pack, name, id in rows if pack is None and id))


def checksum_of(text: str) -> str:
    """What tells that a compiled text is whole."""
    return hashlib.sha256(text.encode()).hexdigest()


def _is_there(tables: sqlite_utils.Database, release: Release, edition: str, text: str) -> bool:
    """Whether just this release was published already. Raises ReleaseTakenError where another one bears its name."""
    row = tables.execute("SELECT compiled FROM releases WHERE name = ?", [release.name]).fetchone()
    if row is None:
        return False
    # Another version of Kodevagt may have written the same release in another form.
    if row[0] != text and restored(row[0]).digest(edition) != release.digest(edition):
        raise ReleaseTakenError("release-taken", name=release.name)
    return True


def _add(
    tables: sqlite_utils.Database,
    release: Release,
    text: str,
    digest: str,
    *,
    edition: str,
    note: str,
    author: str,
    actor: str,
    action: str,
    detail: Mapping[str, object],
) -> None:
    if has_cpr(text):
        raise UnfitReleaseError("release-personal-data", name=release.name)
    parent = _current(tables).get(release.pack)
    row = {
        "name": release.name,
        "pack": release.pack,
        "digest": digest,
        "edition": edition,
        "compiled": text,
        "checksum": checksum_of(text),
        "author": author,
        "note": note,
        "at": now(),
        "parent": parent,
    }
    tables.table("releases").insert(row)
    raise_generation(tables)
    told = {"release": release.name, "pack": release.pack, "digest": digest, "parent": parent, **detail}
    record(tables, actor, action, {name: value for name, value in told.items() if value not in (None, "")})


def _make_current(tables: sqlite_utils.Database, pack: str, name: str, actor: str) -> None:
    before = _current(tables).get(pack)
    tables.execute("INSERT INTO current_releases VALUES (?, ?) ON CONFLICT (pack) DO UPDATE SET name = excluded.name", [pack, name])
    raise_generation(tables)
    told = {"release": name, "pack": pack, **({"before": before} if before else {})}
    record(tables, actor, "release.activate", told)


def _current(tables: sqlite_utils.Database) -> dict[str, str]:
    return dict(tables.execute("SELECT pack, name FROM current_releases").fetchall())


def raise_generation(tables: sqlite_utils.Database) -> None:
    """Lets running processes see that something is new."""
    tables.execute("UPDATE release_generation SET number = number + 1")


def _checked_note(note: str) -> str:
    note = " ".join(note.split())
    if not note or len(note) > LONGEST_NOTE or not note.isprintable():
        raise UnfitReleaseError("release-note", longest=LONGEST_NOTE)
    if has_cpr(note):
        raise UnfitReleaseError("release-note-personal-data")
    return note


def _checked_author(author: str) -> str:
    author = " ".join(author.split())
    if not author or len(author) > LONGEST_AUTHOR or not author.isprintable() or has_cpr(author):
        raise UnfitReleaseError("release-author", longest=LONGEST_AUTHOR)
    return author


def _published(row: Mapping[str, Any]) -> Published:
    given = {**row, "at": datetime.datetime.fromisoformat(row["at"]), "current": bool(row["current"])}
    return Published(**given)
