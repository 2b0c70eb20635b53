"""While another program has the store locked, contacts are judged as before, however many writes wait."""

import contextlib
import json
import os
import sqlite3
import statistics
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.process import Served, ready, wait_until
from tests.training.case_folder import CaseFolder
from validator.catalogue.catalogue import Catalogue
from validator.store.locks import LOCK_TIMEOUT

pytestmark = pytest.mark.slow
SOAK = "KODEVAGT_SOAK" in os.environ  # on a busy machine, a single request may wait for the processor that long
ANSWER = json.dumps({"diagnoses": [{"code": "L90", "role": "main"}]}).encode()
CONTACT = b'{"encounter":{"date":"2025-10-14","specialty":"51","diagnoses":[{"code":"L84"}]}}'
JSON = {"Content_Type": "application/json"}


@pytest.mark.parametrize("writers", [8, pytest.param(200, id="more writers than threads")])
def test_judging_goes_on_while_writers_wait(writers: int, tmp_path: Path, catalogue: Catalogue) -> None:
    cases = CaseFolder(tmp_path / "cases", catalogue)
    found: list[tuple[int, str | None, float]] = []

    def write() -> None:
        started = time.monotonic()
        with contextlib.suppress(OSError):  # the queue for connections may be full
            status, headers, _ = served.send("POST", "/v1/cases/trappen/attempts", ANSWER, **JSON)
            found.append((status, headers["Retry-After"], time.monotonic() - started))

    with ready(tmp_path, KODEVAGT_CASES=str(cases.root)) as served:
        wait_until(lambda: served.send("POST", "/v1/cases/trappen/attempts", ANSWER, **JSON)[0] == 200, served)
        free = [judge(served) for _ in range(50)]
        with closing(sqlite3.connect(tmp_path / "kodevagt.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            threads = [threading.Thread(target=write) for _ in range(writers)]
            for thread in threads:
                thread.start()
            locked = []
            while any(thread.is_alive() for thread in threads):
                locked.append(judge(served))
        for thread in threads:
            thread.join()
        assert served.send("POST", "/v1/cases/trappen/attempts", ANSWER, **JSON)[0] == 200
    print(
        f"\n{writers} writers of a locked store: {len(locked)} judged, the slowest in {max(locked) * 1e3:.0f} ms"
        f" ({max(free) * 1e3:.0f} ms before), writes refused after {min(found)[2]:.1f} to {max(each[2] for each in found):.1f} s"
    )
    assert {(status, retry) for status, retry, _ in found} == {(503, "1")}
    assert len(found) == writers
    assert statistics.median(locked) < LOCK_TIMEOUT / 2  # one that waits for the store takes all of it
    assert max(locked) < LOCK_TIMEOUT / 2 or not SOAK
    assert min(max(each[2] for each in found), LOCK_TIMEOUT * 0.9) == LOCK_TIMEOUT * 0.9


def judge(served: Served) -> float:
    """Judge a contact and ask whether the process runs; return the seconds of the slower one."""
    seconds = []
    for method, path, body in (("POST", "/v1/validate", CONTACT), ("GET", "/health/live", b"")):
        started = time.monotonic()
        assert served.send(method, path, body, **JSON)[0] == 200
        seconds.append(time.monotonic() - started)
    return max(seconds)
