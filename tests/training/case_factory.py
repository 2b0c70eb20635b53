"""Factories of cases and answers for tests."""

import datetime
from typing import Any

from validator.training.case import Answer, Case, CodedDiagnosis, CodeRemark
from validator.training.scoring_scheme import BodyRegion, FixedSet, PublishedRates, ScoringScheme, UnclearThreshold

SCORING = ScoringScheme(
    {"exact": 1.0, "accepted": 0.75, "group": 0.5, "chapter": 0.25, "miss": 0.0},
    {
        "knee": BodyRegion({"da": "Knæ", "en": "Knee"}, ("L15", "L78", "L90", "L96")),
        "hip": BodyRegion({"da": "Hofte", "en": "Hip"}, ("L13", "L89")),
        "balance": BodyRegion({"da": "Svimmelhed"}, ("N17", "H82")),
    },
    PublishedRates("En undersøgelse", 40, 10, 71, 84, 94),
    {"saettet": FixedSet({"da": "Sættet", "en": "The set"}, ("a", "b", "c"))},
    UnclearThreshold(10, 60),
)


def answer(*words: str) -> Answer:
    """Return an answer: "L90" is a main diagnosis, "+L15" a secondary one."""
    return tuple(CodedDiagnosis(word.lstrip("+"), "secondary" if word.startswith("+") else "main") for word in words)


def remarks(*codes: str) -> tuple[CodeRemark, ...]:
    return tuple(CodeRemark(code, {"da": f"Om {code}.", "en": f"About {code}."}) for code in codes)


RIGHT = answer("L90")


def case(id: str = "trappen", key: Answer = RIGHT, **values: Any) -> Case:
    """Return a case of the course artrose-knae."""
    text = {"da": "Tekst", "en": "Text"}
    defaults: dict[str, Any] = {
        "id": id,
        "version": 1,
        "title": text,
        "specialty": "51",
        "course": "artrose-knae",
        "level": "basic",
        "date": datetime.date(2025, 10, 14),
        "vignette": text,
        "question": text,
        "given": {},
        "key": key,
        "phase": None,
        "equally_right": (),
        "alternatives": (),
        "near_misses": (),
        "rationale": text,
        "rules": (),
        "why_it_matters": text,
        "author": "Kodevagt",
        "reviewed": datetime.date(2026, 11, 22),
        "status": "not-approved",
        "release": None,
    }
    return Case(**{**defaults, **values})
