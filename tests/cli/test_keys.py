"""`kodevagt keys` and `kodevagt audit`: a key is printed once, lists contain no secret, and a mistake is one sentence."""

import datetime
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.stores import make_store
from validator.cli.main import main

ADD = ("keys", "add", "--role", "practice", "--name", "Journalsystem Æ")
KEY = re.compile(r"kv_[0-9a-f]{64}")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = make_store(tmp_path / "kodevagt.db")
    monkeypatch.setenv("KODEVAGT_DATABASE", str(found))
    return found


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def run_json(*words: str) -> Any:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0
    assert not result.stderr or result.stderr.startswith("Database: ")
    return json.loads(result.stdout)


def refused(*words: str) -> str:
    """Return the sentence with which a command is refused."""
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    (sentence,) = result.stderr.splitlines()
    assert not re.search(r"Traceback|Errno|sqlite3", sentence)
    return sentence


def test_only_the_key_is_printed_to_standard_output() -> None:
    result = run(*ADD)
    assert result.exit_code == 0
    assert KEY.fullmatch(result.stdout.strip())
    assert "Nøgle 1 (practice)" in result.stderr
    assert not KEY.search(result.stderr)


def test_a_key_is_never_shown_again() -> None:
    secret = run(*ADD).stdout.strip()
    shown = [run(*words) for group in ("keys", "audit") for words in [(group, "list"), (group, "list", "--format", "json")]]
    shown += [run("keys", "revoke", "1", "--format", "json")]
    assert all(result.exit_code == 0 for result in shown)
    for result in shown:
        assert secret[3:] not in result.output
        assert not re.search(r"[0-9a-f]{64}|digest", result.output)


def test_json_has_the_members_of_a_key() -> None:
    added = run_json(*ADD)
    assert KEY.fullmatch(added.pop("key"))
    assert list(added) == ["id", "name", "role", "created", "last_used", "revoked"]
    assert (added["id"], added["name"], added["role"], added["last_used"]) == (1, "Journalsystem Æ", "practice", None)
    assert datetime.datetime.fromisoformat(added["created"]).utcoffset() == datetime.timedelta(0)
    assert run_json("keys", "list") == {"items": [added], "total": 1}
    revoked = run_json("keys", "revoke", "1")
    assert datetime.datetime.fromisoformat(revoked["revoked"])
    assert run_json("keys", "list")["items"] == [revoked]


def test_the_table_has_one_line_per_key_with_its_name_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    run(*ADD)
    run("keys", "add", "--role", "reader", "--name", "[bold]Måling[/]")
    run("keys", "revoke", "1")
    time = r"\d{4}-\d\d-\d\d \d\d:\d\d"
    printed = run("keys", "list").stdout
    assert re.search(rf"│ 1 +│ Journalsystem Æ +│ practice +│ {time} +│ +│ {time} +│", printed)
    assert re.search(rf"│ 2 +│ \[bold\]Måling\[/\] +│ reader +│ {time} +│ +│ +│", printed)


@pytest.mark.parametrize("role", ["practice", "learner", "editor", "reader"])
def test_a_key_can_have_each_role_of_the_contract(role: str) -> None:
    assert run_json("keys", "add", "--role", role, "--name", "Klinik")["role"] == role


@pytest.mark.parametrize(
    "words",
    [
        ("keys", "add"),
        ("keys", "add", "--role", "admin", "--name", "Klinik"),
        ("keys", "add", "--role", "practice"),
        ("keys", "revoke"),
        ("keys", "revoke", "en"),
        ("keys", "revoke", "7"),
        ("keys", "add", "--role", "practice", "--name", " "),
        ("keys", "add", "--role", "practice", "--name", "010190-1234"),
    ],
)
def test_invalid_arguments_change_nothing(words: tuple[str, ...]) -> None:
    run(*ADD)
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    assert run_json("keys", "list")["total"] == run_json("audit", "list")["total"] == 1


def test_a_name_with_a_cpr_number_is_refused_without_repeating_it() -> None:
    assert "CPR-nummer" in refused("keys", "add", "--role", "practice", "--name", "Til 010190-1234")
    assert "010190" not in run("audit", "list").output


def test_revoking_twice_exits_0_and_revoking_the_last_key_gives_a_warning() -> None:
    run(*ADD)
    run("keys", "add", "--role", "reader", "--name", "Måling")
    first, again, last = run("keys", "revoke", "1"), run("keys", "revoke", "1"), run("keys", "revoke", "2")
    assert [result.exit_code for result in (first, again, last)] == [0, 0, 0]
    assert "var allerede trukket tilbage" in again.stdout
    assert "afviser alle" not in first.stderr + again.stderr
    assert "afviser alle" in last.stderr
    assert [entry["action"] for entry in run_json("audit", "list")["items"]] == ["key.add", "key.add", "key.revoke", "key.revoke"]


def test_the_audit_log_names_the_action_and_the_command_line() -> None:
    run(*ADD)
    run("keys", "revoke", "1")
    first, second = run_json("audit", "list")["items"]
    assert list(first) == ["id", "at", "actor", "action", "detail"]
    assert (first["actor"], first["action"]) == ("command line", "key.add")
    assert first["detail"] == {"key": 1, "role": "practice", "name": "Journalsystem Æ"}
    assert second["detail"] == {"key": 1}
    printed = run("audit", "list").stdout
    assert "key.revoke" in printed
    assert "kommandolinjen" in printed


@pytest.mark.parametrize("words", [ADD, ("keys", "list"), ("keys", "revoke", "1"), ("audit", "list"), ("serve",)])
def test_an_unusable_store_is_reported_in_one_sentence(store: Path, words: tuple[str, ...]) -> None:
    store.write_bytes(b"noise" * 1000)
    assert refused(*words) == f"Fejl: Databasen {store} er ikke en SQLite-database."


def test_a_database_of_another_program_is_unchanged(store: Path) -> None:
    store.unlink()
    with closing(sqlite3.connect(store)) as other:
        other.execute("CREATE TABLE patients (id INTEGER)")
    content = store.read_bytes()
    assert "hører til et andet program" in refused(*ADD)
    assert store.read_bytes() == content


@pytest.mark.parametrize(("name", "value"), [("KODEVAGT_HOST", "0.0.0.0"), ("KODEVAGT_PROXIES", "1")])  # noqa: S104
def test_the_service_refuses_a_public_host_without_a_valid_key(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert f"{name}={value}" in refused("serve")
    run(*ADD)
    run("keys", "revoke", "1")
    sentence = refused("serve")
    assert f"{name}={value}" in sentence
    assert "kodevagt keys add" in sentence
