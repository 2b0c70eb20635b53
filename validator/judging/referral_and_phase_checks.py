"""Check a contact of specialty 62.

The checks are of the diagnoses on the referral, the phase, and the services of the phase.
"""

from collections.abc import Iterable, Iterator

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICD10_SE, ICPC, SKS
from validator.catalogue.rubric import normal_form
from validator.contract.encounter import Diagnosis, Encounter
from validator.contract.verdict import Hit
from validator.judging.contact_parts import compact_code
from validator.judging.hits import course_hit
from validator.rulebook.course import Course, ReferralCodes, entry_in_force, entry_in_force_or_first
from validator.rulebook.release import Release
from validator.support.lookalikes import find_lookalikes, replace_lookalikes
from validator.texts.lookalike_texts import lookalike_texts


def referral_hits(encounter: Encounter, course: Course, release: Release, catalogue: Catalogue) -> Iterator[Hit]:
    """Check the diagnoses on the referral of a course in force.

    A referral with a diagnosis of an unknown system counts as not given: that diagnosis may be the one that belongs.
    """
    entry = entry_in_force(course.referral, encounter.date)
    if entry is None:
        return
    referral = encounter.referral
    if referral is not None and any(item.system and not catalogue.has_system(item.system) for item in referral.diagnoses):
        referral = None
    diagnoses = referral.diagnoses if referral else ()
    usable = any(_matches(item, entry) or _is_known(item, catalogue) for item in diagnoses)
    if referral is not None and not usable:
        yield _missing_hit(diagnoses, course, entry, release)
        return
    yield course_hit("via-referral", course, entry, release, "/encounter/referral")
    if any(_matches(item, entry) for item in diagnoses):
        return
    for index, item in enumerate(diagnoses):
        other = _find_course(item, encounter, release)
        if other is not None:
            path = f"/encounter/referral/diagnoses/{index}/code"
            values: dict[str, object] = {"code": normal_form(item.code), "other": other.id}
            yield course_hit("referral-course-mismatch", course, entry, release, path, values=values)
            return


def _missing_hit(diagnoses: Iterable[Diagnosis], course: Course, entry: ReferralCodes, release: Release) -> Hit:
    """Report that the referral has no usable diagnosis, and the first one that only looks like a code."""
    kind, path = "referral-diagnosis-missing", "/encounter/referral/diagnoses"
    for index, item in enumerate(diagnoses):
        code = normal_form(item.code)
        if (found := find_lookalikes(code)) and (meant := replace_lookalikes(code)):
            values = {"code": meant, "characters": lookalike_texts(found)}
            wording = "referral-diagnosis-lookalike"
            return course_hit(kind, course, entry, release, f"{path}/{index}/code", wording=wording, values=values)
    return course_hit(kind, course, entry, release, path)


def phase_hits(encounter: Encounter, course: Course, release: Release) -> Iterator[Hit]:
    """Check that the phase exists, and that it lists the services as primary."""
    phases = entry_in_force(course.phases, encounter.date)
    if phases is None:
        return
    bounds: dict[str, object] = {"first": phases.first, "last": phases.last}
    if encounter.phase is None:
        yield course_hit("phase-missing", course, phases, release, "/encounter/phase", column=".phase", values=bounds)
    elif not phases.first <= encounter.phase <= phases.last:
        values = {"phase": encounter.phase, **bounds}
        yield course_hit("phase-invalid", course, phases, release, "/encounter/phase", column=".phase", values=values)
    else:
        yield from _service_hits(encounter, encounter.phase, course, release)


def _service_hits(encounter: Encounter, phase: int, course: Course, release: Release) -> Iterator[Hit]:
    services = entry_in_force(course.services, encounter.date)
    if services is None or phase not in services.by_phase:
        return
    primary = services.by_phase[phase]
    for index, service in enumerate(encounter.services or ()):
        if service not in primary:
            path = f"/encounter/services/{index}"
            values: dict[str, object] = {"service": service, "phase": phase, "services": ", ".join(primary)}
            yield course_hit("phase-service", course, services, release, path, column=".services", values=values)


def _readings(diagnosis: Diagnosis) -> Iterator[tuple[str, str]]:
    """Yield (system, code without point) for each system that a code may be in.

    These are all systems where none is declared, and none where a character only looks like one of a code.
    """
    code = compact_code(diagnosis.code)
    if find_lookalikes(code):
        return
    if diagnosis.system in (None, ICPC):
        yield ICPC, code
    if diagnosis.system in (None, SKS):
        yield SKS, code
    if diagnosis.system in (None, ICD10, ICD10_SE):
        yield diagnosis.system or ICD10, code


def _matches(diagnosis: Diagnosis, entry: ReferralCodes) -> bool:
    for system, code in _readings(diagnosis):
        if code in entry.icpc if system == ICPC else (code if system == SKS else f"D{code}").startswith(entry.sks):
            return True
    return False


def _is_known(diagnosis: Diagnosis, catalogue: Catalogue) -> bool:
    """Return whether a known system has the code."""
    return any(catalogue.is_member(code, system) for system, code in _readings(diagnosis))


def _find_course(diagnosis: Diagnosis, encounter: Encounter, release: Release) -> Course | None:
    """Return the course, in force or coming, that a diagnosis on the referral belongs to."""
    for course in release.courses.values():
        entry = entry_in_force_or_first(course.referral, encounter.date)
        if entry is not None and _matches(diagnosis, entry):
            return course
    return None
