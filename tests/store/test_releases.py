"""Published releases are immutable; activating one is a single step, recorded in the audit log."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pytest

from validator.rulebook.release import Release
from validator.rulebook.stored.load import load_release
from validator.store.audit import audit_entries
from validator.store.database import Database, StoreError
from validator.store.errors import DamagedReleaseError, InvalidReleaseError, ReleaseTakenError, UnknownReleaseError
from validator.store.published_releases import PublishedRelease, compiled_release, get_release, list_releases
from validator.store.releases import activate_release, import_releases, is_imported, publish_release
from validator.store.snapshot import ReleaseState, read_release_state

FILES = "0" * 64
COLUMNS = "name, pack, digest, edition, '{}', checksum, author, note, at, parent"
Publish = Callable[..., PublishedRelease]


@pytest.fixture
def publish(database: Database) -> Publish:
    def publish(release: Release, note: str = "Lænderyg afklaret", **options: str) -> PublishedRelease:
        return publish_release(database, release, edition="2026", note=note, **{"actor": "key 7", **options})[0]

    return publish


@pytest.fixture
def next_release(release: Release) -> Release:
    return replace(release, name="naeste", rules=release.rules[1:])


def test_a_published_release_is_stored_unchanged(database: Database, publish: Publish, release: Release) -> None:
    published = publish(release, note=" Lænderyg \n afklaret ")
    assert (published.name, published.pack, published.author, published.note) == (release.name, "dk", "key 7", "Lænderyg afklaret")
    assert (published.digest, published.edition, published.parent, published.current) == (
        release.digest("2026"),
        "2026",
        None,
        False,
    )
    assert load_release(compiled_release(database, release.name), "current") == release
    assert list_releases(database) == [published]
    (entry,) = audit_entries(database)
    assert (entry.actor, entry.action) == ("key 7", "release.publish")
    assert entry.detail == {"release": release.name, "pack": "dk", "digest": published.digest, "note": "Lænderyg afklaret"}


def test_publishing_the_same_release_again_changes_nothing(database: Database, publish: Publish, release: Release) -> None:
    first = publish(release)
    assert publish_release(database, release, edition="2026", note="Igen", actor="key 8") == (first, False)
    assert len(audit_entries(database)) == 1
    assert read_release_state(database) == ReleaseState(1, ())


def test_the_name_of_a_release_cannot_be_reused(database: Database, publish: Publish, release: Release) -> None:
    first = publish(release)
    for other in (replace(release, rules=release.rules[1:]), replace(release, pack="se")):
        with pytest.raises(ReleaseTakenError):
            publish(other)
    assert list_releases(database) == [first]


def test_a_release_is_activated_and_the_one_before_again(
    database: Database, publish: Publish, release: Release, next_release: Release
) -> None:
    publish(release)
    assert activate_release(database, release.name, actor="key 7")[1] is None
    published = publish(next_release)
    assert published.parent == release.name
    assert read_release_state(database).current == (("dk", release.name),)
    now, before = activate_release(database, "naeste", actor="key 8")
    assert (now.current, before) == (True, release.name)
    assert [one.name for one in list_releases(database) if one.current] == ["naeste"]
    activate_release(database, release.name, actor="key 9")
    activate_release(database, release.name, actor="key 10")  # nothing is done any more
    assert read_release_state(database) == ReleaseState(5, (("dk", release.name),))
    activations = [(entry.actor, entry.detail) for entry in audit_entries(database) if entry.action == "release.activate"]
    assert activations == [
        ("key 7", {"release": release.name, "pack": "dk"}),
        ("key 8", {"release": "naeste", "pack": "dk", "before": release.name}),
        ("key 9", {"release": release.name, "pack": "dk", "before": "naeste"}),
    ]


def test_each_pack_has_its_own_current_release(database: Database, publish: Publish, releases: list[Release]) -> None:
    for release in releases:
        publish(release)
    for name in ("ekm-2024-11", "varmland-2023-12"):
        activate_release(database, name, actor="test")
    assert read_release_state(database).current == (("dk", "ekm-2024-11"), ("se", "varmland-2023-12"))


def test_only_a_published_release_can_be_activated(database: Database, publish: Publish, release: Release) -> None:
    publish(release)
    with pytest.raises(UnknownReleaseError) as refused:
        activate_release(database, "naeste", actor="test")
    assert refused.value.values == {"known": release.name}
    with pytest.raises(UnknownReleaseError):
        compiled_release(database, "naeste")
    assert read_release_state(database).current == ()


@pytest.mark.parametrize("note", ["", "  ", "x" * 501, "a\0b", "For 010190-1234"])
def test_an_unsuitable_note_is_refused(publish: Publish, database: Database, release: Release, note: str) -> None:
    with pytest.raises(InvalidReleaseError):
        publish(release, note=note)
    assert list_releases(database) == []


def test_a_release_with_a_cpr_number_is_not_stored(publish: Publish, database: Database, release: Release) -> None:
    spoiled = replace(release, owner={**release.owner, "da": "EKM 0101901234"})
    for keep in (lambda: publish(spoiled), lambda: import_releases(database, [spoiled], edition="2026", files=FILES)):
        with pytest.raises(InvalidReleaseError) as refused:
            keep()
        assert "0101901234" not in f"{refused.value}{refused.value.values}"
    assert (list_releases(database), audit_entries(database)) == ([], [])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE releases SET note = 'andet'",
        "UPDATE OR REPLACE releases SET compiled = '{}'",
        "DELETE FROM releases",
        f"INSERT OR REPLACE INTO releases SELECT id, {COLUMNS} FROM releases",  # noqa: S608
        f"INSERT OR REPLACE INTO releases SELECT 99, {COLUMNS} FROM releases",  # noqa: S608
    ],
)
def test_a_release_can_be_neither_changed_nor_deleted(
    database: Database, publish: Publish, release: Release, statement: str
) -> None:
    before = publish(release), compiled_release(database, release.name)
    with pytest.raises(sqlite3.IntegrityError, match="immutable"):
        database.connection().execute(statement)
    assert (get_release(database, release.name), compiled_release(database, release.name)) == before


def test_only_a_release_of_the_pack_can_be_current(database: Database, publish: Publish, release: Release) -> None:
    publish(release)
    for pack, name in (("dk", "naeste"), ("se", release.name)):
        with pytest.raises(sqlite3.IntegrityError):
            database.connection().execute("INSERT INTO current_releases VALUES (?, ?)", [pack, name])


def test_an_action_that_cannot_be_recorded_is_rolled_back(
    database: Database, publish: Publish, release: Release, next_release: Release
) -> None:
    publish(release)
    before = read_release_state(database)
    database.connection().execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk'); END")
    with pytest.raises(StoreError):
        publish(next_release)
    with pytest.raises(StoreError):
        activate_release(database, release.name, actor="test")
    assert [one.name for one in list_releases(database)] == [release.name]
    assert read_release_state(database) == before


def test_a_damaged_release_is_reported_and_not_used(database: Database, publish: Publish, release: Release) -> None:
    publish(release)
    connection = database.connection()
    connection.execute("DROP TRIGGER releases_stay")
    connection.execute("UPDATE releases SET compiled = replace(compiled, 'L84', 'L86')")
    with pytest.raises(DamagedReleaseError):
        compiled_release(database, release.name)


def test_a_folder_is_imported_once(database: Database, releases: list[Release]) -> None:
    shipped = [release for release in releases if release.status != "draft"]
    assert not is_imported(database, FILES)
    import_releases(database, shipped, edition="2026", files=FILES)
    assert is_imported(database, FILES)
    stored, recorded = list_releases(database), audit_entries(database)
    assert [(one.name, one.author, one.current) for one in stored] == [
        ("ekm-2024-11", "rule folder", True),
        ("varmland-2023-12", "rule folder", True),
    ]
    assert [entry.action for entry in recorded] == ["release.import"] * 2 + ["release.activate"] * 2
    import_releases(database, shipped, edition="2026", files="1" * 64)  # other files, the same releases
    assert (list_releases(database), audit_entries(database)) == (stored, recorded)


def test_importing_a_folder_changes_no_current_release(database: Database, release: Release, next_release: Release) -> None:
    import_releases(database, [release], edition="2026", files=FILES)
    import_releases(database, [next_release], edition="2026", files="1" * 64)
    assert [(one.name, one.current) for one in list_releases(database)] == [(release.name, True), ("naeste", False)]


def test_of_a_folder_with_an_altered_release_the_others_are_imported(
    database: Database, release: Release, next_release: Release
) -> None:
    import_releases(database, [release], edition="2026", files=FILES)
    altered = replace(release, rules=release.rules[1:])
    published = list_releases(database)
    assert import_releases(database, [next_release, altered], edition="2026", files="1" * 64) == [release.name]
    assert list_releases(database)[:1] == published
    assert [one.name for one in list_releases(database)] == [release.name, next_release.name]
    assert not is_imported(database, "1" * 64)


def test_a_release_stays_the_same_with_another_edition_of_the_catalogue(
    database: Database, publish: Publish, release: Release
) -> None:
    first = publish(release)
    assert publish_release(database, release, edition="2027", note="Nyt katalog", actor="test") == (first, False)
