"""A server loads the releases of its store; the rule folder is imported once and changes no current release."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from api import create_app
from tests.rulebook.rule_folder import RuleFolder
from validator import Settings
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.yaml import folder
from validator.rulebook.yaml.problems import RulebookError
from validator.serving.live_service import LiveService
from validator.serving.startup import start_service
from validator.store.audit import audit_entries
from validator.store.database import Database
from validator.store.errors import DamagedReleaseError
from validator.store.published_releases import list_releases
from validator.store.releases import activate_release, publish_release


@pytest.fixture
def files(tmp_path: Path, catalogue: Catalogue) -> RuleFolder:
    return RuleFolder(tmp_path / "rules", catalogue)


@pytest.fixture
def settings(tmp_path: Path, files: RuleFolder) -> Settings:
    return Settings(database=tmp_path / "kodevagt.db", rules=files.root)


@pytest.fixture
def database(settings: Settings) -> Database:
    return Database(settings.database)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose YAML the test reads."""
    read: list[Path] = []
    real = folder.read_folder
    monkeypatch.setattr(
        folder, "read_folder", lambda path, *arguments, **named: read.append(path) or real(path, *arguments, **named)
    )
    return read


def test_a_folder_is_read_at_the_first_start_only(settings: Settings, files: RuleFolder, read: list[Path]) -> None:
    first, second = start_service(settings), start_service(settings)
    assert read == [files.root]
    for live in (first, second):
        assert live.service.state is not None
        assert live.service.state.current == (("dk", "lille-2025"),)
        assert live.service.validator("dk").release == replace(files.release(), status="published")
    assert first.service.current["dk"].digest == second.service.current["dk"].digest


def test_a_new_release_of_the_folder_is_stored_and_not_current(settings: Settings, files: RuleFolder, database: Database) -> None:
    start_service(settings)
    for file in ("pack.yaml", "courses.yaml", "general.yaml"):
        files.write(f"dk/ny-2026/{file}", files.path(file).read_bytes().replace(b"lille-2025", b"ny-2026"))
    files.edit("pack.yaml", "status: current", "status: published")
    service = start_service(settings).service
    assert service.validator("dk").release.name == "lille-2025"
    assert service.validator("dk", "ny-2026").release.name == "ny-2026"
    assert [(one.name, one.current) for one in list_releases(database)] == [("lille-2025", True), ("ny-2026", False)]


def ready(settings: Settings, live: LiveService) -> dict[str, Any]:
    response = create_app(settings, live).test_client().get("/health/ready")
    assert response.status_code == 200
    return dict(response.get_json())


def test_of_an_altered_release_what_was_published_is_served(settings: Settings, files: RuleFolder, database: Database) -> None:
    digest = start_service(settings).service.current["dk"].digest
    before = list_releases(database), audit_entries(database)
    files.edit("general.yaml", "[A29, A99]", "[A29]")
    for _ in range(2):  # at every start
        with capture_logs() as logged:
            live = start_service(settings)
        assert [(line["event"], line["release"]) for line in logged] == [("rule-folder-differs", "lille-2025")]
        assert live.service.current["dk"].digest == digest
        assert ready(settings, live)["rule_folder"] == {"differing": ["lille-2025"]}
    assert (list_releases(database), audit_entries(database)) == before
    files.edit("general.yaml", "[A29]", "[A29, A99]")
    assert "rule_folder" not in ready(settings, start_service(settings))


def test_a_new_release_beside_an_altered_one_is_stored(settings: Settings, files: RuleFolder, database: Database) -> None:
    start_service(settings)
    add_release(files, "ny-2026")
    files.edit("general.yaml", "[A29, A99]", "[A29]")
    with capture_logs():
        live = start_service(settings)
    assert [one.name for one in list_releases(database)] == ["lille-2025", "ny-2026"]
    assert ready(settings, live)["rule_folder"] == {"differing": ["lille-2025"]}


def test_of_a_folder_with_an_error_what_was_published_is_served(settings: Settings, files: RuleFolder) -> None:
    digest = start_service(settings).service.current["dk"].digest
    files.edit("general.yaml", "kind: residual-code", "kind: rest")
    with capture_logs() as logged:
        live = start_service(settings)
    (line,) = logged
    assert line["event"] == "rule-folder-not-read"
    assert "general.yaml" in line["problems"][0]
    assert live.service.current["dk"].digest == digest
    assert ready(settings, live)["rule_folder"] == {"unreadable": True}


def test_a_correction_that_ships_is_offered_until_it_is_current(settings: Settings, files: RuleFolder, database: Database) -> None:
    assert "offered" not in ready(settings, start_service(settings))
    add_release(files, "ny-2026")
    live = start_service(settings)
    assert ready(settings, live)["offered"] == {"dk": "ny-2026"}
    activate_release(database, "ny-2026", actor="test")
    assert "offered" not in ready(settings, live)


def test_a_release_older_than_the_current_one_is_not_offered(settings: Settings, files: RuleFolder, database: Database) -> None:
    add_release(files, "aeldre-2024")
    files.edit("dk/aeldre-2024/pack.yaml", "status: current", "status: published")
    files.edit("pack.yaml", "status: published", "status: current")
    start_service(settings)
    publish_release(database, replace(files.release(), name="egen-2026"), edition="x", note="Ny", actor="test")
    activate_release(database, "egen-2026", actor="test")
    assert "offered" not in ready(settings, start_service(settings))


def add_release(files: RuleFolder, name: str) -> None:
    """Add a release to the folder that is current there instead of the one that was."""
    for file in ("pack.yaml", "courses.yaml", "general.yaml"):
        files.write(f"dk/{name}/{file}", files.path(file).read_bytes().replace(b"lille-2025", name.encode()))
    files.edit("pack.yaml", "status: current", "status: published")


def test_a_change_of_comments_alone_is_accepted(settings: Settings, files: RuleFolder, read: list[Path]) -> None:
    start_service(settings)
    files.write("general.yaml", b"# en bemaerkning\n" + files.path("general.yaml").read_bytes())
    for _ in range(2):
        start_service(settings)
    assert len(read) == 2


def test_a_draft_is_not_imported(settings: Settings, files: RuleFolder, database: Database) -> None:
    files.write("dk/kladde-2026/pack.yaml", "pack: dk\nrelease: kladde-2026\nstatus: draft\nextends: lille-2025\n")
    start_service(settings)
    assert [one.name for one in list_releases(database)] == ["lille-2025"]


def test_a_folder_without_a_head_is_left_out_and_logged_at_every_start(
    settings: Settings, files: RuleFolder, database: Database
) -> None:
    files.write("dk/halv-2026/regler.yaml", "rules: []\n")
    for _ in range(2):
        with capture_logs() as logged:
            service = start_service(settings).service
        assert [(line["event"], line["folder"]) for line in logged] == [
            ("rule-folder-left-out", str(files.root / "dk" / "halv-2026"))
        ]
        assert service.validator("dk").release.name == "lille-2025"
    assert [one.name for one in list_releases(database)] == ["lille-2025"]
    assert [problem.id for problem in files.problems()] == ["missing-file"]


def test_a_folder_with_an_error_is_reported(settings: Settings, files: RuleFolder, database: Database) -> None:
    files.edit("general.yaml", "kind: residual-code", "kind: rest")
    with pytest.raises(RulebookError):
        start_service(settings)
    assert list_releases(database) == []


def test_the_activated_release_stays_current_after_a_restart(settings: Settings, files: RuleFolder, database: Database) -> None:
    start_service(settings)
    publish_release(database, replace(files.release(), name="ny-2026"), edition="x", note="Ny", actor="test")
    activate_release(database, "ny-2026", actor="test")
    assert start_service(settings).service.validator("dk").release.name == "ny-2026"


def damage(database: Database, name: str) -> None:
    database.connection().execute("DROP TRIGGER IF EXISTS releases_stay")
    database.connection().execute("UPDATE releases SET compiled = '{}' WHERE name = ?", [name])


def test_a_damaged_release_leaves_the_other_packs_in_force(settings: Settings, files: RuleFolder, database: Database) -> None:
    files.add_sweden()
    start_service(settings)
    damage(database, "lille-2025")
    with capture_logs() as logged:
        live = start_service(settings)
    assert [(line["event"], line["pack"]) for line in logged] == [("release-unusable", "dk")]
    assert live.service.validator("se").release.name == "liten-2025"
    with pytest.raises(DamagedReleaseError):
        live.service.validator("dk")
    client = create_app(settings, live).test_client()
    assert client.get("/health/ready").get_json() == {"status": "ready", "releases": {"se": "liten-2025"}, "damaged": ["dk"]}
    assert client.get("/v1/courses?jurisdiction=se").status_code == 200
    assert client.get("/v1/courses").status_code == 500
    items = {item["name"]: item for item in client.get("/v1/releases").get_json()["items"]}
    assert "beskadiget" in items["lille-2025"]["error"]
    assert items["liten-2025"]["current"]


def test_a_store_without_any_usable_release_is_reported(settings: Settings, database: Database) -> None:
    start_service(settings)
    damage(database, "lille-2025")
    with capture_logs(), pytest.raises(DamagedReleaseError):
        start_service(settings)


def test_an_unreadable_store_is_replaced_by_the_folder(settings: Settings, files: RuleFolder) -> None:
    settings.database.write_bytes(b"noise" * 1000)
    with capture_logs() as logged:
        service = start_service(settings).service
    assert service.state is None
    assert service.validator("dk").release == files.release()
    assert {line["event"] for line in logged} == {"releases-not-kept", "releases-not-read"}
    assert all("ikke en SQLite-database" in line["reason"] for line in logged)


def test_a_read_only_store_is_used(settings: Settings, files: RuleFolder, database: Database) -> None:
    start_service(settings)
    publish_release(database, replace(files.release(), name="ny-2026"), edition="x", note="Ny", actor="test")
    activate_release(database, "ny-2026", actor="test")
    files.write("dk/lille-2025/more.yaml", "rules: []\n")  # so that there is something to take in
    database.connection().execute("CREATE TRIGGER full BEFORE INSERT ON imported_folders BEGIN SELECT RAISE(ABORT, 'disk'); END")
    with capture_logs() as logged:
        service = start_service(settings).service
    assert service.validator("dk").release.name == "ny-2026"
    assert [line["event"] for line in logged] == ["releases-not-kept"]


def test_an_empty_read_only_store_is_replaced_by_the_folder(settings: Settings, database: Database) -> None:
    list_releases(database)
    database.connection().execute("CREATE TRIGGER full BEFORE INSERT ON releases BEGIN SELECT RAISE(ABORT, 'disk'); END")
    with capture_logs():
        service = start_service(settings).service
    assert service.state is None
    assert service.validator("dk").release.name == "lille-2025"


def test_a_missing_store_is_not_created_without_create(settings: Settings) -> None:
    with capture_logs():
        service = start_service(replace(settings, keys="required")).service
    assert service.validator("dk").release.name == "lille-2025"
    assert not settings.database.exists()
