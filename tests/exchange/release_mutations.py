"""A release with a bit of everything, and mutations of its stored form."""

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.rulebook.rule_folder import COURSES, RULES, RuleFolder
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release

ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 7, 2**63, 10**30, 0.5, 1e308, float("nan")),
    *("", " ", "x", "a/b", "../../etc", "a" * 65, "a" * 201, "a" * 5000, "\u0000", "\x1b[31m", "a\nb", "\u2028", "\ud800"),
    *("javascript:alert(1)", "https://", "http://[", "https://ekm.dk/\n", "<script>", "{code}", "{", "%(x)s", "{{ 7 * 7 }}"),
    *("0001-01-01", "9999-12-31", "2025-02-30", "20250101", "2025-W01-1", "0000-00-00"),
    *("L21", "A45", "l84", "M17.1", "DG20", "sv", "no", "se", "dk", "core.x", "dk.51.laenderyg", "lille-2025", "moede"),
    *("all", "not", "any", "diagnosis", "is", "one_of", "empty", "phase", "code", "decided", "error", "video"),
    *([], {}, [[]], [None], [{}], {"": None}, {"x": 1}, {"da": ""}, ["L84", "L84"], ["is", "phase", "x"], ["all"], ["any"]),
    *(["not", ["all"]], ["is_not", "code", "L84"], ["one_of", "phase", [True]], ["all", ["is", "phase", 1], ["is", "phase", 1]]),
)
_MORE_RULES = """\
  - id: dk.laend
    kind: inconsistent-pair
    severity: information
    at: diagnoses
    when:
      diagnosis: {code: L84}
      no_diagnosis: {code: [L86], role: main}
      patient.age: {at_least: 18, at_most: 70}
      any: [{observations.joints: {includes: [hip]}}, {course: laenderyg}]
      not: {phase: {not: [1, 2]}}
    message: {da: "Beskeden.", en: "The message."}
    explanation: {da: "Forklaringen.", en: "The explanation."}
    suggest: [{action: add, table: course-set}, {action: add, code: L03}]
    source: moede
    specialty: ["51"]
    from: 2025-10-01
    to: 2029-12-31
    examples:
      - finds: {course: laenderyg, phase: 1, patient: {age: 40}, diagnoses: [{code: L84}]}
      - finds: {phase: 1, patient: {age: 40}, observations: {joints: [hip]}, diagnoses: [{code: L84}]}
      - passes: {diagnoses: [{code: L84, role: main}]}
"""


def rich_release(folder: Path, catalogue: Catalogue) -> Release:
    """Return a small release with every kind of part."""
    files = RuleFolder(folder, catalogue)
    start = '        start_codes: [L03]\n        running: ask\n        note: {da: "Under'
    files.write("courses.yaml", COURSES.replace('        note: {da: "Under', start))
    files.write("general.yaml", RULES.replace("    suggest:", "    unless: course-names-code\n    suggest:") + _MORE_RULES)
    files.edit("pack.yaml", "url: null", "url: https://ekm.dk/referat")
    return files.release()


def mutated(content: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return a copy of a stored release with one to three changes."""
    content = copy.deepcopy(content)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        parent, key = chance.choice([place for place in _places(content) if place[1] not in ("format", "version")])
        _change(parent, key, chance)
    return content


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every part of a value, as what contains it and its key or index."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _places(value[key])


def _change(parent: Any, key: Any, chance: random.Random) -> None:
    match chance.choice(("replace", "replace", "replace", "delete", "double", "rename", "wrap", "swap", "lengthen")):
        case "delete":
            del parent[key]
        case "double" if isinstance(parent, list):
            parent.insert(key, copy.deepcopy(parent[key]))
        case "rename" if isinstance(parent, dict):
            parent[str(chance.choice(ODD_VALUES))] = parent.pop(key)
        case "wrap":
            parent[key] = [parent[key]]
            for _ in range(chance.choice((0, 1, 30, 300))):
                parent[key] = ["not", parent[key]]
        case "swap":
            other = chance.choice(_keys(parent))
            parent[key], parent[other] = parent[other], parent[key]
        case "lengthen" if isinstance(parent[key], str | list):
            parent[key] = parent[key] * chance.choice((2, 50))
        case _:
            parent[key] = copy.deepcopy(chance.choice(ODD_VALUES))


def _keys(parent: Any) -> list[Any]:
    return list(parent) if isinstance(parent, dict) else list(range(len(parent)))
