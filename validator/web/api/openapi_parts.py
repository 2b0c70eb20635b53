"""Parts that routes share in the OpenAPI document: parameters, JSON bodies, pages of lists."""

from typing import Any

from marshmallow import Schema

from validator.texts import LANGUAGES
from validator.web.http.request_body import JSON_TYPE
from validator.web.http.responses import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE


def query_parameter(name: str, description: str | None = None, **schema: object) -> dict[str, Any]:
    """Return a parameter of the query, a string unless `schema` has another type."""
    described = {"description": description} if description else {}
    return {"name": name, "in": "query", **described, "schema": {"type": "string", **schema}}


def json_body(schema: type[Schema], example: object = None) -> dict[str, Any]:
    """Return the description of a request body that must be JSON."""
    described = {} if example is None else {"example": example}
    return {"required": True, "content": {JSON_TYPE: {"schema": schema, **described}}}


def page_of(name: str, item: type[Schema]) -> dict[str, Any]:
    """Return the schema of a page of a list, which `name` is the title of."""
    return {
        "type": "object",
        "title": f"A page of {name}",
        "required": ["items", "total"],
        "properties": {"items": {"type": "array", "items": item}, "total": {"type": "integer"}},
    }


RELEASE_QUERY = query_parameter("release", "A published release; by default the current one.")
JURISDICTION_QUERY = query_parameter("jurisdiction", "The rule pack.", enum=["dk", "se"], default="dk")
PAGE_QUERY = [
    query_parameter("limit", type="integer", minimum=1, maximum=MAX_PAGE_SIZE, default=DEFAULT_PAGE_SIZE),
    query_parameter("offset", type="integer", minimum=0, default=0),
]
LANGUAGE_HEADER: dict[str, Any] = {
    "name": "Accept-Language",
    "in": "header",
    "description": f"The language of the texts: {', '.join(LANGUAGES)}; by default that of the rule pack.",
    "schema": {"type": "string"},
}
