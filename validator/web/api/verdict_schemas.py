"""The verdict on a contact as marshmallow schemas, for the OpenAPI document."""

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from validator.contract.finding_kinds import KINDS, Audience, Severity
from validator.requests.fields import IMPORTED_URI, SYSTEM_NAME


class SuggestionSchema(Schema):
    """A correction with its code or course.

    `system` is present where the code is not of the system in which contacts are coded.
    """

    action = fields.String(required=True, validate=OneOf(["replace", "add", "make-main", "remove", "restore"]))
    code = fields.String()
    course = fields.String()
    system = fields.String(
        metadata={"anyOf": [SYSTEM_NAME, IMPORTED_URI], "description": "The name of a code system, or the URI of an imported one."}
    )
    title = fields.String(required=True, allow_none=True)


class SourceSchema(Schema):
    """The source of a rule."""

    title = fields.String(required=True)
    date = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, validate=OneOf(["decided", "undecided", "unconfirmed"]))


class OverriddenSchema(Schema):
    """The clinician's reason for an override."""

    reason = fields.String(required=True)


class FindingSchema(Schema):
    """A finding."""

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
    """The rules that judged the contact; enough to repeat the judgement."""

    pack = fields.String(required=True)
    release = fields.String(required=True)
    digest = fields.String(required=True)
    as_of = fields.Date(required=True)
    engine = fields.String(required=True)


class UsedCatalogueSchema(Schema):
    """The catalogue of codes."""

    system = fields.String(required=True)
    edition = fields.String(required=True)


class VerdictSchema(Schema):
    """The verdict on a contact."""

    id = fields.String(metadata={"description": "The `id` of the contact, where it was sent with one."})
    status = fields.String(required=True, validate=OneOf([*map(str, Severity), "ok"]))
    savable = fields.Boolean(
        required=True, metadata={"description": "Whether the coding may be sent on. The clinical note may always be saved."}
    )
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    rules = fields.Nested(UsedRulesSchema, required=True)
    catalogue = fields.Nested(UsedCatalogueSchema, required=True)
