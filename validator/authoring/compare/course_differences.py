"""The differences between two versions of a course, in Danish sentences."""

from collections.abc import Iterable, Iterator

from validator.authoring.checks.course_warnings import COLUMNS
from validator.authoring.explain.course_explanation import Sources, describe_entry, status_text
from validator.rulebook.course import Course, Entry, MainDiagnosis, Phases, ReferralCodes, Services
from validator.texts import danish_text, written_date

_DA = "da"


def course_changes(old: Course, new: Course, before: Sources, after: Sources) -> Iterator[str]:
    """Yield a sentence for each change of a course.

    `before` and `after` are the sources of the two releases.
    """
    for language in dict.fromkeys((*old.title, *new.title)):
        if old.title.get(language) != new.title.get(language):
            yield value_change("name", old.title.get(language), new.title.get(language), language=language)
    if old.specialties != new.specialties:
        yield specialty_change(old.specialties, new.specialties)
    for column in COLUMNS:
        for earlier, later in _pairs(getattr(old, column), getattr(new, column)):
            for change in _entry_changes(earlier, later, before, after):
                yield danish_text(f"authoring.column.{column}", change=change)


def value_change(key: str, old: object, new: object, **values: object) -> str:
    """Return a sentence with the old and the new value.

    `key` names the value in the text catalogue.
    """
    return danish_text("authoring.change.value", what=danish_text(f"authoring.change.{key}", **values), new=new, old=old)


def specialty_change(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    """Return the sentence on the specialties of a course or a rule; no specialties means all."""
    every = danish_text("authoring.change.all")
    return value_change("specialty" if len(new) == 1 else "specialties", join(old, every), join(new, every))


def text_change(what: str, old: str | None, new: str | None) -> str:
    """Return two sentences: what a text is now, and what it was before."""
    return danish_text("authoring.change.text", what=what, new=_sentence(new), old=_sentence(old))


def join(items: Iterable[str], empty: str | None = None) -> str:
    """Return the items with commas, or the text for none."""
    return ", ".join(items) or empty or danish_text("authoring.value.none")


def _sentence(text: str | None) -> str:
    text = text or danish_text("authoring.value.none")
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _pairs(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> Iterator[tuple[Entry | None, Entry | None]]:
    """Pair entries that begin on the same day, then the remaining ones in their order."""
    starts = {entry.start: entry for entry in old}
    same = {entry.start for entry in new} & starts.keys()
    remaining = iter([entry for entry in old if entry.start not in same])
    for entry in new:
        yield (starts[entry.start] if entry.start in same else next(remaining, None)), entry
    for entry in remaining:
        yield entry, None


def _entry_changes(old: Entry | None, new: Entry | None, before: Sources, after: Sources) -> Iterator[str]:
    if old is None and new is not None:
        yield danish_text("authoring.period.added", day=_day(new), entry=describe_entry(new, after))
    elif new is None and old is not None:
        yield danish_text("authoring.period.removed", day=_day(old), entry=describe_entry(old, before))
    elif old is not None and new is not None:
        yield from _value_changes(old, new)


def _value_changes(old: Entry, new: Entry) -> Iterator[str]:
    day = _day(new)
    if old.start != new.start:
        yield danish_text("authoring.period.start", new=day, old=_day(old))
    if old.to != new.to:
        yield danish_text("authoring.period.end", day=day, new=_end(new), old=_end(old))
    for what, before, after in _values(old, new):
        if before != after:
            yield danish_text("authoring.period.value", day=day, what=what, new=after, old=before)
    if isinstance(old, MainDiagnosis) and isinstance(new, MainDiagnosis) and old.note != new.note:
        note = danish_text("authoring.period.note", day=day)
        yield text_change(note, (old.note or {}).get(_DA), (new.note or {}).get(_DA))
    if old.source != new.source:
        what = danish_text("authoring.period.source")
        yield danish_text("authoring.period.value", day=day, what=what, new=new.source, old=old.source)


def _values(old: Entry, new: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield the Danish name, the old value and the new value of each value of two entries.

    The entries belong to the same column.
    """
    phases = sorted({*old.by_phase, *new.by_phase}) if isinstance(old, Services) and isinstance(new, Services) else []
    before, after = _value_texts(old, phases), _value_texts(new, phases)
    for key, text in after.items():
        name, _, phase = key.partition(" ")
        yield danish_text(f"authoring.period.{name}", phase=phase), before[key], text


def _value_texts(entry: Entry, phases: Iterable[int]) -> dict[str, str]:
    match entry:
        case MainDiagnosis():
            several = danish_text("authoring.period.allowed" if entry.several else "authoring.period.not-allowed")
            return {
                "codes": join(entry.codes),
                "status": status_text(entry.status),
                "several": several,
                "start_codes": join(entry.start_codes),
                "running": danish_text(f"authoring.period.running-{entry.running}"),
            }
        case ReferralCodes():
            return {"sks": join(entry.sks), "icpc": join(entry.icpc)}
        case Phases():
            return {"phases": danish_text("authoring.period.range", first=entry.first, last=entry.last)}
        case Services():
            return {f"services {phase}": join(entry.by_phase.get(phase, ())) for phase in phases}
    raise TypeError(type(entry).__name__)


def _day(entry: Entry) -> str:
    return written_date(entry.start, _DA)


def _end(entry: Entry) -> str:
    return written_date(entry.to, _DA) if entry.to else danish_text("authoring.period.no-end")
