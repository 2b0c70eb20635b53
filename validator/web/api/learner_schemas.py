"""A learner's progress as marshmallow schemas, for the OpenAPI document."""

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from validator.training.levels_and_grades import LEVELS


class CodeSchema(Schema):
    """A code that was written down."""

    code = fields.String(required=True, allow_none=True)


class DeletedSchema(Schema):
    """How many attempts were deleted with a learner."""

    attempts = fields.Integer(required=True)


class AnsweredSchema(Schema):
    """How many cases were answered, of how many."""

    answered = fields.Integer(required=True)
    of = fields.Integer(required=True)


class RatesSchema(Schema):
    """The mean score, and the shares that are exact, or at least of the region, or of the chapter; 0 to 1, null without answers."""

    answers = fields.Integer(required=True)
    score = fields.Float(required=True, allow_none=True)
    exact = fields.Float(required=True, allow_none=True)
    group = fields.Float(required=True, allow_none=True)
    chapter = fields.Float(required=True, allow_none=True)


class CourseRatesSchema(RatesSchema):
    """The rates of a course; null is no course."""

    course = fields.String(required=True, allow_none=True)


class LevelRatesSchema(RatesSchema):
    """The rates of a level."""

    level = fields.String(required=True, validate=OneOf(LEVELS))


class PublishedRatesSchema(Schema):
    """What trained coders reached in a published study, in percent."""

    title = fields.String(required=True)
    participants = fields.Integer(required=True)
    cases = fields.Integer(required=True)
    exact = fields.Integer(required=True)
    group = fields.Integer(required=True)
    chapter = fields.Integer(required=True)


class SetProgressSchema(Schema):
    """A fixed set; the rates and what was published stand beside each other once all its cases are answered."""

    set = fields.String(required=True)
    cases = fields.Nested(AnsweredSchema, required=True)
    left = fields.List(fields.String(), required=True, metadata={"description": "The cases that are not answered yet."})
    first = fields.Nested(RatesSchema, required=True, allow_none=True)
    published = fields.Nested(PublishedRatesSchema, required=True, allow_none=True)


class ProgressSchema(Schema):
    """A learner's progress. `first` are first attempts, as the parts by course and level; `latest` the latest at each case."""

    code = fields.String(required=True, allow_none=True, metadata={"description": "To write down, to go on elsewhere."})
    group = fields.String(required=True, allow_none=True)
    since = fields.Date(required=True, allow_none=True)
    cases = fields.Nested(AnsweredSchema, required=True)
    first = fields.Nested(RatesSchema, required=True)
    latest = fields.Nested(RatesSchema, required=True)
    by_course = fields.List(fields.Nested(CourseRatesSchema), required=True)
    by_level = fields.List(fields.Nested(LevelRatesSchema), required=True)
    sets = fields.List(fields.Nested(SetProgressSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "The case to answer next."})
