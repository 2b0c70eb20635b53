"""Many learners at once: no request fails, and every answer is stored, even if the service is killed."""

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
    """A browser that answers cases, with a cookie and a persistent connection; `answered` has the acknowledged answers."""

    port: int
    draw: random.Random
    cookie: str = ""
    answered: list[Answered] = field(default_factory=list)
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, address: str, content: object = None) -> Any:
        """Return the JSON body. Raises OSError or HTTPException without a response, AssertionError if its status is not 200."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Content-Type": "application/json", **({"Cookie": self.cookie} if self.cookie else {})}
        try:
            self.connection.request(method, address, json.dumps(content) if content is not None else None, headers)
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        assert answer.status == 200, body
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        return json.loads(body)

    def work(self, count: int) -> None:
        """Answer `count` cases, as the pages do: read the list, then repeatedly the next case."""
        assert self.ask("GET", "/v1/cases")["total"] == CASES
        for _ in range(count):
            self.answer(self.ask("GET", "/v1/learners/me")["next"])
        assert self.ask("GET", "/v1/learners/me")["cases"]["answered"] == len({case for case, _ in self.answered})
        self.close()

    def answer(self, case: str) -> None:
        """Read a case and answer it with one code or none."""
        assert "key" not in self.ask("GET", f"/v1/cases/{case}")
        code = self.draw.choice(CODES)
        diagnoses = [{"code": code, "role": "main"}] if code else []
        assert self.ask("POST", f"/v1/cases/{case}/attempts", {"diagnoses": diagnoses})["key"]
        self.answered.append((case, code))

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def stored_answers(database: Path) -> dict[int, list[Answered]]:
    """Return the answers in the store by learner, in order of arrival."""
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
        browsers = [Learner(served.port, random.Random(number)) for number in range(learners)]
        start = time.monotonic()
        with ThreadPoolExecutor(learners) as at_once:
            for done in [at_once.submit(learner.work, count) for learner in browsers]:
                done.result()
        seconds = time.monotonic() - start
        stored = stored_answers(tmp_path / "kodevagt.db")
        assert sorted(stored.values()) == sorted(learner.answered for learner in browsers)
        assert sum(map(len, stored.values())) == learners * count
        assert len({learner.cookie for learner in browsers}) == learners
        statistics = browsers[0].ask("GET", "/v1/cases/statistics")
        browsers[0].close()
        first = sum(len({case for case, _ in learner.answered}) for learner in browsers)
        assert sum(row["answers"] for row in statistics["items"]) == first
    requests = learners * (2 + 3 * count)
    print(f"{learners} learners, {learners * count} answers stored, {requests} requests, none failed, {seconds:.1f} s")


@pytest.mark.slow
@pytest.mark.parametrize(("learners", "kills"), [pytest.param(8, 3, id="3"), pytest.param(50, 50, id="50", marks=pytest.mark.soak)])
def test_an_answered_case_survives_a_kill(learners: int, kills: int, tmp_path: Path, cases: str) -> None:
    draw = random.Random(kills)
    browsers = [Learner(0, random.Random(number)) for number in range(learners)]
    for _ in range(kills):
        with ready(tmp_path, KODEVAGT_CASES=cases, KODEVAGT_WORKERS="2") as served, answering(browsers, served) as answers:
            before = answers()
            until = time.monotonic() + PATIENCE
            while answers() < before + learners:
                assert time.monotonic() < until, "nobody is answered"
                time.sleep(draw.uniform(0, 0.02))
            os.killpg(served.process.pid, signal.SIGKILL)
    stored = list(stored_answers(tmp_path / "kodevagt.db").values())
    for learner in browsers:
        # The last answer may have been stored without being acknowledged.
        assert any(_is_within(learner.answered, found) for found in stored), "an answer is lost"
    lost = sum(map(len, stored)) - sum(len(learner.answered) for learner in browsers)
    assert 0 <= lost <= learners * kills
    print(
        f"{kills} kills, {sum(len(learner.answered) for learner in browsers)} answers acknowledged and stored, {lost} stored only"
    )


def _is_within(acknowledged: list[Answered], stored: list[Answered]) -> bool:
    """Whether all acknowledged answers are stored in their order; others may be stored between them."""
    rest = iter(stored)
    return all(answer in rest for answer in acknowledged)


@contextlib.contextmanager
def answering(learners: list[Learner], served: Served) -> Iterator[Callable[[], int]]:
    """Let the learners answer cases until the service is gone; yield a function for the number of acknowledged answers."""

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
