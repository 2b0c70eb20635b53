"""A running service uses an imported edition from its next request on; running requests keep their editions."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from structlog.testing import capture_logs

from api import create_app
from tests.catalogue.editions import edition, titles
from validator import Settings
from validator.catalogue.catalogue import Catalogue
from validator.serving.service import Service
from validator.serving.startup import start_service
from validator.store.database import Database
from validator.store.editions import add_edition, withdraw_edition
from validator.store.errors import ReleaseError

CONTACT = {"encounter": {"date": "2026-06-01", "specialty": "51", "diagnoses": [{"code": "L84"}]}}


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "kodevagt.db")


@pytest.fixture
def app(database: Database) -> Flask:
    return create_app(Settings(database=database.path))


def judged(app: Flask) -> dict[str, dict[str, str]]:
    answer: dict[str, dict[str, str]] = app.test_client().post("/v1/validate", json=CONTACT).get_json()
    return answer


def test_the_next_request_uses_the_imported_edition(app: Flask, database: Database, catalogue: Catalogue) -> None:
    before = judged(app)
    add_edition(database, edition("a-2026", "2026-01-01", titles(catalogue, ["L84"])), actor="test")
    within = judged(app)
    assert (before["catalogue"]["edition"], within["catalogue"]["edition"]) == (catalogue.edition, "a-2026")
    assert "retired-code" in json.dumps(within["findings"])
    assert within["rules"]["digest"] != before["rules"]["digest"]
    withdraw_edition(database, "a-2026", actor="test")
    assert judged(app) == before


def test_the_digest_of_an_answer_is_the_one_of_the_list_of_releases(app: Flask, database: Database, catalogue: Catalogue) -> None:
    add_edition(database, edition("a-2026", "2026-01-01", titles(catalogue)), actor="test")
    digest = judged(app)["rules"]["digest"]
    items = app.test_client().get("/v1/releases").get_json()["items"]
    assert digest == next(one["digest"] for one in items if one["name"] == "ekm-2024-11")


def test_a_batch_keeps_the_editions_it_began_with(app: Flask, database: Database, catalogue: Catalogue) -> None:
    line = json.dumps(CONTACT).encode() + b"\n"
    with app.test_client().post("/v1/validate/batch", data=line * 3, content_type="application/x-ndjson", buffered=False) as answer:
        lines: Iterator[bytes] = iter(answer.response)  # type: ignore[arg-type]
        first = json.loads(next(lines))
        add_edition(database, edition("a-2026", "2026-01-01", titles(catalogue)), actor="test")
        rest = [json.loads(text) for text in lines]
    assert {one["rules"]["digest"] for one in rest} == {first["rules"]["digest"]}
    assert judged(app)["rules"]["digest"] != first["rules"]["digest"]


def test_a_code_is_shown_with_its_days(app: Flask, database: Database, catalogue: Catalogue) -> None:
    add_edition(database, edition("a-2020", "2020-01-01", titles(catalogue)), actor="test")
    add_edition(database, edition("b-2999", "2999-01-01", titles(catalogue, ["L84"])), actor="test")
    code = app.test_client().get("/v1/codes/L84").get_json()
    assert (code["valid_to"], code["edition"]) == ("2998-12-31", "a-2020")


def test_a_server_that_starts_later_gives_the_same_answers(app: Flask, database: Database, catalogue: Catalogue) -> None:
    add_edition(database, edition("a-2026", "2026-01-01", titles(catalogue)), actor="test")
    assert judged(create_app(Settings(database=database.path))) == judged(app)


def test_the_command_line_gives_the_same_answers(app: Flask, database: Database, catalogue: Catalogue) -> None:
    add_edition(database, edition("a-2026", "2026-01-01", titles(catalogue)), actor="test")
    offline = Service.from_settings(Settings(database=database.path))
    assert offline.catalogue.identity == start_service(Settings(database=database.path)).service.catalogue.identity
    assert offline.validator("dk").digest == judged(app)["rules"]["digest"]


def damage(database: Database) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER editions_stay")
        connection.execute("UPDATE editions SET content = '{}' WHERE name = 'b'")


def test_a_damaged_edition_is_not_loaded_and_the_last_good_ones_stay(app: Flask, database: Database, catalogue: Catalogue) -> None:
    add_edition(database, edition("a", "2026-01-01", titles(catalogue)), actor="test")
    good = judged(app)
    add_edition(database, edition("b", "2026-02-01", titles(catalogue)), actor="test")
    damage(database)
    with capture_logs() as logs:
        assert judged(app) == good
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["release-not-taken-up"]


def test_a_server_does_not_start_with_a_damaged_edition(database: Database, catalogue: Catalogue) -> None:
    add_edition(database, edition("b", "2026-02-01", titles(catalogue)), actor="test")
    damage(database)
    with pytest.raises(ReleaseError, match="edition-damaged"):
        start_service(Settings(database=database.path))


def test_a_system_may_be_named_anywhere_in_a_contact_once_it_was_imported(
    app: Flask, database: Database, catalogue: Catalogue
) -> None:
    url = "https://example.org/skader"
    diagnosis = {"code": "K1", "system": url}
    lists = {"previous_diagnoses": [diagnosis], "saved_diagnoses": [diagnosis], "referral": {"diagnoses": [diagnosis]}}
    contact = {"encounter": {**CONTACT["encounter"], "diagnoses": [diagnosis], **lists}}
    before = app.test_client().post("/v1/validate", json=contact).get_json()
    assert [(finding["kind"], finding["path"]) for finding in before["findings"]] == [
        ("unknown-system", f"/encounter/{place}/0/system")
        for place in ("diagnoses", "previous_diagnoses", "referral/diagnoses", "saved_diagnoses")
    ]
    add_edition(database, edition("egne", "2026-01-01", {"K1": "Knæ"}, system=url), actor="test")
    answer = app.test_client().post("/v1/validate", json=contact)
    assert (answer.status_code, answer.get_json()["findings"]) == (200, [])
    assert catalogue.imported == {}


@pytest.mark.parametrize("start", ["0001-01-01", "9999-12-31"])
def test_an_edition_may_begin_at_either_end_of_the_calendar(
    app: Flask, database: Database, catalogue: Catalogue, start: str
) -> None:
    add_edition(database, edition("kant", start, titles(catalogue, without=["L84"])), actor="test")
    client = app.test_client()
    for date in ("0001-01-01", "2026-06-01", "9999-12-31"):
        answer = client.post("/v1/validate", json={"encounter": {**CONTACT["encounter"], "date": date}})
        assert answer.status_code == 200
        assert (answer.get_json()["catalogue"]["edition"] == "kant") == (date >= start)
    for address in ("/v1/codes/L86", "/codes/L86", "/v1/codes?q=knæ"):
        assert client.get(address).status_code == 200


def test_the_document_describes_a_system_that_was_imported_in_requests_and_answers(app: Flask, database: Database) -> None:
    url = "https://example.org/skader"
    add_edition(database, edition("egne", "2026-01-01", {"K1": "Knæ"}, system=url), actor="test")
    twice = {"encounter": {**CONTACT["encounter"], "diagnoses": [{"code": "K1", "system": url}] * 2}}
    client = app.test_client()
    answer = client.post("/v1/validate", json=twice).get_json()
    assert [item["system"] for finding in answer["findings"] for item in finding["suggestions"]] == [url]
    document = client.get("/openapi.json").get_json()
    for name, content in (("ValidationRequest", twice), ("Verdict", answer)):
        Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": document["components"]}).validate(content)
