"""`POST /v1/validate`: the form of the answer, the order of findings, status and savable, audience and release."""

import dataclasses
from typing import Any

import pytest
from flask.testing import FlaskClient

from api import create_app
from tests.contacts import OUT_OF_REACH, OVERRIDDEN, REQUESTS, WHOLE, request
from tests.http.problems import assert_problem
from validator import Service
from validator.catalogue.catalogue import Catalogue
from validator.contract.finding_kinds import KINDS
from validator.rulebook.release import Release

SEVERITIES = ["error", "warning", "information"]
MANY = request(
    " l 92",
    "L90",
    "L90",
    "L999",
    course="artrose-knae",
    observations={"joints": ["hip"]},
    patient={"age": 12},
    saved_diagnoses=[{"code": "L84"}],
    kontaktnummer=1,
    overrides=[{"rule": "dk.findes-ikke", "reason": "Aftalt"}],
)


def judged(client: FlaskClient, sent: dict[str, Any], query: str = "") -> dict[str, Any]:
    response = client.post(f"/v1/validate{query}", json=sent)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    answer: dict[str, Any] = response.get_json()
    return answer


@pytest.mark.parametrize("kind", REQUESTS)
def test_every_kind_has_the_severity_of_the_contract(client: FlaskClient, kind: str) -> None:
    findings = {finding["kind"]: finding for finding in judged(client, REQUESTS[kind])["findings"]}
    expected = (str(KINDS[kind].severity), KINDS[kind].blocking, str(KINDS[kind].audience))
    assert tuple(findings[kind][name] for name in ("severity", "blocking", "audience")) == expected


def test_every_kind_has_a_request() -> None:
    assert set(REQUESTS) | OUT_OF_REACH == set(KINDS)


def test_the_members_of_the_answer_have_the_order_of_the_contract(client: FlaskClient) -> None:
    answer = judged(client, REQUESTS["main-not-in-course-set"])
    assert list(answer) == ["status", "savable", "findings", "rules", "catalogue"]
    assert list(answer["rules"]) == ["pack", "release", "digest", "as_of", "engine"]
    assert list(answer["catalogue"]) == ["system", "edition"]
    (finding,) = answer["findings"]
    assert list(finding) == [
        "kind",
        "rule",
        "severity",
        "blocking",
        "audience",
        "message",
        "explanation",
        "path",
        "suggestions",
        "source",
        "overridden",
    ]
    assert list(finding["suggestions"][0]) == ["action", "code", "title"]
    assert list(finding["source"]) == ["title", "date", "url", "status"]
    assert finding["overridden"] is None


def test_a_course_is_suggested_by_its_name(client: FlaskClient) -> None:
    suggestion = judged(client, REQUESTS["unknown-course"])["findings"][0]["suggestions"][0]
    assert list(suggestion) == ["action", "course", "title"]
    assert (suggestion["course"], suggestion["title"]) == ("artrose-knae", "Artrose i knæ")


def test_findings_are_sorted_by_severity_path_kind_and_rule(client: FlaskClient) -> None:
    findings = judged(client, MANY)["findings"]
    order = [(SEVERITIES.index(item["severity"]), item["path"], item["kind"], item["rule"]) for item in findings]
    assert order == sorted(order)
    assert {item["severity"] for item in findings} == set(SEVERITIES)
    assert len({item["path"] for item in findings if item["severity"] == "warning"}) > 1


def test_no_diagnosis_is_ok(client: FlaskClient) -> None:
    answer = judged(client, request())
    assert (answer["status"], answer["savable"], answer["findings"]) == ("ok", True, [])


@pytest.mark.parametrize("kind", ["unknown-code", "main-missing", "sex-conflict", "age-implausible"])
def test_the_status_is_the_worst_severity(client: FlaskClient, kind: str) -> None:
    assert judged(client, REQUESTS[kind])["status"] == KINDS[kind].severity


def test_an_overridden_finding_has_its_reason_and_does_not_count(client: FlaskClient) -> None:
    overrides = [{"rule": OVERRIDDEN, "reason": " Aftalt med lægen "}]
    answer = judged(client, request("L92", course="artrose-knae", overrides=overrides))
    assert (answer["status"], answer["savable"]) == ("ok", True)
    (finding,) = answer["findings"]
    assert (finding["severity"], finding["overridden"]) == ("error", {"reason": "Aftalt med lægen"})


def test_other_findings_than_the_overridden_still_count(client: FlaskClient) -> None:
    overrides = [{"rule": OVERRIDDEN, "reason": "Aftalt"}]
    answer = judged(client, request("L92", course="artrose-knae", saved_diagnoses=[{"code": "L84"}], overrides=overrides))
    assert answer["status"] == "warning"


@pytest.mark.parametrize("kind", sorted(REQUESTS))
def test_only_a_blocking_finding_makes_the_coding_unsavable(client: FlaskClient, kind: str) -> None:
    answer = judged(client, REQUESTS[kind])
    assert answer["savable"] is not any(finding["blocking"] for finding in answer["findings"])


def test_a_danish_process_code_warns_and_does_not_block(client: FlaskClient) -> None:
    (finding,) = judged(client, request("A31"))["findings"]
    assert (finding["kind"], finding["severity"], finding["blocking"]) == ("process-code", "warning", False)


def test_a_blocking_finding_cannot_be_overridden(client: FlaskClient) -> None:
    answer = judged(client, REQUESTS["override-refused"])
    assert (answer["status"], answer["savable"]) == ("error", False)
    assert answer["findings"][0]["overridden"] is None


def test_an_audience_gets_its_own_findings_and_the_same_status(client: FlaskClient) -> None:
    whole = judged(client, MANY)
    for audience in ("clinician", "vendor", "record"):
        answer = judged(client, MANY, f"?audience={audience}")
        assert answer["findings"] == [finding for finding in whole["findings"] if finding["audience"] == audience]
        assert answer["findings"]
        assert {**answer, "findings": whole["findings"]} == whole


@pytest.mark.parametrize("sent", [MANY, WHOLE, request()], ids=["many findings", "every member", "nothing"])
def test_the_same_request_gives_the_same_bytes(client: FlaskClient, sent: dict[str, Any]) -> None:
    answers = {client.post("/v1/validate", json=sent, headers={"X-Request-ID": f"r-{number}"}).data for number in range(5)}
    assert len(answers) == 1


def test_the_answer_has_the_current_release_and_the_date_of_judgement(client: FlaskClient, release: Release) -> None:
    answer = judged(client, request("L84", date="2025-10-14"))
    assert (answer["rules"]["pack"], answer["rules"]["release"], answer["rules"]["as_of"]) == ("dk", release.name, "2025-10-14")
    assert answer["rules"]["digest"].startswith("sha256:")
    assert len(answer["rules"]["digest"]) == len("sha256:") + 64
    assert judged(client, request("L84", date="2025-10-14"), f"?release={release.name}") == answer


def test_another_published_release_judges_on_request(catalogue: Catalogue, release: Release) -> None:
    course = release.courses["artrose-knae"]
    (entry,) = course.main_diagnosis
    moved = dataclasses.replace(course, main_diagnosis=(dataclasses.replace(entry, codes=("L92",)),))
    later = dataclasses.replace(release, name="ekm-2030-01", status="published", courses={**release.courses, "artrose-knae": moved})
    draft = dataclasses.replace(later, name="ekm-2031-01", status="draft")
    client = create_app(service=Service.from_releases(catalogue, [release, later, draft])).test_client()

    assert judged(client, REQUESTS["main-not-in-course-set"])["status"] == "error"
    answer = judged(client, REQUESTS["main-not-in-course-set"], "?release=ekm-2030-01")
    assert (answer["status"], answer["rules"]["release"]) == ("ok", "ekm-2030-01")
    refused = client.post("/v1/validate?release=ekm-2031-01", json=request())
    assert_problem(refused, 404, path="?release", absent="ekm-2031-01")


def test_a_jurisdiction_without_a_current_release_is_refused(catalogue: Catalogue, release: Release) -> None:
    client = create_app(service=Service.from_releases(catalogue, [release])).test_client()
    refused = client.post("/v1/validate", json=request(jurisdiction="se"))
    assert_problem(refused, 422, path="/encounter/jurisdiction")
