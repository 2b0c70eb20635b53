"""The courses and rules of a release as marshmallow schemas, for the OpenAPI document."""

from typing import get_args

from marshmallow import fields
from marshmallow.validate import OneOf

from validator.contract.finding_kinds import KINDS, Audience, Severity
from validator.rulebook.course import Running, Status
from validator.web.api.verdict_schemas import SourceSchema, open_list
from validator.web.http.extensible_schema import ExtensibleSchema


class CourseEntrySchema(ExtensibleSchema):
    """A dated value of a course; both days are included, and `to` is null for a value without end."""

    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True, allow_none=True)
    source = fields.Nested(SourceSchema, required=True)


class MainDiagnosisEntrySchema(CourseEntrySchema):
    """The required main diagnosis: one of `codes`, or `several` together; `start_codes` are accepted at the start."""

    codes = fields.List(fields.String(), required=True)
    several = fields.Boolean(required=True)
    start_codes = fields.List(fields.String(), required=True)
    running = open_list(
        get_args(Running), "Whether patient courses that were rightly coded before keep their code, or are asked for the new one."
    )
    status = fields.String(required=True, validate=OneOf(get_args(Status)))
    note = fields.String(required=True, allow_none=True)


class ReferralEntrySchema(CourseEntrySchema):
    """The diagnoses of a referral to the course: SKS codes or their beginnings, and ICPC-2 codes."""

    sks = fields.List(fields.String(), required=True)
    icpc = fields.List(fields.String(), required=True)


class PhasesEntrySchema(CourseEntrySchema):
    """The numbers of the first and the last phase."""

    first = fields.Integer(required=True)
    last = fields.Integer(required=True)


class ServicesEntrySchema(CourseEntrySchema):
    """The primary services by phase."""

    by_phase = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)


class ListedCourseSchema(ExtensibleSchema):
    """A structured course; a column without entries requires nothing."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    specialty = fields.String(required=True)
    specialties = fields.List(fields.String(), required=True)
    mandatory_from = fields.Date(required=True, allow_none=True)
    main_diagnosis = fields.List(fields.Nested(MainDiagnosisEntrySchema), required=True)
    referral = fields.List(fields.Nested(ReferralEntrySchema), required=True)
    phases = fields.List(fields.Nested(PhasesEntrySchema), required=True)
    services = fields.List(fields.Nested(ServicesEntrySchema), required=True)


class RuleKindSchema(ExtensibleSchema):
    """A kind of finding that a rule may bring."""

    kind = open_list(KINDS, "Others may be added.")
    severity = fields.String(required=True, validate=OneOf([str(severity) for severity in Severity]))
    blocking = fields.Boolean(required=True)
    audience = fields.String(required=True, validate=OneOf([str(audience) for audience in Audience]))


class ListedRuleSchema(ExtensibleSchema):
    """A rule that a finding may name.

    `course` is present on a rule of the course table. A built-in check has no dates and no source.
    """

    id = fields.String(required=True)
    origin = open_list(["rule", "course", "core"], "Where it is from: the rules, the course table, or the built-in checks.")
    course = fields.String()
    kinds = fields.List(fields.Nested(RuleKindSchema), required=True)
    message = fields.String(required=True)
    explanation = fields.String(required=True)
    specialties = fields.List(fields.String(), required=True)
    from_ = fields.Date(required=True, allow_none=True, data_key="from")
    to = fields.Date(required=True, allow_none=True)
    source = fields.Nested(SourceSchema, required=True, allow_none=True)
