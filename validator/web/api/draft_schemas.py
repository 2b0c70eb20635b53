"""Requests and answers about drafts as marshmallow schemas, for the OpenAPI document."""

from functools import partial

from marshmallow import fields
from marshmallow.validate import OneOf

from validator.contract.encounter import JURISDICTIONS
from validator.requests.request import ValidationRequestSchema
from validator.rulebook.yaml.problem_texts import ACCEPTABLE
from validator.web.http.extensible_schema import ExtensibleSchema

files_field = partial(fields.Dict, keys=fields.String(), values=fields.String(), required=True)


class DraftFilesSchema(ExtensibleSchema):
    """The files of a draft."""

    accept = fields.List(
        fields.String(validate=OneOf(ACCEPTABLE)),
        metadata={"description": "The warnings that are accepted, by id, besides those that `pack.yaml` names."},
    )
    files = files_field(
        metadata={
            "description": "The text of each file by its name. Without pack.yaml, the files change the current release.",
            "example": {"courses.yaml": "courses: {}\n"},
        }
    )
    jurisdiction = fields.String(validate=OneOf(JURISDICTIONS), metadata={"description": "The rule pack; dk by default."})


class DraftContactsSchema(DraftFilesSchema):
    """The files of a draft, and the contacts to judge by it."""

    contacts = fields.List(
        fields.Nested(ValidationRequestSchema),
        metadata={"description": "Requests of /v1/validate; by default the sample contacts of the service."},
    )


class RuleProblemSchema(ExtensibleSchema):
    """A problem of a rule file."""

    file = fields.String(required=True)
    line = fields.Integer(required=True, metadata={"description": "From 1."})
    column = fields.Integer(required=True, metadata={"description": "From 1."})
    cell = fields.String(metadata={"description": "The cell, for a problem of a workbook."})
    pointer = fields.String(metadata={"description": "The place in a release that came without files."})
    id = fields.String(required=True)
    severity = fields.String(required=True, validate=OneOf(["error", "warning"]))
    text = fields.String(required=True, metadata={"description": "`what` and `instead` together, in Danish."})
    what = fields.String(required=True)
    instead = fields.String(required=True)
    accepted = fields.Boolean(
        required=True,
        allow_none=True,
        metadata={"description": "False for a warning that has still to be accepted; null where none needs to be."},
    )
    line_text = fields.String(required=True, metadata={"description": "The line of the file."})


class CheckedReleaseSchema(ExtensibleSchema):
    """A release without errors."""

    pack = fields.String(required=True)
    release = fields.String(required=True)
    courses = fields.Integer(required=True)
    rules = fields.Integer(required=True)
    publishable = fields.Boolean(required=True)


class ReportSchema(ExtensibleSchema):
    """All errors and warnings, and whether the draft can be published.

    It can where nothing is an error or a warning that has still to be accepted.
    """

    problems = fields.List(fields.Nested(RuleProblemSchema), required=True)
    errors = fields.Integer(required=True)
    warnings = fields.Integer(required=True)
    releases = fields.List(fields.Nested(CheckedReleaseSchema), required=True)
    publishable = fields.Boolean(required=True)
