"""With a full disk the service is not ready and log lines are lost, but every request is answered; it recovers with free space."""

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import KODEVAGT, Served, ready, wait_until
from tests.endurance.disk import CAN_MOUNT, Disk, Forbidden, SmallDisk
from tests.endurance.stream import Asked, stream
from validator import Service
from validator.store.audit import audit_entries
from validator.store.database import Database
from validator.store.keys import list_keys

pytestmark = pytest.mark.slow
ADD = ("keys", "add", "--create", "--role", "practice", "--name", "Journalsystem")


@pytest.fixture(
    params=[
        pytest.param(
            SmallDisk, marks=pytest.mark.skipif(not CAN_MOUNT, reason="only root may make a disk; the other way is tried")
        ),
        Forbidden,
    ]
)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    (tmp_path / "disk").mkdir()
    with request.param(tmp_path / "disk") as disk:
        yield disk


def judged(served: Served, asked: list[Asked]) -> tuple[int, int]:
    """Return how many contacts were refused and how many judged wrongly."""
    answers = [served.send("POST", "/v1/validate", each.body, Content_Type="application/json") for each in asked]
    refused = sum(status != 200 for status, _, _ in answers)
    return refused, sum(answer != each.answer for (_, _, answer), each in zip(answers, asked, strict=True)) - refused


def state(served: Served) -> tuple[int, str]:
    status, _, body = served.send("GET", "/health/ready")
    return status, json.loads(body)["status"]


@pytest.mark.parametrize(
    ("rounds", "contacts"), [pytest.param(1, 50, id="once"), pytest.param(20, 2_000, marks=pytest.mark.soak, id="20 times")]
)
def test_contacts_are_judged_while_the_disk_is_full(service: Service, disk: Disk, rounds: int, contacts: int) -> None:
    asked = stream(service, contacts)
    refused = wrong = 0
    with ready(disk.folder, output=disk.folder / "log", KODEVAGT_WORKERS="2") as served:
        for _ in range(rounds):
            every = served.workers()
            disk.fill(*every)
            wait_until(lambda: {state(served) for _ in range(10)} == {(503, "store-not-writable")}, served)
            counts = judged(served, asked)
            disk.free(*every)
            wait_until(lambda: {state(served) for _ in range(10)} == {(200, "ready")}, served)
            refused, wrong = refused + counts[0], wrong + counts[1]
        printed = served.printed()
    lost = [int(count) for count in re.findall(r'"event": "log-lines-lost", "count": (\d+)', printed)]
    print(
        f"\nfull disk: full {rounds} times, {rounds * contacts} requests, {refused} refused, {wrong} wrong, {sum(lost)} lines lost"
    )
    assert (refused, wrong) == (0, 0)
    # The last block of a full disk may still have room for a line: each line is written completely or counted as lost.
    written = sum(line.endswith("}") and '"route": "/v1/validate"' in line for line in printed.splitlines())
    assert sum(lost) > 0
    assert written + sum(lost) >= rounds * contacts
    assert intact(disk.folder / "kodevagt.db")


def test_adding_a_key_on_a_full_disk_is_atomic(disk: Disk) -> None:
    store = disk.folder / "kodevagt.db"
    for exists in (False, True):
        before = len(list_keys(Database(store))) if exists else 0
        disk.fill()
        refused = disk.run([str(KODEVAGT), *ADD])
        assert (refused.returncode, refused.stdout) == (2, "")
        assert re.fullmatch(r"Fejl: Databasen \S+kodevagt\.db kan ikke .*\.\n", refused.stderr)
        disk.free()
        if exists:
            assert len(list_keys(Database(store))) == len(audit_entries(Database(store))) == before
        assert disk.run([str(KODEVAGT), *ADD]).returncode == 0
        assert intact(store)
        assert len(list_keys(Database(store))) == len(audit_entries(Database(store))) == before + 1


def intact(store: Path) -> bool:
    with contextlib.closing(sqlite3.connect(store)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
