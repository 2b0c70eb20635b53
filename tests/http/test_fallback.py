"""A failing engine is replaced by the plain engine, which is logged and counted."""

from collections.abc import Callable
from typing import Any

import durable_rules_engine
import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from api import create_app
from tests.contacts import REQUESTS
from tests.each import naming
from tests.http.counts import scraped
from tests.http.routes import CONTACT
from validator import Service
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release

COUNT = "kodevagt_engine_fallback_total"


@pytest.fixture
def own_client(catalogue: Catalogue, releases: list[Release]) -> FlaskClient:
    """A client of a service that no other test uses, and that keeps no outcome: the engine is asked every time."""
    return create_app(service=Service.from_releases(catalogue, releases, cache_size=0)).test_client()


def raising(error: Exception) -> Callable[..., None]:
    def call(*_: object) -> None:
        raise error

    return call


def judged(client: FlaskClient, kind: str) -> dict[str, Any]:
    response = client.post("/v1/validate", json=REQUESTS[kind])
    assert response.status_code == 200
    answer: dict[str, Any] = response.get_json()
    return answer


@pytest.mark.parametrize("function", ["assert_fact", "start_action_for_state", "complete_and_start_action"])
@pytest.mark.parametrize("error", [RuntimeError("303"), MemoryError(), ValueError("010190-1234")], ids=repr)
def test_a_contact_is_judged_by_the_plain_engine_when_the_other_raises(
    own_client: FlaskClient, monkeypatch: pytest.MonkeyPatch, function: str, error: Exception
) -> None:
    whole = judged(own_client, "radiation-contradiction")
    assert whole["rules"]["engine"].startswith("durable")
    assert scraped(own_client).total(COUNT) == 0

    monkeypatch.setattr(durable_rules_engine, function, raising(error))
    with capture_logs() as logged:
        answer = judged(own_client, "radiation-contradiction")

    assert answer["rules"]["engine"] == "plain"
    assert {**answer, "rules": whole["rules"]} == whole
    assert scraped(own_client).total(COUNT) == 1
    assert [line["log_level"] for line in logged if line["event"] == "engine-fallback"] == ["error"]


def test_a_run_that_did_not_reach_its_end_is_not_trusted(own_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(own_client, "radiation-contradiction")
    monkeypatch.setattr(durable_rules_engine, "start_action_for_state", lambda *_: None)
    answer = judged(own_client, "radiation-contradiction")
    assert answer["rules"]["engine"] == "plain"
    assert [finding["kind"] for finding in answer["findings"]] == ["radiation-contradiction"]


def test_the_engine_is_used_again_when_it_works_again(own_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(own_client, "radiation-contradiction")
    with monkeypatch.context() as broken:
        broken.setattr(durable_rules_engine, "assert_fact", raising(RuntimeError()))
        assert judged(own_client, "radiation-contradiction")["rules"]["engine"] == "plain"
    assert judged(own_client, "radiation-contradiction")["rules"]["engine"].startswith("durable")


def test_an_engine_that_cannot_be_built_loses_no_finding(
    client: FlaskClient, own_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = {kind: judged(client, kind)["findings"] for kind in REQUESTS}
    monkeypatch.setattr(durable_rules_engine, "create_ruleset", raising(RuntimeError("no memory")))
    for kind, findings in complete.items():
        with naming(kind):
            answer = judged(own_client, kind)
            assert answer["rules"]["engine"] == "plain"
            assert answer["findings"] == findings


def test_a_batch_continues_with_the_plain_engine(own_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    body = (CONTACT + b"\n") * 3
    judged(own_client, "radiation-contradiction")
    monkeypatch.setattr(durable_rules_engine, "assert_fact", raising(RuntimeError()))
    answer = own_client.post("/v1/validate/batch", data=body, content_type="application/x-ndjson")
    assert answer.text.count('"engine":"plain"') == 3
