"""The course table explained on one contact.

The explanation shows which entries are in force on the date of the contact, and what the contact has.
"""

import datetime
from collections.abc import Iterator

from validator.authoring.explain.condition_steps import ConditionStep, value_text
from validator.authoring.explain.entry_text import Sources, describe_entry, status_text
from validator.contract.encounter import Encounter
from validator.contract.verdict import Source
from validator.judging.contact_coder import ContactCoder
from validator.judging.contact_parts import codes_of
from validator.judging.earlier_codes import find_earlier_codes
from validator.rulebook.course import Course, Entry, MainDiagnosis, Phases, ReferralCodes, Services, entry_in_force
from validator.rulebook.facts import Value
from validator.rulebook.overview import COLUMN_PARTS
from validator.rulebook.release import Release
from validator.texts import alternatives, danish_text, written_date

_DA = "da"


def course_rules(release: Release) -> dict[str, tuple[Course, tuple[str, ...]]]:
    """Return the rules of the course table by name.

    Each is returned with its course and the columns that it comes from.
    """
    rules: dict[str, tuple[Course, tuple[str, ...]]] = {}
    for course in release.courses.values():
        for column, part in COLUMN_PARTS.items():
            if getattr(course, column):
                name = f"{release.pack}.{course.specialty}.{course.id}{part}"
                rules[name] = (course, (*rules.get(name, (course, ()))[1], column))
    return rules


def course_reasons(
    course: Course, columns: tuple[str, ...], encounter: Encounter, sources: Sources
) -> tuple[bool, tuple[str, ...]]:
    """Return whether an entry of the columns is in force for a contact, and why.

    The reasons are Danish sentences.
    """
    if encounter.course != course.id:
        key = "other-course" if encounter.course else "no-course"
        return False, (_reason(key, course=encounter.course, wanted=course.id),)
    if encounter.specialty.strip() not in course.specialties:
        wanted = alternatives(course.specialties, _DA)
        return False, (_reason("course-specialty", wanted=wanted, specialty=encounter.specialty),)
    entries = [entry_in_force(getattr(course, column), encounter.date) for column in columns]
    reasons = [
        _reason("entry", date=written_date(entry.start, _DA), entry=describe_entry(entry, sources, _DA))
        for entry in entries
        if entry
    ]
    if reasons:
        return True, tuple(reasons)
    first = min(getattr(course, column)[0].start for column in columns)
    key = "entry-not-yet" if encounter.date < first else "entry-ended"
    return False, (_reason(key, date=written_date(first, _DA), day=written_date(encounter.date, _DA)),)


def course_steps(course: Course, columns: tuple[str, ...], encounter: Encounter, coder: ContactCoder) -> tuple[ConditionStep, ...]:
    """Return every entry of the columns with whether it is in force.

    Below the entries in force, the steps show what the contact has.
    """
    return tuple(step for column in columns for step in _column_steps(course, column, encounter, coder))


def cite_source(source: Source) -> str:
    """Return a source with its date and status in Danish."""
    day = written_date(datetime.date.fromisoformat(source.date), _DA) if source.date else danish_text("authoring.date.none")
    return danish_text("authoring.entry.source", title=source.title, date=day, status=status_text(source.status, _DA))


def _reason(key: str, **values: object) -> str:
    return danish_text(f"authoring.reason.{key}", **values)


def _column_steps(course: Course, column: str, encounter: Encounter, coder: ContactCoder) -> Iterator[ConditionStep]:
    entries: tuple[Entry, ...] = getattr(course, column)
    current = entry_in_force(entries, encounter.date)
    for entry in entries:
        key = "ended-entry" if entry.to else "entry"
        text = describe_entry(entry, coder.release.sources, _DA)
        yield ConditionStep(
            danish_text(f"authoring.step.{key}", start=entry.start, end=entry.to, entry=text),
            entry is current,
            danish_text("authoring.step.date", value=encounter.date),
            parts=tuple(_entry_steps(entry, course, encounter, coder)) if entry is current else (),
        )


def _entry_steps(entry: Entry, course: Course, encounter: Encounter, coder: ContactCoder) -> Iterator[ConditionStep]:
    """Yield what the contact has for an entry in force."""
    match entry:
        case MainDiagnosis():
            mains = tuple(main.code for main in coder.reader(encounter.date).read(encounter).mains)
            yield _step("main", any(code in entry.codes for code in mains), mains)
            earlier = codes_of(encounter.previous_diagnoses, coder.release.system)
            right = find_earlier_codes(encounter, course, coder.release.system)
            known = None if earlier is None else bool(right.current or right.kept)
            yield _step("previous", known, earlier, "previous_diagnoses")
            if right.kept:
                yield _step("kept", entry.running == "keep", right.kept, "previous_diagnoses")
        case ReferralCodes():
            codes = tuple(diagnosis.code for diagnosis in encounter.referral.diagnoses) if encounter.referral else None
            yield _step("referral", None if codes is None else bool(codes), codes, "referral")
        case Phases():
            phase = encounter.phase
            yield _step("phase", None if phase is None else entry.first <= phase <= entry.last, phase, "phase")
        case Services():
            primary = entry.by_phase.get(encounter.phase or 0)
            services = encounter.services
            met = None if services is None or primary is None else all(service in primary for service in services)
            yield _step("services", met, services, "services")


def _step(key: str, result: bool | None, value: Value, field: str = "") -> ConditionStep:
    text = danish_text(f"authoring.step.{key}-value", value=value_text(value))
    return ConditionStep(danish_text(f"authoring.step.{key}"), result, text, field, value if field else None)
