"""Many learners at once: no answer is lost and no request fails, and what was answered is kept, also when the service is killed."""

import contextlib
import http.client
import json
import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cli.process import PATIENCE, Served, ready
from tests.training.case_folder import CASE, CaseFolder
from validator.catalogue.catalogue import Catalogue

CASES = 10
CODES = ("L90", "L15", "L91", "M17.1", "")
Answered = tuple[str, str]  # the case and the code that was chosen for it


@pytest.fixture
def cases(tmp_path: Path, catalogue: Catalogue) -> str:
    """A folder of ten cases."""
    folder = CaseFolder(tmp_path / "cases", catalogue)
    for number in range(1, CASES):
        folder.write(f"trappen-{number}.yaml", CASE.replace("id: trappen", f"id: trappen-{number}"))
    return str(folder.root)


@dataclass
class Learner:
    """A browser that works cases: it keeps its cookie and its connection, and remembers what it was told is done."""

    port: int
    draw: random.Random
    cookie: str = ""
    answered: list[Answered] = field(default_factory=list)
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, address: str, content: object = None) -> Any:
        """The answer's content. Raises OSError or HTTPException where there is none, and AssertionError for one that is not 200."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Content-Type": "application/json", **({"Cookie": self.cookie} if self.cookie else {})}
        try:
            self.connection.request(method, address, json.dumps(content) if content is not None else None, headers)
            answer = self.connection.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        assert answer.status == 200, told
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        return json.loads(told)

    def work(self, count: int) -> None:
        """Works so many cases, as the pages do: read the list, then each time the next case, its text and the answer."""
        assert self.ask("GET", "/v1/cases")["total"] == CASES
        for _ in range(count):
            self.answer(self.ask("GET", "/v1/learners/me")["next"])
        assert self.ask("GET", "/v1/learners/me")["cases"]["answered"] == len({case for case, _ in self.answered})
        self.close()

    def answer(self, case: str) -> None:
        """Reads a case and answers it with one code or none."""
        assert "key" not in self.ask("GET", f"/v1/cases/{case}")
        code = self.draw.choice(CODES)
        diagnoses = [{"code": code, "role": "main"}] if code else []
        assert self.ask("POST", f"/v1/cases/{case}/attempts", {"diagnoses": diagnoses})["key"]
        self.answered.append((case, code))

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def kept(database: Path) -> dict[int, list[Answered]]:
    """The answers in the store by learner, in the order in which they came."""
    found: dict[int, list[Answered]] = {}
    with closing(sqlite3.connect(database)) as store:
        for learner, case, chosen in store.execute('SELECT learner, "case", chosen FROM attempts ORDER BY id'):
            found.setdefault(learner, []).append((case, chosen))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("learners", "count"), [pytest.param(20, 3, id="20"), pytest.param(200, 10, id="200", marks=pytest.mark.soak)]
)
def test_no_answer_is_lost_and_no_request_fails(learners: int, count: int, tmp_path: Path, cases: str) -> None:
    with ready(tmp_path, KODEVAGT_CASES=cases, KODEVAGT_WORKERS="2") as served:
        made = [Learner(served.port, random.Random(number)) for number in range(learners)]
        start = time.monotonic()
        with ThreadPoolExecutor(learners) as at_once:
            for done in [at_once.submit(learner.work, count) for learner in made]:
                done.result()
        seconds = time.monotonic() - start
        held = kept(tmp_path / "kodevagt.db")
        assert sorted(held.values()) == sorted(learner.answered for learner in made)
        assert sum(map(len, held.values())) == learners * count
        assert len({learner.cookie for learner in made}) == learners
        statistics = made[0].ask("GET", "/v1/cases/statistics")
        made[0].close()
        first = sum(len({case for case, _ in learner.answered}) for learner in made)
        assert sum(row["answers"] for row in statistics["items"]) == first
    requests = learners * (2 + 3 * count)
    print(f"{learners} learners, {learners * count} answers kept, {requests} requests, none failed, {seconds:.1f} s")


@pytest.mark.slow
@pytest.mark.parametrize(("learners", "kills"), [pytest.param(8, 3, id="3"), pytest.param(50, 50, id="50", marks=pytest.mark.soak)])
def test_an_answered_case_survives_a_kill(learners: int, kills: int, tmp_path: Path, cases: str) -> None:
    draw = random.Random(kills)
    made = [Learner(0, random.Random(number)) for number in range(learners)]
    for _ in range(kills):
        with ready(tmp_path, KODEVAGT_CASES=cases, KODEVAGT_WORKERS="2") as served, answering(made, served) as answers:
            before = answers()
            until = time.monotonic() + PATIENCE
            while answers() < before + learners:
                assert time.monotonic() < until, "nobody is answered"
                time.sleep(draw.uniform(0, 0.02))
            os.killpg(served.process.pid, signal.SIGKILL)
    held = list(kept(tmp_path / "kodevagt.db").values())
    for learner in made:
        # One answer may have been kept whose caller was not told any more.
        assert any(_is_within(learner.answered, found) for found in held), "an answer is lost"
    lost = sum(map(len, held)) - sum(len(learner.answered) for learner in made)
    assert 0 <= lost <= learners * kills
    print(f"{kills} kills, {sum(len(learner.answered) for learner in made)} answers told and kept, {lost} kept and not told")


def _is_within(told: list[Answered], held: list[Answered]) -> bool:
    """Whether what was told is kept in its order, whatever else is."""
    rest = iter(held)
    return all(answer in rest for answer in told)


@contextlib.contextmanager
def answering(learners: list[Learner], served: Served) -> Iterator[Callable[[], int]]:
    """The learners answer one case after the other until the service is gone; gives how many answers have been told."""

    def work(learner: Learner) -> None:
        learner.port = served.port
        with contextlib.suppress(OSError, http.client.HTTPException):
            while True:
                learner.answer(learner.draw.choice(["trappen", *(f"trappen-{number}" for number in range(1, CASES))]))

    threads = [threading.Thread(target=work, args=[learner]) for learner in learners]
    for thread in threads:
        thread.start()
    try:
        yield lambda: sum(len(learner.answered) for learner in learners)
    finally:
        for thread in threads:
            thread.join()
