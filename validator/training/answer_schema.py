"""An answer to a case as it is sent: its marshmallow schema."""

from typing import NamedTuple

from validator.contract import encounter as contract
from validator.contract.encounter import Diagnosis
from validator.requests.fields import Choice, Code, Integer, Items, NestedObject, ObjectSchema

_FAR = 1_000_000


class SentAnswer(NamedTuple):
    """A whole answer; no diagnoses at all are an answer too."""

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
    phase = Integer(-_FAR, _FAR, metadata={"description": "The phase, where the case asks for one."})

    result_type = SentAnswer
