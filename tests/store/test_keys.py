"""A key is shown once and stored as a hash; a name must not be a CPR number; a revoked key stays revoked."""

import datetime
import re
import sqlite3
from pathlib import Path

import pytest

from validator.store.audit import audit_entries
from validator.store.database import Database, StoreError
from validator.store.keys import KeyNameError, Role, UnknownKeyError, add_key, hash_secret, list_keys, record_use, revoke_key

DAY = datetime.date(2026, 3, 1)


def names(database: Database) -> list[str]:
    return [key.name for key in list_keys(database)]


@pytest.mark.parametrize("role", list(Role))
def test_a_key_is_created_for_a_role(database: Database, role: Role) -> None:
    before = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    key, secret = add_key(database, role=role, name="  Journalsystem Å ", actor="test")
    assert re.fullmatch(r"kv_[0-9a-f]{64}", secret)
    assert (key.id, key.name, key.role, key.last_used, key.revoked) == (1, "Journalsystem Å", role, None, None)
    assert before <= key.created <= datetime.datetime.now(datetime.UTC)
    assert list_keys(database) == [key]


def test_keys_are_unique_and_not_in_the_file(database: Database, path: Path) -> None:
    made = {add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")[1] for _ in range(20)}
    assert len(made) == 20
    content = b"".join(file.read_bytes() for file in path.parent.iterdir())
    for secret in made:
        assert hash_secret(secret).encode() in content
        assert secret.encode() not in content
        assert secret.removeprefix("kv_").encode() not in content


def test_the_repr_of_a_key_has_no_hash(database: Database) -> None:
    key, secret = add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    assert hash_secret(secret) == key.digest
    assert key.digest not in repr(key)


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "to\nlinjer", "nul\0", "klokke\a"])
def test_a_name_must_be_one_line(database: Database, name: str) -> None:
    with pytest.raises(KeyNameError, match="1 til 100 tegn"):
        add_key(database, role=Role.PRACTICE, name=name, actor="test")
    assert names(database) == []


@pytest.mark.parametrize("name", ["0101901234", "010190-1234", "Nøgle til 010190-1234", "(311299-4321)"])
def test_a_name_with_a_cpr_number_is_refused_without_repeating_it(database: Database, name: str) -> None:
    with pytest.raises(KeyNameError) as raised:
        add_key(database, role=Role.PRACTICE, name=name, actor="test")
    assert not re.search(r"\d", str(raised.value))
    assert names(database) == []
    assert audit_entries(database) == []


@pytest.mark.parametrize("name", ["x" * 100, "Klinik 51", "9901901234", "k0101901234", "Ældre & børn; DROP TABLE keys"])
def test_other_names_are_stored_unchanged(database: Database, name: str) -> None:
    add_key(database, role=Role.PRACTICE, name=name, actor="test")
    assert names(database) == [name]


def test_a_revoked_key_stays_revoked(database: Database) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    add_key(database, role=Role.READER, name="Måling", actor="test")
    assert revoke_key(database, 1, actor="test")
    first, second = list_keys(database)
    assert first.revoked is not None
    assert second.revoked is None
    assert not revoke_key(database, 1, actor="test")
    assert list_keys(database) == [first, second]


@pytest.mark.parametrize("id", [0, 2, -1, 10**30])
def test_a_key_that_does_not_exist_cannot_be_revoked(database: Database, id: int) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    with pytest.raises(UnknownKeyError):
        revoke_key(database, id, actor="test")
    assert len(audit_entries(database)) == 1


def test_a_key_is_never_deleted(database: Database) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    with pytest.raises(StoreError, match="revoked, never deleted"), database.transaction() as tables:
        tables.execute("DELETE FROM keys")
    assert names(database) == ["Journalsystem"]


@pytest.mark.parametrize(
    ("column", "value"), [("role", "admin"), ("role", None), ("name", ""), ("name", None), ("digest", "short"), ("digest", None)]
)
def test_the_table_refuses_invalid_values(database: Database, column: str, value: str | None) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    with pytest.raises(sqlite3.IntegrityError):
        database.connection().execute(f"UPDATE keys SET {column} = ?", [value])  # noqa: S608


def test_the_day_of_use_only_goes_forward(database: Database) -> None:
    add_key(database, role=Role.PRACTICE, name="Journalsystem", actor="test")
    for day in (DAY, DAY - datetime.timedelta(days=1), DAY):
        record_use(database, 1, day)
        assert list_keys(database)[0].last_used == DAY
    record_use(database, 1, DAY + datetime.timedelta(days=1))
    assert list_keys(database)[0].last_used == DAY + datetime.timedelta(days=1)
