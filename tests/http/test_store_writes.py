"""Every route that writes answers 503 with Retry-After while the store is locked or lost, and never 200."""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import create_app
from tests.http.drafts import COURSE, HEAD
from tests.pages.reading import BROWSER, Read
from tests.training.case_folder import CaseFolder
from validator import Service, Settings
from validator.catalogue.catalogue import Catalogue
from validator.sandbox.sandbox import Sandbox
from validator.store.locks import LOCK_TIMEOUT

pytestmark = pytest.mark.slow
ANSWER = {"diagnoses": [{"code": "L90", "role": "main"}]}
CONTACT = {"encounter": {"date": "2025-10-14", "specialty": "51", "diagnoses": [{"code": "L84"}]}}
FILLED = {"code-1": "L90", "role-1": "main"}
Write = Callable[[FlaskClient, str], TestResponse]  # with the token of a form


def form(address: str, **filled: str) -> Write:
    return lambda client, token: client.post(address, data={"form_token": token, **filled}, headers=BROWSER)


def draft(name: str) -> dict[str, object]:
    files = {"pack.yaml": HEAD.replace("ny-2027", name), "courses.yaml": COURSE}
    return {"note": "Ny", "files": files, "accept": ["past-verdicts-changed"]}


WRITES: dict[str, Write] = {
    "an attempt": lambda client, _: client.post("/v1/cases/trappen/attempts", json=ANSWER),
    "an attempt on a page": form("/cases/trappen", **FILLED),
    "a group": lambda client, _: client.post("/v1/groups"),
    "a group on a page": form("/groups"),
    "joining a group": lambda client, _: client.put("/v1/learners/me/group", json={"code": client.group}),  # type: ignore[attr-defined]
    "leaving a group": lambda client, _: client.put("/v1/learners/me/group", json={"code": None}),
    "leaving a group on a page": form("/progress/group", group=""),
    "deleting a learner": lambda client, _: client.delete("/v1/learners/me"),
    "deleting a learner on a page": form("/progress/delete"),
    "publishing": lambda client, _: client.post("/v1/releases", json=draft("nyere-2028")),
    "activating": lambda client, _: client.post("/v1/releases/ny-2027/activate"),
}


@pytest.fixture
def app(tmp_path: Path, catalogue: Catalogue, service: Service, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(Sandbox, "run", lambda _, work, *arguments, seconds: work(*arguments) if seconds else None)
    cases = CaseFolder(tmp_path / "cases", catalogue)
    app = create_app(Settings(database=tmp_path / "kodevagt.db", cases=cases.root), service)
    assert app.test_client().post("/v1/releases", json=draft("ny-2027")).status_code == 201
    return app


def known_learner(app: Flask) -> tuple[FlaskClient, str]:
    """Return a browser of a learner with a group, and the token of its forms."""
    client = app.test_client()
    assert client.post("/v1/cases/trappen/attempts", json=ANSWER).status_code == 200
    client.group = client.post("/v1/groups").get_json()["code"]  # type: ignore[attr-defined]
    return client, Read(client.get("/")).values["form_token"]


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextlib.contextmanager
def removed(path: Path) -> Iterator[None]:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    yield


@contextlib.contextmanager
def replaced_by_noise(path: Path) -> Iterator[None]:
    with removed(path):
        path.write_bytes(b"noise" * 1000)
        yield


@contextlib.contextmanager
def without_log(path: Path) -> Iterator[None]:
    path.with_name(f"{path.name}-wal").unlink()
    yield


@pytest.mark.parametrize("attack", [removed, replaced_by_noise, without_log])
def test_no_write_to_a_lost_store_succeeds(
    app: Flask, tmp_path: Path, attack: Callable[[Path], contextlib.AbstractContextManager[None]]
) -> None:
    browsers = {name: known_learner(app) for name in WRITES}
    with attack(tmp_path / "kodevagt.db"):
        assert_refused({name: write(*browsers[name]) for name, write in WRITES.items()})  # by the threads that have it open
        assert_judging(app)


def test_writes_to_a_locked_store_are_refused_after_three_seconds(app: Flask, tmp_path: Path) -> None:
    browsers = {name: known_learner(app) for name in WRITES}

    def write(name: str) -> tuple[TestResponse, float]:
        started = time.monotonic()
        return WRITES[name](*browsers[name]), time.monotonic() - started

    with locked(tmp_path / "kodevagt.db"), ThreadPoolExecutor(len(WRITES)) as threads:
        answers = dict(zip(WRITES, threads.map(write, WRITES), strict=True))
        assert_judging(app)
    assert_refused({name: answer for name, (answer, _) in answers.items()})
    seconds = {name: seconds for name, (_, seconds) in answers.items()}
    print(f"\nwrites to a locked store are refused after {min(seconds.values()):.1f} to {max(seconds.values()):.1f} s")
    assert {name: taken for name, taken in seconds.items() if taken < 0.9 * LOCK_TIMEOUT} == {}
    assert max(seconds.values()) < 5 * LOCK_TIMEOUT


def assert_refused(answers: dict[str, TestResponse]) -> None:
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(WRITES, 503)
    for name, answer in answers.items():
        assert int(answer.headers["Retry-After"]) >= 1, name
        assert ("text/html" if "page" in name else "problem+json") in answer.content_type, name


def assert_judging(app: Flask) -> None:
    assert app.test_client().get("/health/live").status_code == 200
    assert app.test_client().post("/v1/validate", json=CONTACT).status_code == 200


def test_every_write_succeeds_on_a_free_store(app: Flask) -> None:
    browsers = {name: known_learner(app) for name in WRITES}
    statuses = {name: write(*browsers[name]).status_code for name, write in WRITES.items()}
    assert {name: status for name, status in statuses.items() if status not in (200, 201, 303)} == {}
