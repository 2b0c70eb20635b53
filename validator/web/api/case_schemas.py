"""Marshmallow schemas of coding cases and of the feedback on an attempt.

They are part of the OpenAPI document.
"""

from marshmallow import fields
from marshmallow.validate import OneOf

from validator.contract.encounter import ROLES
from validator.training.levels_and_grades import APPROVALS, GRADES, LEVELS
from validator.web.api.verdict_schemas import VerdictSchema
from validator.web.http.extensible_schema import ExtensibleSchema


class ApprovalSchema(ExtensibleSchema):
    """The status of EKM's approval of a case, and the text for it."""

    id = fields.String(required=True, validate=OneOf(APPROVALS))
    text = fields.String(required=True)


class ListedCaseSchema(ExtensibleSchema):
    """A case in a list; `withdrawn` is why it cannot be answered now."""

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


class CaseSchema(ListedCaseSchema):
    """A case without its answer key.

    `given` are members of its encounter, without those that would give the code away (`radiating_pain`, `joints`).
    """

    vignette = fields.String(required=True)
    question = fields.String(required=True)
    given = fields.Dict(required=True)
    asks_phase = fields.Boolean(required=True)
    author = fields.String(required=True)
    reviewed = fields.Date(required=True)


class CodedSchema(ExtensibleSchema):
    """A diagnosis of an answer."""

    code = fields.String(required=True)
    role = fields.String(required=True, validate=OneOf(ROLES))


class SecondarySchema(ExtensibleSchema):
    """The secondary codes compared with those of the answer key. They do not affect the score."""

    found = fields.List(fields.String(), required=True)
    missed = fields.List(fields.String(), required=True)
    surplus = fields.List(fields.String(), required=True)


class PhaseSchema(ExtensibleSchema):
    """The phase compared with the right one.

    It is half of the score, or all of it where no diagnosis is required.
    """

    answered = fields.Integer(required=True, allow_none=True)
    right = fields.Integer(required=True, allow_none=True)
    found = fields.Boolean(required=True)


class SpokenCodeSchema(ExtensibleSchema):
    """A code that the feedback mentions, with its title and the address of its page."""

    code = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    href = fields.String(required=True)


class FeedbackSchema(ExtensibleSchema):
    """The score, the answer key with its rationale, and the verdict.

    `attempt` counts the learner's attempts at the case; `given` are all members of the encounter that was judged.
    """

    case = fields.String(required=True)
    version = fields.Integer(required=True)
    attempt = fields.Integer(required=True)
    score = fields.Float(required=True)
    level = fields.String(required=True, validate=OneOf(GRADES))
    given = fields.Dict(required=True)
    answer = fields.List(fields.Nested(CodedSchema), required=True)
    key = fields.List(fields.Nested(CodedSchema), required=True)
    equally_right = fields.List(fields.List(fields.Nested(CodedSchema)), required=True)
    rationale = fields.String(required=True)
    rules = fields.List(fields.String(), required=True)
    why_it_matters = fields.String(required=True)
    remark = fields.String(
        required=True, allow_none=True, metadata={"description": "Why the chosen code is close to the answer key, or not."}
    )
    secondary = fields.Nested(SecondarySchema, required=True)
    phase = fields.Nested(PhaseSchema, required=True, allow_none=True)
    codes = fields.List(fields.Nested(SpokenCodeSchema), required=True)
    status = fields.Nested(ApprovalSchema, required=True)
    verdict = fields.Nested(VerdictSchema, required=True)
