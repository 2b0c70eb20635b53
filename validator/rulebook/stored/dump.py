"""A release as compact JSON: what the store keeps, what a server loads, and what is carried to another installation.

The same release always gives the same text, whatever its status; `restored` gives back an equal release with the same digest.
"""

import datetime
from typing import Any

from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.course import Course, Entry
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule
from validator.support.json_encoding import encode_json

FORMAT, VERSION = "kodevagt-release", 1


def dump_release(release: Release) -> str:
    """The release as JSON, without its status, which is not its own to know."""
    return encode_json(
        {
            "format": FORMAT,
            "version": VERSION,
            "pack": release.pack,
            "name": release.name,
            "languages": release.languages,
            "owner": dict(release.owner),
            "start": release.start.isoformat(),
            "sources": {name: source.to_json() for name, source in release.sources.items()},
            "specialties": {name: dict(texts) for name, texts in release.specialties.items()},
            "courses": list(map(_course, release.courses.values())),
            "rules": list(map(_rule, release.rules)),
        }
    )


def _course(course: Course) -> dict[str, Any]:
    columns: dict[str, list[dict[str, Any]]] = {
        "main_diagnosis": [
            {
                **_entry(entry),
                "codes": entry.codes,
                "status": entry.status,
                "note": entry.note and dict(entry.note),
                "several": entry.several,
                "start_codes": entry.start_codes,
            }
            for entry in course.main_diagnosis
        ],
        "referral": [{**_entry(entry), "sks": entry.sks, "icpc": entry.icpc} for entry in course.referral],
        "phases": [{**_entry(entry), "first": entry.first, "last": entry.last} for entry in course.phases],
        "services": [{**_entry(entry), "by_phase": list(entry.by_phase.items())} for entry in course.services],
    }
    return {"id": course.id, "title": dict(course.title), "specialties": course.specialties, **columns}


def _entry(entry: Entry) -> dict[str, Any]:
    return {"from": entry.start.isoformat(), "to": _day(entry.to), "source": entry.source}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "severity": str(rule.severity),
        "when": _condition(rule.when),
        "message": dict(rule.message),
        "explanation": dict(rule.explanation),
        "source": rule.source,
        "each": rule.each,
        "at": rule.at,
        "unless": rule.unless,
        "suggest": [[proposal.action, proposal.code, proposal.table] for proposal in rule.suggest],
        "specialties": rule.specialties,
        "from": _day(rule.valid_from),
        "to": _day(rule.valid_to),
        "examples": [[example.finds, example.encounter] for example in rule.examples],
    }


def _condition(condition: Condition) -> list[Any]:
    match condition:
        case Test(field, operator, value):
            return [operator, field, value]
        case All(parts):
            return ["all", *map(_condition, parts)]
        case AnyOf(parts):
            return ["any", *map(_condition, parts)]
        case Not(part):
            return ["not", _condition(part)]
        case Exists(tests, wanted):
            return ["diagnosis" if wanted else "no_diagnosis", *map(_condition, tests)]


def _day(date: datetime.date | None) -> str | None:
    return None if date is None else date.isoformat()
