"""The published releases, each as it was compiled, and which of them is current. A release is added, and never changed.

Whatever is done here is told in the audit log, in the same transaction, and raises the generation by which a running process sees
that something is new.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlite_utils

from validator.rulebook.release import Release
from validator.rulebook.stored.dump import dump_release
from validator.rulebook.stored.load import load_release
from validator.store.audit import record_action, utc_timestamp
from validator.store.database import Database
from validator.store.errors import InvalidReleaseError, ReleaseTakenError
from validator.store.published_releases import PublishedRelease, compute_checksum, get_release
from validator.store.snapshot import increment_generation
from validator.support.personal_data import has_cpr

MAX_NOTE_LENGTH, MAX_AUTHOR_LENGTH = 500, 100  # characters
RULE_FOLDER = "rule folder"  # the actor of an import when a server starts


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
) -> tuple[PublishedRelease, bool]:
    """Keeps a release, and whether it was new: to publish the same again changes nothing. It does not become current.

    `author` is the actor unless it was another's work; `detail` is told in the audit log with the rest.
    Raises InvalidReleaseError, ReleaseTakenError or StoreError.
    """
    note, author = _checked_note(note), _checked_author(author or actor)
    made = _Made.of(release, edition)  # before the store is held for the others
    told = {"note": note, "author": "" if author == actor else author, **(detail or {})}
    with database.transaction() as tables:
        new = not _is_there(tables, made)
        if new:
            _add(tables, made, note=note, author=author)
            _tell(tables, made, actor, action, told)
    return get_release(database, release.name), new


def activate_release(database: Database, name: str, *, actor: str) -> tuple[PublishedRelease, str | None]:
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

    A pack without a current release takes the one that calls itself so.
    Raises InvalidReleaseError, ReleaseTakenError or StoreError.
    """
    every = [_Made.of(release, edition) for release in releases]
    with database.transaction() as tables:
        for made in every:
            if not _is_there(tables, made):
                _add(tables, made, note="", author=RULE_FOLDER)
                _tell(tables, made, RULE_FOLDER, "release.import", {"from": RULE_FOLDER})
        for made in every:
            release = made.release
            if release.status == "current" and release.pack not in _current(tables):
                _make_current(tables, release.pack, release.name, RULE_FOLDER)
        tables.execute("INSERT OR IGNORE INTO imported_folders VALUES (?, ?)", [files, utc_timestamp()])


def is_imported(database: Database, files: str) -> bool:
    """Whether the releases of a folder whose files have this digest are here. Raises StoreError."""
    with database.reading() as tables:
        return tables.execute("SELECT 1 FROM imported_folders WHERE files = ?", [files]).fetchone() is not None


@dataclass(frozen=True, slots=True)
class _Made:
    """A release as it is to be kept."""

    release: Release
    edition: str
    text: str
    digest: str

    @classmethod
    def of(cls, release: Release, edition: str) -> "_Made":
        return cls(release, edition, dump_release(release), release.digest(edition))


def _is_there(tables: sqlite_utils.Database, made: _Made) -> bool:
    """Whether just this release was published already. Raises ReleaseTakenError where another one bears its name."""
    row = tables.execute("SELECT compiled FROM releases WHERE name = ?", [made.release.name]).fetchone()
    if row is None:
        return False
    # Another version of Kodevagt may have written the same release in another form.
    if row[0] != made.text and load_release(row[0]).digest(made.edition) != made.digest:
        raise ReleaseTakenError("release-taken", name=made.release.name)
    return True


def _add(tables: sqlite_utils.Database, made: _Made, *, note: str, author: str) -> None:
    release = made.release
    if has_cpr(made.text):
        raise InvalidReleaseError("release-personal-data", name=release.name)
    row = {
        "name": release.name,
        "pack": release.pack,
        "digest": made.digest,
        "edition": made.edition,
        "compiled": made.text,
        "checksum": compute_checksum(made.text),
        "author": author,
        "note": note,
        "at": utc_timestamp(),
        "parent": _current(tables).get(release.pack),
    }
    tables.table("releases").insert(row)
    increment_generation(tables)


def _tell(tables: sqlite_utils.Database, made: _Made, actor: str, action: str, detail: Mapping[str, object]) -> None:
    release = made.release
    parent = _current(tables).get(release.pack)
    told = {"release": release.name, "pack": release.pack, "digest": made.digest, "parent": parent, **detail}
    record_action(tables, actor, action, {name: value for name, value in told.items() if value not in (None, "")})


def _make_current(tables: sqlite_utils.Database, pack: str, name: str, actor: str) -> None:
    before = _current(tables).get(pack)
    tables.execute("INSERT INTO current_releases VALUES (?, ?) ON CONFLICT (pack) DO UPDATE SET name = excluded.name", [pack, name])
    increment_generation(tables)
    told = {"release": name, "pack": pack, **({"before": before} if before else {})}
    record_action(tables, actor, "release.activate", told)


def _current(tables: sqlite_utils.Database) -> dict[str, str]:
    return dict(tables.execute("SELECT pack, name FROM current_releases").fetchall())


def _checked_note(note: str) -> str:
    note = " ".join(note.split())
    if not note or len(note) > MAX_NOTE_LENGTH or not note.isprintable():
        raise InvalidReleaseError("release-note", longest=MAX_NOTE_LENGTH)
    if has_cpr(note):
        raise InvalidReleaseError("release-note-personal-data")
    return note


def _checked_author(author: str) -> str:
    author = " ".join(author.split())
    if not author or len(author) > MAX_AUTHOR_LENGTH or not author.isprintable() or has_cpr(author):
        raise InvalidReleaseError("release-author", longest=MAX_AUTHOR_LENGTH)
    return author
