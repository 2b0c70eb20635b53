"""The encounter: one contact, as a practice system submits it.

Names are those of the HTTP contract. `None` means that a value is missing, so rules that need it do not apply; an empty tuple is
a value. Named tuples rather than dataclasses: several are built for every request, and they are built five times as fast.
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
    """A diagnosis code with its role.

    `system` is one of `code_systems.SYSTEMS`, None for the default of the jurisdiction.
    """

    code: str
    system: str | None = None
    role: Role | None = None
    date: datetime.date | None = None


class Patient(NamedTuple):
    """The patient as far as rules need to know: age in whole years (0-130) and one of SEXES."""

    age: int | None = None
    sex: str | None = None


class Observations(NamedTuple):
    """Clinical observations: whether pain radiates, and which of JOINTS are affected."""

    radiating_pain: bool | None = None
    joints: tuple[str, ...] | None = None


class Referral(NamedTuple):
    """The referral to a course of specialty 62; `diagnoses` as the referring doctor wrote them."""

    diagnoses: tuple[Diagnosis, ...] = ()


class Override(NamedTuple):
    """A clinician's decision to keep a code against a rule.

    `path` names one finding of a rule that has several.
    """

    rule: str
    reason: str = ""
    path: str | None = None


class Encounter(NamedTuple):
    """A contact. Its date, never today's, decides which rules are in force."""

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


def assign_roles(diagnoses: tuple[Diagnosis, ...]) -> list[Role]:
    """Return the role of each diagnosis.

    Without one, a single diagnosis is main, and each of several is secondary.
    """
    default: Role = "main" if len(diagnoses) == 1 else "secondary"
    return [diagnosis.role or default for diagnosis in diagnoses]


def normalise_register_name(name: str) -> str:
    """Return the name of a register in lower case, without surrounding blanks."""
    return name.strip().lower()
