"""A running process uses an activated release from its next request on; running requests keep theirs; none fails."""

import datetime
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from api import create_app
from validator import Service, Settings, read_request
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.serving import live_service
from validator.serving.startup import start_service
from validator.store import database as database_module
from validator.store import snapshot as snapshot_module
from validator.store.database import Database
from validator.store.releases import activate_release, publish_release
from validator.store.snapshot import SnapshotCache

REQUEST = {"encounter": {"date": "2027-06-01", "specialty": "51", "diagnoses": [{"code": "A29", "role": "main"}]}}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database=tmp_path / "kodevagt.db")


@pytest.fixture
def database(settings: Settings, release: Release, catalogue: Catalogue) -> Database:
    """A store with the shipped releases and one without rules."""
    start_service(settings)
    database = Database(settings.database)
    publish_release(database, replace(release, name="uden-regler", rules=()), edition=catalogue.edition, note="Test", actor="test")
    return database


class Process:
    """The service and snapshots of a process, used as a request uses them."""

    def __init__(self, settings: Settings) -> None:
        self.snapshots = SnapshotCache(Database(settings.database))
        self.live = start_service(settings)

    def service(self) -> Service:
        return self.live.service_for(self.snapshots.current())

    def name(self) -> str:
        return self.service().validator("dk").release.name


@pytest.fixture
def process(settings: Settings, database: Database) -> Process:
    assert database.path.exists()
    return Process(settings)


@pytest.fixture
def no_intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "_FILE_CHECK_INTERVAL", 0)
    monkeypatch.setattr(snapshot_module, "_RETRY_AFTER", 0)
    monkeypatch.setattr(live_service, "_RETRY_AFTER", 0)


def test_the_next_request_uses_a_new_release_and_a_running_one_does_not(process: Process, database: Database) -> None:
    under_way = process.service()
    activate_release(database, "uden-regler", actor="test")
    assert process.name() == "uden-regler"
    assert under_way.validator("dk").release.name == "ekm-2024-11"
    activate_release(database, "ekm-2024-11", actor="test")
    assert process.name() == "ekm-2024-11"


def test_reverting_a_release_uses_the_cached_validator(process: Process, database: Database) -> None:
    before = process.service().validator("dk")
    for name in ("uden-regler", "ekm-2024-11"):
        activate_release(database, name, actor="test")
        process.name()
    assert process.service().validator("dk") is before


def test_the_other_pack_is_unchanged(process: Process, database: Database) -> None:
    before = process.service().validator("se")
    activate_release(database, "uden-regler", actor="test")
    process.name()
    assert process.service().validator("se") is before


def test_every_published_release_can_be_replayed(process: Process, database: Database, release: Release) -> None:
    publish_release(database, replace(release, name="senere"), edition="another", note="Test", actor="test")
    service = process.service()
    assert [name for _, name in service.releases] == ["ekm-2024-11", "varmland-2023-12", "uden-regler", "senere"]
    kinds = {}
    for name in ("ekm-2024-11", "uden-regler", "senere"):
        verdict = service.judge(read_request(REQUEST), release=name)
        assert verdict.rules["release"] == name
        kinds[name] = [finding.hit.kind for finding in verdict.findings]
        expected = replace(release, name=name, rules=release.rules if name != "uden-regler" else ())
        assert verdict.rules["digest"] == expected.digest(service.catalogue.edition)
    assert kinds == {"ekm-2024-11": ["residual-code"], "uden-regler": [], "senere": ["residual-code"]}


def test_few_validators_are_cached(process: Process, database: Database, release: Release) -> None:
    for number in range(20):
        publish_release(database, replace(release, name=f"r{number}"), edition="x", note="Test", actor="test")
    process.name()
    for number in range(20):
        assert process.service().validator("dk", f"r{number}").release.name == f"r{number}"
    assert process.service().validator("dk").release.name == "ekm-2024-11"


def test_matchers_are_built_before_a_release_is_used(process: Process, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    real = process.live._build

    def watched(*arguments: object) -> Service:
        service = real(*arguments)
        validator = service.current["dk"]
        warm = validator.warm
        monkeypatch.setattr(
            validator, "warm", lambda day: names.append(process.live.service.current["dk"].release.name) or warm(day)
        )
        return service

    monkeypatch.setattr(process.live, "_build", watched)
    activate_release(database, "uden-regler", actor="test")
    process.name()
    assert names == ["ekm-2024-11"]


def test_nothing_is_read_without_a_change(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    process.name()
    read = []
    monkeypatch.setattr(process.live, "_build", lambda *_: read.append(1))
    for _ in range(100):
        process.name()
    assert read == []


@pytest.mark.usefixtures("no_intervals")
def test_the_last_good_release_stays_while_the_store_fails(process: Process, settings: Settings, database: Database) -> None:
    activate_release(database, "uden-regler", actor="test")
    assert process.name() == "uden-regler"
    path = settings.database
    path.replace(path.with_name("aside.db"))
    path.write_bytes(b"noise" * 1000)
    with capture_logs():
        assert [process.name() for _ in range(3)] == ["uden-regler"] * 3


@pytest.mark.usefixtures("no_intervals")
def test_a_damaged_release_is_not_loaded_and_logged_once(process: Process, database: Database) -> None:
    process.name()
    connection = database.connection()
    connection.execute("DROP TRIGGER releases_stay")
    connection.execute("UPDATE releases SET compiled = '{}' WHERE name = 'uden-regler'")
    activate_release(database, "uden-regler", actor="test")
    with capture_logs() as logged:
        assert [process.name() for _ in range(3)] == ["ekm-2024-11"] * 3
    assert [line["event"] for line in logged] == ["release-not-taken-up"]
    activate_release(database, "ekm-2024-11", actor="test")
    with capture_logs() as logged:
        assert process.name() == "ekm-2024-11"
    assert logged == []


@pytest.mark.usefixtures("no_intervals")
def test_a_store_created_later_is_used(settings: Settings, release: Release) -> None:
    settings.database.write_bytes(b"noise" * 1000)
    with capture_logs():
        process = Process(settings)
        assert process.name() == "ekm-2024-11"
    settings.database.unlink()
    database = Database(settings.database)
    publish_release(database, replace(release, name="ny"), edition="x", note="Ny", actor="test")
    assert process.name() == "ekm-2024-11"  # nothing is current there yet
    activate_release(database, "ny", actor="test")
    assert process.name() == "ny"
    assert process.service().validator("se").release.name == "varmland-2023-12"


def test_every_thread_uses_the_release_current_at_its_request(process: Process, database: Database) -> None:
    """No request after an activation uses the release before it, and every answer is complete."""
    names = ("uden-regler", "ekm-2024-11")
    done: list[int] = []
    wrong: list[str] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            before = len(done)
            service = process.service()
            verdict = service.judge(read_request(REQUEST))
            after = len(done)
            allowed = {"ekm-2024-11" if number == 0 else names[(number - 1) % 2] for number in range(before, after + 2)}
            name = verdict.rules["release"]
            kinds = [finding.hit.kind for finding in verdict.findings]
            if name not in allowed or kinds != {"ekm-2024-11": ["residual-code"], "uden-regler": []}[name]:
                wrong.append(f"{name} {kinds} at {before}-{after}")

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(20):
        activate_release(database, names[number % 2], actor="test")
        done.append(number)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_batch_keeps_the_release_it_began_with(settings: Settings, database: Database) -> None:
    client = create_app(settings).test_client()
    line = b'{"encounter": {"date": "2027-06-01", "specialty": "51", "diagnoses": []}}\n'
    answer = client.post("/v1/validate/batch", data=line * 3, content_type="application/x-ndjson", buffered=False)
    lines = iter(answer.response)
    first = next(lines)
    activate_release(database, "uden-regler", actor="test")
    assert client.post("/v1/validate", json=REQUEST).json["rules"]["release"] == "uden-regler"
    assert all('"release":"ekm-2024-11"' in str(text, "utf-8") for text in [first, *lines])


def test_warming_builds_the_matchers_of_today(process: Process, database: Database) -> None:
    activate_release(database, "uden-regler", actor="test")
    process.name()
    matchers = process.service().validator("dk")._coder.matchers
    cached = matchers._matcher.cache_info().currsize
    matchers.get("51", datetime.date.today())
    assert matchers._matcher.cache_info().currsize == cached > 0


@pytest.mark.usefixtures("database")
def test_a_request_reads_the_store_version_once(settings: Settings) -> None:
    app = create_app(settings)
    client = app.test_client()
    assert client.post("/v1/validate", json=REQUEST).status_code == 200
    asked: list[str] = []
    app.extensions["kodevagt_store"].database.connection().set_trace_callback(asked.append)
    assert client.post("/v1/validate", json=REQUEST).json["rules"]["release"] == "ekm-2024-11"
    assert asked == ["PRAGMA data_version"]
