"""The audit log records actions in their own transaction, and cannot be changed."""

import datetime
import sqlite3

import pytest

from validator.store.audit import audit_entries
from validator.store.database import Database, StoreError
from validator.store.keys import Role, add_key, list_keys, revoke_key

NOW = datetime.datetime.now(datetime.UTC)


def test_actions_with_keys_are_recorded(database: Database) -> None:
    before = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    _, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem Æ", actor="command line")
    revoke_key(database, 1, actor="key 7")
    revoke_key(database, 1, actor="key 8")  # nothing is done any more
    added, revoked = audit_entries(database)
    assert (added.id, added.actor, added.action) == (1, "command line", "key.add")
    assert added.detail == {"key": 1, "role": "practice", "name": "Journalsystem Æ"}
    assert (revoked.id, revoked.actor, revoked.action, revoked.detail) == (2, "key 7", "key.revoke", {"key": 1})
    assert before <= added.at <= revoked.at <= datetime.datetime.now(datetime.UTC)
    assert secret not in str([added, revoked])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'somebody else'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit (id, at, actor, action, detail) VALUES (1, '2026-01-01T00:00:00Z', 'x', 'y', '{}')",
        "REPLACE INTO audit (id, at, actor, action, detail) VALUES (1, '2026-01-01T00:00:00Z', 'x', 'y', '{}')",
        "UPDATE OR IGNORE audit SET detail = '{}' WHERE id = 1",
    ],
)
@pytest.mark.parametrize("recursive_triggers", ["ON", "OFF"])
def test_an_entry_can_be_neither_changed_nor_deleted(database: Database, statement: str, recursive_triggers: str) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    before = audit_entries(database)
    connection = database.connection()
    connection.execute(f"PRAGMA recursive_triggers = {recursive_triggers}")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    assert audit_entries(database) == before


def test_an_action_that_cannot_be_recorded_is_rolled_back(database: Database) -> None:
    list_keys(database)
    database.connection().execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk'); END")
    with pytest.raises(StoreError):
        add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    assert list_keys(database) == []
