"""The stream of contacts that the benchmarks send, drawn with a fixed seed.

Real traffic repeats itself: a clinic sees the same few courses and codes, with patients of all ages. Each contact is drawn from
the distributions below, so equal facts recur by chance; `repetition` measures how often.
"""

import datetime
import random
from collections.abc import Iterable, Iterator
from typing import Any

from validator import Encounter, Validator, read_request
from validator.engines.branches import Rows
from validator.engines.compiler import CompiledRules
from validator.judging.matcher import MatcherCache
from validator.rulebook.facts import Facts

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
PlanAndRows = tuple[CompiledRules, Facts, Rows]


def contact(draw: random.Random, secondary: int | None = None) -> dict[str, Any]:
    """One request of `/v1/validate`, with up to two secondary diagnoses or exactly `secondary`."""
    course, codes = draw.choice(COURSES)
    diagnoses = [{"code": draw.choice(codes), "role": "main"}]
    several = draw.choice([0, 0, 1, 1, 2]) if secondary is None else secondary
    diagnoses += [{"code": code, "role": "secondary"} for code in draw.sample(SECONDARY, several)]
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


def contacts(count: int, seed: int = 51, secondary: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield contacts, the same ones for the same seed."""
    draw = random.Random(seed)
    return (contact(draw, secondary) for _ in range(count))


def encounters(count: int, seed: int = 51, secondary: int | None = None) -> list[Encounter]:
    """Return the same contacts as encounters."""
    return [read_request(request).encounter for request in contacts(count, seed, secondary)]


def plans_and_rows(validator: Validator, judged: Iterable[Encounter]) -> Iterator[PlanAndRows]:
    """Yield the compiled rules in force, the facts and the rows of each contact."""
    compiled: dict[tuple[str, datetime.date], CompiledRules] = {}
    matchers = MatcherCache(validator.release)
    for encounter in judged:
        key = (encounter.specialty, encounter.date)
        if key not in compiled:
            compiled[key] = matchers.get(*key).compiled_rules
        facts = validator.facts(encounter)
        yield compiled[key], facts, compiled[key].encode(facts)


def repetition(validator: Validator, judged: Iterable[Encounter]) -> float:
    """Return the share of contacts whose rows equal those of an earlier one."""
    seen: set[tuple[CompiledRules, Rows]] = set()
    count = 0
    for compiled_rules, _, rows in plans_and_rows(validator, judged):
        seen.add((compiled_rules, rows))
        count += 1
    return 1 - len(seen) / count
