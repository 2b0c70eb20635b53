"""Check a contact against its structured course.

The checks are of the mandate of specialty 51, and of the main diagnosis in general.
"""

import datetime
from collections.abc import Iterator
from functools import partial

from rapidfuzz import fuzz, process

from validator.contract.encounter import Encounter
from validator.contract.verdict import Hit, Suggestion
from validator.judging.contact_parts import Placement, ReadDiagnoses
from validator.judging.earlier_codes import EarlierCodes, find_earlier_codes
from validator.judging.hits import contract_hit, course_hit
from validator.rulebook.course import Course, MainDiagnosis, entry_in_force, entry_in_force_or_first
from validator.rulebook.facts import ResolvedDiagnosis
from validator.rulebook.release import Release

_MAIN = "/encounter/diagnoses"


def find_placement(encounter: Encounter, release: Release) -> Placement:
    """Look up the specialty and course of a contact. A course of another specialty is left out."""
    specialty: str | None = encounter.specialty.strip()
    hits: list[Hit] = []
    values: dict[str, object]
    if release.specialties and specialty not in release.specialties:
        values = {"specialty": str(specialty), "release": release.name, "known": ", ".join(release.specialties)}
        hits.append(contract_hit("unknown-specialty", "/encounter/specialty", values))
        specialty = None
    course = release.courses.get(encounter.course or "")
    if course is None and encounter.course is not None:
        similar = tuple(Suggestion("replace", course=name) for name in _similar_courses(encounter.course, release))
        values = {"given": encounter.course, "release": release.name}
        hits.append(contract_hit("unknown-course", "/encounter/course", values, suggestions=similar))
    belongs = course is not None and specialty in course.specialties
    if course is not None and specialty is not None and not belongs:
        values = {"course": course.id, "wanted": course.specialties, "specialty": specialty}
        hits.append(contract_hit("course-specialty-mismatch", "/encounter/course", values))
    if course is None or not belongs:
        return Placement(specialty, None, tuple(hits))
    return Placement(specialty, course, tuple(hits), find_earlier_codes(encounter, course, release.system))


def _similar_courses(text: str, release: Release) -> list[str]:
    """Return up to three courses whose id or Danish name resembles a text.

    The most similar course is first.
    """
    names = {course.id: f"{course.id} {course.title[release.language]}".lower() for course in release.courses.values()}
    ranked = process.extract(text.lower().strip(), names, scorer=fuzz.partial_ratio, score_cutoff=60, limit=3)
    return [course_id for _, _, course_id in ranked]


def main_diagnosis_hits(encounter: Encounter, reading: ReadDiagnoses, placement: Placement, release: Release) -> Iterator[Hit]:
    """Check the main diagnosis, by the course where there is one. One fault gives one hit.

    A course decides whether there may be several main diagnoses, so nothing is reported for a course that is not known.
    """
    course, mains = placement.course, reading.mains
    if encounter.course is not None and course is None:
        return
    entry = entry_in_force(course.main_diagnosis, encounter.date) if course else None
    if len(mains) > 1 and not _may_combine(mains, course, encounter.date, release.system):
        codes = ", ".join(main.code for main in mains)
        yield contract_hit("multiple-main", f"{_MAIN}/{mains[1].index}/role", {"codes": codes})
    elif course is not None and entry is not None:
        hit = _mandate_hit(reading, course, entry, release, placement.earlier)
        if hit is not None:
            yield hit


def before_rollout_hits(encounter: Encounter, course: Course, release: Release) -> Iterator[Hit]:
    """Report a contact from before the course requires or collects anything."""
    start = course.mandate_start
    if start is not None and encounter.date < start:
        entry = (*course.main_diagnosis, *course.referral)[0]
        yield course_hit("before-rollout", course, entry, release, "/encounter/date", values={"date": start})


def _mandate_hit(
    reading: ReadDiagnoses, course: Course, entry: MainDiagnosis, release: Release, earlier: EarlierCodes
) -> Hit | None:
    """Check the main diagnosis against the mandate.

    Of several main diagnoses that may be combined, the one outside the set decides. A patient's course that was rightly coded
    before a change keeps its code, unless the entry asks for the new one.
    """
    system, mains = release.system, reading.mains
    main = min(mains, key=partial(_is_named, entry, system)) if mains else None

    def hit(kind: str, path: str, diagnosis: ResolvedDiagnosis | None, *suggestions: Suggestion, **values: object) -> Hit:
        code = {"code": diagnosis.code} if diagnosis else {}
        index = diagnosis.index if diagnosis else None
        values = {"codes": entry.codes, **code, **values}
        return course_hit(kind, course, entry, release, path, diagnosis=index, suggestions=suggestions, values=values)

    if main is not None and _is_named(entry, system, main):
        path = f"{_MAIN}/{main.index}/code"
        return hit("course-undecided", path, main, note=entry.note or {}) if entry.status == "undecided" else None
    if main is None and (not (reading.complete and reading.earlier_complete) or earlier.current):
        return None
    continues = bool(earlier.kept) if main is None else main.system == system and main.code in earlier.kept
    if continues and entry.running == "keep":
        return None
    secondary = next((item for item in reading.diagnoses if item.role == "secondary" and _is_named(entry, system, item)), None)
    wanted = {"date": entry.start, "earlier": ", ".join(earlier.kept)} if continues else {}
    if secondary is not None:
        make_main = Suggestion("make-main", secondary.code)
        kind = "new-code-wanted" if continues else "required-code-only-secondary"
        return hit(kind, f"{_MAIN}/{secondary.index}/role", secondary, make_main, **wanted)
    if main is None:
        kind = "new-code-wanted" if continues else "main-missing"
        return hit(kind, _MAIN, None, *(Suggestion("add", code) for code in entry.codes), **wanted)
    path = f"{_MAIN}/{main.index}/code"
    if main.system == system and main.code in entry.start_codes:
        return hit("symptom-first", path, main)
    kind = "new-code-wanted" if continues else "main-not-in-course-set"
    return hit(kind, path, main, *(Suggestion("replace", code) for code in entry.codes), **wanted)


def _may_combine(mains: list[ResolvedDiagnosis], course: Course | None, date: datetime.date, system: str) -> bool:
    entry = entry_in_force_or_first(course.main_diagnosis, date) if course else None
    return entry is not None and entry.several and all(_is_named(entry, system, main) for main in mains)


def _is_named(entry: MainDiagnosis, system: str, diagnosis: ResolvedDiagnosis) -> bool:
    return diagnosis.system == system and diagnosis.code in entry.codes
