"""The schema of an example: a fragment of a contact, with what rules can see and what decides which of them are in force."""

from typing import Any

from validator.authoring.schema.condition_schema import sentence, value_schema
from validator.contract.encounter import JURISDICTIONS, ROLES
from validator.requests.fields import IMPORTED_URI, SYSTEM_NAME, SYSTEM_URI
from validator.rulebook.vocabulary import VOCABULARY, Field

Schema = dict[str, Any]
_DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def encounter_schema() -> Schema:
    """A contact in the form of the contract; everything may be left out."""
    contact = _object(
        {
            "id": {"type": "string", "description": "Systemets eget navn på kontakten; aldrig et CPR-nummer."},
            "date": {**_DATE, "description": "Kontaktens dato; den bestemmer, hvilke regler der gælder."},
            "jurisdiction": {"enum": list(JURISDICTIONS), "description": "Reglernes pakke."},
            "diagnoses": _diagnoses("Kontaktens diagnoser."),
            "saved_diagnoses": _diagnoses("Kontaktens egne diagnoser, som de sidst blev gemt."),
            "referral": {
                **_object({"diagnoses": _diagnoses("Henvisningens diagnoser.")}),
                "description": "Henvisningen til forløbet.",
            },
        }
    )
    for field in VOCABULARY.values():
        if field.scope == "encounter":
            _add(contact, field)
    return contact


def _add(contact: Schema, field: Field) -> None:
    """Puts a field of the vocabulary where its pointer says."""
    *above, name = field.pointer.strip("/").split("/")
    place = contact
    for step in above:
        place = place["properties"].setdefault(step, {**_object({}), "description": _MEMBERS[step]})
    place["properties"][name] = {**_given(field), "description": sentence(field.meaning["da"])}


def _given(field: Field) -> Schema:
    if field.name == "previous.codes":
        return _diagnoses("")
    value = value_schema(field)
    schema = {"type": "array", "items": value} if field.type == "list" else value
    return {"anyOf": [schema, {"type": "null"}]}


def _diagnoses(description: str) -> Schema:
    diagnosis = _object(
        {
            "code": {"type": "string", "pattern": r"\S", "description": "Diagnosens kode."},
            "role": {"enum": list(ROLES), "description": "Hoveddiagnose (main) eller bidiagnose (secondary)."},
            "system": {
                "anyOf": [SYSTEM_NAME, SYSTEM_URI, IMPORTED_URI],
                "description": "Kodesystemet ved navn eller URI, hvis det ikke er pakkens eget.",
            },
            "date": {**_DATE, "description": "Diagnosens dato."},
        }
    )
    return {"type": "array", "items": {**diagnosis, "required": ["code"]}, "description": description}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


_MEMBERS = {"patient": "Patienten.", "observations": "Det, der blev fundet ved undersøgelsen."}
