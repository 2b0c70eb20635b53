"""A learner's progress as marshmallow schemas, for the OpenAPI document."""

from marshmallow import fields
from marshmallow.validate import OneOf

from validator.training.levels_and_grades import GRADES, LEVELS
from validator.web.api.case_schemas import CodedSchema
from validator.web.http.extensible_schema import ExtensibleSchema


class AccessCodeSchema(ExtensibleSchema):
    """The code of a learner or of a group."""

    code = fields.String(required=True, allow_none=True)


class DeletedSchema(ExtensibleSchema):
    """The number of attempts deleted with the learner."""

    attempts = fields.Integer(required=True)


class AnsweredCasesSchema(ExtensibleSchema):
    """The number of cases answered, of all."""

    answered = fields.Integer(required=True)
    of = fields.Integer(required=True)


class RatesSchema(ExtensibleSchema):
    """The mean score, and the shares right exactly, by body region and by chapter.

    Rates are from 0 to 1, or null without answers.
    """

    answers = fields.Integer(required=True)
    score = fields.Float(required=True, allow_none=True)
    exact = fields.Float(required=True, allow_none=True)
    group = fields.Float(required=True, allow_none=True)
    chapter = fields.Float(required=True, allow_none=True)


class CourseRatesSchema(RatesSchema):
    """The rates of a course; null for cases without a course."""

    course = fields.String(required=True, allow_none=True)


class LevelRatesSchema(RatesSchema):
    """The rates of a level."""

    level = fields.String(required=True, validate=OneOf(LEVELS))


class PublishedRatesSchema(ExtensibleSchema):
    """The rates of trained coders in a published study, in percent."""

    title = fields.String(required=True)
    participants = fields.Integer(required=True)
    cases = fields.Integer(required=True)
    exact = fields.Integer(required=True)
    group = fields.Integer(required=True)
    chapter = fields.Integer(required=True)


class SetProgressSchema(ExtensibleSchema):
    """Progress in a fixed set.

    The learner's and the published rates are null until all its cases are answered.
    """

    set = fields.String(required=True)
    cases = fields.Nested(AnsweredCasesSchema, required=True)
    left = fields.List(fields.String(), required=True, metadata={"description": "The cases not answered yet."})
    first = fields.Nested(RatesSchema, required=True, allow_none=True)
    published = fields.Nested(PublishedRatesSchema, required=True, allow_none=True)


class ProgressSchema(ExtensibleSchema):
    """A learner's progress.

    `latest` is of the latest attempt at each case, all other rates are of first attempts.
    """

    code = fields.String(
        required=True, allow_none=True, metadata={"description": "With it, the learner can continue in another browser."}
    )
    group = fields.String(required=True, allow_none=True)
    since = fields.Date(required=True, allow_none=True)
    cases = fields.Nested(AnsweredCasesSchema, required=True)
    first = fields.Nested(RatesSchema, required=True)
    latest = fields.Nested(RatesSchema, required=True)
    by_course = fields.List(fields.Nested(CourseRatesSchema), required=True)
    by_level = fields.List(fields.Nested(LevelRatesSchema), required=True)
    sets = fields.List(fields.Nested(SetProgressSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "The next case to answer."})


class StoredAttemptSchema(ExtensibleSchema):
    """An attempt as it is stored; the release and its digest say which rules judged it."""

    case = fields.String(required=True)
    version = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    diagnoses = fields.List(fields.Nested(CodedSchema), required=True)
    phase = fields.Integer(required=True, allow_none=True)
    level = fields.String(required=True, validate=OneOf(GRADES))
    score = fields.Float(required=True)
    release = fields.String(required=True)
    digest = fields.String(required=True)


class LearnerExportSchema(ExtensibleSchema):
    """Everything that is stored about a learner."""

    since = fields.Date(required=True, allow_none=True)
    group = fields.String(required=True, allow_none=True)
    attempts = fields.List(fields.Nested(StoredAttemptSchema), required=True)
