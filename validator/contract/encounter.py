"""What is submitted: one contact, as a practice system saves it.

The names are those of the HTTP contract. `None` means "not given", which silences every rule that needs the value;
an empty tuple is given and empty. Named tuples, since several are made for every request, and dataclasses take five times as long.
"""

import datetime
from typing import Literal, NamedTuple

Role = Literal["main", "secondary"]

ROLES: tuple[str, ...] = ("main", "secondary")
SEXES: tuple[str, ...] = ("female", "male", "other", "unknown")
JOINTS: tuple[str, ...] = ("hip", "knee", "shoulder", "elbow", "hand", "ankle", "neck", "back")
SERVICES: tuple[str, ...] = (
    "individual",
    "group-training",
    "supervised-self-training",
    "self-training",
    "digital-follow-up",
    "video",
    "cross-sector",
    "examination",
    "home-visit",
)
JURISDICTIONS: tuple[str, ...] = ("dk", "se")


class Diagnosis(NamedTuple):
    """A diagnosis code with its role; `system` is one of `catalogue.systems.SYSTEMS`, None for the jurisdiction's own."""

    code: str
    system: str | None = None
    role: Role | None = None
    date: datetime.date | None = None


class Patient(NamedTuple):
    """What of the patient the rules may know: age in whole years (0-130) and one of SEXES."""

    age: int | None = None
    sex: str | None = None


class Observations(NamedTuple):
    """Clinical observations: whether the pain radiates, and which of JOINTS are affected."""

    radiating_pain: bool | None = None
    joints: tuple[str, ...] | None = None


class Referral(NamedTuple):
    """The referral behind a course of specialty 62; `diagnoses` as the referring doctor wrote them."""

    diagnoses: tuple[Diagnosis, ...] = ()


class Override(NamedTuple):
    """The clinician keeps a code against a rule, with a reason; `path` where the rule fired more than once."""

    rule: str
    reason: str = ""
    path: str | None = None


class Encounter(NamedTuple):
    """A contact: its date decides which rules are in force, never today's date."""

    date: datetime.date
    specialty: str
    diagnoses: tuple[Diagnosis, ...] = ()
    id: str | None = None
    course: str | None = None
    phase: int | None = None
    contact_number: int | None = None
    patient: Patient = Patient()
    observations: Observations = Observations()
    previous_diagnoses: tuple[Diagnosis, ...] | None = None
    saved_diagnoses: tuple[Diagnosis, ...] | None = None
    referral: Referral | None = None
    services: tuple[str, ...] | None = None
    jurisdiction: str = "dk"
    visit_type: str | None = None
    visits_last_year: int | None = None
    plan: bool | None = None
    measures: tuple[str, ...] | None = None
    registrations: tuple[str, ...] | None = None


def roles(diagnoses: tuple[Diagnosis, ...]) -> list[Role]:
    """The role of each diagnosis: without one, a contact's only diagnosis is its main one and of several each is secondary."""
    default: Role = "main" if len(diagnoses) == 1 else "secondary"
    return [diagnosis.role or default for diagnosis in diagnoses]
