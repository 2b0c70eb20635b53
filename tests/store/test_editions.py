"""Editions are immutable; a change of those in use is recorded in the audit log and noticed by running processes."""

import sqlite3

import pytest

from tests.catalogue.editions import edition, titles
from validator.catalogue.catalogue import Catalogue
from validator.store.audit import audit_entries
from validator.store.database import Database, StoreError
from validator.store.editions import (
    DamagedEditionError,
    EditionTakenError,
    InvalidEditionError,
    UnknownEditionError,
    add_edition,
    list_editions,
    read_editions,
    withdraw_edition,
)
from validator.store.snapshot import read_release_state


def actions(database: Database) -> list[tuple[str, str]]:
    return [(entry.action, entry.detail["edition"]) for entry in audit_entries(database)]


def test_an_imported_edition_is_stored_and_in_use(database: Database, catalogue: Catalogue) -> None:
    one = edition("a-2026", "2026-01-01", titles(catalogue))
    assert add_edition(database, one, actor="test")
    (stored,) = list_editions(database)
    assert (stored.name, stored.codes, stored.digest, stored.in_use, stored.author) == ("a-2026", 686, one.digest, True, "test")
    assert read_editions(database, ["a-2026"]) == [one]
    assert actions(database) == [("edition.import", "a-2026")]
    assert read_release_state(database).editions == ("a-2026",)
    assert read_release_state(database).current == ()


def test_the_same_edition_again_changes_nothing(database: Database, catalogue: Catalogue) -> None:
    one = edition("a-2026", "2026-01-01", titles(catalogue))
    add_edition(database, one, actor="test")
    before = read_release_state(database)
    assert not add_edition(database, one, actor="test")
    assert read_release_state(database) == before
    assert len(actions(database)) == 1


def test_another_edition_of_the_name_is_refused(database: Database, catalogue: Catalogue) -> None:
    add_edition(database, edition("a", "2026-01-01", titles(catalogue)), actor="test")
    with pytest.raises(EditionTakenError):
        add_edition(database, edition("a", "2026-01-01", titles(catalogue, ["L84"])), actor="test")
    assert [one.codes for one in list_editions(database)] == [686]


def test_a_withdrawn_edition_stays_stored_and_can_be_used_again(database: Database, catalogue: Catalogue) -> None:
    first, second = edition("a", "2026-01-01", titles(catalogue)), edition("b", "2027-01-01", titles(catalogue))
    for one in (first, second):
        add_edition(database, one, actor="test")
    before = read_release_state(database).generation
    assert withdraw_edition(database, "a", actor="test")
    assert not withdraw_edition(database, "a", actor="test")
    assert read_release_state(database).editions == ("b",)
    assert read_release_state(database).generation == before + 1
    assert add_edition(database, first, actor="test")
    assert read_release_state(database).editions == ("b", "a")
    recorded = [("edition.import", "a"), ("edition.import", "b"), ("edition.withdraw", "a"), ("edition.use", "a")]
    assert actions(database) == recorded


def test_an_unknown_edition_cannot_be_withdrawn_or_read(database: Database) -> None:
    with pytest.raises(UnknownEditionError):
        withdraw_edition(database, "findes-ikke", actor="test")
    with pytest.raises(UnknownEditionError):
        read_editions(database, ["findes-ikke"])


def test_personal_data_is_refused(database: Database, catalogue: Catalogue) -> None:
    with pytest.raises(InvalidEditionError):
        add_edition(database, edition("a", "2026-01-01", titles(catalogue, A22="Klage 010203-1234")), actor="test")
    assert list_editions(database) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE editions SET title = 'x'",
        "DELETE FROM editions",
        "INSERT OR REPLACE INTO editions SELECT * FROM editions",
    ],
)
def test_an_edition_cannot_be_changed(statement: str, database: Database, catalogue: Catalogue) -> None:
    add_edition(database, edition("a", "2026-01-01", titles(catalogue)), actor="test")
    with pytest.raises(StoreError), database.transaction() as tables:
        tables.execute(statement)


def test_a_damaged_edition_is_reported(database: Database, catalogue: Catalogue) -> None:
    add_edition(database, edition("a", "2026-01-01", titles(catalogue)), actor="test")
    connection = sqlite3.connect(database.path)
    connection.execute("DROP TRIGGER editions_stay")
    connection.execute("UPDATE editions SET content = replace(content, 'L84', 'L99')")
    connection.commit()
    connection.close()
    with pytest.raises(DamagedEditionError):
        read_editions(database, ["a"])
