"""The schema of an example, which is a fragment of a contact.

It has what rules test and what decides which rules apply.
"""

from typing import Any

from validator.authoring.schema.condition_schema import TEXT, closed_object, sentence, value_schema
from validator.contract.encounter import JURISDICTIONS, ROLES
from validator.requests.fields import IMPORTED_URI, SYSTEM_NAME, SYSTEM_URI
from validator.rulebook.vocabulary import VOCABULARY, Field

Schema = dict[str, Any]
_DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_PARENTS = {"patient": "Patienten.", "observations": "Det, der blev fundet ved undersøgelsen."}


def encounter_schema() -> Schema:
    """Return the schema of a contact as in the HTTP API, with every member optional."""
    referral = closed_object({"diagnoses": _diagnoses("Henvisningens diagnoser.")})
    contact = closed_object(
        {
            "id": {"type": "string", "description": "Systemets eget navn på kontakten; aldrig et CPR-nummer."},
            "date": {**_DATE, "description": "Kontaktens dato; den bestemmer, hvilke regler der gælder."},
            "jurisdiction": {"enum": list(JURISDICTIONS), "description": "Reglernes pakke."},
            "diagnoses": _diagnoses("Kontaktens diagnoser."),
            "saved_diagnoses": _diagnoses("Kontaktens egne diagnoser, som de sidst blev gemt."),
            "referral": {**referral, "description": "Henvisningen til forløbet."},
        }
    )
    for field in VOCABULARY.values():
        if field.scope == "encounter":
            _add_field(contact, field)
    return contact


def _add_field(contact: Schema, field: Field) -> None:
    """Add a field of the vocabulary at the place of its JSON pointer."""
    *parents, name = field.pointer.strip("/").split("/")
    target = contact
    for parent in parents:
        target = target["properties"].setdefault(parent, {**closed_object({}), "description": _PARENTS[parent]})
    target["properties"][name] = {**_field_schema(field), "description": sentence(field.meaning["da"])}


def _field_schema(field: Field) -> Schema:
    if field.name == "previous.codes":
        return _diagnoses("")
    value = value_schema(field)
    schema = {"type": "array", "items": value} if field.type == "list" else value
    return {"anyOf": [schema, {"type": "null"}]}


def _diagnoses(description: str) -> Schema:
    system = {"anyOf": [SYSTEM_NAME, SYSTEM_URI, IMPORTED_URI]}
    properties = {
        "code": {**TEXT, "description": "Diagnosens kode."},
        "role": {"enum": list(ROLES), "description": "Hoveddiagnose (main) eller bidiagnose (secondary)."},
        "system": {**system, "description": "Kodesystemet ved navn eller URI, hvis det ikke er pakkens eget."},
        "date": {**_DATE, "description": "Diagnosens dato."},
    }
    return {"type": "array", "items": closed_object(properties, required=["code"]), "description": description}
