"""Marshmallow schemas of the answers of groups and of all learners.

They are part of the OpenAPI document.
"""

from marshmallow import fields
from marshmallow.validate import OneOf

from validator.training.levels_and_grades import LEVELS
from validator.web.api.learner_schemas import PublishedRatesSchema, RatesSchema
from validator.web.http.extensible_schema import ExtensibleSchema


class CaseAnswersSchema(ExtensibleSchema):
    """The number of answers to a case."""

    case = fields.String(required=True)
    answers = fields.Integer(required=True)


class GroupSchema(ExtensibleSchema):
    """A group, by the code to join it with; `cases` only in the answer about a single group."""

    code = fields.String(required=True)
    members = fields.Integer(required=True)
    cases = fields.List(fields.Nested(CaseAnswersSchema))


class ChosenSchema(ExtensibleSchema):
    """The number of answers with a code as main diagnosis.

    The code is "-" for none, and "?" for text that is no code.
    """

    code = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    answers = fields.Integer(required=True)


class GroupAnswersSchema(ExtensibleSchema):
    """A group's first answers to a case.

    `agreement` is of all pairs; `exact` is null until the caller has answered.
    """

    code = fields.String(required=True)
    members = fields.Integer(required=True)
    case = fields.String(required=True)
    answers = fields.Integer(required=True)
    chosen = fields.List(fields.Nested(ChosenSchema), required=True)
    agreement = fields.Float(required=True, allow_none=True)
    exact = fields.Float(required=True, allow_none=True)
    interval = fields.List(fields.Float(), required=True, allow_none=True)


class EstimateSchema(ExtensibleSchema):
    """A figure with its 95 % interval."""

    value = fields.Float(required=True)
    low = fields.Float(required=True)
    high = fields.Float(required=True)


class CaseFiguresSchema(RatesSchema):
    """The answers to one version of a case.

    `unclear` is "other" where most wrong answers are one other code, and "scattered" where they are scattered.
    """

    case = fields.String(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True, allow_none=True)
    specialty = fields.String(required=True, allow_none=True)
    course = fields.String(required=True, allow_none=True)
    difficulty = fields.String(required=True, allow_none=True, validate=OneOf(LEVELS))
    interval = fields.List(fields.Float(), required=True)
    ac1 = fields.Float(required=True)
    wrong = fields.List(fields.Nested(ChosenSchema), required=True)
    unclear = fields.String(required=True, allow_none=True, validate=OneOf(["other", "scattered"]))
    why = fields.String(required=True, allow_none=True)


class SetFiguresSchema(RatesSchema):
    """The agreement of the learners who answered all cases of a fixed set.

    Kappas are null below 30 answers.
    """

    set = fields.String(required=True)
    learners = fields.Integer(required=True)
    interval = fields.List(fields.Float(), required=True, allow_none=True)
    cohen = fields.Nested(EstimateSchema, required=True, allow_none=True)
    fleiss = fields.Nested(EstimateSchema, required=True, allow_none=True)
    published = fields.Nested(PublishedRatesSchema, required=True)


class StatisticsSchema(ExtensibleSchema):
    """A page of cases, and all fixed sets."""

    items = fields.List(fields.Nested(CaseFiguresSchema), required=True)
    total = fields.Integer(required=True)
    sets = fields.List(fields.Nested(SetFiguresSchema), required=True)
