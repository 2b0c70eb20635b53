"""Every route answers exactly the roles of its row in ACCESS; a new or revoked key counts from the next request."""

import base64
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from structlog.testing import capture_logs

from tests.each import naming
from tests.http.keyed import Keyed, keyed_service
from tests.http.problems import assert_problem
from tests.http.routes import ROUTES
from validator import Service
from validator.cli.main import main
from validator.store import database as database_module
from validator.store import snapshot as snapshot_module
from validator.store.keys import Role, list_keys
from validator.store.snapshot import SnapshotCache
from validator.web.http.access import ACCESS, PUBLIC, current_key, register_access, route_name

CODES = "/v1/codes/L86"
# The contract once more, against mistakes in ACCESS.
JUDGING = {"POST /v1/validate", "POST /v1/validate/batch"}
OPEN = {"GET /health/live", "GET /health/ready", "GET /openapi.json", "GET /docs", "GET /docs/start.js", "GET /docs/assets/{name}"}
# Pages and their files, for browsers without a key.
OPEN |= {"GET /", "POST /", "GET /codes", "GET /codes/{code}"}
OPEN |= {"GET /courses", "GET /courses/{course_id}", "GET /rules", "GET /rules/{rule_id}"}
OPEN |= {"GET /cases", "GET /cases/{case_id}", "POST /cases/{case_id}", "GET /cases/{case_id}/feedback"}
OPEN |= {"GET /progress", "GET /progress/next", "GET /progress/export"}
OPEN |= {"POST /progress/continue", "POST /progress/group", "POST /progress/delete"}
OPEN |= {"GET /groups", "POST /groups", "GET /groups/{group_code}", "GET /groups/{group_code}/cases/{case_id}"}
OPEN |= {"GET /static/site/{filename}", "GET /static/bootstrap/{filename}"}


@pytest.fixture
def keyed(service: Service, tmp_path: Path) -> Keyed:
    return keyed_service(service, tmp_path)


@pytest.fixture(scope="module")
def every_role(service: Service, tmp_path_factory: pytest.TempPathFactory) -> tuple[Keyed, dict[Role, str]]:
    """A service with a key for each role."""
    service_with_keys = keyed_service(service, tmp_path_factory.mktemp("keyed"))
    return service_with_keys, {role: service_with_keys.add(role)[1] for role in Role}


@pytest.fixture
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry a failing store at once."""
    monkeypatch.setattr(database_module, "_FILE_CHECK_INTERVAL", 0)
    monkeypatch.setattr(snapshot_module, "_RETRY_AFTER", 0)


def test_access_matches_the_contract() -> None:
    assert {name for name, roles in ACCESS.items() if roles is PUBLIC} == OPEN
    for name in JUDGING:
        assert ACCESS[name] == {Role.PRACTICE, Role.EDITOR}
    assert ACCESS["GET /metrics"] == {Role.READER}
    assert all(roles for name, roles in ACCESS.items() if name not in OPEN)


@pytest.mark.parametrize("role", [*Role, None])
def test_a_route_admits_the_roles_of_its_row(every_role: tuple[Keyed, dict[Role, str]], role: Role | None) -> None:
    keyed, secrets = every_role
    for route in ROUTES:
        with naming(route):
            roles = ACCESS[route_name(route.method, route.rule)]
            answer = keyed.ask(route, secrets[role] if role else None)
            if roles is PUBLIC or role in roles:
                assert answer.status_code not in (401, 403)
            elif role is None:
                assert_problem(answer, 401)
                assert answer.headers["WWW-Authenticate"] == 'Bearer realm="kodevagt"'
            else:
                problem = assert_problem(answer, 403)
                assert all(name in problem["detail"] for name in [role, *roles])
            answer.close()


@pytest.mark.parametrize("role", [*Role, None])
def test_head_requires_the_roles_of_get(every_role: tuple[Keyed, dict[Role, str]], role: Role | None) -> None:
    keyed, secrets = every_role
    secret = secrets[role] if role else None
    for route in [item for item in ROUTES if item.method == "GET"]:
        with naming(route), keyed.ask(route, secret, method="HEAD") as head, keyed.ask(route, secret) as get:
            assert head.status_code == get.status_code
            assert head.data == b""


def test_without_keys_every_route_is_open_to_this_machine(keyed: Keyed) -> None:
    for route in ROUTES:
        with naming(route), keyed.ask(route) as answer:
            assert answer.status_code not in (401, 403, 421)


def test_a_route_without_a_row_prevents_start_up(keyed: Keyed) -> None:
    app = Flask("later", static_folder=None)
    app.add_url_rule("/v1/later/<path:name>", "later", lambda name: name, methods=["PUT"])
    with pytest.raises(LookupError, match=re.escape("PUT /v1/later/{name}")):
        register_access(app, SnapshotCache(keyed.store), 0)


NO_KEYS = [
    "",
    "Bearer",
    "Bearer ",
    "Bearer kv_",
    f"Bearer kv_{'0' * 64}",
    f"Bearer kv_{'å' * 64}",
    f"Bearer {'0' * 5000}",
    f"Token kv_{'0' * 64}",
    "Basic " + base64.b64encode(b"practice:kodevagt").decode(),
    "Bearer ' OR 1=1 --",
]


def test_an_invalid_key_is_refused_and_not_repeated(keyed: Keyed) -> None:
    keyed.add(Role.PRACTICE)
    for header in NO_KEYS:
        with naming(header):
            with capture_logs() as logged:
                answer = keyed.get(CODES, Authorization=header)
            assert_problem(answer, 401)
            assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="kodevagt"')
            _, _, secret = header.partition(" ")
            assert not secret or secret not in str(logged) + answer.get_data(as_text=True) + str(answer.headers)


def test_the_scheme_bearer_is_case_insensitive(keyed: Keyed) -> None:
    _, secret = keyed.add(Role.PRACTICE)
    for written in ("Bearer {}", "bearer {}", "BEARER  {} "):
        with naming(written):
            assert keyed.get(CODES, Authorization=written.format(secret)).status_code == 200


def test_a_key_in_another_scheme_is_refused(keyed: Keyed) -> None:
    _, secret = keyed.add(Role.PRACTICE)
    for written in ("{}", "Token {}", "Basic {}", "Bearer{}", "Bearer:{}", "Bearer Bearer {}", "Bearer {} x"):
        with naming(written):
            assert_problem(keyed.get(CODES, Authorization=written.format(secret)), 401)


def test_a_key_counts_in_its_header_only(keyed: Keyed) -> None:
    _, secret = keyed.add(Role.PRACTICE)
    assert keyed.get(f"{CODES}?access_token={secret}&key={secret}", Cookie=f"key={secret}", X_API_Key=secret).status_code == 401


def test_a_revoked_key_is_answered_like_an_unknown_one(keyed: Keyed) -> None:
    id, secret = keyed.add(Role.PRACTICE)
    keyed.add(Role.PRACTICE)
    keyed.revoke(id)
    revoked, unknown = (keyed.get(CODES, Authorization=f"Bearer {key}") for key in (secret, f"kv_{'0' * 64}"))
    assert assert_problem(revoked, 401) == assert_problem(unknown, 401)
    assert (
        revoked.headers["WWW-Authenticate"]
        == unknown.headers["WWW-Authenticate"]
        == 'Bearer realm="kodevagt", error="invalid_token"'
    )


def test_a_new_or_revoked_key_counts_from_the_next_request(keyed: Keyed) -> None:
    assert keyed.get(CODES).status_code == 200
    id, secret = keyed.add(Role.READER)
    assert keyed.get(CODES).status_code == 401
    assert keyed.get(CODES, Authorization=f"Bearer {secret}").status_code == 200
    keyed.revoke(id)
    assert keyed.get(CODES, Authorization=f"Bearer {secret}").status_code == 401


def test_revoking_the_last_key_opens_nothing(keyed: Keyed) -> None:
    id, _ = keyed.add(Role.READER)
    keyed.revoke(id)
    assert keyed.get(CODES).status_code == 401


def test_the_command_line_changes_the_keys_of_a_running_service(keyed: Keyed) -> None:
    def kodevagt(*words: str) -> str:
        result = CliRunner().invoke(main, words, env={"KODEVAGT_DATABASE": str(keyed.store.path)})
        assert result.exit_code == 0
        return result.stdout.strip()

    assert keyed.get(CODES).status_code == 200
    secret = kodevagt("keys", "add", "--role", "practice", "--name", "Journalsystem")
    assert keyed.get(CODES).status_code == 401
    assert keyed.get(CODES, Authorization=f"Bearer {secret}").status_code == 200
    kodevagt("keys", "revoke", "1")
    assert keyed.get(CODES, Authorization=f"Bearer {secret}").status_code == 401


@pytest.mark.usefixtures("restless")
def test_with_required_keys_nothing_is_open_before_the_first_and_no_store_is_created(service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path, keys="required")
    assert keyed.get(CODES).status_code == 503
    assert keyed.get("/health/live").status_code == 200
    assert not keyed.store.path.exists()
    list_keys(keyed.store)
    assert keyed.get(CODES).status_code == 401
    assert keyed.get(CODES, Authorization=f"Bearer {keyed.add(Role.READER)[1]}").status_code == 200


def test_an_unknown_address_is_a_404_without_a_key(keyed: Keyed) -> None:
    keyed.add(Role.PRACTICE)
    assert_problem(keyed.get("/v1/nowhere"), 404)
    assert_problem(keyed.client.delete("/v1/validate"), 405)


def test_a_view_can_read_the_key_of_its_request(keyed: Keyed) -> None:
    seen = []
    keyed.app.after_request(lambda response: seen.append(current_key()) or response)
    keyed.get(CODES)
    id, secret = keyed.add(Role.LEARNER)
    keyed.get(CODES, Authorization=f"Bearer {secret}")
    keyed.get("/health/live", Authorization=f"Bearer {secret}")
    assert [key and (key.id, key.role) for key in seen] == [None, (id, Role.LEARNER), None]


@pytest.mark.parametrize("language", ["da", "en", "sv"])
def test_a_refusal_is_in_the_requested_language(keyed: Keyed, language: str) -> None:
    _, secret = keyed.add(Role.READER)
    answers = [keyed.get(CODES, Accept_Language=language)]
    answers.append(keyed.get(CODES, Accept_Language=language, Authorization="Bearer kv_"))
    answers.append(keyed.client.post("/v1/validate", headers={"Accept-Language": language, "Authorization": f"Bearer {secret}"}))
    assert [assert_problem(answer, answer.status_code, language=language)["status"] for answer in answers] == [401, 401, 403]
    assert len({answer.get_json()["detail"] for answer in answers}) == 3


def test_a_key_is_in_no_log(keyed: Keyed) -> None:
    _, secret = keyed.add(Role.READER)
    with capture_logs() as logged:
        for address in (CODES, "/v1/validate", "/v1/nowhere", "/health/ready"):
            keyed.get(address, Authorization=f"Bearer {secret}")
    assert len(logged) == 4
    assert secret[3:] not in str(logged)


def test_a_refused_body_is_not_read(keyed: Keyed) -> None:
    keyed.add(Role.PRACTICE)
    assert_problem(keyed.client.post("/v1/validate", data=b"{" * 2**21, content_type="application/json"), 401)


@pytest.mark.usefixtures("restless")
def test_keys_still_count_when_the_store_fails_later(keyed: Keyed) -> None:
    _, secret = keyed.add(Role.PRACTICE)
    assert keyed.get(CODES, Authorization=f"Bearer {secret}").status_code == 200
    keyed.store.path.rename(keyed.store.path.with_name("aside.db"))
    keyed.store.path.write_bytes(b"noise" * 1000)
    assert keyed.get(CODES, Authorization=f"Bearer {secret}").status_code == 200
    assert keyed.get(CODES).status_code == 401
    assert keyed.get("/health/live").status_code == 200
    ready = keyed.get("/health/ready")
    assert (ready.status_code, ready.get_json()["status"]) == (503, "store-not-writable")


@pytest.mark.usefixtures("restless")
def test_a_store_that_fails_at_the_start_admits_nobody_until_it_can_be_read(keyed: Keyed, service: Service, tmp_path: Path) -> None:
    _, secret = keyed.add(Role.PRACTICE)
    keyed.store.close()
    folder = tmp_path / "failing"
    folder.mkdir()
    (folder / "kodevagt.db").write_bytes(b"noise" * 1000)
    failing = keyed_service(service, folder)
    refused = failing.get(CODES, Authorization=f"Bearer {secret}")
    assert_problem(refused, 503)
    assert refused.headers["Retry-After"]
    assert failing.get("/health/live").status_code == 200
    assert failing.get("/health/ready").status_code == 503
    shutil.copy(keyed.store.path, folder / "kodevagt.db")
    assert failing.get(CODES, Authorization=f"Bearer {secret}").status_code == 200
    assert failing.get("/health/ready").status_code == 200


@pytest.mark.parametrize("method", ["get", "Get", "gET", "post", "head", "options"])
def test_a_method_in_lower_case_is_a_405_with_keys_and_without(keyed: Keyed, method: str) -> None:
    for role in (None, Role.EDITOR):
        secret = keyed.add(role)[1] if role else None
        for route in ROUTES:
            with naming(f"{route} {role}"):
                assert_problem(keyed.ask(route, secret, method=method), 405)
