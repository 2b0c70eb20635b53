"""The verdict on a contact as marshmallow schemas, for the OpenAPI document."""

from collections.abc import Iterable
from typing import get_args

from marshmallow import fields
from marshmallow.validate import OneOf

from validator.contract.finding_kinds import KINDS, Audience, Severity
from validator.contract.verdict import Action
from validator.requests.fields import IMPORTED_URI, SYSTEM_NAME
from validator.web.http.extensible_schema import ExtensibleSchema


def open_list(known: Iterable[str], description: str) -> fields.String:
    """Return a required field whose values are those known today; callers must expect others."""
    return fields.String(required=True, metadata={"description": description, "x-extensible-enum": list(known)})


class SuggestionSchema(ExtensibleSchema):
    """A correction with its code or course.

    `system` is present where the code is not of the system in which contacts are coded.
    """

    action = open_list(
        get_args(Action), "What to do with the code. Others may be added: do not offer a suggestion that you do not know."
    )
    code = fields.String()
    course = fields.String()
    system = fields.String(
        metadata={"anyOf": [SYSTEM_NAME, IMPORTED_URI], "description": "The name of a code system, or the URI of an imported one."}
    )
    title = fields.String(required=True, allow_none=True)


class SourceSchema(ExtensibleSchema):
    """The source of a rule."""

    title = fields.String(required=True)
    date = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, validate=OneOf(["decided", "undecided", "unconfirmed"]))


class OverriddenSchema(ExtensibleSchema):
    """The clinician's reason for an override."""

    reason = fields.String(required=True)


class BriefFindingSchema(ExtensibleSchema):
    """What every answer says about a finding."""

    kind = open_list(KINDS, "Others may be added: show a finding of a kind that you do not know like any other.")
    rule = fields.String(required=True)
    severity = fields.String(required=True, validate=OneOf([str(severity) for severity in Severity]))
    message = fields.String(required=True)
    path = fields.String(required=True, metadata={"description": "A JSON Pointer into the request."})
    suggestions = fields.List(fields.Nested(SuggestionSchema), required=True)


class FindingSchema(BriefFindingSchema):
    """A finding."""

    blocking = fields.Boolean(required=True)
    audience = fields.String(required=True, validate=OneOf([str(audience) for audience in Audience]))
    explanation = fields.String(required=True)
    source = fields.Nested(SourceSchema, required=True)
    overridden = fields.Nested(OverriddenSchema, required=True, allow_none=True)


class UsedRulesSchema(ExtensibleSchema):
    """The rules that judged the contact; enough to repeat the judgement."""

    pack = fields.String(required=True)
    release = fields.String(required=True)
    digest = fields.String(required=True)
    as_of = fields.Date(required=True)
    engine = fields.String(required=True)


class UsedCatalogueSchema(ExtensibleSchema):
    """The catalogue of codes."""

    system = fields.String(required=True)
    edition = fields.String(required=True)


class VerdictSchema(ExtensibleSchema):
    """The verdict on a contact."""

    id = fields.String(metadata={"description": "The `id` of the contact, where it was sent with one."})
    status = fields.String(required=True, validate=OneOf([*map(str, Severity), "ok"]))
    savable = fields.Boolean(
        required=True, metadata={"description": "Whether the coding may be sent on. The clinical note may always be saved."}
    )
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    rules = fields.Nested(UsedRulesSchema, required=True)
    catalogue = fields.Nested(UsedCatalogueSchema, required=True)
