"""A signed release is checked like a rule folder: refused at a named place, or shown on every page."""

import datetime
import functools
import json
import random
import re
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from api import create_app
from tests.exchange.release_mutations import mutated, rich_release
from tests.rulebook.rule_folder import RuleFolder
from validator import Service
from validator.authoring.publishing import try_release
from validator.catalogue.catalogue import Catalogue
from validator.exchange.release_file import ReleaseFileError, read_release_file, write_release_file
from validator.exchange.signing import SigningKey, create_signing_key
from validator.rulebook.release import Release
from validator.rulebook.stored.dump import dump_release
from validator.rulebook.stored.load import ReleaseLoadError, load_release
from validator.settings import Settings
from validator.store.database import Database
from validator.store.errors import InvalidReleaseError
from validator.store.published_releases import PublishedRelease, compute_checksum
from validator.store.releases import publish_release

AT = datetime.datetime(2026, 11, 22, 8, 30, tzinfo=datetime.UTC)
CONTACT = {"encounter": {"date": "2027-06-01", "specialty": "51", "diagnoses": [{"code": "A29", "role": "main"}]}}
PLACE = re.compile(r"/|dybere end|ikke kender|fra Kodevagt|^dk\.")  # a pointer, the whole file, or a rule with wrong examples
SWEDISH = {"encounter": {"jurisdiction": "se", "date": "2027-06-01", "specialty": "x", "diagnoses": [{"code": "M17.1"}]}}
COPIES = [
    pytest.param(300, 12, marks=pytest.mark.slow),
    pytest.param(10_000, random.SystemRandom().getrandbits(32), marks=pytest.mark.soak, id="10000 from a new seed"),
]


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return create_signing_key(tmp_path / "key.pem")


@pytest.fixture
def rich(tmp_path: Path, catalogue: Catalogue) -> Release:
    return rich_release(tmp_path / "rules", catalogue)


def digest_of(compiled: str) -> str:
    """Return the digest that the sender of any text would sign."""
    try:
        return load_release(compiled).digest("2026")
    except ReleaseLoadError:
        return "sha256:" + "0" * 64


def signed(compiled: str, key: SigningKey, **values: str) -> bytes:
    published = PublishedRelease("x", "dk", digest_of(compiled), "2026", "", "EKM", "En note", AT, None, True)
    return write_release_file(replace(published, **values), compiled, key).encode()


def imported(content: bytes, key: SigningKey, catalogue: Catalogue) -> tuple[Release | None, list[str]]:
    """Return the release of a file as `kodevagt rules import` takes it, or None with why not."""
    try:
        received = read_release_file(content, frozenset({key.public}))
    except ReleaseFileError as error:
        return None, [str(error)]
    tried = try_release(received.release, catalogue, [])
    reasons = [*map(str, tried.errors), *(wrong.rule for wrong in tried.wrong), *(branch.rule for branch in tried.unreached)]
    return (received.release if tried.passed else None), reasons


def pages(release: Release) -> list[str]:
    courses = [f"/courses/{name}" for name in release.courses]
    rules = [f"{prefix}/rules/{rule.id}" for rule in release.rules for prefix in ("", "/v1")]
    return ["/", "/courses", "/rules", "/v1/courses", "/v1/rules", "/v1/releases", "/health/ready", *courses, *rules]


def assert_shown(client: FlaskClient, release: Release, language: str) -> None:
    for address in pages(release):
        response = client.get(f"{address}?jurisdiction={release.pack}" if address.startswith("/v1") else address)
        assert response.status_code == 200, f"{address}: {response.text}"
        assert 'href="javascript:' not in response.text.lower()
    assert client.post("/v1/validate", json=CONTACT, headers={"Accept-Language": language}).status_code == 200


@pytest.mark.parametrize(("copies", "seed"), COPIES)
def test_a_mutated_release_is_refused_at_a_place_or_shown(
    copies: int, seed: int, rich: Release, key: SigningKey, catalogue: Catalogue, tmp_path: Path
) -> None:
    chance, content = random.Random(seed), json.loads(dump_release(rich))
    app = create_app(Settings(database=tmp_path / "kodevagt.db"), Service.from_releases(catalogue, [rich]))
    client, live = app.test_client(), app.extensions["kodevagt"]
    taken = 0
    for number in range(copies):
        changed = mutated(content, chance)
        text = json.dumps(changed, ensure_ascii=True, separators=(",", ":"))
        try:
            release, reasons = imported(signed(text, key), key, catalogue)
            if release is None:
                assert reasons
                assert all(PLACE.search(reason) and reason.isprintable() and len(reason) < 2000 for reason in reasons), reasons
            else:
                taken += 1
                live.service = Service.from_releases(catalogue, [replace(rich, name="x"), replace(release, status="current")])
                assert_shown(client, release, "en")
        except Exception as error:
            raise AssertionError(f"copy {number}, seed {seed}: {text}") from error
    print(f"\n{copies} mutated releases, seed {seed}: {taken} taken in")
    assert copies / 100 < taken < copies / 2


@pytest.mark.parametrize(("copies", "seed"), COPIES)
def test_a_release_put_into_the_store_by_other_means_breaks_only_itself(
    copies: int, seed: int, rich: Release, catalogue: Catalogue, tmp_path: Path
) -> None:
    """It is made current too: a process that judges by another one goes on with that."""
    RuleFolder(tmp_path / "rules", catalogue).add_sweden()
    settings = Settings(database=tmp_path / "kodevagt.db", rules=tmp_path / "rules")
    client = create_app(settings).test_client()
    chance, content = random.Random(seed), json.loads(dump_release(rich))
    database = Database(settings.database)
    database.connection().execute("DROP TRIGGER releases_are_kept")
    damaged = 0
    for number in range(copies):
        name = f"skadet-{number}"
        text = json.dumps(mutated({**content, "name": name}, chance), separators=(",", ":"))
        try:
            insert_current(database.connection(), name, text)
            with capture_logs() as logged:
                for address in ("/courses", "/rules", "/", "/v1/courses", "/v1/rules", "/v1/releases", "/health/ready"):
                    assert client.get(address).status_code == 200, address
                assert client.post("/v1/validate", json=CONTACT).status_code == 200
                assert client.post("/v1/validate", json=SWEDISH).status_code == 200
                own = client.get(f"/v1/courses?release={name}")
            assert own.status_code == 200 or "beskadiget" in own.get_json()["detail"]
            assert "unhandled" not in [line["event"] for line in logged]
            damaged += own.status_code != 200
        except Exception as error:
            raise AssertionError(f"copy {number}, seed {seed}: {text}") from error
    print(f"\n{copies} releases, seed {seed}: {damaged} damaged")
    assert copies / 10 < damaged < copies


def insert_current(connection: sqlite3.Connection, name: str, text: str) -> None:
    """Put a text into the store as the current release of the Danish pack, in place of the last one."""
    connection.execute("UPDATE current_releases SET name = 'lille-2025' WHERE pack = 'dk'")
    connection.execute("DELETE FROM releases WHERE name LIKE 'skadet-%'")
    connection.execute(
        "INSERT INTO releases (name, pack, digest, edition, compiled, checksum, author, note, at)"
        " VALUES (?, 'dk', ?, '', ?, ?, '', '', ?)",
        (name, "sha256:" + "0" * 64, text, compute_checksum(text), "2026-11-30T00:00:00Z"),
    )
    connection.execute("UPDATE current_releases SET name = ? WHERE pack = 'dk'", [name])
    connection.execute("UPDATE release_generation SET number = number + 1")


_SOURCE = {"title": "x", "date": None, "url": None, "status": "decided"}
ATTACKS: dict[str, tuple[list[Any], Any, str]] = {
    "an address that runs a script": (["sources", "moede", "url"], "javascript:alert(1)", ":/sources/moede/url: "),
    "a text in one language only": (["courses", 0, "title"], {"da": "Lænd"}, "/courses/0/title/en "),
    "an empty title": (["courses", 0, "title", "en"], " ", ":/courses/laenderyg/title/en: "),
    "a long title": (["courses", 0, "title", "en"], "a" * 201, ":/courses/laenderyg/title/en: "),
    "a long message": (["rules", 0, "message", "da"], "a" * 201, ":/rules/dk.restkode/message/da: "),
    "a control character": (["rules", 0, "explanation", "da"], "Ja\x1b[2J", ":/rules/dk.restkode/explanation/da: "),
    "a source with a slash in its name": (
        ["sources", "a/b"],
        {"title": "x", "date": None, "url": None, "status": "decided"},
        ":/sources/1: ",
    ),
    "a source with a long name": (
        ["sources", "a" * 65],
        {"title": "x", "date": None, "url": None, "status": "decided"},
        ":/sources/1: ",
    ),
    "a specialty with a line break in its name": (["specialties", "5\n1"], {"da": "x", "en": "x"}, ":/specialties/2: "),
    "a rule id with a slash": (["rules", 0, "id"], "dk/../x", ":/rules/0/id: "),
    "a rule id of a built-in check": (["rules", 0, "id"], "core.x", ":/rules/core.x/id: "),
    "a course id in capitals": (["courses", 0, "id"], "Laend", ":/courses/Laend: "),
    "an unknown code": (["courses", 0, "main_diagnosis", 0, "codes"], ["L21"], ":/courses/laenderyg/main_diagnosis/0/codes/0: "),
    "an unknown source": (["rules", 0, "source"], "findes-ikke", "/rules/0/source "),
    "an unknown kind": (["rules", 0, "kind"], "findes-ikke", "/rules/0/kind "),
    "a wrong type": (["courses", 0, "main_diagnosis", 0, "several"], "ja", "/courses/0/main_diagnosis/0/several "),
    "half of a UTF-16 pair": (["rules", 0, "message", "da"], "\ud800", "/rules/0/message/da "),
    "no specialty": (["courses", 0, "specialties"], [], "/courses/0/specialties "),
    "a date that is none": (["rules", 1, "to"], "2025-02-30", "/rules/1/to "),
    "a period that ends before it begins": (["rules", 1, "to"], "0001-01-01", ":/rules/dk.laend/to: "),
    "an example that is no contact": (["rules", 0, "examples", 0, 1], {"phase": "to"}, ":/rules/dk.restkode/examples/0/finds: "),
    "two bounds apart": (
        ["rules", 0, "when"],
        ["all", ["is", "role", "main"], ["is", "role", "main"], ["one_of", "code", ["A29", "A99"]]],
        ":/rules/dk.restkode: ",
    ),
    "a long name": (["name"], "a" * 65, ":/release: "),
    "a deep condition": (["rules", 0, "when"], functools.reduce(lambda inner, _: ["not", inner], range(200), ["all"]), "niveauer"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_signed_release_with_a_fault_is_refused_at_its_place(
    attack: str, rich: Release, key: SigningKey, catalogue: Catalogue
) -> None:
    path, value, place = ATTACKS[attack]
    content = json.loads(dump_release(rich))
    part = content
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    release, reasons = imported(signed(json.dumps(content), key), key, catalogue)
    assert release is None
    assert place in reasons[0], reasons


@pytest.mark.parametrize("edition", ["2026\n", "a" * 201, "010190-1234"])
def test_the_name_of_the_catalogue_is_checked(edition: str, rich: Release, key: SigningKey) -> None:
    file = signed(dump_release(rich), key, edition=edition, digest=rich.digest(edition))
    with pytest.raises(ReleaseFileError, match="hører ikke sammen"):
        read_release_file(file, frozenset({key.public}))


def test_the_release_itself_is_taken_in(rich: Release, key: SigningKey, catalogue: Catalogue) -> None:
    release, reasons = imported(signed(dump_release(rich), key), key, catalogue)
    assert (release, reasons) == (replace(rich, status="published"), [])


def test_a_release_that_no_server_could_load_is_not_stored(rich: Release, tmp_path: Path) -> None:
    rule = replace(rich.rules[0], source="findes-ikke")
    with pytest.raises(InvalidReleaseError) as error:
        publish_release(Database(tmp_path / "x.db"), replace(rich, rules=(rule,)), edition="x", note="x", actor="x")
    assert "/rules/0/source" in error.value.sentence()
