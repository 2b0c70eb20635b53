"""Lists of courses, rules, releases and codes: pages, ETags and languages."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.contacts import REQUESTS
from tests.http.problems import assert_problem
from validator import Service
from validator.contract.finding_kinds import KINDS
from validator.rulebook.release import Release

LISTS = ["/v1/courses", "/v1/rules", "/v1/releases"]
KEPT = [*LISTS, "/v1/codes/L86", "/v1/rules/core.unknown-code", "/v1/rules/dk.51.artrose-knae"]
SWEDISH = {"visit-not-coded", "measure-missing", "frequent-attender-without-plan", "registration-missing"}


def page(client: FlaskClient, address: str, **query: int) -> dict[str, Any]:
    response = client.get(address, query_string=query)
    assert response.status_code == 200
    content: dict[str, Any] = response.get_json()
    assert list(content) == ["items", "total"]
    return content


def items(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page(client, address, limit=200)["items"]
    return found


@pytest.mark.parametrize("address", LISTS)
def test_a_page_has_20_items_by_default(client: FlaskClient, address: str) -> None:
    first, whole = page(client, address), page(client, address, limit=200)
    assert whole["total"] == first["total"] == len(whole["items"])
    assert first["items"] == whole["items"][:20]


@pytest.mark.parametrize("address", LISTS)
def test_the_pages_of_a_list_make_up_the_list(client: FlaskClient, address: str) -> None:
    whole = items(client, address)
    paged = [item for offset in range(0, len(whole) + 7, 7) for item in page(client, address, limit=7, offset=offset)["items"]]
    assert paged == whole
    assert page(client, address, offset=10**9) == {"items": [], "total": len(whole)}


@pytest.mark.parametrize("address", KEPT)
def test_a_matching_etag_is_a_304(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    etag = first.headers["ETag"]
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        again = client.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
        assert again.headers["X-Request-ID"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).data == first.data
    assert client.head(address).headers["ETag"] == etag


@pytest.mark.parametrize("address", KEPT)
def test_another_language_has_another_etag(client: FlaskClient, address: str) -> None:
    danish, english = (client.get(address, headers={"Accept-Language": language}) for language in ("da", "en"))
    assert danish.data == client.get(address).data
    assert danish.headers["ETag"] != english.headers["ETag"]
    assert "Accept-Language" in danish.headers["Vary"]


def test_another_page_has_another_etag(client: FlaskClient) -> None:
    assert client.get("/v1/rules?limit=5").headers["ETag"] != client.get("/v1/rules?limit=6").headers["ETag"]


def test_a_course_has_its_dates_codes_and_sources(client: FlaskClient) -> None:
    courses = {course["id"]: course for course in items(client, "/v1/courses")}
    assert len(courses) == 12
    knee = courses["artrose-knae"]
    assert (knee["title"], knee["specialty"], knee["mandatory_from"]) == ("Artrose i knæ", "51", "2025-04-01")
    (entry,) = knee["main_diagnosis"]
    assert (entry["from"], entry["to"], entry["codes"], entry["status"]) == ("2025-04-01", None, ["L90"], "decided")
    assert entry["source"] == {"title": "EKM, gå-hjem-møde", "date": "2024-11-01", "url": None, "status": "unconfirmed"}
    assert courses["laenderyg"]["main_diagnosis"][0]["codes"] == ["L84", "L86", "L03"]
    assert courses["parkinson"]["mandatory_from"] is None
    assert courses["parkinson"]["referral"][0]["sks"] == ["DG20"]


def test_a_release_has_its_digest_and_says_whether_it_is_current(client: FlaskClient, service: Service, release: Release) -> None:
    found = {item["name"]: item for item in items(client, "/v1/releases")}
    assert {name for _, name in service.releases} == set(found)
    judged = client.post("/v1/validate", json=REQUESTS["unknown-code"]).get_json()["rules"]
    current = found[release.name]
    assert (current["pack"], current["current"], current["digest"]) == ("dk", True, judged["digest"])


def test_a_rule_is_the_same_in_the_list_and_alone(client: FlaskClient) -> None:
    for rule in items(client, "/v1/rules"):
        assert client.get(f"/v1/rules/{rule['id']}").get_json() == rule


def test_no_two_rules_have_one_id(client: FlaskClient) -> None:
    names = [rule["id"] for rule in items(client, "/v1/rules")]
    assert len(names) == len(set(names))


def test_every_rule_of_a_finding_can_be_read(client: FlaskClient, release: Release) -> None:
    rules = {rule.id for rule in release.rules}
    courses = {f"dk.{course.specialty}.{course.id}" for course in release.courses.values()}
    parts = {f"dk.{course.specialty}.{course.id}.phase" for course in release.courses.values() if course.phases}
    parts |= {f"dk.{course.specialty}.{course.id}.services" for course in release.courses.values() if course.services}
    listed = items(client, "/v1/rules")
    elsewhere = {kind["kind"] for rule in listed if rule["origin"] != "core" for kind in rule["kinds"]}
    core = {f"core.{kind}" for kind in set(KINDS) - elsewhere - SWEDISH}
    assert {rule["id"] for rule in listed} == rules | courses | parts | core


@pytest.mark.parametrize("kind", REQUESTS)
def test_the_rule_of_a_finding_says_what_it_finds(client: FlaskClient, kind: str) -> None:
    for finding in client.post("/v1/validate", json=REQUESTS[kind]).get_json()["findings"]:
        pack = REQUESTS[kind]["encounter"].get("jurisdiction", "dk")
        rule = client.get(f"/v1/rules/{finding['rule']}?jurisdiction={pack}").get_json()
        named = {item["kind"]: item for item in rule["kinds"]}
        assert named[finding["kind"]]["audience"] == finding["audience"]


def test_a_code_has_its_titles_its_place_its_bridges_and_its_courses(client: FlaskClient) -> None:
    code = client.get("/v1/codes/L86").get_json()
    assert (code["code"], code["chapter"], code["component"], code["sex"]) == ("L86", "L", 7, None)
    assert code["title"] == code["titles"]["da"]
    assert {"system": "icd-10", "code": "M54.3", "preferred": True} in code["bridges"]
    assert {"system": "sks", "code": "DM543", "preferred": True} in code["bridges"]
    assert {"system": "icd-10", "code": "G83.4", "preferred": False} in code["bridges"]
    assert {"lumbal-nerverod", "lumbal-stenose", "laenderyg", "nerverod"} == {course["id"] for course in code["courses"]}
    assert client.get("/v1/codes/X76").get_json()["sex"] == "female"
    assert client.get("/v1/codes/N86").get_json()["courses"] == [{"id": "sklerose", "title": "Sklerose"}]


def test_a_code_has_its_short_titles_its_synonyms_and_its_notes(client: FlaskClient) -> None:
    code = client.get("/v1/codes/L86").get_json()
    assert code["short_titles"] == {"da": "Rygsyndrom med udstråling", "en": "Back syndrome with radiation"}
    assert {"term": "iskias", "language": "da", "kind": "lay", "preferred": True} in code["synonyms"]
    assert {"term": "spinalstenose", "language": "da", "kind": "clinical", "preferred": False} in code["synonyms"]
    assert list(code["notes"]) == ["da", "en"]
    assert list(code["notes"]["da"]) == ["includes", "not_here", "use_when"]
    assert {"text": "nakkens nerverødder", "code": "L83"} in code["notes"]["da"]["not_here"]
    assert client.get("/v1/codes/A70").get_json()["notes"] == {}
    assert client.get("/v1/codes/A30").get_json()["short_titles"] == {}


@pytest.mark.parametrize("written", ["l86", "%20l%2086", "L86%20"])
def test_a_code_is_read_as_on_a_contact(client: FlaskClient, written: str) -> None:
    assert client.get(f"/v1/codes/{written}").get_json()["code"] == "L86"


@pytest.mark.parametrize("address", ["/v1/codes/L999", "/v1/codes/M17.1", "/v1/codes/%F0%9D%84%9E", f"/v1/codes/{'L' * 5000}"])
def test_a_code_that_is_not_in_the_catalogue_is_a_404(client: FlaskClient, address: str) -> None:
    assert_problem(client.get(address), 404)


@pytest.mark.parametrize("name", ["findes-ikke", "DK.51.ARTROSE-KNAE", "core", "artrose-knae"])
def test_a_rule_that_is_not_in_the_release_is_a_404(client: FlaskClient, name: str) -> None:
    assert_problem(client.get(f"/v1/rules/{name}"), 404, absent=name if name == "findes-ikke" else None)


def test_both_packs_have_a_release_and_drafts_are_not_listed(client: FlaskClient) -> None:
    releases = items(client, "/v1/releases")
    assert [(item["pack"], item["name"], item["current"]) for item in releases] == [
        ("dk", "ekm-2024-11", True),
        ("se", "varmland-2023-12", True),
    ]


def test_the_swedish_pack_has_rules_and_no_courses(client: FlaskClient) -> None:
    assert client.get("/v1/courses?jurisdiction=se").get_json() == {"items": [], "total": 0}
    listed = client.get("/v1/rules?jurisdiction=se&limit=200").get_json()["items"]
    rules = [rule for rule in listed if rule["origin"] == "rule"]
    assert {kind["kind"] for rule in rules for kind in rule["kinds"]} == SWEDISH
    assert rules[0]["message"] == "Besöket saknar huvuddiagnos."
    english = client.get(f"/v1/rules/{rules[0]['id']}?jurisdiction=se", headers={"Accept-Language": "en"}).get_json()
    assert english["message"] == "The visit has no main diagnosis."


@pytest.mark.parametrize("address", ["/v1/courses", "/v1/rules", "/v1/rules/core.unknown-code"])
def test_a_pack_or_a_release_can_be_chosen(client: FlaskClient, address: str) -> None:
    assert client.get(f"{address}?jurisdiction=dk&release=ekm-2024-11").data == client.get(address).data
