"""The courses and rules of a release as JSON, for the HTTP lists and the command line."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from validator.contract.finding_kinds import KINDS
from validator.rulebook.course import Course, Entry
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule, Texts
from validator.texts import FINDINGS

# The kinds of findings by column of the course table.
COLUMN_KINDS: dict[str, tuple[str, ...]] = {
    "main_diagnosis": (
        "main-missing",
        "main-not-in-course-set",
        "required-code-only-secondary",
        "symptom-first",
        "new-code-wanted",
        "course-undecided",
        "before-rollout",
    ),
    "referral": ("via-referral", "referral-diagnosis-missing", "referral-course-mismatch", "before-rollout"),
    "phases": ("phase-missing", "phase-invalid"),
    "services": ("phase-service",),
}
# The last part of the id of a column's rule.
COLUMN_PARTS = {"main_diagnosis": "", "referral": "", "phases": ".phase", "services": ".services"}
CORE_KINDS = (
    "unknown-code",
    "wrong-system",
    "process-code",
    "retired-code",
    "multiple-main",
    "course-specialty-mismatch",
    "unknown-course",
    "unknown-specialty",
    "deleted-code",
    "duplicate-code",
    "override-without-reason",
    "override-refused",
    "unknown-override",
    "normalised",
    "unknown-system",
    "unknown-field",
    "suggestions-omitted",
    "findings-omitted",
)


def list_courses(release: Release, language: str) -> list[dict[str, Any]]:
    """Return the courses with every dated entry and its source."""
    return [_course(course, release, language) for course in release.courses.values()]


def list_rules(release: Release, language: str) -> list[dict[str, Any]]:
    """Return every rule that a finding may name.

    They are the rules of the release, of the course table, and built-in rules.
    """
    return [
        *(_rule(rule, release, language) for rule in release.rules),
        *_course_rules(release, language),
        *(_core(kind, language) for kind in CORE_KINDS),
    ]


def _course(course: Course, release: Release, language: str) -> dict[str, Any]:
    return {
        "id": course.id,
        "title": _text(course.title, release, language),
        "specialty": course.specialty,
        "specialties": list(course.specialties),
        "mandatory_from": _date(course.mandate_start if course.main_diagnosis else None),
        "main_diagnosis": [
            {
                **_entry(entry, release),
                "codes": list(entry.codes),
                "several": entry.several,
                "start_codes": list(entry.start_codes),
                "running": entry.running,
                "status": entry.status,
                "note": _text(entry.note, release, language) if entry.note else None,
            }
            for entry in course.main_diagnosis
        ],
        "referral": [{**_entry(entry, release), "sks": list(entry.sks), "icpc": list(entry.icpc)} for entry in course.referral],
        "phases": [{**_entry(entry, release), "first": entry.first, "last": entry.last} for entry in course.phases],
        "services": [
            {**_entry(entry, release), "by_phase": {str(phase): list(items) for phase, items in entry.by_phase.items()}}
            for entry in course.services
        ],
    }


def _entry(entry: Entry, release: Release) -> dict[str, Any]:
    return {"from": _date(entry.start), "to": _date(entry.to), "source": release.sources[entry.source].to_json()}


def _rule(rule: Rule, release: Release, language: str) -> dict[str, Any]:
    texts = _text(rule.message, release, language), _text(rule.explanation, release, language)
    details = _details(release, rule.specialties, rule.valid_from, rule.valid_to, rule.source)
    return {"id": rule.id, "origin": "rule", **_finding((rule.kind,), *texts), **details}


def _course_rules(release: Release, language: str) -> Iterator[dict[str, Any]]:
    for course in release.courses.values():
        for column, part in COLUMN_PARTS.items():
            entries: tuple[Entry, ...] = getattr(course, column)
            if entries:
                kinds = COLUMN_KINDS[column]
                yield {
                    "id": f"{release.pack}.{course.specialty}.{course.id}{part}",
                    "origin": "course",
                    "course": course.id,
                    **_finding(kinds, _text(course.title, release, language), FINDINGS[language][kinds[0]][1]),
                    **_details(release, course.specialties, entries[0].start, entries[-1].to, entries[-1].source),
                }


def _core(kind: str, language: str) -> dict[str, Any]:
    details: dict[str, Any] = {"specialties": [], "from": None, "to": None, "source": None}
    return {"id": f"core.{kind}", "origin": "core", **_finding((kind,), *FINDINGS[language][kind]), **details}


def _finding(kinds: Iterable[str], message: str, explanation: str) -> dict[str, Any]:
    return {"kinds": list(map(_kind, kinds)), "message": message, "explanation": explanation}


def _details(
    release: Release, specialties: Iterable[str], start: datetime.date | None, end: datetime.date | None, source: str
) -> dict[str, Any]:
    dates = {"from": _date(start), "to": _date(end)}
    return {"specialties": list(specialties), **dates, "source": release.sources[source].to_json()}


def _kind(name: str) -> dict[str, Any]:
    kind = KINDS[name]
    return {"kind": name, "severity": str(kind.severity), "blocking": kind.blocking, "audience": str(kind.audience)}


def _text(texts: Texts, release: Release, language: str) -> str:
    return texts.get(language) or texts.get(release.language, "")


def _date(date: datetime.date | None) -> str | None:
    return None if date is None else date.isoformat()
