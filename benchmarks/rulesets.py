"""Synthetic rules of the same shapes as the shipped ones, with other constants, drawn with a fixed seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice

from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import JOINTS
from validator.rulebook.conditions import All, AnyOf, Condition, Constant, Exists, Not, Test
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule


def synthetic(release: Release, catalogue: Catalogue, count: int, seed: int = 62) -> tuple[Rule, ...]:
    """`count` rules, each one of the release's with other constants; none has dates or a specialty of its own."""
    draw = random.Random(seed)
    pools: dict[str, Sequence[str]] = {
        "code": [code for code, rubric in catalogue.rubrics.items() if rubric.chapter],
        "chapter": sorted({rubric.chapter for rubric in catalogue.rubrics.values() if rubric.chapter}),
        "course": list(release.courses),
        "observations.joints": JOINTS,
    }

    def made() -> Iterator[Rule]:
        for number, rule in enumerate(islice(cycle(release.rules), count)):
            when = _varied(rule.when, pools, draw)
            yield replace(rule, id=f"{rule.id}.{number}", when=when, specialties=(), valid_from=None, valid_to=None, examples=())

    return tuple(made())


def _varied(condition: Condition, pools: dict[str, Sequence[str]], draw: random.Random) -> Condition:
    match condition:
        case Test():
            return replace(condition, value=_value(condition, pools, draw))
        case All(parts):
            return All(tuple(_varied(part, pools, draw) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_varied(part, pools, draw) for part in parts))
        case Not(part):
            return Not(_varied(part, pools, draw))
        case Exists(tests, wanted):
            return Exists(tuple(replace(test, value=_value(test, pools, draw)) for test in tests), wanted)


def _value(test: Test, pools: dict[str, Sequence[str]], draw: random.Random) -> Constant:
    if test.field in pools:
        pool = pools[test.field]
        return tuple(draw.sample(pool, len(test.value))) if isinstance(test.value, tuple) else draw.choice(pool)
    if isinstance(test.value, bool):
        return draw.random() < 0.5
    if isinstance(test.value, int):
        return max(1, test.value + draw.randrange(-5, 6))
    return test.value
