"""The members of a request: required ones, null, closed lists, roles, code systems, and unknown names."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.contacts import WHOLE, changed, members, places, request
from tests.http.problems import assert_problem

REQUIRED = {
    "/encounter",
    "/encounter/date",
    "/encounter/specialty",
    "/encounter/diagnoses",
    "/overrides/0/rule",
    *(f"/encounter/{name}/0/code" for name in ("diagnoses", "previous_diagnoses", "saved_diagnoses", "referral/diagnoses")),
    "/encounter/diagnoses/1/code",
}
SYSTEMS = ["icpc-2", "icd-10", "icd-10-se", "sks", "kva"]
CLOSED = {
    "/encounter/patient/sex": ["female", "male", "other", "unknown"],
    "/encounter/diagnoses/0/role": ["main", "secondary"],
    "/encounter/previous_diagnoses/0/role": ["main", "secondary"],
    "/encounter/diagnoses/0/system": SYSTEMS,
    "/encounter/referral/diagnoses/0/system": SYSTEMS,
    "/encounter/jurisdiction": ["dk", "se"],
    "/encounter/observations/joints/0": ["hip", "knee", "shoulder", "elbow", "hand", "ankle", "neck", "back"],
    "/encounter/services/0": [
        "individual",
        "group-training",
        "supervised-self-training",
        "self-training",
        "digital-follow-up",
        "video",
        "cross-sector",
        "examination",
        "home-visit",
    ],
}
URIS = {
    "http://hl7.org/fhir/sid/icpc-2": ("icpc-2", "L84"),
    "urn:oid:2.16.840.1.113883.6.139": ("icpc-2", "L84"),
    "urn:oid:1.2.208.176.2.31": ("icpc-2", "L84"),
    "http://hl7.org/fhir/sid/icd-10": ("icd-10", "M54.5"),
    "urn:oid:1.2.208.176.2.4.12": ("sks", "DM545"),
}


OBJECTS = ["", *(pointer for pointer, value in places(WHOLE) if isinstance(value, dict))]
OPTIONAL = [pointer for pointer, _ in members(WHOLE) if pointer not in REQUIRED]


def test_the_request_that_these_tests_change_has_every_member_of_the_document(client: FlaskClient) -> None:
    schemas = client.get("/openapi.json").get_json()["components"]["schemas"]

    def named(schema: dict[str, Any], pointer: str) -> Iterator[str]:
        for part in [schema, *schema.get("allOf", []), *schema.get("anyOf", []), *schema.get("oneOf", [])]:
            if "$ref" in part:
                yield from named(schemas[part["$ref"].rpartition("/")[2]], pointer)
            for name, inner in part.get("properties", {}).items():
                yield f"{pointer}/{name}"
                yield from named(inner, f"{pointer}/{name}")
            yield from named(part["items"], f"{pointer}/0") if "items" in part else ()

    assert set(named(schemas["ValidationRequest"], "")) == {pointer for pointer, _ in members(WHOLE)} - {
        "/encounter/diagnoses/1/code",
        "/encounter/diagnoses/1/role",
    }


@pytest.mark.parametrize("pointer", sorted(REQUIRED))
def test_a_required_member_is_neither_left_out_nor_null(client: FlaskClient, pointer: str) -> None:
    for sent in (changed(pointer), changed(pointer, None)):
        assert_problem(client.post("/v1/validate", json=sent), 422, path=pointer)


@pytest.mark.parametrize("pointer", OPTIONAL)
def test_null_is_the_same_as_absent(client: FlaskClient, pointer: str) -> None:
    absent = client.post("/v1/validate", json=changed(pointer))
    null = client.post("/v1/validate", json=changed(pointer, None))
    assert absent.status_code == 200
    assert null.data == absent.data


def test_an_item_of_a_list_is_not_null(client: FlaskClient) -> None:
    for name in ("diagnoses", "previous_diagnoses", "saved_diagnoses", "services", "measures", "registrations"):
        assert_problem(client.post("/v1/validate", json=request(**{name: [None]})), 422, path=f"/encounter/{name}/0")


@pytest.mark.parametrize("pointer", [pointer for pointer, _ in members(WHOLE)])
def test_no_member_takes_a_value_of_every_type(client: FlaskClient, pointer: str) -> None:
    refused = [
        value
        for value in ("tekst", 5, True, ["tekst"], {"tekst": 5})
        if client.post("/v1/validate", json=changed(pointer, value)).status_code == 422
    ]
    assert len(refused) >= 3


@pytest.mark.parametrize("pointer", CLOSED)
@pytest.mark.parametrize("value", ["zyxwv", "", 1, ["main"]])
def test_a_value_outside_a_closed_list_is_refused_with_the_list(client: FlaskClient, pointer: str, value: Any) -> None:
    problem = assert_problem(client.post("/v1/validate", json=changed(pointer, value)), 422, path=pointer, absent="zyxwv")
    (error,) = problem["errors"]
    assert all(allowed in error["message"] for allowed in CLOSED[pointer])


@pytest.mark.parametrize("pointer", CLOSED)
def test_each_value_of_a_closed_list_is_accepted(client: FlaskClient, pointer: str) -> None:
    for value in CLOSED[pointer]:
        assert client.post("/v1/validate", json=changed(pointer, value)).status_code == 200


@pytest.mark.parametrize("uri", URIS)
def test_a_code_system_may_be_named_by_its_uri(client: FlaskClient, uri: str) -> None:
    name, code = URIS[uri]
    answers = {
        client.post("/v1/validate", json=request(diagnoses=[{"code": code, "system": system}])).data for system in (uri, name)
    }
    assert len(answers) == 1


@pytest.mark.parametrize("name", ["kontaktnummer", "a/b", "m~n", "~1", "", "Å b"])
@pytest.mark.parametrize("inside", OBJECTS)
def test_an_unknown_member_is_reported_and_ignored(client: FlaskClient, inside: str, name: str) -> None:
    escaped = name.replace("~", "~0").replace("/", "~1")
    sent = changed(f"{inside}/x", {"code": "L999"})
    target: Any = sent
    for part in inside.split("/")[1:]:
        target = target[int(part) if part.isdecimal() else part]
    target[name] = target.pop("x")

    known = client.post("/v1/validate", json=WHOLE).get_json()
    answer = client.post("/v1/validate", json=sent).get_json()

    (unknown,) = [finding for finding in answer["findings"] if finding["kind"] == "unknown-field"]
    assert (unknown["path"], unknown["audience"], unknown["rule"]) == (f"{inside}/{escaped}", "vendor", "core.unknown-field")
    assert f'"{name}"' in unknown["message"]
    assert [finding for finding in answer["findings"] if finding["kind"] != "unknown-field"] == known["findings"]


def test_the_only_diagnosis_is_the_main_one_without_a_role(client: FlaskClient) -> None:
    sent = request(course="artrose-knae", diagnoses=[{"code": "L90"}])
    assert client.post("/v1/validate", json=sent).get_json()["findings"] == []


def test_of_several_each_is_secondary_without_a_role(client: FlaskClient) -> None:
    sent = request(course="artrose-knae", diagnoses=[{"code": "L90"}, {"code": "L92"}])
    (finding,) = client.post("/v1/validate", json=sent).get_json()["findings"]
    assert finding["kind"] == "required-code-only-secondary"
