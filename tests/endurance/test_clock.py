"""The wall clock jumps: answers, limits and measured times are unaffected."""

import datetime
import json
import os
import random
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.process import Served, ready
from tests.endurance.stream import Asked, stream
from tests.waiting import wait_for
from validator import Service
from validator.store.database import Database
from validator.store.keys import Role, add_key, list_keys

pytestmark = pytest.mark.slow
DAY = 86_400  # seconds
EACH = 30  # contacts after a jump
SHORTEST = 3_600  # seconds
JUMPS = (SHORTEST, -DAY, -40 * 365 * DAY, 30 * 365 * DAY, 0)  # the clock of 1986 and the one of 2056 among them


class Clock:
    """The wall clock of programs started with `environment`."""

    def __init__(self, folder: Path) -> None:
        library, self._offset = folder / "clock.so", folder / "offset"
        source = Path(__file__).with_name("clock.c")
        subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
        self.set(0)
        self.environment = {"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(self._offset)}

    def set(self, offset: int) -> None:
        """Set it to this many seconds after the real time."""
        file = os.open(self._offset, os.O_WRONLY | os.O_CREAT)
        os.write(file, offset.to_bytes(8, "little", signed=True))
        os.close(file)


def judge(served: Served, asked: Asked, secret: str) -> tuple[int, bytes, int]:
    """Return the status, the body, and the seconds of `Retry-After`."""
    status, headers, answer = served.send(
        "POST", "/v1/validate", asked.body, Content_Type="application/json", Authorization=f"Bearer {secret}"
    )
    return status, answer, int(headers.get("Retry-After", 0))


def drained(served: Served, asked: Asked, secret: str) -> tuple[float, int]:
    """Send requests until the key is rate limited; return the time and how many were answered before."""
    count = 0
    while True:
        now = time.monotonic()
        if judge(served, asked, secret)[0] == 429:
            return now, count
        count += 1


@pytest.mark.parametrize("drawn", [pytest.param(0, id="5 jumps"), pytest.param(200, marks=pytest.mark.soak, id="205 jumps")])
def test_clock_jumps_do_not_affect_answers_and_limits(service: Service, tmp_path: Path, drawn: int) -> None:
    chance = random.Random(5)
    jumps = [*JUMPS, *(chance.randrange(-50 * 365 * DAY, 80 * 365 * DAY) for _ in range(drawn))]
    asked = stream(service, EACH)
    clock = Clock(tmp_path)
    _, secret = add_key(Database(tmp_path / "kodevagt.db"), role=Role.PRACTICE, name="Journalsystem", actor="test")
    # Enough for all that is asked before the limit is tried, and one more each second.
    rate = max(60, len(jumps) * EACH)
    wrong = failed = 0
    days: set[str] = set()
    with ready(tmp_path, KODEVAGT_WORKERS="1", KODEVAGT_RATE=str(rate), **clock.environment) as served:
        for jump in jumps:
            clock.set(jump)
            answers = [judge(served, each, secret) for each in asked]
            failed += sum(status != 200 for status, _, _ in answers)
            wrong += sum(answer != each.answer for (status, answer, _), each in zip(answers, asked, strict=True) if status == 200)
            assert served.status("/health/ready") == 200
        empty, _ = drained(served, asked[0], secret)
        for jump in (366 * DAY, -366 * DAY):
            clock.set(jump)
            until, let_in = drained(served, asked[0], secret)
            assert let_in <= 1 + (until - empty) * rate / 60
            assert judge(served, asked[0], secret)[2] <= 1
            wait_for(lambda: judge(served, asked[0], secret)[0] == 200)
            empty, _ = drained(served, asked[0], secret)
        for line in served.printed().splitlines():
            if line.startswith("{"):
                entry = json.loads(line)
                days.add(entry["timestamp"][:10])
                assert 0 <= entry["ms"] < SHORTEST * 1_000  # no measured time includes a jump
    print(f"\nclock: {len(jumps)} jumps, {len(jumps) * EACH} requests, {wrong} wrong, {failed} failed, {len(days)} days in the log")
    assert (wrong, failed) == (0, 0)
    assert len(days) > len(JUMPS) - 1  # the clock did jump
    (key,) = list_keys(Database(tmp_path / "kodevagt.db"))
    assert key.last_used is not None
    assert key.last_used > datetime.datetime.now(datetime.UTC).date()  # the latest date of use is stored
