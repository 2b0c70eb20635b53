"""Editors publish, activate, revert and export releases over HTTP; other roles do not."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import create_app
from tests.contacts import request
from tests.http.problems import assert_problem
from tests.rulebook.problem_cases import ANY_AGE, NOT_SUGGESTED, SIGN, Case, costly
from tests.rulebook.rule_folder import COURSES, DRAFT, PACK, RULES, RuleFolder
from tests.training.case_folder import CaseFolder
from validator import Settings
from validator.catalogue.catalogue import Catalogue
from validator.exchange.release_file import read_release_file
from validator.exchange.signing import create_signing_key
from validator.store.audit import audit_entries
from validator.store.database import Database
from validator.store.keys import Role, add_key
from validator.store.published_releases import list_releases

pytestmark = pytest.mark.slow
CONTACT = request("A29")
FIFTY = ", ".join(["{action: replace, code: L84}"] * 50)
ATTACKS = (
    costly("costly-suggestions", f"{NOT_SUGGESTED}\n      contact_number: 1", number=50, suggest=FIFTY),
    costly("too-many-tests", ANY_AGE % ", ".join(f"{{contact_number: {number}}}" for number in range(260))),
)
CHANGED = RULES.replace("[A29, A99]", "[A99]").replace("code: A29, role", "code: A99, role")


@pytest.fixture
def settings(tmp_path: Path, catalogue: Catalogue) -> Settings:
    folder = RuleFolder(tmp_path / "rules", catalogue)
    paths = {"database": "kodevagt.db", "signing_key": "key.pem", "cases": "cases"}
    return Settings(rules=folder.root, **{name: tmp_path / file for name, file in paths.items()})


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


def draft(**changes: Any) -> dict[str, Any]:
    """The second release of the small pack, which extends the first and releases A29 from the leftover codes."""
    files = {"pack.yaml": DRAFT, "general.yaml": CHANGED}
    return {"note": "A29 er ude", "files": files, **changes}


def kinds(client: FlaskClient, address: str = "/v1/validate") -> tuple[str, list[str]]:
    answer = client.post(address, json=CONTACT).get_json()
    return answer["rules"]["release"], [finding["kind"] for finding in answer["findings"]]


def test_a_release_is_published_activated_and_reverted(client: FlaskClient, settings: Settings) -> None:
    before = client.post("/v1/validate", json=CONTACT).data
    assert kinds(client) == ("lille-2025", ["residual-code"])
    response = client.post("/v1/releases", json=draft())
    assert response.status_code == 201
    published = response.get_json()
    assert (published["name"], published["current"], published["parent"], published["author"]) == (
        "kladde-2026",
        False,
        "lille-2025",
        "this machine",
    )
    assert (published["note"], published["new"], response.headers["Location"]) == ("A29 er ude", True, "/v1/releases/kladde-2026")
    assert kinds(client) == ("lille-2025", ["residual-code"])
    assert kinds(client, "/v1/validate?release=kladde-2026") == ("kladde-2026", [])

    now = client.post("/v1/releases/kladde-2026/activate")
    assert (now.status_code, now.get_json()["before"], now.get_json()["current"]) == (200, "lille-2025", True)
    assert kinds(client) == ("kladde-2026", [])
    assert client.post("/v1/validate", json=CONTACT).get_json()["rules"]["digest"] == published["digest"]
    assert client.post("/v1/validate?release=lille-2025", json=CONTACT).data == before

    assert client.post("/v1/releases/lille-2025/activate").get_json()["before"] == "kladde-2026"
    assert client.post("/v1/validate", json=CONTACT).data == before
    actions = [(entry.actor, entry.action) for entry in audit_entries(Database(settings.database))]
    assert actions[2:] == [("this machine", "release.publish"), *[("this machine", "release.activate")] * 2]


def test_the_list_describes_each_release(client: FlaskClient) -> None:
    client.post("/v1/releases", json=draft())
    items = {item["name"]: item for item in client.get("/v1/releases").get_json()["items"]}
    assert {name: item["current"] for name, item in items.items()} == {"lille-2025": True, "kladde-2026": False}
    assert (items["kladde-2026"]["note"], items["kladde-2026"]["parent"], items["kladde-2026"]["rules"]) == (
        "A29 er ude",
        "lille-2025",
        1,
    )
    digest = client.post("/v1/validate?release=kladde-2026", json=CONTACT).get_json()["rules"]["digest"]
    assert items["kladde-2026"]["digest"] == digest


def test_publishing_twice_is_reported_and_changes_nothing(client: FlaskClient, settings: Settings) -> None:
    first = client.post("/v1/releases", json=draft())
    again = client.post("/v1/releases", json=draft(note="Igen"))
    assert (again.status_code, again.get_json()["new"], again.get_json()["note"]) == (200, False, "A29 er ude")
    assert again.get_json()["digest"] == first.get_json()["digest"]
    assert len(list_releases(Database(settings.database))) == 2


def test_another_release_of_the_name_is_a_409(client: FlaskClient) -> None:
    client.post("/v1/releases", json=draft())
    files = {"pack.yaml": DRAFT, "general.yaml": CHANGED.replace("er en restkode", "er en rest")}
    assert "kladde-2026" in assert_problem(client.post("/v1/releases", json=draft(files=files)), 409)["detail"]


def test_every_error_in_the_files_is_reported_at_its_line(client: FlaskClient, settings: Settings) -> None:
    files = {
        "pack.yaml": DRAFT,
        "general.yaml": CHANGED.replace("code: L84}]", "code: L8E}]").replace("source: moede", "source: mode"),
    }
    problem = assert_problem(client.post("/v1/releases", json=draft(files=files)), 422)
    assert len(problem["errors"]) == 2
    assert {error["path"] for error in problem["errors"]} == {"/files/general.yaml"}
    assert any("Linje 11, " in error["message"] and "L8E" in error["message"] for error in problem["errors"])
    assert [one.name for one in list_releases(Database(settings.database))] == ["lille-2025"]


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.id for attack in ATTACKS])
def test_a_release_whose_worst_contact_costs_too_much_is_refused(client: FlaskClient, settings: Settings, attack: Case) -> None:
    files = {"pack.yaml": PACK.replace("lille-2025", "dyr-2026"), "general.yaml": attack.new.replace(SIGN, "")}
    files["courses.yaml"] = COURSES
    checked = client.post("/v1/rules/check", json={"files": files}).get_json()
    assert [(item["id"], item["severity"], item["line"]) for item in checked["problems"]] == [(attack.id, "error", 2)]

    problem = assert_problem(client.post("/v1/releases", json=draft(files=files)), 422)

    (error,) = problem["errors"]
    assert error["path"] == "/files/general.yaml"
    assert "dk.restkode" in error["message"]
    assert [one.name for one in list_releases(Database(settings.database))] == ["lille-2025"]


def test_a_wrong_example_prevents_publishing(client: FlaskClient, settings: Settings) -> None:
    files = {"pack.yaml": DRAFT, "general.yaml": RULES.replace("[A29, A99]", "[A99]")}
    problem = assert_problem(client.post("/v1/releases", json=draft(files=files)), 422)
    assert {error["path"] for error in problem["errors"]} == {"/files/general.yaml"}
    assert any('eksempel 1 i reglen "dk.restkode"' in error["message"] for error in problem["errors"])
    assert any("gren af reglen" in error["message"] for error in problem["errors"])
    assert [one.name for one in list_releases(Database(settings.database))] == ["lille-2025"]


def test_a_bad_request_is_a_422_with_its_place(client: FlaskClient) -> None:
    for sent, path in (
        ({}, "/note"),
        (draft(note=7), "/note"),
        (draft(files=[]), "/files"),
        (draft(files={"general.yaml": RULES}), "/files"),
        (draft(files={"pack.yaml": 7}), "/files/pack.yaml"),
        (draft(files={"pack.yaml": PACK, "../x.yaml": "x"}), "/files/..~1x.yaml"),
        (draft(jurisdiction="no"), "/jurisdiction"),
        ([], ""),
    ):
        assert_problem(client.post("/v1/releases", json=sent), 422, path=path)


@pytest.mark.parametrize("note", ["", "x" * 501, "for 0101901234"])
def test_a_bad_note_is_refused(client: FlaskClient, note: str) -> None:
    answer = client.post("/v1/releases", json=draft(note=note))
    assert_problem(answer, 422)
    assert b"0101901234" not in answer.data


def test_a_cpr_number_in_a_file_is_refused_with_its_place(client: FlaskClient) -> None:
    files = {"pack.yaml": DRAFT, "general.yaml": f"# 010190-1234\n{CHANGED}"}
    answer = client.post("/v1/releases", json=draft(files=files))
    assert [error["path"] for error in assert_problem(answer, 422)["errors"]] == ["/files/general.yaml"]
    assert b"010190-1234" not in answer.data


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_release_is_a_404(client: FlaskClient, method: str) -> None:
    address = "/v1/releases/nogen" if method == "get" else "/v1/releases/nogen/activate"
    assert "lille-2025" in assert_problem(getattr(client, method)(address), 404)["detail"]


def test_a_store_that_fails_is_a_503(client: FlaskClient, settings: Settings) -> None:
    client.get("/v1/releases")
    settings.database.unlink()
    for rest in settings.database.parent.glob("kodevagt.db-*"):
        rest.unlink()
    answer = client.post("/v1/releases/lille-2025/activate")
    assert_problem(answer, 503)
    assert answer.headers["Retry-After"] == "1"
    assert kinds(client) == ("lille-2025", ["residual-code"])


def test_a_release_is_exported_as_a_signed_file(client: FlaskClient, settings: Settings) -> None:
    unsigned = client.get("/v1/releases/lille-2025")
    assert unsigned.get_json()["signature"] is None
    key = create_signing_key(settings.signing_key)
    answer = client.get("/v1/releases/lille-2025")
    received = read_release_file(answer.data, frozenset({key.public}))
    assert received.release.name == "lille-2025"
    assert received.digest == client.post("/v1/validate", json=CONTACT).get_json()["rules"]["digest"]
    etag = answer.headers["ETag"]
    assert etag != unsigned.headers["ETag"]
    again = client.get("/v1/releases/lille-2025", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_releases_are_followed_by_polling_with_the_etag_of_the_last_answer(client: FlaskClient) -> None:
    def poll(etag: str) -> TestResponse:
        return client.get("/v1/releases?limit=200", headers={"If-None-Match": etag})

    seen = [poll("").headers["ETag"]]
    assert (poll(seen[0]).status_code, poll(seen[0]).data) == (304, b"")
    client.post("/v1/validate", json=CONTACT)
    assert poll(seen[0]).status_code == 304
    for act in (lambda: client.post("/v1/releases", json=draft()), lambda: client.post("/v1/releases/kladde-2026/activate")):
        assert act().status_code in (200, 201)
        changed = poll(seen[-1])
        assert changed.status_code == 200
        seen.append(changed.headers["ETag"])
        assert poll(seen[-1]).status_code == 304
    (current,) = [item for item in changed.get_json()["items"] if item["current"]]
    rules = client.post("/v1/validate", json=CONTACT).get_json()["rules"]
    assert (current["name"], current["digest"]) == (rules["release"], rules["digest"])
    assert len(set(seen)) == 3


def test_only_an_editor_publishes_and_activates(settings: Settings) -> None:
    client = create_app(settings).test_client()
    secrets = {role: add_key(Database(settings.database), role=role, name="Prøve", actor="test") for role in Role}
    for role, (_, secret) in secrets.items():
        headers = {"Authorization": f"Bearer {secret}"}
        publish = client.post("/v1/releases", json=draft(), headers=headers)
        activate = client.post("/v1/releases/lille-2025/activate", headers=headers)
        if role is Role.EDITOR:
            assert (publish.status_code, activate.status_code) == (201, 200)
            assert publish.get_json()["author"] == "Prøve"
        else:
            assert (publish.status_code, activate.status_code) == (403, 403)
        assert client.get("/v1/releases/lille-2025", headers=headers).status_code == 200


def test_a_complete_release_needs_no_base(client: FlaskClient) -> None:
    files = {"pack.yaml": PACK.replace("lille-2025", "hel-2026"), "courses.yaml": COURSES, "general.yaml": RULES}
    assert client.post("/v1/releases", json=draft(files=files)).status_code == 201


def test_another_installation_imports_the_file(client: FlaskClient, settings: Settings, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from validator.cli.main import main

    key = create_signing_key(settings.signing_key)
    (tmp_path / "release.json").write_bytes(client.get("/v1/releases/lille-2025").data)
    other = {"KODEVAGT_DATABASE": str(tmp_path / "other.db"), "KODEVAGT_TRUSTED": key.public}
    done = CliRunner().invoke(main, ["rules", "import", "--create", str(tmp_path / "release.json"), "--format", "json"], env=other)
    assert done.exit_code == 0, done.output
    ours, theirs = list_releases(Database(settings.database))[0], json.loads(done.stdout)
    assert (theirs["digest"], theirs["author"]) == (ours.digest, ours.author)
    assert replace(ours, current=False).name == theirs["name"]


def test_a_release_that_breaks_a_case_is_published_and_reports_it(
    settings: Settings, client: FlaskClient, catalogue: Catalogue
) -> None:
    cases = CaseFolder(settings.cases, catalogue)
    cases.edit("course: artrose-knae", "course: laenderyg")
    cases.edit("key: [{code: L90, role: main}]", "key: [{code: L84, role: main}]")
    cases.edit("  - [{code: L90, role: main}, {code: L15, role: secondary}]", "  - [{code: L86, role: main}]")
    attempts, dated = "/v1/cases/trappen/attempts", COURSES.replace("[L84, L86]", "[L86]")
    assert client.post(attempts, json={"diagnoses": [{"code": "L84"}]}).get_json()["score"] == 1.0
    files = {"pack.yaml": DRAFT, "courses.yaml": dated}
    assert client.post("/v1/releases", json=draft(files=files)).status_code == 422
    response = client.post("/v1/releases", json=draft(files=files, accept=["past-verdicts-changed"]))
    assert response.status_code == 201
    (broken,) = response.get_json()["cases"]
    assert (broken["case"], broken["answers"]) == ("trappen", ["L84"])
    assert "L84 passer ikke til forløbet Smerter i lænderyg" in broken["messages"][0]
    assert client.post(attempts, json={"diagnoses": []}).status_code == 200
    client.post("/v1/releases/kladde-2026/activate")
    assert "kladde-2026" in assert_problem(client.post(attempts, json={"diagnoses": []}), 409)["detail"]
    assert "kladde-2026" in client.get("/v1/cases").get_json()["items"][0]["withdrawn"]
    client.post("/v1/releases/lille-2025/activate")
    assert client.post(attempts, json={"diagnoses": []}).status_code == 200
