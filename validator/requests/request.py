"""The request of `POST /v1/validate`.

The module has the request's marshmallow schemas, and reads JSON into an encounter. Types and limits are checked here
(422); the meaning of a contact is judged and never refused. The OpenAPI document is generated from the same schemas.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson
from marshmallow import ValidationError

from validator.catalogue.rubric import normal_form
from validator.contract import encounter as contract
from validator.contract.encounter import Diagnosis, Encounter, Observations, Override, Patient, Referral, normalise_register_name
from validator.requests.errors import Fault, RequestError
from validator.requests.fields import (
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
from validator.support.json_pointer import escape_token, is_nested_deeper, iterate_texts, unescape_token
from validator.support.personal_data import find_cpr_pointers, has_cpr, may_have_cpr, truncate_at_cpr

_MAX_NUMBER = 1_000_000
MAX_UNKNOWN_FIELDS = 20  # reported per request; a body may contain a hundred thousand
MAX_DEPTH = 500  # levels of lists and objects; a contact has five
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
            "description": "The code system by name or URI, or the URI of an imported one; the jurisdiction's own by default."
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
    suspicious = may_have_cpr(text)
    submission = _load_submission(data, check_content=suspicious)
    if suspicious and has_cpr(text):  # in a duplicate member, of which only the last is decoded
        raise RequestError([Fault("", "personal-data")])
    return submission


def read_request(data: object) -> Submission:
    """Read a submission from decoded JSON. Raises RequestError."""
    return _load_submission(data, check_content=True)


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
    faults = list(_find_forbidden_content(data))
    if not faults and has_cpr(body.decode(errors="replace")):  # in a duplicate member, of which only the last is decoded
        faults = [Fault("", "personal-data")]
    if faults:
        raise RequestError(faults)
    return data


def load_object(schema: ObjectSchema, body: bytes) -> Any:
    """Read an object from a request's JSON by its schema. Raises RequestError."""
    data = read_json(body)
    try:
        return schema.load(data)
    except ValidationError as error:
        raise RequestError(list(_flatten_errors(error.messages, ""))) from None


def decode_json(body: bytes) -> object:
    """Decode UTF-8 JSON; numbers must be finite (RFC 8259). Raises RequestError."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        data = _decode_with_json_module(body)
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH and is_nested_deeper(data, MAX_DEPTH):
        raise RequestError([Fault("", "nested-too-deep")])
    return data


def _decode_with_json_module(body: bytes) -> object:
    """Decode JSON that orjson refuses: with a byte order mark or a surrogate.

    Raises RequestError with line and column.
    """
    try:
        return _STRICT_DECODER(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        fault = Fault("", "not-utf8")
    except json.JSONDecodeError as error:
        fault = Fault("", "not-json", {"line": error.lineno, "column": error.colno})
    except RecursionError:
        fault = Fault("", "nested-too-deep")
    except ValueError:  # a whole number of thousands of digits
        fault = Fault("", "not-json", {"line": 1, "column": 1})
    raise RequestError([fault])


def _refuse_constant(name: str) -> None:
    raise json.JSONDecodeError("not a JSON number", name, 0)


_STRICT_DECODER = json.JSONDecoder(parse_constant=_refuse_constant).decode


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
