"""`/openapi.json` is valid OpenAPI 3.1, lists exactly the routes, and matches the answers; `/docs` needs no network."""

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.contacts import OUT_OF_REACH, REQUESTS, WHOLE, request
from tests.each import naming
from tests.http.routes import METHODS, documented
from validator import RequestError, read_request
from validator.catalogue.code_systems import SYSTEMS, URIS
from validator.contract.finding_kinds import KINDS


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    content: dict[str, Any] = app.test_client().get("/openapi.json").get_json()
    return content


def schema(document: dict[str, Any], name: str) -> Draft202012Validator:
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": document["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []
    for content in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(content)


def test_the_document_names_every_route_and_nothing_else(app: Flask, document: dict[str, Any]) -> None:
    served = {
        (documented(rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/v1", "/health", "/metrics"))
        for method in (rule.methods or set()) & set(METHODS)
    }
    described = {(address, method) for address, item in document["paths"].items() for method in item if method.upper() in METHODS}
    assert described == served


def test_every_operation_has_a_summary_and_its_error_responses(document: dict[str, Any]) -> None:
    for address, item in document["paths"].items():
        for method, operation in item.items():
            if method.upper() in METHODS:
                assert operation["summary"], address
                assert "200" in operation["responses"], address
                problems = [answer for status, answer in operation["responses"].items() if status.startswith("4")]
                assert problems, address
                for answer in problems:
                    assert list(answer["content"]) == ["application/problem+json"]


def test_the_document_lists_the_kinds_and_the_limits_of_the_contract(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert set(schemas["Finding"]["properties"]["kind"]["x-extensible-enum"]) == set(KINDS) == set(REQUESTS) | OUT_OF_REACH
    assert set(schemas["Encounter"]["required"]) == {"date", "specialty", "diagnoses"}
    assert schemas["Encounter"]["properties"]["diagnoses"]["maxItems"] == 100
    assert schemas["Encounter"]["properties"]["id"]["maxLength"] == 200
    assert (schemas["Patient"]["properties"]["age"]["minimum"], schemas["Patient"]["properties"]["age"]["maximum"]) == (0, 130)


@pytest.mark.parametrize(
    ("system", "readable"),
    [
        *((name, True) for name in (*SYSTEMS, *URIS, "urn:oid:1.2.3", "https://example.org/skader", None)),
        *((name, False) for name in ("icpc", "ICPC-2", "", "a:" + "b" * 199, 1)),
    ],
)
def test_the_document_accepts_the_code_systems_of_requests(document: dict[str, Any], system: Any, readable: bool) -> None:
    sent = request("L84", previous_diagnoses=[{"code": "L84", "system": system}])
    sent["encounter"]["diagnoses"][0]["system"] = system
    assert schema(document, "ValidationRequest").is_valid(sent) == readable
    if readable:
        read_request(sent)
    else:
        with pytest.raises(RequestError):
            read_request(sent)


@pytest.mark.parametrize("language", ["da", "en", "sv"])
def test_every_verdict_matches_the_document(client: FlaskClient, document: dict[str, Any], language: str) -> None:
    for kind in REQUESTS:
        with naming(kind):
            answer = client.post("/v1/validate", json=REQUESTS[kind], headers={"Accept-Language": language})
            schema(document, "Verdict").validate(answer.get_json())


def test_every_judged_request_matches_the_document(document: dict[str, Any]) -> None:
    for name, sent in {"every member": WHOLE, **REQUESTS}.items():
        with naming(name):
            schema(document, "ValidationRequest").validate(sent)


@pytest.mark.parametrize(
    "sent",
    [{}, {"encounter": None}, request(date="i dag"), request(""), request(patient={"age": 131}), request(services=["massage"])],
    ids=["nothing", "null", "no date", "no code", "an age", "a service"],
)
def test_a_refused_request_does_not_match_the_document(client: FlaskClient, document: dict[str, Any], sent: dict[str, Any]) -> None:
    refused = client.post("/v1/validate", json=sent)
    assert refused.status_code == 422
    schema(document, "Problem").validate(refused.get_json())
    assert not schema(document, "ValidationRequest").is_valid(sent)


def test_a_changed_verdict_does_not_match_the_document(client: FlaskClient, document: dict[str, Any]) -> None:
    answer = client.post("/v1/validate", json=REQUESTS["unknown-code"]).get_json()
    for changed in ({**answer, "status": "fine"}, {**answer, "findings": [{**answer["findings"][0], "kind": 7}]}):
        assert not schema(document, "Verdict").is_valid(changed)


def test_an_answer_may_have_kinds_actions_and_members_that_callers_do_not_know(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    answer = client.post("/v1/validate", json=REQUESTS["unknown-code"]).get_json()
    (finding, *_) = answer["findings"]
    suggestion = {**finding["suggestions"][0], "action": "new", "new": 1}
    schema(document, "Verdict").validate(
        {**answer, "new": 1, "findings": [{**finding, "kind": "new", "new": 1, "suggestions": [suggestion]}]}
    )
    assert '"additionalProperties": false' not in json.dumps(document)


def test_every_member_of_a_verdict_is_documented(client: FlaskClient, document: dict[str, Any]) -> None:
    def undocumented(value: Any, name: str) -> list[str]:
        if isinstance(value, list):
            return [found for item in value for found in undocumented(item, name)]
        if not isinstance(value, dict):
            return []
        members = schemas[name]["properties"]
        found = [f"{name}.{member}" for member in value if member not in members]
        for member, inner in value.items():
            reference = re.search(r"#/components/schemas/(\w+)", json.dumps(members.get(member, {})))
            found += undocumented(inner, reference[1]) if reference else []
        return found

    schemas = document["components"]["schemas"]
    for kind, sent in REQUESTS.items():
        with naming(kind):
            assert undocumented(client.post("/v1/validate", json=sent).get_json(), "Verdict") == []


def test_a_generator_finds_a_name_for_every_operation(document: dict[str, Any]) -> None:
    operations = [item[method] for item in document["paths"].values() for method in item if method.upper() in METHODS]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z]+([A-Z][a-z]+)*", name) for name in names)
    described = {tag["name"]: tag["description"] for tag in document["tags"]}
    assert all(described[tag] for operation in operations for tag in operation["tags"])
    assert document["servers"][0]["url"] == "/"


def test_no_schema_has_the_name_of_one_of_its_members(document: dict[str, Any]) -> None:
    """openapi-python-client gives the object and its member one variable then."""
    for name, content in document["components"]["schemas"].items():
        assert re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower() not in content.get("properties", {}), name


def test_the_docs_page_needs_no_network(client: FlaskClient) -> None:
    page = client.get("/docs")
    assert page.mimetype == "text/html"
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(addresses) >= 4
    for address in addresses:
        assert address.startswith("/")
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert answer.data
    assert not re.search(r"https?:", page.text)
    start = client.get("/docs/start.js")
    assert start.mimetype == "text/javascript"
    assert '"/openapi.json"' in start.text
    assert not re.search(r"https?:", start.text)


def test_the_style_of_the_docs_page_loads_nothing_from_elsewhere(client: FlaskClient) -> None:
    style = client.get("/docs/assets/swagger-ui.css", buffered=True).text
    assert not re.search(r"@import|url\(\s*['\"]?(?:https?:)?//", style)


def test_the_docs_page_supports_the_version_of_the_document(client: FlaskClient, document: dict[str, Any]) -> None:
    major, minor, _ = document["openapi"].split(".")
    scripts = re.findall(r'<script src="([^"]+)"', client.get("/docs").text)
    texts = [client.get(address, buffered=True).text for address in scripts]
    # Swagger UI recognises a version by a prefix or a pattern, and does not show others.
    known = (f'"{major}.{minor}."', f"{major}\\.{minor}\\.")
    assert any(form in text for form in known for text in texts)
