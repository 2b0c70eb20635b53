"""The vocabulary: the fields of contacts and diagnoses that rules may test."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from validator.catalogue.rubric import CHAPTERS, normal_form
from validator.contract import encounter as contract
from validator.contract.encounter import normalise_register_name

FieldType = Literal["text", "integer", "flag", "list"]
Scope = Literal["encounter", "diagnosis"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the contact or of each diagnosis (`scope`).

    `pointer` is a JSON Pointer below `/encounter` or below the diagnosis. `values` are the only values allowed, if not None;
    `form` normalises other texts, in requests and in rules. `icpc` fields exist for ICPC-2 codes only. `bounds` are the
    smallest and the largest number.
    """

    name: str
    type: FieldType
    scope: Scope
    pointer: str
    meaning: Mapping[str, str]
    values: tuple[str, ...] | None = None
    form: Callable[[str], str] | None = None
    icpc: bool = False
    bounds: tuple[int, int] = (0, 1_000_000)


def _field(name: str, type: FieldType, pointer: str, da: str, en: str, values: tuple[str, ...] | None = None, **more: Any) -> Field:
    return Field(name, type, "encounter", pointer, {"da": da, "en": en}, values, **more)


def _own(name: str, type: FieldType, pointer: str, da: str, en: str, values: tuple[str, ...] | None = None, **more: Any) -> Field:
    return Field(name, type, "diagnosis", pointer, {"da": da, "en": en}, values, **more)


_KINDS = ("symptom", "process", "infection", "neoplasm", "injury", "congenital", "other")

VOCABULARY: dict[str, Field] = {
    field.name: field
    for field in (
        _field("specialty", "text", "/specialty", 'specialet, fx "51"', 'the specialty, such as "51"'),
        _field("course", "text", "/course", "det strukturerede forløb", "the structured course"),
        _field("phase", "integer", "/phase", "fasen i forløbet", "the phase of the course", bounds=(-1_000_000, 1_000_000)),
        _field(
            "contact_number", "integer", "/contact_number", "kontaktens nummer i forløbet", "the contact's number on the course"
        ),
        _field(
            "patient.age",
            "integer",
            "/patient/age",
            "patientens alder i hele år",
            "the patient's age in whole years",
            bounds=(0, 130),
        ),
        _field("patient.sex", "text", "/patient/sex", "patientens køn", "the patient's sex", contract.SEXES),
        _field(
            "observations.radiating_pain",
            "flag",
            "/observations/radiating_pain",
            "om smerten stråler ud",
            "whether the pain radiates",
        ),
        _field("observations.joints", "list", "/observations/joints", "de berørte led", "the joints affected", contract.JOINTS),
        _field("services", "list", "/services", "ydelserne ved kontakten", "the services of the contact", contract.SERVICES),
        _field(
            "previous.codes",
            "list",
            "/previous_diagnoses",
            "koder fra tidligere kontakter i forløbet",
            "codes of earlier contacts on the course",
        ),
        _field(
            "visit_type",
            "text",
            "/visit_type",
            "besøgstypen (Sverige), fx FYS002",
            "the visit type (Sweden), such as FYS002",
            form=normal_form,
        ),
        _field(
            "visits_last_year",
            "integer",
            "/visits_last_year",
            "antal besøg det seneste år (Sverige)",
            "visits in the last year (Sweden)",
        ),
        _field(
            "plan", "flag", "/plan", "om der er en rehab-plan eller SIP (Sverige)", "whether a rehab plan or SIP exists (Sweden)"
        ),
        _field("measures", "list", "/measures", "KVÅ-koder (Sverige)", "KVÅ codes (Sweden)", form=normal_form),
        _field(
            "registrations",
            "list",
            "/registrations",
            "kvalitetsregistre (Sverige), med små bogstaver",
            "quality registers (Sweden), in small letters",
            form=normalise_register_name,
        ),
        _own("code", "text", "/code", "diagnosens kode", "the code of the diagnosis"),
        _own("category", "text", "/code", "de første tre tegn af koden", "the first three characters of the code"),
        _own("chapter", "text", "/code", "kapitlet i ICPC-2", "the chapter of ICPC-2", tuple(CHAPTERS), icpc=True),
        _own(
            "component", "integer", "/code", "komponenten i ICPC-2 (1-7)", "the component of ICPC-2 (1-7)", icpc=True, bounds=(1, 7)
        ),
        _own("kind", "text", "/code", "rubrikkens art i ICPC-2", "the kind of rubric of ICPC-2", _KINDS, icpc=True),
        _own("role", "text", "/role", "hoveddiagnose eller bidiagnose", "main or secondary diagnosis", contract.ROLES),
        _own("course_names_code", "flag", "/code", "om forløbet selv nævner koden", "whether the course itself names the code"),
    )
}

# Fields that do not depend on the coding of a contact. Each name is an attribute path of an `Encounter`.
CLINICAL: frozenset[str] = frozenset(
    {
        "contact_number",
        "patient.age",
        "patient.sex",
        "observations.radiating_pain",
        "observations.joints",
        "visit_type",
        "visits_last_year",
        "plan",
        "measures",
        "registrations",
    }
)

# Where a rule without `each` may point: at a field of the contact, or at its list of diagnoses.
PLACES: dict[str, str] = {
    "diagnoses": "/diagnoses",
    **{name: field.pointer for name, field in VOCABULARY.items() if field.scope == "encounter"},
}

# The exceptions that `unless` may name, each with the field that suppresses the rule.
EXCEPTIONS: dict[str, str] = {"course-names-code": "course_names_code"}
