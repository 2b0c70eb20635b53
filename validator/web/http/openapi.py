"""`/openapi.json`: the contract as OpenAPI 3.1, made from the schemas that read the requests."""

from typing import Any

from apispec import BasePlugin
from flask import Flask
from flask_smorest import Api, Blueprint

from validator.web.api.schemas import ProblemSchema
from validator.web.http.access import ACCESS, PUBLIC

_STATUSES = {
    "400": "The body is not JSON in UTF-8.",
    "404": "There is no such thing.",
    "405": "Another method.",
    "413": "Too large.",
    "415": "Another content type.",
    "421": "Without keys: the request is not from this machine, or not to it by name, or forwarded.",
    "422": "The request has faults; `errors` names every place.",
}
_MORE = {
    "POST /v1/releases": {"409": "A release of that name has been published with other rules."},
    "POST /v1/cases/{case_id}/attempts": {"409": "The case has been withdrawn."},
}
_KEYED = {
    "401": "No key, or one that is unknown or revoked.",
    "429": "The key has sent too many requests; `Retry-After` says when to come again.",
    "503": "The store cannot be read.",
}


def register_openapi(app: Flask, blueprints: list[Blueprint], version: str) -> None:
    """Registers the blueprints and serves the document of their routes; `version` is that of the service."""
    app.config.update(
        API_TITLE="Kodevagt",
        API_VERSION=version,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {
                "description": "Judges diagnosis codes the moment a clinician saves a contact.",
                "license": {"name": "MIT", "identifier": "MIT"},
            }
        },
    )
    api = Api(app, spec_kwargs={"extra_plugins": [_Problems()]})
    api.spec.components.schema("Problem", schema=ProblemSchema)
    api.spec.components.security_scheme(
        "key", {"type": "http", "scheme": "bearer", "description": "A key, `kv_…`. Without any key configured none is asked for."}
    )
    for blueprint in blueprints:
        api.register_blueprint(blueprint)


class _Problems(BasePlugin):
    """Every route answers errors in one shape; said here once for all."""

    def operation_helper(self, path: str | None = None, operations: dict[Any, Any] | None = None, **kwargs: Any) -> None:
        problem = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        for method, operation in (operations or {}).items():
            operation["responses"].pop("default", None)
            statuses = dict(_STATUSES)
            roles = ACCESS.get(f"{method.upper()} {path}", PUBLIC)
            if roles is not None:
                operation["security"] = [{"key": []}, {}]
                statuses |= {**_KEYED, "403": f"The role of the key is none of: {', '.join(sorted(roles))}."}
            statuses |= _MORE.get(f"{method.upper()} {path}", {})
            for status, description in sorted(statuses.items()):
                operation["responses"].setdefault(status, {"description": description, **problem})
