"""The request of `POST /v1/validate`.

The module has the request's marshmallow schemas, and reads JSON into an encounter. Types and limits are checked here
(422); the meaning of a contact is judged and never refused. The OpenAPI document is generated from the same schemas.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from marshmallow import ValidationError

from validator.catalogue.rubric import normal_form
from validator.contract import encounter as contract
from validator.contract.encounter import Diagnosis, Encounter, Observations, Override, Patient, Referral, normalise_register_name
from validator.requests.errors import Fault, RequestError
from validator.requests.fields import (
    MAX_TEXT_LENGTH,
    Boolean,
    Choice,
    Code,
    Date,
    Integer,
    Items,
    NestedObject,
    NormalisedText,
    NormalisedTexts,
    ObjectSchema,
    SystemName,
    Text,
)
from validator.requests.json_decoding import decode_json
from validator.support.json_pointer import escape_token, iterate_texts, unescape_token
from validator.support.personal_data import find_cpr_pointers, has_cpr, may_have_cpr, truncate_at_cpr

_MAX_NUMBER = 1_000_000
MAX_UNKNOWN_FIELDS = 20  # reported per request; a body may contain a hundred thousand
_SURROGATE = re.compile("[\ud800-\udfff]")  # half of a UTF-16 pair, which UTF-8 cannot encode


class Submission(NamedTuple):
    """A contact with its overrides.

    `unknown_fields` are JSON Pointers to the members that the contract does not define.
    """

    encounter: Encounter
    overrides: tuple[Override, ...] = ()
    unknown_fields: tuple[str, ...] = ()


class SearchedSubmission(Submission):
    """A submission that was read from JSON, which has no CPR number."""

    __slots__ = ()


class DiagnosisSchema(ObjectSchema):
    """A diagnosis code with its role and code system."""

    code = Code(metadata={"description": "The code; blanks and lower case are corrected.", "example": "L84"})
    system = SystemName(
        metadata={
            "description": "The code system by name or URI, the jurisdiction's own by default. A diagnosis with a URI that is not "
            "known is left out, with a finding."
        }
    )
    role = Choice(contract.ROLES)

    result_type = Diagnosis


class EarlierDiagnosisSchema(DiagnosisSchema):
    """A diagnosis of an earlier contact, with its date."""

    date = Date()


class PatientSchema(ObjectSchema):
    """The patient data that rules may use."""

    age = Integer(0, 130, metadata={"description": "Whole years."})
    sex = Choice(contract.SEXES)

    result_type = Patient


class ObservationsSchema(ObjectSchema):
    """Clinical observations of the contact."""

    radiating_pain = Boolean()
    joints = Items(Choice(contract.JOINTS, required=True))

    result_type = Observations


class ReferralSchema(ObjectSchema):
    """The referral behind a course of specialty 62."""

    diagnoses = Items(NestedObject(EarlierDiagnosisSchema, required=True))

    result_type = Referral


class EncounterSchema(ObjectSchema):
    """A contact as the practice system records it."""

    id = Text(metadata={"description": "An opaque handle of the caller's; never a CPR number."})
    date = Date(required=True, metadata={"description": "The contact's date; it decides which rules are in force."})
    specialty = Text(required=True, metadata={"example": "51"})
    course = Text(metadata={"example": "lumbal-stenose"})
    phase = Integer(-_MAX_NUMBER, _MAX_NUMBER)
    contact_number = Integer(0, _MAX_NUMBER, metadata={"description": "The contact's number on the course, from 1."})
    patient = NestedObject(PatientSchema)
    observations = NestedObject(ObservationsSchema)
    diagnoses = Items(NestedObject(DiagnosisSchema, required=True), required=True)
    previous_diagnoses = Items(NestedObject(EarlierDiagnosisSchema, required=True))
    saved_diagnoses = Items(NestedObject(EarlierDiagnosisSchema, required=True))
    referral = NestedObject(ReferralSchema)
    services = Items(Choice(contract.SERVICES, required=True))
    jurisdiction = Choice(contract.JURISDICTIONS)
    visit_type = NormalisedText(normal_form)
    visits_last_year = Integer(0, _MAX_NUMBER)
    plan = Boolean()
    measures = NormalisedTexts(normal_form)
    registrations = NormalisedTexts(normalise_register_name)

    result_type = Encounter


class OverrideSchema(ObjectSchema):
    """A finding that the clinician overrides, with the reason."""

    rule = Text(required=True)
    reason = Text()
    path = Text(metadata={"description": "The finding's path, where the rule fired more than once."})

    result_type = Override


class ValidationRequestSchema(ObjectSchema):
    """A contact to be judged."""

    encounter = NestedObject(EncounterSchema, required=True)
    overrides = Items(NestedObject(OverrideSchema, required=True))

    result_type = SearchedSubmission


_REQUEST_SCHEMA = ValidationRequestSchema()


def read_body(body: bytes) -> Submission:
    """Read a submission from UTF-8 JSON.

    Raises RequestError with every fault; a CPR number is never quoted.
    """
    data = decode_json(body)
    text = body.decode()
    return _load_submission(data, check_content=may_have_cpr(text))


def read_request(data: object) -> Submission:
    """Read a submission from decoded JSON. Raises RequestError."""
    return _load_submission(data, check_content=True)


def readable_id(body: bytes) -> str | None:
    """Return the id of a contact that was refused, None where it has none that an answer may repeat."""
    try:
        data = decode_json(body)
    except RequestError:
        return None
    contact = data.get("encounter") if isinstance(data, dict) else None
    id = contact.get("id") if isinstance(contact, dict) else None
    usable = isinstance(id, str) and len(id) <= MAX_TEXT_LENGTH and not _SURROGATE.search(id) and not has_cpr(id)
    return id if usable else None


def refuse_personal_data(submission: Submission) -> None:
    """Raise RequestError where a submission that was not read from JSON has a CPR number."""
    if not isinstance(submission, SearchedSubmission):
        members = submission._asdict() | {"unknown_fields": [unescape_token(name) for name in submission.unknown_fields]}
        if pointers := find_cpr_pointers(_plain(members)):
            raise RequestError([Fault(pointer, "personal-data") for pointer in pointers])


def read_json(body: bytes) -> object:
    """Read the JSON of any other request.

    Raises RequestError, also for a CPR number, which is never quoted.
    """
    data = decode_json(body)
    if faults := list(_find_forbidden_content(data)):
        raise RequestError(faults)
    return data


def load_object(schema: ObjectSchema, body: bytes) -> Any:
    """Read an object from a request's JSON by its schema. Raises RequestError."""
    data = read_json(body)
    try:
        return schema.load(data)
    except ValidationError as error:
        raise RequestError(list(_flatten_errors(error.messages, ""))) from None


def _load_submission(data: object, *, check_content: bool) -> Submission:
    try:
        if check_content and (faults := list(_find_forbidden_content(data))):
            raise RequestError(faults)
        submission: Submission = _REQUEST_SCHEMA.load(data)
    except ValidationError as error:
        raise RequestError(list(_flatten_errors(error.messages, ""))) from None
    unknown = _find_unknown_members(_REQUEST_SCHEMA, data, "")
    return submission._replace(unknown_fields=tuple(unknown[:MAX_UNKNOWN_FIELDS])) if unknown else submission


def _find_forbidden_content(data: object) -> Iterator[Fault]:
    """Yield the CPR numbers and surrogates in a request; neither is allowed anywhere."""
    for path in find_cpr_pointers(data):
        yield Fault(path, "personal-data")
    for path, text in iterate_texts(data):
        if _SURROGATE.search(text):
            yield Fault("" if _SURROGATE.search(path) else truncate_at_cpr(path), "surrogate")


def _plain(value: Any) -> Any:
    """Return named tuples as objects and other tuples as lists, as in JSON."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return _plain(value._asdict()) if hasattr(value, "_asdict") else list(map(_plain, value))
    return value


def _flatten_errors(messages: Any, path: str) -> Iterator[Fault]:
    if isinstance(messages, list):
        for message in messages:
            yield Fault(path, message["key"], {key: value for key, value in message.items() if key != "key"})
    else:
        for name, inner in messages.items():
            yield from _flatten_errors(inner, f"{path}/{escape_token(str(name))}")


def _find_unknown_members(schema: ObjectSchema, data: Any, path: str) -> list[str]:
    """Return pointers to the members of a valid object that its schema does not define."""
    unknown: list[str] = []
    if not schema.member_names.issuperset(data):
        unknown += [f"{path}/{escape_token(name)}" for name in data if name not in schema.member_names]
    for name, (inner, is_list) in schema.nested_schemas.items():
        value = data.get(name)
        if not value:
            continue
        if is_list:
            for index, item in enumerate(value):
                unknown += _find_unknown_members(inner, item, f"{path}/{name}/{index}")
        else:
            unknown += _find_unknown_members(inner, value, f"{path}/{name}")
    return unknown
