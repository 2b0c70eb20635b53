"""Every route, from the application and its OpenAPI document, so that new routes are tested without changes here."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from werkzeug.routing import Rule

from api import create_app
from validator import Service
from validator.catalogue.loader import load_catalogue

_CATALOG = Path(__file__).parents[2] / "catalog"
_APP = create_app(service=Service.from_releases(load_catalogue(_CATALOG), []))
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
JSON, NDJSON = "application/json", "application/x-ndjson"
CONTACT = b'{"encounter":{"date":"2025-10-14","specialty":"51","diagnoses":[{"code":"L84"}]}}'
BROWSER = "0" * 32  # the cookie of the `client` fixture
# The fields of the forms.
_CONTACT = {"date": "2025-10-14", "specialty": "51", "code-1": "L84", "role-1": "main"}
_FORMS: dict[str, dict[str, str]] = {
    "/": _CONTACT,
    "/cases/<case_id>": _CONTACT,
    "/progress/continue": {"code": "1"},
    "/progress/group": {"group": "1"},
    "/progress/delete": {},
    "/groups": {},
}
# The bodies of routes that do not take a contact.
_BODIES = {
    "/v1/releases": b'{"files":{"pack.yaml":"pack: dk"},"note":"Ny"}',
    "/v1/rules/impact": b'{"files":{"courses.yaml":"courses: {}\\n"},"contacts":[' + CONTACT + b"]}",
}


@dataclass(frozen=True)
class Route:
    """A URL rule with one of its methods."""

    rule: str
    endpoint: str
    method: str
    address: str
    operation: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    @cached_property
    def content_type(self) -> str | None:
        """The first media type of its body; None without a body."""
        return next(iter(self.content_types), None)

    @cached_property
    def content_types(self) -> list[str]:
        """The media types of its body."""
        return list(self.operation.get("requestBody", {}).get("content", {}))

    @cached_property
    def queries(self) -> dict[str, Any]:
        """The schemas of its query parameters."""
        return {item["name"]: item["schema"] for item in self.operation.get("parameters", []) if item["in"] == "query"}

    @property
    def sent(self) -> dict[str, Any]:
        """The arguments of a valid call; the token of a form is valid for the `client` fixture only."""
        if self.rule in _FORMS and self.method == "POST":
            return {"data": {"form_token": _APP.extensions["kodevagt_forms"].token(BROWSER), **_FORMS[self.rule]}}
        return {"data": _BODIES.get(self.rule, CONTACT), "content_type": self.content_type} if self.content_type else {}


def _routes() -> list[Route]:
    document = _APP.test_client().get("/openapi.json").get_json()
    adapter = _APP.url_map.bind("localhost")
    routes = []
    for rule in _APP.url_map.iter_rules():
        address = adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, "1"))
        for method in sorted((rule.methods or set()) & set(METHODS)):
            operation = document["paths"].get(documented(rule), {}).get(method.lower(), {})
            routes.append(Route(rule.rule, rule.endpoint, method, address, operation))
    return routes


def documented(rule: Rule) -> str:
    """Return the path of a rule as OpenAPI writes it."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)


ROUTES = _routes()
POSTS = [route for route in ROUTES if route.method == "POST"]
JSON_READERS = [route for route in ROUTES if JSON in route.content_types]
JSON_POSTS = [route for route in POSTS if route.content_type == JSON]
