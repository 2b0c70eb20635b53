"""`GET /v1/conformance`: the requests of the conformance pack with what the releases in force find."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api import create_app
from tests.conformance import DRAFT, LINES
from tests.conftest import ROOT
from tests.http.keyed import keyed_service
from tests.http.problems import assert_problem
from validator import Service, Settings
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.yaml.folder import read_folder
from validator.store.keys import Role

PUBLISHED = [line for line in LINES if "release" not in line]


def pack(client: FlaskClient, **headers: str) -> list[dict[str, Any]]:
    answer = client.get("/v1/conformance", headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, "application/x-ndjson")
    return [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]


@pytest.fixture
def other_release(catalogue: Catalogue, tmp_path: Path) -> FlaskClient:
    """A service whose Danish release in force is the one that ships as a draft."""
    releases = read_folder(ROOT / "rules", catalogue, drafts=True)
    draft = next(item for item in releases if item.name == DRAFT)
    in_force = [item for item in releases if item.pack != draft.pack]
    service = Service.from_releases(catalogue, [*in_force, replace(draft, status="current")])
    return create_app(Settings(database=tmp_path / "kodevagt.db"), service).test_client()


def test_it_serves_the_pack_and_leaves_out_releases_that_are_not_published(client: FlaskClient) -> None:
    assert pack(client) == PUBLISHED


def test_it_serves_what_the_release_in_force_finds(other_release: FlaskClient) -> None:
    served = {line["id"]: line for line in pack(other_release)}
    assert list(served) == [line["id"] for line in LINES]
    assert served["outside-artrose-knae-l92"] == next(line for line in LINES if line["id"] == "outside-artrose-knae-l92")
    changed = served["course-laenderyg-l84"]
    assert changed["expect"]["findings"] == [
        {"kind": "main-not-in-course-set", "path": "/encounter/diagnoses/0/code", "suggestions": ["L03"]}
    ]


def test_the_language_of_the_caller_changes_nothing(client: FlaskClient) -> None:
    assert pack(client, **{"Accept-Language": "en"}) == PUBLISHED


def test_it_is_unchanged_until_the_release_changes(client: FlaskClient, other_release: FlaskClient) -> None:
    tag = client.get("/v1/conformance").headers["ETag"]
    assert client.get("/v1/conformance", headers={"If-None-Match": tag}).status_code == 304
    assert other_release.get("/v1/conformance", headers={"If-None-Match": tag}).status_code == 200


def test_it_is_for_those_who_may_judge(service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path)
    _, practice = keyed.add(Role.PRACTICE)
    _, learner = keyed.add(Role.LEARNER)
    assert keyed.get("/v1/conformance", Authorization=f"Bearer {practice}").status_code == 200
    assert_problem(keyed.get("/v1/conformance", Authorization=f"Bearer {learner}"), 403)
