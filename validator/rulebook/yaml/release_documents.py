"""A release as the located values of rule files, so that the readers of rule files check it.

The place of a value is its pointer in the rule files as they would be written, with rules by their ids.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.course import Course, Entry
from validator.rulebook.release import Release
from validator.rulebook.rule import Example, Proposal, Rule
from validator.rulebook.yaml.folder import read_files
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import Place, Problem
from validator.rulebook.yaml.release_files import PACK_FILE, ReleaseFiles
from validator.rulebook.yaml.release_reader import ReadRelease
from validator.rulebook.yaml.value_reader import is_identifier, is_name
from validator.support.json_pointer import escape_token

_RULES_FILE = "rules.yaml"
_TEST_KEYS = {"is_not": "not"}  # operators that rule files write otherwise


@dataclass(frozen=True, slots=True, order=True)
class ReleasePlace(Place):
    """A value of a release that came without rule files; `line` is its number in the order of the release."""

    pointer: str

    def __str__(self) -> str:
        return f"{self.file}:{self.pointer}"


def release_files(release: Release) -> ReleaseFiles:
    """Return the files that a release could have been read from; what no file can express is left out."""
    contents = {PACK_FILE: _head(release), _RULES_FILE: {"courses": _courses(release), "rules": list(map(_rule, release.rules))}}
    name = release.name if is_identifier(release.name) else ""
    numbers = count(1)
    located = {file: _located(content, name, "", numbers) for file, content in contents.items()}
    return ReleaseFiles(Path(release.pack, release.name), located, sent=True)


def read_again(release: Release, catalogue: Catalogue) -> tuple[ReadRelease, list[Problem]]:
    """Read a release that came without files as if from files, and return it with every problem."""
    read = read_files(release_files(release), {}, catalogue)
    return read, [*read.problems, *_other_forms(release, read)]


def _other_forms(release: Release, read: ReadRelease) -> Iterator[Problem]:
    """Yield a problem for each part that the readers take for something else than it is."""
    again, nodes = read.release, read.base.nodes
    if again is None:
        return
    known = {rule.id: (rule, rule.examples) for rule in again.rules}
    for rule in release.rules:
        if known.get(rule.id) != (rule, rule.examples):
            yield Problem("other-form", nodes["rules", rule.id].place)
    for name, course in release.courses.items():
        if again.courses.get(name) != course:
            yield Problem("other-form", nodes["courses", name].place)
    if replace(again, courses=release.courses, rules=release.rules) != release:
        yield Problem("other-form", read.head.place)


def _located(value: Any, file: str, pointer: str, numbers: Iterator[int]) -> Located:
    place = ReleasePlace(file, next(numbers), 1, pointer or "/")
    if isinstance(value, dict):
        places: dict[str, Place] = {}
        items: dict[str, Located] = {}
        for number, (key, item) in enumerate(value.items()):
            below = f"{pointer}/{escape_token(key) if is_name(key) else number}"
            places[key] = ReleasePlace(file, next(numbers), 1, below)
            items[key] = _located(item, file, below, numbers)
        return Located(items, place, places)
    if isinstance(value, list):
        ids = [item.get("id") if isinstance(item, dict) and pointer == "/rules" else None for item in value]
        steps = [id if isinstance(id, str) and is_identifier(id) else number for number, id in enumerate(ids)]
        return Located([_located(item, file, f"{pointer}/{step}", numbers) for item, step in zip(value, steps, strict=True)], place)
    return Located(value, place)


def _head(release: Release) -> dict[str, Any]:
    sources = {
        name: {"title": source.title, "date": source.date, "url": source.url, "status": source.status}
        for name, source in release.sources.items()
    }
    return {
        "pack": release.pack,
        "release": release.name,
        "status": release.status,
        "languages": list(release.languages),
        "owner": dict(release.owner),
        "start": release.start.isoformat(),
        "sources": sources,
        "specialties": {name: dict(texts) for name, texts in release.specialties.items()},
    }


def _courses(release: Release) -> dict[str, Any]:
    return {name: _course(course) for name, course in release.courses.items()}


def _course(course: Course) -> dict[str, Any]:
    columns = {
        "main_diagnosis": [
            {
                **_dated(entry),
                "codes": list(entry.codes),
                "status": entry.status,
                **_given(note=entry.note and dict(entry.note), several=entry.several, start_codes=list(entry.start_codes)),
                **_given(running=entry.running if entry.running != "keep" else None),
            }
            for entry in course.main_diagnosis
        ],
        "referral": [{**_dated(entry), "sks": list(entry.sks), "icpc": list(entry.icpc)} for entry in course.referral],
        "phases": [{**_dated(entry), "range": [entry.first, entry.last]} for entry in course.phases],
        "services": [
            {**_dated(entry), "by_phase": {str(phase): list(services) for phase, services in entry.by_phase.items()}}
            for entry in course.services
        ],
    }
    return {"title": dict(course.title), "specialty": list(course.specialties), **_given(**columns)}


def _dated(entry: Entry) -> dict[str, Any]:
    return {"from": entry.start.isoformat(), **_given(to=entry.to and entry.to.isoformat()), "source": entry.source}


def _rule(rule: Rule) -> dict[str, Any]:
    dates = {"from": rule.valid_from and rule.valid_from.isoformat(), "to": rule.valid_to and rule.valid_to.isoformat()}
    lists = {
        "unless": list(rule.unless),
        "suggest": list(map(_proposal, rule.suggest)),
        "specialty": list(rule.specialties),
    }
    return {
        "id": rule.id,
        "kind": rule.kind,
        "severity": str(rule.severity),
        **_given(each=rule.each, at=rule.at),
        "when": _condition(rule.when),
        "message": dict(rule.message),
        "explanation": dict(rule.explanation),
        "source": rule.source,
        **_given(**lists, **dates),
        "examples": list(map(_example, rule.examples)),
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {"action": proposal.action, **_given(code=proposal.code, table=proposal.table)}


def _example(example: Example) -> dict[str, Any]:
    return {"finds" if example.finds else "passes": dict(example.encounter)}


def _condition(condition: Condition) -> dict[str, Any]:
    """Return a condition as the mapping of a rule file; of two parts with one key, the second is left out."""
    written: dict[str, Any] = {}
    for part in condition.parts if isinstance(condition, All) else (condition,):
        match part:
            case Test():
                _add_test(written, part)
            case AnyOf(parts):
                written.setdefault("any", list(map(_condition, parts)))
            case Not(inner):
                written.setdefault("not", _condition(inner))
            case Exists(tests, wanted):
                written.setdefault("diagnosis" if wanted else "no_diagnosis", _block(tests))
    return written


def _block(tests: Iterable[Test]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for test in tests:
        _add_test(written, test)
    return written


def _add_test(written: dict[str, Any], test: Test) -> None:
    """Add a test; several tests of a field with keys of their own, such as two bounds, are one mapping."""
    value = list(test.value) if isinstance(test.value, tuple) else test.value
    if test.operator in ("is", "one_of"):
        written.setdefault(test.field, value)
        return
    tests = written.setdefault(test.field, {})
    if isinstance(tests, dict):
        tests.setdefault(_TEST_KEYS.get(test.operator, test.operator), value)


def _given(**values: Any) -> dict[str, Any]:
    """Return the values that a rule file would have, without those that are absent."""
    return {key: value for key, value in values.items() if value not in (None, False, [])}
