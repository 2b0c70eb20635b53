"""What changed in a course between two releases, in Danish sentences."""

from collections.abc import Iterable, Iterator

from validator.authoring.checks.course_warnings import COLUMNS
from validator.authoring.explain.course_explanation import STATUSES, Sources, described
from validator.rulebook.course import Course, Entry, MainDiagnosis, Phases, ReferralCodes, Services
from validator.texts import written_date

_DA = "da"
_COLUMNS = {
    "main_diagnosis": "Hoveddiagnosen",
    "referral": "Henvisningens diagnoser",
    "phases": "Faserne",
    "services": "De primære ydelser",
}


def course_changes(old: Course, new: Course, before: Sources, after: Sources) -> Iterator[str]:
    """A sentence for every change in a course; `before` and `after` are the sources of the two releases."""
    for language in dict.fromkeys((*old.title, *new.title)):
        if old.title.get(language) != new.title.get(language):
            yield f'Navnet på "{language}" er {new.title.get(language)} i stedet for {old.title.get(language)}.'
    if old.specialties != new.specialties:
        yield specialty_change(old.specialties, new.specialties)
    for column in COLUMNS:
        for earlier, later in _pairs(getattr(old, column), getattr(new, column)):
            yield from _entry_changes(_COLUMNS[column], (earlier, before), (later, after))


def specialty_change(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    """The specialties of a course or a rule; one without any holds for all."""
    what = "Specialet" if len(new) == 1 else "Specialerne"
    return f"{what} er {listed(new, 'alle')} i stedet for {listed(old, 'alle')}."


def text_change(what: str, old: str | None, new: str | None) -> str:
    """What a text is now and was before, each a sentence of its own."""
    return f"{what} nu: {_sentence(new)} Før: {_sentence(old)}"


def _sentence(text: str | None) -> str:
    text = text or "ingen"
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def listed(items: Iterable[str], nothing: str = "ingen") -> str:
    """Things in their order."""
    return ", ".join(items) or nothing


def _pairs(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> Iterator[tuple[Entry | None, Entry | None]]:
    """Entries that belong together: those that begin on the same day, then those that are left, in order."""
    starts = {entry.start: entry for entry in old}
    same = {entry.start for entry in new} & starts.keys()
    left = iter([entry for entry in old if entry.start not in same])
    for entry in new:
        yield (starts[entry.start] if entry.start in same else next(left, None)), entry
    for entry in left:
        yield entry, None


def _entry_changes(what: str, earlier: tuple[Entry | None, Sources], later: tuple[Entry | None, Sources]) -> Iterator[str]:
    (old, before), (new, after) = earlier, later
    if old is None and new is not None:
        yield f"{what}: ny periode fra {_day(new)}: {described(new, after)}."
    elif new is None and old is not None:
        yield f"{what}: perioden fra {_day(old)} er slettet: {described(old, before)}."
    elif old is not None and new is not None:
        yield from (f"{what}: {text}" for text in _values(old, new))


def _values(old: Entry, new: Entry) -> Iterator[str]:
    if old.start != new.start:
        yield f"perioden begynder {_day(new)} i stedet for {_day(old)}."
    if old.to != new.to:
        yield f"perioden fra {_day(new)} slutter {_end(new)} i stedet for {_end(old)}."
    since = f"fra {_day(new)}"
    for name, before, after in _compared(old, new):
        if before != after:
            yield f"{since} er {name} {after} i stedet for {before}."
    if isinstance(old, MainDiagnosis) and isinstance(new, MainDiagnosis) and old.note != new.note:
        yield text_change(f"{since} er noten", (old.note or {}).get(_DA), (new.note or {}).get(_DA))
    if old.source != new.source:
        yield f"{since} er kilden {new.source} i stedet for {old.source}."


def _compared(old: Entry, new: Entry) -> list[tuple[str, str, str]]:
    """The values of two entries of one column: what each is called, and both of them in words."""
    match old, new:
        case MainDiagnosis(), MainDiagnosis():
            return [
                ("koderne", listed(old.codes), listed(new.codes)),
                ("status", STATUSES[old.status], STATUSES[new.status]),
                ("flere hoveddiagnoser sammen", _truth(old.several), _truth(new.several)),
                ("symptomkoderne i begyndelsen", listed(old.start_codes), listed(new.start_codes)),
            ]
        case ReferralCodes(), ReferralCodes():
            return [("SKS-koderne", listed(old.sks), listed(new.sks)), ("ICPC-2-koderne", listed(old.icpc), listed(new.icpc))]
        case Phases(), Phases():
            return [("faserne", f"{old.first} til {old.last}", f"{new.first} til {new.last}")]
        case Services(), Services():
            phases = sorted({*old.by_phase, *new.by_phase})
            return [
                (f"ydelserne i fase {phase}", listed(old.by_phase.get(phase, ())), listed(new.by_phase.get(phase, ())))
                for phase in phases
            ]
    raise TypeError(type(old).__name__)


def _truth(value: bool) -> str:
    return "tilladt" if value else "ikke tilladt"


def _day(entry: Entry) -> str:
    return written_date(entry.start, _DA)


def _end(entry: Entry) -> str:
    return written_date(entry.to, _DA) if entry.to else "ikke"
