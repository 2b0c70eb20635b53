"""The attack: hostile requests on all routes get no 5xx, and the service prints nothing of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import Served, ready
from tests.endurance.attack import MARK, NO_ANSWER, Attacker
from validator.store.database import Database
from validator.store.keys import Role, add_key

pytestmark = pytest.mark.slow
COUNTS = [
    pytest.param(1_000, 20_261_130, id="1000"),
    pytest.param(49_000, 20_261_201, marks=pytest.mark.soak, id="49000"),
]
AFTERWARDS = 0.04  # of the requests, sent after the store has been taken away


@pytest.fixture
def keys(tmp_path: Path) -> list[str]:
    """The secrets of a key of each role, in the store of the folder."""
    database = Database(tmp_path / "kodevagt.db")
    secrets = [add_key(database, role=role, name=f"For {role}", actor="test")[1] for role in Role]
    database.close()
    return secrets


@pytest.fixture
def output(tmp_path: Path) -> Iterator[Path]:
    """The file of everything that the service prints."""
    path = tmp_path / "printed"
    yield path
    printed = path.read_bytes()
    position = printed.find(MARK.encode())
    assert position < 0, printed[max(0, position - 500) : position + 500]
    assert b"Traceback" not in printed
    assert b'"unhandled"' not in printed


def attack(served: Served, secrets: list[str], count: int, seed: int) -> None:
    attacker = Attacker(served.port, secrets, seed)
    attacker.attack(count)
    print(f"\n{count} attacks: {dict(sorted(attacker.statuses.items()))}")
    assert attacker.failed == []
    assert attacker.statuses[NO_ANSWER] < count / 100, "too many connections were closed without an answer"
    assert {200, 400, 404, 405, 413, 415, 422} <= set(attacker.statuses), "too few kinds of answers test nothing"

    (served.folder / "kodevagt.db").unlink()
    without_store = Attacker(served.port, secrets, seed + 1)
    without_store.attack(int(count * AFTERWARDS), allowed=frozenset({503}))
    print(f"without the store: {dict(sorted(without_store.statuses.items()))}")
    assert without_store.failed == []


@pytest.mark.parametrize(("count", "seed"), COUNTS)
def test_without_keys(tmp_path: Path, output: Path, count: int, seed: int) -> None:
    with ready(tmp_path, output=output) as served:
        attack(served, [], count, seed)


@pytest.mark.parametrize(("count", "seed"), COUNTS)
def test_with_keys_behind_a_proxy(tmp_path: Path, keys: list[str], output: Path, count: int, seed: int) -> None:
    with ready(tmp_path, output=output, KODEVAGT_RATE="0", KODEVAGT_PROXIES="1") as served:
        attack(served, keys, count, seed)
