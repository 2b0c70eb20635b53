"""Judges a contact against its structured course: the mandate of specialty 51, and the main diagnosis in general."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from rapidfuzz import fuzz, process

from validator.catalogue import normal_form
from validator.catalogue.systems import ICPC
from validator.encounter import Encounter
from validator.facts import Standing
from validator.reading import CONTRACT, Reading
from validator.rulebook import Release
from validator.rulebook.course import Course, Entry, MainDiagnosis, in_force
from validator.verdict import Hit, Source, Suggestion

_MAIN = "/encounter/diagnoses"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a contact belongs: its specialty and course as the release knows them (None where it does not), and what was found."""

    specialty: str | None
    course: Course | None
    hits: tuple[Hit, ...] = ()


def setting_of(encounter: Encounter, release: Release) -> Setting:
    """The specialty and course of a contact. A course of another specialty is left out of the judging."""
    specialty, course_id = encounter.specialty.strip(), encounter.course
    if release.specialties and specialty not in release.specialties:
        values = {"specialty": specialty, "release": release.name, "known": ", ".join(release.specialties)}
        return Setting(None, None, (_core("unknown-specialty", "/encounter/specialty", values),))
    if course_id is None:
        return Setting(specialty, None)
    course = release.courses.get(course_id)
    if course is None:
        near = tuple(Suggestion("replace", course=name) for name in _nearest_courses(course_id, release))
        hit = _core("unknown-course", "/encounter/course", {"given": course_id, "release": release.name}, near)
        return Setting(specialty, None, (hit,))
    if course.specialty != specialty:
        values = {"course": course.id, "wanted": course.specialty, "specialty": specialty}
        return Setting(specialty, None, (_core("course-specialty-mismatch", "/encounter/course", values),))
    return Setting(specialty, course)


def _core(kind: str, path: str, values: dict[str, str], suggestions: tuple[Suggestion, ...] = ()) -> Hit:
    return Hit(kind, f"core.{kind}", path, CONTRACT, kind, suggestions=suggestions, values=values)


def _nearest_courses(given: str, release: Release) -> list[str]:
    """Up to three courses by how much their id or Danish name resembles what was given."""
    names = {course.id: f"{course.id} {course.title[release.language]}".lower() for course in release.courses.values()}
    ranked = process.extract(given.lower().strip(), names, scorer=fuzz.partial_ratio, score_cutoff=60, limit=3)
    return [course_id for _, _, course_id in ranked]


def main_diagnosis_hits(encounter: Encounter, reading: Reading, course: Course | None, release: Release) -> Iterator[Hit]:
    """What is wrong with the main diagnosis, by the course where there is one. One fault gives one hit."""
    entry = in_force(course.main_diagnosis, encounter.date) if course else None
    mains = reading.mains
    together = entry is not None and entry.several and all(_named(entry, main) for main in mains)
    if len(mains) > 1 and not together:
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


def course_hit(
    kind: str,
    course: Course,
    entry: Entry,
    release: Release,
    path: str,
    *,
    part: str = "",
    diagnosis: int | None = None,
    suggestions: tuple[Suggestion, ...] = (),
    values: dict[str, object] | None = None,
) -> Hit:
    """A hit of the course table; its rule is named after pack, specialty and course, and `part` after the column."""
    source = release.sources[entry.source]
    if isinstance(entry, MainDiagnosis) and entry.status != "decided":
        source = Source(source.title, source.date, source.url, entry.status)
    rule = f"{release.pack}.{course.specialty}.{course.id}{part}"
    filled = {"course": course.id, **(values or {})}
    return Hit(kind, rule, path, source, kind, diagnosis=diagnosis, suggestions=suggestions, values=filled)


def _mandate_hit(encounter: Encounter, reading: Reading, course: Course, entry: MainDiagnosis, release: Release) -> Hit | None:
    """What the mandate finds; of several main diagnoses that stand together, the one outside the set decides."""
    mains = sorted(reading.mains, key=partial(_named, entry))
    main = mains[0] if mains else None

    def hit(kind: str, where: str, concerned: Standing | None, *suggestions: Suggestion, **values: object) -> Hit:
        code = {"code": concerned.code} if concerned else {}
        index = concerned.index if concerned else None
        filled = {"codes": entry.codes, **code, **values}
        return course_hit(kind, course, entry, release, where, diagnosis=index, suggestions=suggestions, values=filled)

    if main is not None and _named(entry, main):
        path = f"{_MAIN}/{main.index}/code"
        return hit("course-undecided", path, main, note=entry.note or {}) if entry.status == "undecided" else None
    if main is None and (not reading.complete or _coded_before(encounter, entry)):
        return None
    secondary = next((item for item in reading.standing if item.role == "secondary" and _named(entry, item)), None)
    if secondary is not None:
        make_main = Suggestion("make-main", secondary.code)
        return hit("required-code-only-secondary", f"{_MAIN}/{secondary.index}/role", secondary, make_main)
    if main is None:
        return hit("main-missing", _MAIN, None, *(Suggestion("add", code) for code in entry.codes))
    kind = "symptom-first" if main.system == ICPC and main.code in entry.start_codes else "main-not-in-course-set"
    return hit(kind, f"{_MAIN}/{main.index}/code", main, *(Suggestion("replace", code) for code in entry.codes))


def _named(entry: MainDiagnosis, diagnosis: Standing) -> bool:
    return diagnosis.system == ICPC and diagnosis.code in entry.codes


def _coded_before(encounter: Encounter, entry: MainDiagnosis) -> bool:
    """The duty is per course: a code of the set at an earlier contact fulfils it."""
    return any(
        (item.system or ICPC) == ICPC and normal_form(item.code) in entry.codes for item in encounter.previous_diagnoses or ()
    )
