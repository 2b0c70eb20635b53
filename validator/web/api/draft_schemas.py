"""What is sent about drafts and answered, as marshmallow schemas, for the OpenAPI document."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from validator.contract.encounter import JURISDICTIONS
from validator.requests.request import ValidationRequestSchema

_FILES = {
    "description": "The text of each file by its name, such as courses.yaml. Without pack.yaml they change the current release.",
    "example": {"courses.yaml": "courses: {}\n"},
}


class DraftFilesSchema(Schema):
    """The files of a draft."""

    files = fields.Dict(keys=fields.String(), values=fields.String(), required=True, metadata=_FILES)
    jurisdiction = fields.String(validate=OneOf(JURISDICTIONS), metadata={"description": "The pack of rules; dk by default."})


class DraftContactsSchema(DraftFilesSchema):
    """The files of a draft, and contacts to judge by it."""

    contacts = fields.List(
        fields.Nested(ValidationRequestSchema),
        metadata={"description": "Requests of /v1/validate. Where they are left out, the sample that the service keeps is judged."},
    )


class RuleProblemSchema(Schema):
    """A problem of a rule file."""

    file = fields.String(required=True)
    line = fields.Integer(required=True, metadata={"description": "From 1."})
    column = fields.Integer(required=True, metadata={"description": "From 1."})
    id = fields.String(required=True)
    severity = fields.String(required=True, validate=OneOf(["error", "warning"]))
    text = fields.String(required=True, metadata={"description": "`what` and `instead` together, in Danish."})
    what = fields.String(required=True)
    instead = fields.String(required=True)
    line_text = fields.String(required=True, metadata={"description": "The line as it stands in the file."})


class CheckedReleaseSchema(Schema):
    """A release that can be used."""

    pack = fields.String(required=True)
    release = fields.String(required=True)
    courses = fields.Integer(required=True)
    rules = fields.Integer(required=True)


class ReportSchema(Schema):
    """Everything that is wrong or doubtful; without an error the draft can be published."""

    problems = fields.List(fields.Nested(RuleProblemSchema), required=True)
    errors = fields.Integer(required=True)
    warnings = fields.Integer(required=True)
    releases = fields.List(fields.Nested(CheckedReleaseSchema), required=True)


_NUMBER: dict[str, Any] = {"type": "integer"}
_TEXT: dict[str, Any] = {"type": "string"}
_SUMS = {
    "from": {**_TEXT, "description": "The release in force."},
    "to": {**_TEXT, "description": "The draft."},
    "contacts": {**_NUMBER, "description": "Contacts of the draft's pack that were judged."},
    "changed": _NUMBER,
    "bad_lines": {**_NUMBER, "description": "Contacts that cannot be read."},
    "other_packs": {**_NUMBER, "description": "Contacts of another pack."},
    "rules": {"type": "array", "items": {"type": "object"}, "description": "By rule and kind: `came`, `gone`, `altered`."},
    "status": {"type": "array", "items": {"type": "object"}, "description": "By the status before and after."},
}
DRAFT_IMPACT: dict[str, Any] = {
    "type": "object",
    "title": "The impact of a draft",
    "required": ["summary", "contacts"],
    "properties": {
        "summary": {"type": "object", "required": list(_SUMS), "properties": _SUMS},
        "contacts": {
            "type": "array",
            "description": "Contacts that change (with `before`, `after` and the findings that came, are gone or have other "
            "suggestions), and those that cannot be read (with `problem`); `line` is the number in the request, from 1.",
            "items": {"type": "object", "required": ["line"], "properties": {"line": _NUMBER}},
        },
    },
}
