"""The cost of a contact with 3,000 rules and with 30: 4 specialties x 25 intervals x 30 rules, contacts spread over all.

Every cell has the same 30 conditions under its own names, so that a contact fires equally often in both releases and only the
size differs. "Cache warm" is the second judging of the same contacts, because contacts spread over a hundred cells repeat less
often than in one.
"""

import datetime
import itertools
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from benchmarks.contacts import encounters
from benchmarks.rulesets import synthetic
from benchmarks.turns import bound, microseconds, progress, ratios, spread, take_turns
from validator import Encounter, Service, Validator, read_settings
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule

TURNS, CONTACTS = 7, 500
SPECIALTIES, INTERVALS, RULES = ("51", "57", "62", "65"), 25, 30
START, STEP = datetime.date(2020, 1, 1), datetime.timedelta(days=60)


def release_of(base: Release, rules: Sequence[Rule], specialties: Sequence[str], intervals: int) -> Release:
    """Return the base with the rules once in every cell: in force for one specialty in one interval."""
    cells = (
        replace(
            rule,
            id=f"{rule.id}.{specialty}.{interval}",
            specialties=(specialty,),
            valid_from=START + interval * STEP,
            valid_to=START + (interval + 1) * STEP - datetime.timedelta(days=1),
        )
        for specialty, interval in itertools.product(specialties, range(intervals))
        for rule in rules
    )
    return replace(base, name=f"{len(specialties)}x{intervals}x{len(rules)}", rules=tuple(cells))


def spread_over(judged: Sequence[Encounter], specialties: Sequence[str], intervals: int) -> list[Encounter]:
    """Return the contacts, each moved to the next cell, without courses, which belong to one specialty."""
    cells = itertools.cycle(itertools.product(specialties, range(intervals)))
    return [
        encounter._replace(course=None, specialty=specialty, date=START + interval * STEP + datetime.timedelta(days=20))
        for encounter, (specialty, interval) in zip(judged, cells, strict=False)
    ]


def main() -> None:
    settings = read_settings()
    service = Service.from_settings(settings)
    base = service.validator("dk").release
    rules = synthetic(base, service.catalogue, RULES)
    progress("drawing contacts")
    judged = encounters((TURNS + 1) * CONTACTS)
    sizes = {"30": (SPECIALTIES[:1], 1), "3000": (SPECIALTIES, INTERVALS)}
    contestants = {}
    for size, cells in sizes.items():
        release = release_of(base, rules, *cells)
        moved = spread_over(judged, *cells)
        for cache, cache_size in (("off", 0), ("warm", settings.cache)):
            progress(f"building {size} rules")
            validator = Validator(release, service.catalogue, cache_size)
            passes = 2 if cache_size else 1
            start = time.process_time()
            for encounter in {(item.specialty, item.date): item for item in moved}.values():
                validator.validate(encounter)
            built = time.process_time() - start
            if cache == "off":
                print(f"{len(release.rules)} rules: first contact of each specialty and interval {built * 1000:.0f} ms in all")
            contestants[f"{size} rules, cache {cache}"] = partial(turn, validator, moved, passes)
    figures = take_turns(contestants, TURNS)
    print(f"{'':24} {'µs a contact':>12}  over 30 rules")
    for name, values in figures.items():
        base_values = figures[f"30 rules, {name.partition(', ')[2]}"]
        print(f"{name:24} {statistics.median(values):12.1f}  {spread(ratios(values, base_values))}")
    for cache in ("off", "warm"):
        ratio = statistics.median(ratios(figures[f"3000 rules, cache {cache}"], figures[f"30 rules, cache {cache}"]))
        print(bound(f"cost of 3,000 rules over 30, cache {cache}", ratio, 1.5))


def turn(validator: Validator, moved: Sequence[Encounter], passes: int, number: int) -> float:
    """Return microseconds per contact in the last of the passes. Each turn has its own contacts."""
    begin = (number + 1) * CONTACTS
    return [microseconds(validator.validate, moved[begin : begin + CONTACTS], least=0) for _ in range(passes)][-1]


if __name__ == "__main__":
    main()
