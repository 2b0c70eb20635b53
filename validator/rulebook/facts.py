"""The facts of a contact in the terms of the vocabulary.

A fact that was not given is absent (None), and no test on it holds. `complete` is false while a diagnosis has a code that cannot be
read: then nothing may be concluded from a diagnosis not being there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from validator.contract.encounter import Encounter, Role

Value = str | int | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ResolvedDiagnosis:
    """A diagnosis that rules may test: read, valid on the date and no repetition; `index` is its place in the request."""

    index: int
    code: str
    system: str
    role: Role
    chapter: str | None = None
    component: int | None = None
    kind: str | None = None


class Facts(NamedTuple):
    """A contact in the vocabulary's terms: one mapping for the contact, one for each read diagnosis, in order."""

    encounter: Mapping[str, Value]
    diagnoses: tuple[Mapping[str, Value], ...]
    complete: bool = True


def build_facts(
    encounter: Encounter,
    read: Iterable[ResolvedDiagnosis],
    *,
    complete: bool,
    specialty: str | None,
    course: str | None,
    named_by_course: frozenset[str],
    previous: tuple[str, ...] | None,
    own_system: str,
) -> Facts:
    """The facts of a contact. `specialty` and `course` are None where they are unknown or do not belong together.

    The rules of a pack speak of codes of its own system; what a diagnosis declared in another is called there is no fact.
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
    diagnoses = tuple(
        {
            "code": diagnosis.code if diagnosis.system == own_system else None,
            "category": diagnosis.code[:3] if diagnosis.system == own_system else None,
            "chapter": diagnosis.chapter,
            "component": diagnosis.component,
            "kind": diagnosis.kind,
            "role": diagnosis.role,
            "course_names_code": diagnosis.system == own_system and diagnosis.code in named_by_course,
        }
        for diagnosis in read
    )
    return Facts(values, diagnoses, complete)
