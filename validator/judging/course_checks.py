"""Judges a contact against its structured course: the mandate of specialty 51, and the main diagnosis in general."""

import datetime
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from rapidfuzz import fuzz, process

from validator.catalogue.code_systems import canonical
from validator.catalogue.rubric import normal_form
from validator.contract.encounter import Encounter
from validator.contract.verdict import Hit, Suggestion
from validator.judging.code_checks import Reading
from validator.judging.hits import CONTRACT, course_hit
from validator.rulebook.course import Course, MainDiagnosis, entry_in_force, entry_in_force_or_first
from validator.rulebook.facts import ResolvedDiagnosis
from validator.rulebook.release import Release

_MAIN = "/encounter/diagnoses"


class Setting(NamedTuple):
    """Where a contact belongs: its specialty and course as the release knows them (None where it does not), and what was found."""

    specialty: str | None
    course: Course | None
    hits: tuple[Hit, ...] = ()


def setting_of(encounter: Encounter, release: Release) -> Setting:
    """The specialty and course of a contact. A course of another specialty is left out of the judging."""
    specialty: str | None = encounter.specialty.strip()
    hits: list[Hit] = []
    if release.specialties and specialty not in release.specialties:
        values = {"specialty": str(specialty), "release": release.name, "known": ", ".join(release.specialties)}
        hits.append(_core("unknown-specialty", "/encounter/specialty", values))
        specialty = None
    course = release.courses.get(encounter.course or "")
    if course is None and encounter.course is not None:
        near = tuple(Suggestion("replace", course=name) for name in _nearest_courses(encounter.course, release))
        values = {"given": encounter.course, "release": release.name}
        hits.append(_core("unknown-course", "/encounter/course", values, near))
    belongs = course is not None and specialty in course.specialties
    if course is not None and specialty is not None and not belongs:
        wanted: dict[str, object] = {"course": course.id, "wanted": course.specialties, "specialty": specialty}
        hits.append(_core("course-specialty-mismatch", "/encounter/course", wanted))
    return Setting(specialty, course if belongs else None, tuple(hits))


def _core(kind: str, path: str, values: Mapping[str, object], suggestions: tuple[Suggestion, ...] = ()) -> Hit:
    return Hit(kind, f"core.{kind}", path, CONTRACT, kind, suggestions=suggestions, values=values)


def _nearest_courses(given: str, release: Release) -> list[str]:
    """Up to three courses by how much their id or Danish name resembles what was given."""
    names = {course.id: f"{course.id} {course.title[release.language]}".lower() for course in release.courses.values()}
    ranked = process.extract(given.lower().strip(), names, scorer=fuzz.partial_ratio, score_cutoff=60, limit=3)
    return [course_id for _, _, course_id in ranked]


def main_diagnosis_hits(encounter: Encounter, reading: Reading, setting: Setting, release: Release) -> Iterator[Hit]:
    """What is wrong with the main diagnosis, by the course where there is one. One fault gives one hit.

    Whether several main diagnoses may stand together is for the course to say, so a course that has no place says nothing.
    """
    course, mains = setting.course, reading.mains
    if encounter.course is not None and course is None:
        return
    entry = entry_in_force(course.main_diagnosis, encounter.date) if course else None
    if len(mains) > 1 and not _stand_together(mains, course, encounter.date, release.system):
        codes = ", ".join(main.code for main in mains)
        path = f"{_MAIN}/{mains[1].index}/role"
        yield Hit("multiple-main", "core.multiple-main", path, CONTRACT, "multiple-main", values={"codes": codes})
    elif course is not None and entry is not None:
        hit = _mandate_hit(encounter, reading, course, entry, release)
        if hit is not None:
            yield hit


def before_rollout(encounter: Encounter, course: Course, release: Release) -> Iterator[Hit]:
    """Says that the contact is older than what the course requires or collects."""
    start = course.mandate_start
    if start is not None and encounter.date < start:
        entry = (*course.main_diagnosis, *course.referral)[0]
        values = {"course": course.id, "date": start}
        yield course_hit("before-rollout", course, entry, release, "/encounter/date", values=values)


def _mandate_hit(encounter: Encounter, reading: Reading, course: Course, entry: MainDiagnosis, release: Release) -> Hit | None:
    """What the mandate finds; of several main diagnoses that stand together, the one outside the set decides."""
    system, mains = release.system, reading.mains
    main = min(mains, key=partial(_named, entry, system)) if mains else None

    def hit(kind: str, where: str, concerned: ResolvedDiagnosis | None, *suggestions: Suggestion, **values: object) -> Hit:
        code = {"code": concerned.code} if concerned else {}
        index = concerned.index if concerned else None
        filled = {"codes": entry.codes, **code, **values}
        return course_hit(kind, course, entry, release, where, diagnosis=index, suggestions=suggestions, values=filled)

    if main is not None and _named(entry, system, main):
        path = f"{_MAIN}/{main.index}/code"
        return hit("course-undecided", path, main, note=entry.note or {}) if entry.status == "undecided" else None
    if main is None and (not reading.complete or _coded_before(encounter, entry, system)):
        return None
    secondary = next((item for item in reading.diagnoses if item.role == "secondary" and _named(entry, system, item)), None)
    if secondary is not None:
        make_main = Suggestion("make-main", secondary.code)
        return hit("required-code-only-secondary", f"{_MAIN}/{secondary.index}/role", secondary, make_main)
    if main is None:
        return hit("main-missing", _MAIN, None, *(Suggestion("add", code) for code in entry.codes))
    path = f"{_MAIN}/{main.index}/code"
    if main.system == system and main.code in entry.start_codes:
        return hit("symptom-first", path, main)
    return hit("main-not-in-course-set", path, main, *(Suggestion("replace", code) for code in entry.codes))


def _stand_together(mains: list[ResolvedDiagnosis], course: Course | None, date: datetime.date, system: str) -> bool:
    entry = entry_in_force_or_first(course.main_diagnosis, date) if course else None
    return entry is not None and entry.several and all(_named(entry, system, main) for main in mains)


def _named(entry: MainDiagnosis, system: str, diagnosis: ResolvedDiagnosis) -> bool:
    return diagnosis.system == system and diagnosis.code in entry.codes


def _coded_before(encounter: Encounter, entry: MainDiagnosis, system: str) -> bool:
    """The duty is per course: a code of the set at an earlier contact fulfils it."""
    earlier = (item for item in encounter.previous_diagnoses or () if (item.system or system) == system)
    return any(canonical(normal_form(item.code), system) in entry.codes for item in earlier)
