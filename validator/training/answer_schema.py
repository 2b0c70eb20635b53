"""The marshmallow schema of an answer to a case as it is sent."""

from typing import NamedTuple

from validator.contract import encounter as contract
from validator.contract.encounter import Diagnosis
from validator.requests.fields import Choice, Code, Integer, Items, NestedObject, ObjectSchema

_PHASE_LIMIT = 1_000_000


class SentAnswer(NamedTuple):
    """The diagnoses of an answer, which may be none, and the phase."""

    diagnoses: tuple[Diagnosis, ...]
    phase: int | None = None


class AnsweredDiagnosisSchema(ObjectSchema):
    """A diagnosis code with its role."""

    code = Code(metadata={"description": "The code; blanks and lower case are corrected.", "example": "L86"})
    role = Choice(contract.ROLES)

    result_type = Diagnosis


class AttemptSchema(ObjectSchema):
    """An answer to a case."""

    diagnoses = Items(NestedObject(AnsweredDiagnosisSchema, required=True), required=True)
    phase = Integer(-_PHASE_LIMIT, _PHASE_LIMIT, metadata={"description": "The phase, where the case asks for one."})

    result_type = SentAnswer
