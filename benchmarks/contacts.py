"""The stream of contacts that the benchmarks send: a clinic's days, drawn with a fixed seed.

Real traffic repeats itself: a clinic sees the same few courses and codes, with patients of all ages. Each contact is drawn
anew from the distributions below, so equal facts come again as often as chance brings them.
"""

import random
from typing import Any

COURSES = [
    ("artrose-knae", ["L90", "L90", "L90", "L90", "L15", "L89"]),
    ("artrose-hofte", ["L89", "L89", "L89", "L13"]),
    ("laenderyg", ["L84", "L84", "L86", "L03", "L03", "L02"]),
    ("lumbal-nerverod", ["L86", "L86", "L86", "L84"]),
    ("cervikal-nerverod", ["L83", "L83", "L01"]),
    ("lumbal-stenose", ["L84", "L86", "L84", "L83"]),
    (None, ["L92", "L08", "L93", "L77", "L18", "L15", "L99", "N17", "L03", "L86", "L84", "A45", "M17.1", "L999"]),
]
SECONDARY = ["L03", "L18", "L92", "L15", "N01", "P76", "T82", "K86", "L28"]


def contact(draw: random.Random) -> dict[str, Any]:
    """One request of `/v1/validate`."""
    course, codes = draw.choice(COURSES)
    diagnoses = [{"code": draw.choice(codes), "role": "main"}]
    diagnoses += [{"code": code, "role": "secondary"} for code in draw.sample(SECONDARY, draw.choice([0, 0, 1, 1, 2]))]
    encounter: dict[str, Any] = {
        "id": f"k{draw.randrange(10**8)}",
        "date": f"2026-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}",
        "specialty": "51",
        "contact_number": draw.randrange(1, 11),
        "patient": {"age": draw.randrange(20, 90), "sex": draw.choice(["female", "male"])},
        "diagnoses": diagnoses,
    }
    if course:
        encounter["course"] = course
    if draw.random() < 0.5:
        encounter["observations"] = {"radiating_pain": draw.random() < 0.4, "joints": draw.sample(["hip", "knee", "back"], 1)}
    return {"encounter": encounter}


def contacts(count: int, seed: int = 51) -> list[dict[str, Any]]:
    """A stream of contacts, always the same for a seed."""
    draw = random.Random(seed)
    return [contact(draw) for _ in range(count)]
