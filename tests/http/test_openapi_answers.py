"""Every object that the service answers with has its members in the OpenAPI document, in lists too."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.each import naming
from tests.http.drafts import COURSE, contact, impact
from tests.http.routes import METHODS

ADDRESSES = {
    "/v1/codes": ["/v1/codes", "/v1/codes?q=ryg&limit=200"],
    "/v1/courses": ["/v1/courses?limit=200"],
    "/v1/rules": ["/v1/rules?limit=200", "/v1/rules?jurisdiction=se&limit=200"],
    "/v1/releases": ["/v1/releases?limit=200"],
    "/v1/cases": ["/v1/cases?limit=200"],
    "/v1/groups": ["/v1/groups"],
    "/v1/codes/{code}": ["/v1/codes/L84", "/v1/codes/X76", "/v1/codes/-30"],
    "/v1/rules/{rule_id}": ["/v1/rules/core.unknown-code", "/v1/rules/dk.51.artrose-knae"],
    "/v1/learners/me/export": ["/v1/learners/me/export"],
    "/health/live": ["/health/live"],
    "/health/ready": ["/health/ready"],
}


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    content: dict[str, Any] = app.test_client().get("/openapi.json").get_json()
    return content


@pytest.fixture
def visitor(client: FlaskClient) -> FlaskClient:
    """A learner with a group and an attempt, so that no list is empty."""
    assert client.post("/v1/groups").status_code == 200
    case = client.get("/v1/cases").get_json()["items"][0]["id"]
    assert client.post(f"/v1/cases/{case}/attempts", json={"diagnoses": [{"code": "L84", "role": "main"}]}).status_code == 200
    return client


def answer_schema(document: dict[str, Any], path: str, method: str = "get") -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"]
    return found


def undocumented(value: Any, schema: dict[str, Any], document: dict[str, Any], place: str = "") -> Iterator[str]:
    """Yield the places of members that the schema does not name."""
    for part in (schema, *schema.get("allOf", []), *schema.get("anyOf", []), *schema.get("oneOf", [])):
        if "$ref" in part:
            yield from undocumented(value, document["components"]["schemas"][part["$ref"].rpartition("/")[2]], document, place)
            return
    if isinstance(value, list):
        for item in value:
            yield from undocumented(item, schema.get("items", {}), document, f"{place}/*")
    elif isinstance(value, dict):
        others = schema.get("additionalProperties")
        for name, inner in value.items():
            described = schema.get("properties", {}).get(name, others)
            if described is None:
                yield f"{place}/{name}"
            else:
                yield from undocumented(inner, described, document, f"{place}/{name}")


def untyped(schema: Any, place: str) -> Iterator[str]:
    """Yield the places of objects without members."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and not schema.keys() & {"properties", "additionalProperties"}:
            yield place
        for name, inner in schema.items():
            yield from untyped(inner, f"{place}/{name}")
    elif isinstance(schema, list):
        for inner in schema:
            yield from untyped(inner, place)


def test_every_object_of_an_answer_has_its_members(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for method in item.keys() & {method.lower() for method in METHODS}:
            assert list(untyped(item[method]["responses"], f"{method} {path}")) == []
    assert list(untyped(document["components"], "")) == []


@pytest.mark.parametrize(("path", "addresses"), ADDRESSES.items(), ids=ADDRESSES)
def test_an_answer_matches_the_document_and_has_no_other_members(
    visitor: FlaskClient, document: dict[str, Any], path: str, addresses: list[str]
) -> None:
    schema = answer_schema(document, path)
    whole = Draft202012Validator(
        {**schema, "components": document["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    for address in addresses:
        with naming(address):
            answer = visitor.get(address)
            assert answer.status_code == 200
            content = answer.get_json()
            assert content.get("items", [content])
            whole.validate(content)
            assert set(undocumented(content, schema, document)) == set()


def test_the_impact_of_a_draft_matches_the_document(client: FlaskClient, document: dict[str, Any]) -> None:
    schema = answer_schema(document, "/v1/rules/impact", "post")
    changed = contact("L86", course="laenderyg", id="c-2")
    answer = impact(client, {"courses.yaml": COURSE}, changed, {})
    assert answer.status_code == 200, answer.text
    content = answer.get_json()
    assert (content["summary"]["changed"], content["summary"]["bad_lines"]) == (1, 1)
    Draft202012Validator({**schema, "components": document["components"]}).validate(content)
    assert set(undocumented(content, schema, document)) == set()
