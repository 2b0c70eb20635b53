"""Contacts for tests: short forms, one request for nearly every kind of finding, one with every member, and random ones."""

import copy
import random
from collections.abc import Iterator
from typing import Any

# Needs a catalogue with retired codes, or a release with start codes or a change of codes.
OUT_OF_REACH = {"retired-code", "symptom-first", "new-code-wanted", "suggestions-omitted", "findings-omitted"}
OVERRIDDEN = "dk.51.artrose-knae"


def main(code: str, **others: Any) -> dict[str, Any]:
    """A contact with one main diagnosis."""
    return several(code, **others)


def several(*codes: str, **others: Any) -> dict[str, Any]:
    """A contact with a main diagnosis and then secondary ones."""
    roles = ("main", *["secondary"] * len(codes))
    return {"diagnoses": [{"code": code, "role": role} for code, role in zip(codes, roles, strict=False)], **others}


def free(course: str, **others: Any) -> dict[str, Any]:
    """A contact on a course of specialty 62."""
    return {"specialty": "62", "course": course, **others}


def referred(code: str, **others: Any) -> dict[str, Any]:
    """The member `referral` with one diagnosis."""
    return {"referral": {"diagnoses": [{"code": code, **others}]}}


def request(*codes: str, overrides: list[dict[str, Any]] | None = None, **encounter: Any) -> dict[str, Any]:
    """A request; the first code is the main diagnosis, and every course is in force on its date."""
    contact = {"date": "2027-06-01", "specialty": "51", **several(*codes, **encounter)}
    return {"encounter": contact} if overrides is None else {"encounter": contact, "overrides": overrides}


def free_of_charge(course: str, *codes: str, **encounter: Any) -> dict[str, Any]:
    """A request on a course of specialty 62; the codes are the referral's, in SKS."""
    referral = {"diagnoses": [{"code": code, "system": "sks"} for code in codes]}
    return request(**free(course, referral=referral, **encounter))


def swedish(*codes: str, **encounter: Any) -> dict[str, Any]:
    """A visit to a physiotherapist in Sweden."""
    return request(*codes, **{"jurisdiction": "se", "specialty": "fysioterapi", "visit_type": "FYS002", **encounter})


def kinds(answer: dict[str, Any]) -> list[str]:
    """The kinds of finding in an answer, in its order."""
    return [finding["kind"] for finding in answer["findings"]]


def found(answer: dict[str, Any], kind: str) -> dict[str, Any]:
    """The one finding of a kind."""
    (finding,) = (finding for finding in answer["findings"] if finding["kind"] == kind)
    return dict(finding)


def proposed(finding: dict[str, Any]) -> list[str]:
    """The suggestions of a finding, such as "replace L90"."""
    return [f"{item['action']} {item.get('code') or item.get('course')}" for item in finding["suggestions"]]


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
    "unknown-system": request(diagnoses=[{"code": "57773001", "system": "http://snomed.info/sct"}]),
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


# What random contacts are drawn from.
CODES = [
    *("L84", "L86", "L03", "L83", "L89", "L90", "L92", "L15", "L13", "L08", "L29", "L95", "X76", "Y78", "W78", "P76", "A30", "A62"),
    *(
        "L21",
        "L9O",
        "L2I",
        "A12",
        "N02",
        "L999",
        "L8",
        "M17.1",
        "DM171",
        "M54.5",
        "M48.0",
        "C50",
        "G35",
        "-57",
        "L57",
        " l84",
        "l90",
    ),
]
COURSES = [
    *(
        "cervikal-nerverod",
        "lumbal-nerverod",
        "lumbal-stenose",
        "artrose-knae",
        "artrose-hofte",
        "laenderyg",
        "artrose",
        "nerverod",
    ),
    *("sklerose", "parkinson", "stroke", "leddegigt", "artrose-kne", "lænderyg", "lumbal", None, None),
]


def random_contact(chance: random.Random) -> dict[str, Any]:
    """Draw a contact that is likely to be wrong."""
    roles = ["main", "secondary", "secondary", None]
    systems = [None, None, None, None, "icpc-2", "icd-10", "sks"]

    def diagnoses(most: int) -> list[dict[str, Any]]:
        return [
            {"code": chance.choice(CODES), "role": chance.choice(roles), "system": chance.choice(systems)}
            for _ in range(chance.randint(0, most))
        ]

    return {
        "date": chance.choice(["2024-06-01", "2025-03-31", "2025-04-01", "2025-10-01", "2027-06-01"]),
        "specialty": chance.choice(["51", "51", "51", "62", "57", "15"]),
        "course": chance.choice(COURSES),
        "phase": chance.choice([None, 1, 6]),
        "contact_number": chance.choice([None, 1, 9]),
        "patient": {"age": chance.choice([None, 10, 70]), "sex": chance.choice([None, "male", "female"])},
        "observations": {"radiating_pain": chance.choice([None, True, False]), "joints": chance.choice([None, ["hip"], ["knee"]])},
        "diagnoses": diagnoses(4),
        "previous_diagnoses": chance.choice([None, diagnoses(2)]),
        "saved_diagnoses": chance.choice([None, diagnoses(3)]),
    }
