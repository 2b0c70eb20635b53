"""The answers of the HTTP contract as marshmallow schemas, for the OpenAPI document."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from validator.contract.finding_kinds import KINDS, Audience, Severity
from validator.requests.fields import IMPORTED_URI, SYSTEM_NAME
from validator.texts import LANGUAGES

RELEASE_QUERY: dict[str, Any] = {
    "name": "release",
    "in": "query",
    "description": "Another published release than the current one.",
    "schema": {"type": "string"},
}
LANGUAGE_HEADER: dict[str, Any] = {
    "name": "Accept-Language",
    "in": "header",
    "description": f"The language of the texts: {', '.join(LANGUAGES)}; the pack's own by default.",
    "schema": {"type": "string"},
}
JURISDICTION_QUERY: dict[str, Any] = {
    "name": "jurisdiction",
    "in": "query",
    "description": "The pack of rules.",
    "schema": {"type": "string", "enum": ["dk", "se"], "default": "dk"},
}
PAGE_QUERY: list[dict[str, Any]] = [
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 20}},
    {"name": "offset", "in": "query", "schema": {"type": "integer", "minimum": 0, "default": 0}},
]


class FaultSchema(Schema):
    """A place in a request and what is wrong there."""

    path = fields.String(required=True, metadata={"description": "A JSON Pointer into the body; ?name for a query parameter."})
    message = fields.String(required=True)


class ProblemSchema(Schema):
    """Problem details (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(FaultSchema), required=True)


class SuggestionSchema(Schema):
    """What to do instead; `code` or `course` says with what, `system` that the code is of another system than the contact's own."""

    action = fields.String(required=True, validate=OneOf(["replace", "add", "make-main", "remove", "restore"]))
    code = fields.String()
    course = fields.String()
    system = fields.String(
        metadata={"anyOf": [SYSTEM_NAME, IMPORTED_URI], "description": "The code system by its name; an imported one by its URI."}
    )
    title = fields.String(required=True, allow_none=True)


class SourceSchema(Schema):
    """Where a rule comes from."""

    title = fields.String(required=True)
    date = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, validate=OneOf(["decided", "undecided", "unconfirmed"]))


class OverriddenSchema(Schema):
    """The reason the clinician gave."""

    reason = fields.String(required=True)


class FindingSchema(Schema):
    """One thing found."""

    kind = fields.String(required=True, validate=OneOf(list(KINDS)))
    rule = fields.String(required=True)
    severity = fields.String(required=True, validate=OneOf([str(severity) for severity in Severity]))
    blocking = fields.Boolean(required=True)
    audience = fields.String(required=True, validate=OneOf([str(audience) for audience in Audience]))
    message = fields.String(required=True)
    explanation = fields.String(required=True)
    path = fields.String(required=True, metadata={"description": "A JSON Pointer into the request."})
    suggestions = fields.List(fields.Nested(SuggestionSchema), required=True)
    source = fields.Nested(SourceSchema, required=True)
    overridden = fields.Nested(OverriddenSchema, required=True, allow_none=True)


class UsedRulesSchema(Schema):
    """By what the contact was judged; enough to replay it."""

    pack = fields.String(required=True)
    release = fields.String(required=True)
    digest = fields.String(required=True)
    as_of = fields.Date(required=True)
    engine = fields.String(required=True)


class UsedCatalogueSchema(Schema):
    """By which catalogue."""

    system = fields.String(required=True)
    edition = fields.String(required=True)


class VerdictSchema(Schema):
    """The verdict over a contact."""

    status = fields.String(required=True, validate=OneOf([*map(str, Severity), "ok"]))
    savable = fields.Boolean(
        required=True, metadata={"description": "Whether the coding may be sent on; the note may always be saved."}
    )
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    rules = fields.Nested(UsedRulesSchema, required=True)
    catalogue = fields.Nested(UsedCatalogueSchema, required=True)


def page_of(name: str) -> dict[str, Any]:
    """The OpenAPI schema of a page of a list."""
    return {
        "type": "object",
        "title": f"A page of {name}",
        "required": ["items", "total"],
        "properties": {"items": {"type": "array", "items": {"type": "object"}}, "total": {"type": "integer"}},
    }
