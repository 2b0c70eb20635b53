"""The request of `POST /v1/validate`: its marshmallow schemas, and how decoded JSON becomes an encounter.

Shape is checked here and answered with a 422; meaning is judged, never refused. The schemas are built once, and the
OpenAPI document is made from the same ones.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, post_load

from validator import encounter as contract
from validator.encounter import Diagnosis, Encounter, Observations, Override, Patient, Referral
from validator.fields import Choice, Date, Integer, Items, Member, SystemName, Text, Truth
from validator.json_pointer import escaped, texts_of
from validator.personal_data import places_of_cpr

_FAR = 1_000_000
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which UTF-8 cannot write


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a request: the place as a JSON Pointer, and the key and values of its text in `texts`."""

    path: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


class RequestError(Exception):
    """A request that is refused, with everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.path, fault.key))
        super().__init__("; ".join(f"{fault.path}: {fault.key}" for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Submission:
    """A contact with the overrides of its clinician, and JSON Pointers to members that the contract does not know."""

    encounter: Encounter
    overrides: tuple[Override, ...] = ()
    unknown_fields: tuple[str, ...] = ()


class _Strict(Schema):
    """A JSON object; members that it does not know are left out here and reported as findings."""

    class Meta:
        unknown = EXCLUDE

    # The key of a text in place of an English sentence; marshmallow hands it on as it is.
    error_messages = {"type": {"key": "not-object"}}  # type: ignore[dict-item]  # noqa: RUF012


class DiagnosisSchema(_Strict):
    """A diagnosis code with its role and code system."""

    code = Text(
        required=True, blank=False, metadata={"description": "The code; blanks and lower case are corrected.", "example": "L84"}
    )
    system = SystemName(metadata={"description": "The code system, by name or URI; the jurisdiction's own by default."})
    role = Choice(contract.ROLES)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Diagnosis:
        return Diagnosis(**data)


class EarlierDiagnosisSchema(DiagnosisSchema):
    """A diagnosis of an earlier contact, with its date."""

    date = Date()


class PatientSchema(_Strict):
    """What of the patient the rules may know."""

    age = Integer(0, 130, metadata={"description": "Whole years."})
    sex = Choice(contract.SEXES)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Patient:
        return Patient(**data)


class ObservationsSchema(_Strict):
    """Clinical observations of the contact."""

    radiating_pain = Truth()
    joints = Items(Choice(contract.JOINTS, required=True))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Observations:
        return Observations(**data)


class ReferralSchema(_Strict):
    """The referral behind a course of specialty 62."""

    diagnoses = Items(Member(EarlierDiagnosisSchema, required=True))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Referral:
        return Referral(data.get("diagnoses") or ())


class EncounterSchema(_Strict):
    """A contact as a practice system saves it."""

    id = Text(metadata={"description": "An opaque handle of the caller's; never a CPR number."})
    date = Date(required=True, metadata={"description": "The contact's date; it decides which rules are in force."})
    specialty = Text(required=True, metadata={"example": "51"})
    course = Text(metadata={"example": "lumbal-stenose"})
    phase = Integer(-_FAR, _FAR)
    contact_number = Integer(0, _FAR, metadata={"description": "The contact's number on the course, from 1."})
    patient = Member(PatientSchema)
    observations = Member(ObservationsSchema)
    diagnoses = Items(Member(DiagnosisSchema, required=True), required=True)
    previous_diagnoses = Items(Member(EarlierDiagnosisSchema, required=True))
    saved_diagnoses = Items(Member(EarlierDiagnosisSchema, required=True))
    referral = Member(ReferralSchema)
    services = Items(Choice(contract.SERVICES, required=True))
    jurisdiction = Choice(contract.JURISDICTIONS)
    visit_type = Text()
    visits_last_year = Integer(0, _FAR)
    plan = Truth()
    measures = Items(Text(required=True))
    registrations = Items(Text(required=True))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Encounter:
        return Encounter(**{name: value for name, value in data.items() if value is not None})


class OverrideSchema(_Strict):
    """A finding that the clinician sets aside, with the reason."""

    rule = Text(required=True)
    reason = Text()
    path = Text(metadata={"description": "The finding's path, where the rule fired more than once."})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Override:
        return Override(data["rule"], data.get("reason") or "", data.get("path"))


class ValidationRequestSchema(_Strict):
    """A contact to be judged."""

    encounter = Member(EncounterSchema, required=True)
    overrides = Items(Member(OverrideSchema, required=True))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Submission:
        return Submission(data["encounter"], data.get("overrides") or ())


_SCHEMA = ValidationRequestSchema()


def read_request(data: object) -> Submission:
    """The submission in decoded JSON. Raises RequestError with every fault; a CPR number is told by its place only."""
    try:
        if faults := [Fault(path, "personal-data") for path in places_of_cpr(data)]:
            raise RequestError(faults)
        submission: Submission = _SCHEMA.load(data)  # type: ignore[arg-type]
    except ValidationError as error:
        raise RequestError(list(_faults(error.messages, ""))) from None
    except RecursionError:
        raise RequestError([Fault("", "nested-too-deep")]) from None
    unknown = tuple(_unknown_members(_SCHEMA, data, ""))
    return Submission(submission.encounter, submission.overrides, unknown)


def decode(body: bytes) -> object:
    """The JSON value in UTF-8 bytes. Raises RequestError where it is none; numbers must be finite, as in RFC 8259."""
    try:
        text = body.decode("utf-8-sig")
        value: object = json.loads(text, parse_constant=_refuse_constant)
        if "\\u" in text and (faults := [Fault(path, "surrogate") for path, part in texts_of(value) if _SURROGATE.search(part)]):
            raise RequestError([fault for fault in faults if not _SURROGATE.search(fault.path)] or [Fault("", "surrogate")])
        return value
    except UnicodeDecodeError:
        raise RequestError([Fault("", "not-utf8")]) from None
    except json.JSONDecodeError as error:
        raise RequestError([Fault("", "not-json", {"line": error.lineno, "column": error.colno})]) from None
    except ValueError:  # a whole number of thousands of digits
        raise RequestError([Fault("", "not-json", {"line": 1, "column": 1})]) from None
    except RecursionError:
        raise RequestError([Fault("", "nested-too-deep")]) from None


def _refuse_constant(name: str) -> None:
    raise json.JSONDecodeError("not a JSON number", name, 0)


def _faults(messages: Any, path: str) -> Iterator[Fault]:
    if isinstance(messages, list):
        for message in messages:
            yield Fault(path, message["key"], {key: value for key, value in message.items() if key != "key"})
    else:
        for name, inner in messages.items():
            yield from _faults(inner, path if name == "_schema" else f"{path}/{escaped(str(name))}")


def _unknown_members(schema: Schema, data: Any, path: str) -> Iterator[str]:
    known = schema.fields
    for name, value in data.items():
        member = known.get(name)
        if member is None:
            yield f"{path}/{escaped(name)}"
        elif isinstance(member, Member) and value is not None:
            yield from _unknown_members(member.schema, value, f"{path}/{name}")
        elif isinstance(member, Items) and isinstance(member.inner, Member):
            for index, item in enumerate(value or ()):
                yield from _unknown_members(member.inner.schema, item, f"{path}/{name}/{index}")
