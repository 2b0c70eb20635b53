"""Every example of the OpenAPI document can be sent to the service as it is, as "Try it out" does."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from api import create_app
from tests.http.routes import NDJSON, ROUTES, Route
from validator.settings import read_settings

# They need a code that another answer has given before.
_NEED_A_CODE = {"/v1/groups/<group_code>", "/v1/groups/<group_code>/cases/<case_id>"}
_NEED_A_KNOWN_LEARNER = {("POST", "/v1/learners/me")}
DOCUMENTED = [route for route in ROUTES if route.operation]


def parameters(document: dict[str, Any], route: Route) -> list[dict[str, Any]]:
    path = next(item for item in document["paths"].values() if route.operation in item.values())
    return [*path.get("parameters", []), *route.operation.get("parameters", [])]


def calls(document: dict[str, Any], route: Route) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the address and arguments of each call that the examples of a route make."""
    (address,) = (path for path, item in document["paths"].items() if route.operation in item.values())
    query = {}
    for parameter in parameters(document, route):
        if parameter["in"] == "path":
            address = address.replace(f"{{{parameter['name']}}}", parameter["example"])
        elif "example" in parameter["schema"]:
            query[parameter["name"]] = parameter["schema"]["example"]
    bodies = route.operation.get("requestBody", {}).get("content", {})
    for media_type, body in bodies.items():
        sent = {"json": body["example"]} if isinstance(body["example"], dict) else {"data": body["example"].encode()}
        yield address, {**sent, "content_type": media_type, "query_string": query}
    if not bodies:
        yield address, {"query_string": query}


@pytest.fixture(scope="module")
def service_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KODEVAGT_DATABASE", str(tmp_path_factory.mktemp("store") / "kodevagt.db"))
        return create_app(read_settings()).test_client()


@pytest.fixture(scope="module")
def document(service_client: FlaskClient) -> dict[str, Any]:
    content: dict[str, Any] = service_client.get("/openapi.json").get_json()
    return content


@pytest.mark.parametrize("route", DOCUMENTED, ids=str)
def test_the_examples_of_a_route_work(document: dict[str, Any], route: Route, service_client: FlaskClient) -> None:
    if route.rule in _NEED_A_CODE:
        assert all("example" not in one for one in parameters(document, route) if one["name"] == "group_code")
        return
    if (route.method, route.rule) in _NEED_A_KNOWN_LEARNER:
        return
    for address, sent in calls(document, route):
        answer = service_client.open(address, method=route.method, **sent)
        assert answer.status_code in (200, 201), answer.text
        described = route.operation["responses"][str(answer.status_code)]["content"][answer.mimetype]["schema"]
        if answer.mimetype == "application/json":
            Draft202012Validator({**described, "components": document["components"]}).validate(answer.get_json())
        if answer.mimetype == NDJSON:
            assert "problem" not in answer.text
        if "problems" in (answer.get_json(silent=True) or {}):
            assert answer.get_json()["problems"] == []


def test_the_example_of_a_contact_has_a_finding_with_a_suggestion(document: dict[str, Any], service_client: FlaskClient) -> None:
    content = document["paths"]["/v1/validate"]["post"]["requestBody"]["content"]["application/json"]
    answer = service_client.post("/v1/validate", json=content["example"]).get_json()
    assert answer["id"] == content["example"]["encounter"]["id"]
    assert [finding["kind"] for finding in answer["findings"]] == ["main-not-in-course-set"]
    assert answer["findings"][0]["suggestions"]
