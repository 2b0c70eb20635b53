"""Short forms of contacts for the fixture `judge`, and random contacts."""

import random
from typing import Any

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


def main(code: str, **others: Any) -> dict[str, Any]:
    """Return a contact with one main diagnosis."""
    return {"diagnoses": [{"code": code, "role": "main"}], **others}


def several(*codes: str, **others: Any) -> dict[str, Any]:
    """Return a contact with a main diagnosis and then secondary ones."""
    roles = ("main", *["secondary"] * len(codes))
    return {"diagnoses": [{"code": code, "role": role} for code, role in zip(codes, roles, strict=False)], **others}


def free(course: str, **others: Any) -> dict[str, Any]:
    """Return a contact on a course of specialty 62."""
    return {"specialty": "62", "course": course, **others}


def referred(code: str, **others: Any) -> dict[str, Any]:
    """Return the member `referral` with one diagnosis."""
    return {"referral": {"diagnoses": [{"code": code, **others}]}}


def kinds(answer: dict[str, Any]) -> list[str]:
    """Return the kinds of finding in an answer, in its order."""
    return [finding["kind"] for finding in answer["findings"]]


def found(answer: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return the only finding of a kind."""
    (finding,) = (finding for finding in answer["findings"] if finding["kind"] == kind)
    return dict(finding)


def proposed(finding: dict[str, Any]) -> list[str]:
    """Return the suggestions of a finding, such as "replace L90"."""
    return [f"{item['action']} {item.get('code') or item.get('course')}" for item in finding["suggestions"]]


def drawn(chance: random.Random) -> dict[str, Any]:
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
