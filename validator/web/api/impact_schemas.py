"""What a draft changes in contacts as marshmallow schemas, for the OpenAPI document."""

from marshmallow import fields
from marshmallow.validate import OneOf

from validator.contract.finding_kinds import KINDS, Severity
from validator.web.api.verdict_schemas import BriefFindingSchema, open_list
from validator.web.http.extensible_schema import ExtensibleSchema
from validator.web.http.openapi import ProblemSchema


class RuleImpactSchema(ExtensibleSchema):
    """By rule and kind, how many findings are new (`came`), `gone`, or have other suggestions (`altered`)."""

    rule = fields.String(required=True)
    kind = open_list(KINDS, "Others may be added.")
    came = fields.Integer(required=True)
    gone = fields.Integer(required=True)
    altered = fields.Integer(required=True)


class StatusImpactSchema(ExtensibleSchema):
    """By status before and after, how many contacts change."""

    before = fields.String(required=True)
    after = fields.String(required=True)
    contacts = fields.Integer(required=True)


class ImpactSummarySchema(ExtensibleSchema):
    """The sums over all contacts."""

    from_ = fields.String(required=True, data_key="from", metadata={"description": "The current release."})
    to = fields.String(required=True, metadata={"description": "The draft."})
    contacts = fields.Integer(required=True, metadata={"description": "The contacts judged, which are those of the draft's pack."})
    changed = fields.Integer(required=True)
    bad_lines = fields.Integer(required=True, metadata={"description": "The contacts that cannot be read."})
    other_packs = fields.Integer(required=True, metadata={"description": "The contacts of another pack."})
    rules = fields.List(fields.Nested(RuleImpactSchema), required=True)
    status = fields.List(fields.Nested(StatusImpactSchema), required=True)


class WholeVerdictSchema(ExtensibleSchema):
    """What a verdict says as a whole."""

    status = fields.String(required=True, validate=OneOf([*map(str, Severity), "ok"]))
    savable = fields.Boolean(required=True)


class ChangedContactSchema(ExtensibleSchema):
    """A contact that changes, or one that cannot be read, which has only `line` and `problem`."""

    line = fields.Integer(required=True, metadata={"description": "The number in the request, from 1."})
    id = fields.String(allow_none=True)
    before = fields.Nested(WholeVerdictSchema)
    after = fields.Nested(WholeVerdictSchema)
    came = fields.List(fields.Nested(BriefFindingSchema))
    gone = fields.List(fields.Nested(BriefFindingSchema))
    altered = fields.List(fields.Nested(BriefFindingSchema))
    problem = fields.Nested(ProblemSchema)


class DraftImpactSchema(ExtensibleSchema):
    """The impact of a draft."""

    summary = fields.Nested(ImpactSummarySchema, required=True)
    contacts = fields.List(fields.Nested(ChangedContactSchema), required=True)
