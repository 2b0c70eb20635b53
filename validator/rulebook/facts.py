"""The facts of a contact: the values of the fields that rules may test.

A value that was not sent is None, and meets no test. `complete` is false where a diagnosis has an unreadable code: then
`no_diagnosis` blocks are unknown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from validator.contract.encounter import Encounter, Role

Value = str | int | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ResolvedDiagnosis:
    """A diagnosis that rules may test: readable, valid on the date and not repeated.

    `index` is its index in the request.
    """

    index: int
    code: str
    system: str
    role: Role
    chapter: str | None = None
    component: int | None = None
    kind: str | None = None


class Facts(NamedTuple):
    """Values by field.

    There is one mapping for the contact, and one for each resolved diagnosis, in order.
    """

    encounter: Mapping[str, Value]
    diagnoses: tuple[Mapping[str, Value], ...]
    complete: bool = True


def build_facts(
    encounter: Encounter,
    diagnoses: Iterable[ResolvedDiagnosis],
    *,
    complete: bool,
    specialty: str | None,
    course: str | None,
    named_by_course: frozenset[str],
    previous: tuple[str, ...] | None,
    own_system: str,
) -> Facts:
    """Return the facts of a contact.

    `specialty` and `course` are None where unknown or not belonging together. Codes of other systems than the pack's
    own are absent, since rules name codes of that system only.
    """
    patient, observations = encounter.patient, encounter.observations
    values: dict[str, Value] = {
        "specialty": specialty,
        "course": course,
        "phase": encounter.phase,
        "contact_number": encounter.contact_number,
        "patient.age": patient.age,
        "patient.sex": patient.sex,
        "observations.radiating_pain": observations.radiating_pain,
        "observations.joints": observations.joints,
        "services": encounter.services,
        "previous.codes": previous,
        "visit_type": encounter.visit_type,
        "visits_last_year": encounter.visits_last_year,
        "plan": encounter.plan,
        "measures": encounter.measures,
        "registrations": encounter.registrations,
    }
    rows = tuple(
        {
            "code": diagnosis.code if diagnosis.system == own_system else None,
            "category": diagnosis.code[:3] if diagnosis.system == own_system else None,
            "chapter": diagnosis.chapter,
            "component": diagnosis.component,
            "kind": diagnosis.kind,
            "role": diagnosis.role,
            "course_names_code": diagnosis.system == own_system and diagnosis.code in named_by_course,
        }
        for diagnosis in diagnoses
    )
    return Facts(values, rows, complete)
