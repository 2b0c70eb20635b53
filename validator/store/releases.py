"""Publish and activate releases. A published release is immutable.

Every change adds to the audit log and increments the generation, by which running processes notice it, in one
transaction.
"""

from collections.abc import Iterable, Mapping

import sqlite_utils

from validator.rulebook.release import Release
from validator.rulebook.stored.dump import dump_release
from validator.rulebook.stored.load import ReleaseLoadError, load_release
from validator.store.audit import record_action
from validator.store.database import Database
from validator.store.errors import InvalidReleaseError, ReleaseTakenError
from validator.store.published_releases import PublishedRelease, compute_checksum, get_release
from validator.store.snapshot import increment_generation
from validator.store.timestamps import utc_timestamp
from validator.support.personal_data import has_cpr, json_has_cpr

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
    """Publish a release without activating it. Return it, and whether it was new.

    Publishing a release again changes nothing. `author` is the actor by default; `detail` is added to the entry in the
    audit log.
    Raises InvalidReleaseError, ReleaseTakenError or StoreError.
    """
    note, author = _checked_note(note), _checked_author(author or actor)
    row = _release_row(release, edition)  # before the write lock is taken
    detail = {"note": note, "author": "" if author == actor else author, **(detail or {})}
    with database.transaction() as tables:
        new = _publish(tables, {**row, "author": author, "note": note}, actor, action, detail)
    return get_release(database, release.name), new


def activate_release(database: Database, name: str, *, actor: str) -> tuple[PublishedRelease, str | None]:
    """Make a published release the current one of its pack.

    Return it, and the name of the release that was current before.
    Raises UnknownReleaseError or StoreError.
    """
    pack = get_release(database, name).pack
    with database.transaction() as tables:
        before = _current(tables).get(pack)
        if before != name:
            _make_current(tables, pack, name, actor)
    return get_release(database, name), before


def import_releases(database: Database, releases: Iterable[Release], *, edition: str, files: str) -> list[str]:
    """Add the missing releases of a folder; `files` is the digest of its files.

    In a pack without a current release, the one with the status "current" becomes current. Return the names of releases that are
    published with other rules: they stay as published, and the folder counts as not imported.
    Raises InvalidReleaseError or StoreError; then nothing is added.
    """
    releases = sorted(releases, key=lambda release: release.status == "current")  # last, so that no other is newer
    rows = [_release_row(release, edition) for release in releases]
    differing = []
    with database.transaction() as tables:
        for row in rows:
            try:
                _import(tables, row)
            except ReleaseTakenError:
                differing.append(row["name"])
        for release in releases:
            if release.status == "current" and release.pack not in _current(tables):
                _make_current(tables, release.pack, release.name, RULE_FOLDER)
        if not differing:
            tables.execute("INSERT OR IGNORE INTO imported_folders VALUES (?, ?)", [files, utc_timestamp()])
    return differing


def import_release(database: Database, release: Release, *, edition: str) -> None:
    """Add one release of a folder, which does not become current. Raises ReleaseTakenError, InvalidReleaseError or StoreError."""
    row = _release_row(release, edition)
    with database.transaction() as tables:
        _import(tables, row)


def is_imported(database: Database, files: str) -> bool:
    """Return whether the releases of a folder are in the store.

    `files` is the digest of the folder's files. Raises StoreError.
    """
    with database.reading() as tables:
        return tables.execute("SELECT 1 FROM imported_folders WHERE files = ?", [files]).fetchone() is not None


def _release_row(release: Release, edition: str) -> dict[str, str]:
    """Return the columns that follow from a release and the identity of the catalogue.

    Raises InvalidReleaseError for a release that no server could load.
    """
    text = dump_release(release)
    try:
        load_release(text)
    except ReleaseLoadError as error:
        raise InvalidReleaseError("release-unloadable", name=release.name, reason=error) from error
    return {
        "name": release.name,
        "pack": release.pack,
        "digest": release.digest(edition),
        "edition": edition,
        "compiled": text,
        "checksum": compute_checksum(text),
    }


def _publish(tables: sqlite_utils.Database, row: Mapping[str, str], actor: str, action: str, detail: Mapping[str, object]) -> bool:
    """Add a release with its entry in the audit log.

    Return False where it was published already.
    Raises ReleaseTakenError where another release has its name, or InvalidReleaseError.
    """
    name, pack, digest = row["name"], row["pack"], row["digest"]
    published = tables.execute("SELECT compiled FROM releases WHERE name = ?", [name]).fetchone()
    if published is not None:
        # Another version of Kodevagt may have written the same release in another form.
        if published[0] != row["compiled"] and _digest(published[0], row["edition"]) != digest:
            raise ReleaseTakenError("release-taken", name=name)
        return False
    if json_has_cpr(row["compiled"]):
        raise InvalidReleaseError("release-personal-data", name=name)
    parent = _current(tables).get(pack)
    tables.table("releases").insert({**row, "at": utc_timestamp(), "parent": parent})
    increment_generation(tables)
    entry = {"release": name, "pack": pack, "digest": digest, "parent": parent, **detail}
    record_action(tables, actor, action, {key: value for key, value in entry.items() if value not in (None, "")})
    return True


def _import(tables: sqlite_utils.Database, row: Mapping[str, str]) -> None:
    """Add a release of the rule folder, unless it is there. Raises ReleaseTakenError or InvalidReleaseError."""
    _publish(tables, {**row, "author": RULE_FOLDER, "note": ""}, RULE_FOLDER, "release.import", {"from": RULE_FOLDER})


def _digest(compiled: str, edition: str) -> str | None:
    """Return the digest of a stored release; None where it is damaged."""
    try:
        return load_release(compiled).digest(edition)
    except ReleaseLoadError:
        return None


def _make_current(tables: sqlite_utils.Database, pack: str, name: str, actor: str) -> None:
    before = _current(tables).get(pack)
    tables.execute("INSERT INTO current_releases VALUES (?, ?) ON CONFLICT (pack) DO UPDATE SET name = excluded.name", [pack, name])
    increment_generation(tables)
    detail = {"release": name, "pack": pack, **({"before": before} if before else {})}
    record_action(tables, actor, "release.activate", detail)


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
