"""The course table explained on one contact: which entry is in force on its date, and what the contact says of it."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from validator.authoring.explain.condition_steps import Step
from validator.contract.encounter import Encounter
from validator.contract.verdict import Source
from validator.judging.contact_coder import ContactCoder
from validator.judging.contact_parts import codes_of
from validator.rulebook.course import Course, Entry, MainDiagnosis, Phases, ReferralCodes, Services, entry_in_force
from validator.rulebook.overview import COLUMN_PARTS
from validator.rulebook.release import Release
from validator.texts import alternatives, written_date

Sources = Mapping[str, Source]
_DA = "da"
STATUSES = {"decided": "afgjort", "undecided": "under afklaring", "unconfirmed": "ubekræftet"}


def course_rules(release: Release) -> dict[str, tuple[Course, tuple[str, ...]]]:
    """The rules of the course table by their name, each with its course and the columns behind it."""
    found: dict[str, tuple[Course, tuple[str, ...]]] = {}
    for course in release.courses.values():
        for column, part in COLUMN_PARTS.items():
            if getattr(course, column):
                name = f"{release.pack}.{course.specialty}.{course.id}{part}"
                found[name] = (course, (*found.get(name, (course, ()))[1], column))
    return found


def course_reasons(
    course: Course, columns: tuple[str, ...], encounter: Encounter, sources: Sources
) -> tuple[bool, tuple[str, ...]]:
    """Whether something of the columns holds for a contact, and why."""
    if encounter.course != course.id:
        given = f'på forløbet "{encounter.course}"' if encounter.course else "ikke på et forløb"
        return False, (f'Kontakten er {given}; reglen gælder "{course.id}".',)
    if encounter.specialty.strip() not in course.specialties:
        wanted = alternatives(course.specialties, _DA)
        return False, (f"Forløbet hører til speciale {wanted}; kontaktens er {encounter.specialty}.",)
    entries = [entry_in_force(getattr(course, column), encounter.date) for column in columns]
    reasons = [_force(entry, sources) for entry in entries if entry is not None]
    if reasons:
        return True, tuple(reasons)
    starts = [getattr(course, column)[0].start for column in columns]
    day = written_date(encounter.date, _DA)
    if encounter.date < min(starts):
        return False, (f"Det gælder først fra {written_date(min(starts), _DA)}; kontakten er fra {day}.",)
    return False, (f"Det gælder ikke længere; kontakten er fra {day}.",)


def course_steps(course: Course, columns: tuple[str, ...], encounter: Encounter, coder: ContactCoder) -> tuple[Step, ...]:
    """Every entry of the columns with whether it is in force, and under that one what the contact says."""
    return tuple(step for column in columns for step in _column(getattr(course, column), encounter, coder))


def status_of(entry: Entry, sources: Sources) -> str:
    """How settled an entry is, as a clinician is told: no more than its source."""
    own = entry.status if isinstance(entry, MainDiagnosis) else "decided"
    return sources[entry.source].status if own == "decided" else own


def described(entry: Entry, sources: Sources) -> str:
    """What an entry says and how settled it is, in Danish."""
    return f"{said_by(entry)} ({STATUSES[status_of(entry, sources)]})"


def cited(source: Source) -> str:
    """A source with its date and how settled it is, in Danish."""
    date = written_date(datetime.date.fromisoformat(source.date), _DA) if source.date else "uden dato"
    return f"{source.title} ({date}; {STATUSES[source.status]})"


def said_by(entry: Entry) -> str:
    """What an entry says, in Danish."""
    match entry:
        case MainDiagnosis():
            several = ", også flere sammen" if entry.several else ""
            start = f"; i begyndelsen også {alternatives(entry.start_codes, _DA)}" if entry.start_codes else ""
            return f"hoveddiagnose {alternatives(entry.codes, _DA)}{several}{start}"
        case ReferralCodes():
            return f"henvisning med {alternatives(entry.sks, _DA)} (SKS) eller {alternatives(entry.icpc, _DA)} (ICPC-2)"
        case Phases():
            return f"fase {entry.first} til {entry.last}"
        case Services():
            phases = [f"fase {phase}: {', '.join(items)}" for phase, items in sorted(entry.by_phase.items())]
            return f"primære ydelser, {'; '.join(phases)}"
    raise TypeError(type(entry).__name__)


def _column(entries: tuple[Entry, ...], encounter: Encounter, coder: ContactCoder) -> Iterator[Step]:
    held = entry_in_force(entries, encounter.date)
    for entry in entries:
        until = f" til {entry.to}" if entry.to else ""
        parts = tuple(_asked(entry, encounter, coder)) if entry is held else ()
        yield Step(
            f"fra {entry.start}{until}: {described(entry, coder.release.sources)}",
            entry is held,
            f"kontaktens dato: {encounter.date}",
            parts=parts,
        )


def _force(entry: Entry, sources: Sources) -> str:
    return f"Perioden fra {written_date(entry.start, _DA)} gælder: {described(entry, sources)}."


def _asked(entry: Entry, encounter: Encounter, coder: ContactCoder) -> Iterator[Step]:
    """What the contact says of an entry in force."""
    match entry:
        case MainDiagnosis():
            mains = [main.code for main in coder.reader(encounter.date).read(encounter).mains]
            yield Step(
                "hoveddiagnosen er en af koderne", any(code in entry.codes for code in mains), f"hoveddiagnose: {_list(mains)}"
            )
            earlier = codes_of(encounter.previous_diagnoses, coder.release.system)
            met = None if earlier is None else any(code in entry.codes for code in earlier)
            yield Step(
                "koden står på en tidligere kontakt", met, f"tidligere diagnoser: {_list(earlier)}", "previous_diagnoses", earlier
            )
        case ReferralCodes():
            codes = tuple(diagnosis.code for diagnosis in encounter.referral.diagnoses) if encounter.referral else None
            carried = None if codes is None else bool(codes)
            yield Step("henvisningen har en diagnose", carried, f"henvisning: {_list(codes)}", "referral", codes)
        case Phases():
            phase = encounter.phase
            within = None if phase is None else entry.first <= phase <= entry.last
            yield Step("fasen findes", within, f"fase: {'ikke oplyst' if phase is None else phase}", "phase", phase)
        case Services():
            primary = entry.by_phase.get(encounter.phase or 0)
            services = encounter.services
            met = None if services is None or primary is None else all(service in primary for service in services)
            yield Step("ydelserne er blandt fasens primære", met, f"ydelser: {_list(services)}", "services", services)


def _list(items: Sequence[str] | None) -> str:
    return "ikke oplyst" if items is None else ", ".join(items) or "ingen"
