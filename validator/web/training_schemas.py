"""The answers about coding cases as marshmallow schemas, for the OpenAPI document."""

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from validator.encounter import ROLES
from validator.training.words import APPROVALS, GRADES, LEVELS
from validator.web.schemas import VerdictSchema


class ApprovalSchema(Schema):
    """Whether EKM has approved a case, and how that is said."""

    id = fields.String(required=True, validate=OneOf(APPROVALS))
    text = fields.String(required=True)


class CaseSchema(Schema):
    """A case without its answer; `withdrawn` says why it cannot be answered now, `given` are further members of its encounter."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    specialty = fields.String(required=True)
    course = fields.String(required=True, allow_none=True)
    level = fields.String(required=True, validate=OneOf(LEVELS))
    date = fields.Date(required=True)
    release = fields.String(required=True, allow_none=True)
    status = fields.Nested(ApprovalSchema, required=True)
    withdrawn = fields.String(required=True, allow_none=True)
    vignette = fields.String(required=True)
    question = fields.String(required=True)
    given = fields.Dict(required=True)
    asks_phase = fields.Boolean(required=True)
    author = fields.String(required=True)
    reviewed = fields.Date(required=True)


class CodedSchema(Schema):
    """A diagnosis of an answer."""

    code = fields.String(required=True)
    role = fields.String(required=True, validate=OneOf(ROLES))


class SecondarySchema(Schema):
    """The secondary codes beside those of the right answer; they do not move the score."""

    found = fields.List(fields.String(), required=True)
    missed = fields.List(fields.String(), required=True)
    surplus = fields.List(fields.String(), required=True)


class PhaseSchema(Schema):
    """The phase beside the right one; it does not move the score."""

    answered = fields.Integer(required=True, allow_none=True)
    right = fields.Integer(required=True, allow_none=True)
    found = fields.Boolean(required=True)


class SpokenCodeSchema(Schema):
    """A code that is spoken of, with its title and where more stands about it."""

    code = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    href = fields.String(required=True)


class FeedbackSchema(Schema):
    """What an answer is worth, the key and why, and the verdict of the rules; `attempt` counts the learner's own at the case."""

    case = fields.String(required=True)
    version = fields.Integer(required=True)
    attempt = fields.Integer(required=True)
    score = fields.Float(required=True)
    level = fields.String(required=True, validate=OneOf(GRADES))
    answer = fields.List(fields.Nested(CodedSchema), required=True)
    key = fields.List(fields.Nested(CodedSchema), required=True)
    equally_right = fields.List(fields.List(fields.Nested(CodedSchema)), required=True)
    rationale = fields.String(required=True)
    rules = fields.List(fields.String(), required=True)
    why_it_matters = fields.String(required=True)
    remark = fields.String(required=True, allow_none=True, metadata={"description": "Why the chosen code is near, or not."})
    secondary = fields.Nested(SecondarySchema, required=True)
    phase = fields.Nested(PhaseSchema, required=True, allow_none=True)
    codes = fields.List(fields.Nested(SpokenCodeSchema), required=True)
    status = fields.Nested(ApprovalSchema, required=True)
    verdict = fields.Nested(VerdictSchema, required=True)


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


class CaseAnswersSchema(Schema):
    """How many have answered a case."""

    case = fields.String(required=True)
    answers = fields.Integer(required=True)


class GroupSchema(Schema):
    """A group by the code that learners join it with; `cases` where the group alone is asked for."""

    code = fields.String(required=True)
    members = fields.Integer(required=True)
    cases = fields.List(fields.Nested(CaseAnswersSchema))


class ChosenSchema(Schema):
    """How many chose a code as main diagnosis; "-" is none, and "?" what was no code."""

    code = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    answers = fields.Integer(required=True)


class GroupAnswersSchema(Schema):
    """A group's first answers to a case; `agreement`: of all pairs; `exact` is null until the caller has answered."""

    code = fields.String(required=True)
    members = fields.Integer(required=True)
    case = fields.String(required=True)
    answers = fields.Integer(required=True)
    chosen = fields.List(fields.Nested(ChosenSchema), required=True)
    agreement = fields.Float(required=True, allow_none=True)
    exact = fields.Float(required=True, allow_none=True)
    interval = fields.List(fields.Float(), required=True, allow_none=True)


class EstimateSchema(Schema):
    """A figure with its 95 % interval."""

    value = fields.Float(required=True)
    low = fields.Float(required=True)
    high = fields.Float(required=True)


class CaseFiguresSchema(RatesSchema):
    """How one version of a case is answered; `unclear` says that most wrong answers are one code, or that they are scattered."""

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
    """How those who answered a whole fixed set agree; a kappa is null below 30 answers."""

    set = fields.String(required=True)
    learners = fields.Integer(required=True)
    interval = fields.List(fields.Float(), required=True, allow_none=True)
    cohen = fields.Nested(EstimateSchema, required=True, allow_none=True)
    fleiss = fields.Nested(EstimateSchema, required=True, allow_none=True)
    published = fields.Nested(PublishedRatesSchema, required=True)


class StatisticsSchema(Schema):
    """A page of cases, and every fixed set."""

    items = fields.List(fields.Nested(CaseFiguresSchema), required=True)
    total = fields.Integer(required=True)
    sets = fields.List(fields.Nested(SetFiguresSchema), required=True)
