"""The rules by which the contacts of `samples/contacts.ndjson` are made up; run as a script, it writes the file.

Each situation is repeated on every date, so that a draft is tried before and after what it changes.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "samples" / "contacts.ndjson"
DATES = ("2025-02-15", "2025-05-15", "2025-11-15", "2026-06-15", "2027-03-15", "2027-09-15", "2028-03-15", "2029-03-15")
_PATIENTS = ((67, "female"), (52, "male"), (41, "female"), (74, "male"), (34, "other"))

# Specialty 51: the course, with the main diagnoses to try; "" is none, and "+" divides two main diagnoses.
_COURSES_51 = {
    "cervikal-nerverod": ("L83", "L01", "L92", ""),
    "lumbal-nerverod": ("L86", "L84", "L03", ""),
    "lumbal-stenose": ("L84", "L86", "L03", "L02", ""),
    "artrose-knae": ("L90", "L15", "L89", "L96", ""),
    "artrose-hofte": ("L89", "L13", "L90", ""),
    "artrose": ("L89", "L90", "L89+L90", "L15", ""),
    "laenderyg": ("L03", "L84", "L86", "L02", ""),
    "nerverod": ("L83", "L86", "L03", ""),
}
# Specialty 62: the course, with the code of the referral; the phase is counted through.
_COURSES_62 = {
    "sklerose": ("DG35", "DG20"),
    "parkinson": ("DG20", "DG35"),
    "stroke": ("DI639", "DI619"),
    "leddegigt": ("DM059", "DM069"),
}
# Contacts without a course: the main diagnosis, and what is recorded besides it.
_WITHOUT_COURSE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("L03", {}),
    ("L84", {"observations": {"radiating_pain": True}}),
    ("L84", {"observations": {"radiating_pain": False}}),
    ("L86", {"observations": {"radiating_pain": False}}),
    ("L86", {"observations": {"radiating_pain": True}}),
    ("L90", {"observations": {"joints": ["hip"]}}),
    ("L89", {"observations": {"joints": ["knee"]}}),
    ("L90", {"patient": {"age": 16, "sex": "female"}}),
    ("L95", {"patient": {"age": 27, "sex": "female"}}),
    ("X76", {"patient": {"age": 58, "sex": "male"}}),
    ("L15", {"contact_number": 7}),
    ("L13", {"contact_number": 7}),
    ("L08", {"contact_number": 6}),
    ("L92", {}),
    ("L77", {}),
    ("L99", {}),
    ("A29", {}),
    ("L29", {}),
    ("N17", {}),
    ("M17.1", {}),
)
_SWEDISH: tuple[tuple[str, dict[str, Any]], ...] = (
    ("M17.1", {"registrations": ["artrosregistret"]}),
    ("M17.1", {"registrations": []}),
    ("M16.1", {}),
    ("M54.5", {"visits_last_year": 24, "plan": False}),
    ("M54.5", {"measures": []}),
    ("", {}),
)


def sample_contacts() -> Iterator[dict[str, Any]]:
    """Yield the requests of the sample, without their ids."""
    for date in DATES:
        for number, contact in enumerate(_situations()):
            age, sex = _PATIENTS[number % len(_PATIENTS)]
            yield {"encounter": {"date": date, "patient": {"age": age, "sex": sex}, **contact}}


def sample_lines() -> Iterator[str]:
    """Yield the lines of the file."""
    for number, request in enumerate(sample_contacts(), 1):
        yield json.dumps({"encounter": {"id": f"sample-{number}", **request["encounter"]}}, ensure_ascii=False)


def _situations() -> Iterator[dict[str, Any]]:
    for course, tried in _COURSES_51.items():
        for codes in tried:
            yield {"specialty": "51", "course": course, "diagnoses": _mains(codes)}
        first = tried[0]
        yield {"specialty": "51", "course": course, "diagnoses": [{"code": first, "role": "secondary"}]}
        yield {"specialty": "51", "course": course, "diagnoses": [], "previous_diagnoses": [{"code": first, "role": "main"}]}
        yield {"specialty": "57", "course": course, "diagnoses": _mains(first)}
    for number, (course, referred) in enumerate(_COURSES_62.items()):
        for code in referred:
            referral = {"diagnoses": [{"code": code, "system": "sks"}]}
            yield {"specialty": "62", "course": course, "phase": number + 1, "diagnoses": [], "referral": referral}
        yield {"specialty": "62", "course": course, "diagnoses": []}
        yield {"specialty": "62", "course": course, "phase": 2, "diagnoses": [], "referral": {"diagnoses": []}}
    for specialty in ("51", "57"):
        for code, more in _WITHOUT_COURSE:
            yield {"specialty": specialty, "diagnoses": _mains(code), **more}
    for code, more in _SWEDISH:
        visit = {"jurisdiction": "se", "specialty": "fysioterapi", "visit_type": "FYS002"}
        yield {**visit, "diagnoses": _mains(code), **more}


def _mains(codes: str) -> list[dict[str, str]]:
    return [{"code": code, "role": "main"} for code in codes.split("+") if code]


if __name__ == "__main__":
    FILE.write_text("".join(f"{line}\n" for line in sample_lines()), encoding="utf-8")
