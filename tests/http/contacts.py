"""Contacts that between them give nearly every kind of finding, and one with every member of the contract."""

import copy
from collections.abc import Iterator
from typing import Any

# Needs a catalogue with retired codes, or a release with start codes.
OUT_OF_REACH = {"retired-code", "symptom-first"}
OVERRIDDEN = "dk.51.artrose-knae"


def request(*codes: str, overrides: list[dict[str, Any]] | None = None, **encounter: Any) -> dict[str, Any]:
    """A request; the first code is the main diagnosis, and every course is in force on its date."""
    roles = ["main", *["secondary"] * len(codes)]
    diagnoses = [{"code": code, "role": role} for code, role in zip(codes, roles, strict=False)]
    contact = {"date": "2027-06-01", "specialty": "51", "diagnoses": diagnoses, **encounter}
    return {"encounter": contact} if overrides is None else {"encounter": contact, "overrides": overrides}


def free_of_charge(course: str, *codes: str, **encounter: Any) -> dict[str, Any]:
    """A contact of specialty 62; the codes are the referral's, in SKS."""
    referral = {"diagnoses": [{"code": code, "system": "sks"} for code in codes]}
    return request(**{"specialty": "62", "course": course, "referral": referral, **encounter})


def swedish(*codes: str, **encounter: Any) -> dict[str, Any]:
    """A visit to a physiotherapist in Sweden."""
    return request(*codes, **{"jurisdiction": "se", "specialty": "fysioterapi", "visit_type": "FYS002", **encounter})


REQUESTS: dict[str, dict[str, Any]] = {
    "unknown-code": request("L999"),
    "wrong-system": request("M17.1"),
    "process-code": request("-31"),
    "multiple-main": request(diagnoses=[{"code": "L84", "role": "main"}, {"code": "L92", "role": "main"}]),
    "main-missing": request(course="artrose-knae"),
    "main-not-in-course-set": request("L92", course="artrose-knae"),
    "required-code-only-secondary": request("L92", "L90", course="artrose-knae"),
    "course-undecided": request("L84", course="lumbal-stenose"),
    "course-specialty-mismatch": request(specialty="62", course="artrose-knae"),
    "unknown-course": request("L90", course="artrose-kne"),
    "unknown-specialty": request(specialty="15"),
    "before-rollout": request(course="artrose-knae", date="2025-03-31"),
    "via-referral": free_of_charge("stroke", "DI639"),
    "referral-diagnosis-missing": free_of_charge("stroke"),
    "referral-course-mismatch": free_of_charge("sklerose", "DG20", phase=1),
    "phase-missing": free_of_charge("sklerose", "DG35"),
    "phase-invalid": free_of_charge("sklerose", "DG35", phase=6),
    "phase-service": free_of_charge("parkinson", "DG20", phase=1, services=["video"]),
    "deleted-code": request("L84", saved_diagnoses=[{"code": "L92"}]),
    "duplicate-code": request("L84", "L84"),
    "inconsistent-pair": request("L84", "L86"),
    "radiation-contradiction": request("L84", observations={"radiating_pain": True}),
    "site-contradiction": request("L90", observations={"joints": ["hip"]}),
    "sex-conflict": request("X76", patient={"sex": "male"}),
    "age-implausible": request("L90", patient={"age": 17}),
    "residual-code": request("L29"),
    "symptom-persisting": request("L15", contact_number=6),
    "override-without-reason": request("L92", course="artrose-knae", overrides=[{"rule": OVERRIDDEN, "reason": " "}]),
    "override-refused": request("L999", overrides=[{"rule": "core.unknown-code", "reason": "Aftalt"}]),
    "unknown-override": request("L84", overrides=[{"rule": "dk.findes-ikke", "reason": "Aftalt"}]),
    "normalised": request(" l 84"),
    "visit-not-coded": swedish(),
    "measure-missing": swedish("M54.5", measures=[]),
    "frequent-attender-without-plan": swedish("M54.5", visits_last_year=21, plan=False),
    "registration-missing": swedish("M17.1", registrations=[]),
    "unknown-field": request("L84", kontaktnummer=3),
}

WHOLE: dict[str, Any] = {
    "encounter": {
        "id": "c-1",
        "date": "2025-10-14",
        "specialty": "51",
        "course": "lumbal-stenose",
        "phase": 2,
        "contact_number": 3,
        "patient": {"age": 67, "sex": "female"},
        "observations": {"radiating_pain": True, "joints": ["hip"]},
        "diagnoses": [{"code": "L84", "system": "icpc-2", "role": "main"}, {"code": "L03", "role": "secondary"}],
        "previous_diagnoses": [{"code": "L03", "system": "icpc-2", "role": "main", "date": "2025-09-30"}],
        "saved_diagnoses": [{"code": "L84", "system": "icpc-2", "role": "main", "date": "2025-10-14"}],
        "referral": {"diagnoses": [{"code": "DG35", "system": "sks", "role": "main", "date": "2025-09-01"}]},
        "services": ["group-training"],
        "jurisdiction": "dk",
        "visit_type": "FYS002",
        "visits_last_year": 4,
        "plan": True,
        "measures": ["QG001"],
        "registrations": ["artrosregistret"],
    },
    "overrides": [{"rule": "dk.51.lumbal-stenose", "reason": "Aftalt", "path": "/encounter/diagnoses/0/code"}],
}


def places(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Every value inside a value with its pointer."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield f"{pointer}/{key}", inner
        yield from places(inner, f"{pointer}/{key}")


def members(value: Any) -> Iterator[tuple[str, Any]]:
    """Every member of every object with its pointer."""
    return ((place, inner) for place, inner in places(value) if not place.rpartition("/")[2].isdecimal())


def changed(pointer: str, value: Any = ...) -> dict[str, Any]:
    """WHOLE with another value at a place, or, without a value, with nothing there."""
    result = copy.deepcopy(WHOLE)
    *above, last = [int(part) if part.isdecimal() else part for part in pointer.split("/")[1:]]
    inside: Any = result
    for part in above:
        inside = inside[part]
    if value is ...:
        del inside[last]
    else:
        inside[last] = value
    return result
