"""After a flood of requests that carry CPR numbers in every place, log, database, metrics and answers contain none."""

import contextlib
import os
import random
import re
import socket
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.flood import find_numbers, fresh_number, request, requests, spelled
from tests.cli.process import KODEVAGT, PATIENCE, Served, ready
from validator.store.database import Database
from validator.store.keys import Role, add_key

pytestmark = pytest.mark.slow
SMALL, LARGE = 200, 20_000
SILENCE = 3  # seconds after which a caller says that nothing more will come


@pytest.mark.parametrize("pattern", ["{}", "a{}b", "1{}2", "%{}", "x\n{}"])
def test_find_numbers_finds_every_spelling(pattern: str) -> None:
    chance = random.Random(1)
    numbers = {fresh_number(chance) for _ in range(200)}
    for number in numbers:
        written = spelled(chance, number).encode()
        escaped = re.sub(rb"\d", lambda digit: b"\\u%04x" % digit[0][0], written)
        for form in (written, b"".join(b"%%%02x" % byte for byte in written), escaped, number.encode()):
            assert find_numbers(pattern.encode().replace(b"{}", form), numbers) == {number}
    assert find_numbers(" ".join(fresh_number(chance) for _ in range(1000)).encode(), numbers) == set()


@pytest.mark.parametrize("keyed", [False, True], ids=["without keys", "with keys"])
@pytest.mark.parametrize("count", [SMALL, pytest.param(LARGE, marks=pytest.mark.soak)])
def test_no_number_is_stored_logged_or_answered(tmp_path: Path, keyed: bool, count: int) -> None:
    sent = list(requests(count, count))
    numbers = {number for number, _ in sent}
    judging, reading = new_keys(tmp_path) if keyed else ("", "")
    with ready(tmp_path, KODEVAGT_WORKERS="2", KODEVAGT_RATE="0") as served:
        with ThreadPoolExecutor(4) as callers:
            answers = list(callers.map(lambda item: answer(served, item[1], judging), sent))
        statuses = Counter(answer[9:12].decode() for answer in answers)
        for status in ("200", "400", "404", "405", "413", "415", "422"):
            assert statuses[status] >= count / 200, statuses
        assert not [status for status in statuses if status.startswith("5")]
        assert statuses[""] < count / 20  # what is no HTTP may be left unanswered

        counts = answer(served, request("GET /metrics HTTP/1.1"), reading)
        assert b"kodevagt_findings_total" in counts
        files = [file for folder in (tmp_path, served.counts_folder()) for file in folder.iterdir()]
        assert {"kodevagt.db", "kodevagt.db-wal"} <= {file.name for file in files}
        assert any(b"kodevagt_requests" in file.read_bytes() for file in files)
        shown = [counts, *answers, *(file.read_bytes() for file in files)]
        shown += [refused_name(tmp_path, number) for number in random.Random(count).sample(sorted(numbers), 4)]
        printed = served.stop()
    assert printed.count('"event": "request"') > count * 0.8
    shown += [printed.encode(), *(file.read_bytes() for file in tmp_path.iterdir())]
    assert [found for text in shown if (found := find_numbers(text, numbers))] == []
    print(f"\n{count} requests, {len(set(statuses))} kinds of answer {dict(statuses)}: no number found")


def new_keys(folder: Path) -> tuple[str, str]:
    """Return a key for judging and one for reading the metrics."""
    database = Database(folder / "kodevagt.db")
    keys = [add_key(database, role=role, name=f"Til {role}", actor="test")[1] for role in (Role.EDITOR, Role.READER)]
    database.close()
    return keys[0], keys[1]


def answer(served: Served, sent: bytes, key: str) -> bytes:
    """Return the response to a request, whose sending side is closed afterwards."""
    if key:
        sent = sent.replace(b"Host: localhost\r\n", f"Host: localhost\r\nAuthorization: Bearer {key}\r\n".encode(), 1)
    got = b""
    with served.connect() as connection, contextlib.suppress(ConnectionError):
        connection.sendall(sent)
        connection.settimeout(SILENCE)
        try:
            while piece := connection.recv(2**16):
                got += piece
        except TimeoutError:
            connection.settimeout(PATIENCE)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(2**16):
                got += piece
    return got


def refused_name(folder: Path, number: str) -> bytes:
    """Return the error of the command line for a key named with a number."""
    command = [KODEVAGT, "keys", "add", "--role", "reader", "--name", f"Til {number}"]
    environment = {**os.environ, "KODEVAGT_DATABASE": str(folder / "kodevagt.db")}
    run = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert run.returncode == 2
    return run.stdout + run.stderr
