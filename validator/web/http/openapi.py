"""`/openapi.json`: the routes as OpenAPI 3.1.

The document is built from the views, the schemas and the table of roles.
"""

import inspect
from typing import Any

from apispec import BasePlugin
from flask import Flask
from flask_smorest import Api, Blueprint
from marshmallow import fields

from validator.web.http.access import ACCESS, PUBLIC
from validator.web.http.extensible_schema import ExtensibleSchema

_STATUSES = {
    "400": "The body is not JSON in UTF-8.",
    "404": "Not found.",
    "405": "The route does not have this method.",
    "413": "The body is too large.",
    "415": "The media type of the body is not supported.",
    "421": "Without keys: the request is not from this machine, does not name it as its host, or was forwarded.",
    "422": "The request has faults; `errors` lists them all.",
}
_KEY_STATUSES = {
    "401": "The key is missing, unknown or revoked.",
    "429": "The key has sent too many requests; `Retry-After` has the seconds to wait.",
    "503": "The store cannot be read.",
}
_ROUTE_STATUSES = {
    "POST /v1/releases": {"409": "A release of that name has been published with other rules."},
    "POST /v1/cases/{case_id}/attempts": {"409": "The case has been withdrawn."},
}


class FaultSchema(ExtensibleSchema):
    """One fault of a request."""

    path = fields.String(required=True, metadata={"description": "A JSON Pointer, `?name` of a query parameter, or a header."})
    message = fields.String(required=True)


class ProblemSchema(ExtensibleSchema):
    """Problem details (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(FaultSchema), required=True)


def register_openapi(app: Flask, blueprints: list[Blueprint], version: str) -> None:
    """Register the blueprints and serve the document of their routes.

    `version` is that of the service.
    """
    app.config.update(
        API_TITLE="Kodevagt",
        API_VERSION=version,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "servers": [{"url": "/", "description": "The service that this document comes from."}],
            "info": {
                "description": "Judges diagnosis codes when a clinician saves a contact.",
                "license": {"name": "MIT", "identifier": "MIT"},
            },
        },
    )
    api = Api(app, spec_kwargs={"extra_plugins": [_ErrorResponses()]})
    api.spec.components.schema("Problem", schema=ProblemSchema)
    api.spec.components.security_scheme(
        "key", {"type": "http", "scheme": "bearer", "description": "A key, `kv_…`. Needed only once the service has keys."}
    )
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    for unused in ("Error", "PaginationMetadata"):  # flask-smorest adds them, and generators would make classes of them
        api.spec.components.schemas.pop(unused, None)
    # The decorators of flask-smorest that are used here only document a view; calling it through them costs 2 % of a validation.
    app.view_functions |= {endpoint: inspect.unwrap(view) for endpoint, view in app.view_functions.items()}


class _ErrorResponses(BasePlugin):
    """Add the error responses and the security of each operation."""

    def operation_helper(self, path: str | None = None, operations: dict[Any, Any] | None = None, **kwargs: Any) -> None:
        problem = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        for method, operation in (operations or {}).items():
            route = f"{method.upper()} {path}"
            operation["responses"].pop("default", None)
            statuses = _STATUSES | _ROUTE_STATUSES.get(route, {})
            roles = ACCESS.get(route, PUBLIC)
            if roles is not None:
                operation["security"] = [{"key": []}, {}]
                statuses |= _KEY_STATUSES | {"403": f"The role of the key is none of: {', '.join(sorted(roles))}."}
            for status, description in sorted(statuses.items()):
                operation["responses"].setdefault(status, {"description": description, **problem})
