"""The differences between two versions of a course, in sentences."""

from collections.abc import Iterable, Iterator

from validator.authoring.checks.course_warnings import COLUMNS
from validator.authoring.explain.entry_text import Sources, describe_entry, status_text
from validator.rulebook.course import Course, Entry, MainDiagnosis, Phases, ReferralCodes, Services
from validator.texts import release_text, written_date


def course_changes(old: Course, new: Course, before: Sources, after: Sources, language: str) -> Iterator[str]:
    """Yield a sentence for each change of a course, in a language.

    `before` and `after` are the sources of the two releases.
    """
    for name in dict.fromkeys((*old.title, *new.title)):
        if old.title.get(name) != new.title.get(name):
            none = release_text("none", language)
            yield value_change("name", language, old.title.get(name, none), new.title.get(name, none), language=name)
    if old.specialties != new.specialties:
        yield specialty_change(old.specialties, new.specialties, language)
    for column in COLUMNS:
        for earlier, later in _pairs(getattr(old, column), getattr(new, column)):
            for change in _entry_changes(earlier, later, before, after, language):
                yield release_text(f"column.{column}", language, change=change)


def value_change(key: str, language: str, /, old: str, new: str, **values: object) -> str:
    """Return a sentence with the old and the new value.

    `key` names the value in the text catalogue.
    """
    return release_text("change.value", language, what=release_text(f"change.{key}", language, **values), new=new, old=old)


def specialty_change(old: tuple[str, ...], new: tuple[str, ...], language: str) -> str:
    """Return the sentence on the specialties of a course or a rule; no specialties means all."""
    every = release_text("change.all", language)
    key = "specialty" if len(new) == 1 else "specialties"
    return value_change(key, language, join(old, language, every), join(new, language, every))


def text_change(what: str, language: str, old: str | None, new: str | None) -> str:
    """Return two sentences: what a text is now, and what it was before."""
    return release_text("change.text", language, what=what, new=_sentence(new, language), old=_sentence(old, language))


def join(items: Iterable[str], language: str, empty: str | None = None) -> str:
    """Return the items with commas, or the text for none."""
    return ", ".join(items) or empty or release_text("none", language)


def _sentence(text: str | None, language: str) -> str:
    text = text or release_text("none", language)
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


def _entry_changes(old: Entry | None, new: Entry | None, before: Sources, after: Sources, language: str) -> Iterator[str]:
    if old is None and new is not None:
        yield release_text("period.added", language, day=_day(new, language), entry=describe_entry(new, after, language))
    elif new is None and old is not None:
        yield release_text("period.removed", language, day=_day(old, language), entry=describe_entry(old, before, language))
    elif old is not None and new is not None:
        yield from _value_changes(old, new, language)


def _value_changes(old: Entry, new: Entry, language: str) -> Iterator[str]:
    day = _day(new, language)
    if old.start != new.start:
        yield release_text("period.start", language, new=day, old=_day(old, language))
    if old.to != new.to:
        yield release_text("period.end", language, day=day, new=_end(new, language), old=_end(old, language))
    for what, before, after in _values(old, new, language):
        if before != after:
            yield release_text("period.value", language, day=day, what=what, new=after, old=before)
    if isinstance(old, MainDiagnosis) and isinstance(new, MainDiagnosis) and old.note != new.note:
        note = release_text("period.note", language, day=day)
        yield text_change(note, language, *_note_texts(old, new, language))
    if old.source != new.source:
        what = release_text("period.source", language)
        yield release_text("period.value", language, day=day, what=what, new=new.source, old=old.source)


def _note_texts(old: MainDiagnosis, new: MainDiagnosis, language: str) -> tuple[str | None, str | None]:
    """Return the old and the new text of a note, in the language if it changed there, otherwise in one in which it did."""
    before, after = old.note or {}, new.note or {}
    changed = next(name for name in (language, *before, *after) if before.get(name) != after.get(name))
    return before.get(changed), after.get(changed)


def _values(old: Entry, new: Entry, language: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the old value and the new value of each value of two entries.

    The entries belong to the same column.
    """
    phases = sorted({*old.by_phase, *new.by_phase}) if isinstance(old, Services) and isinstance(new, Services) else []
    before, after = _value_texts(old, phases, language), _value_texts(new, phases, language)
    for key, text in after.items():
        name, _, phase = key.partition(" ")
        yield release_text(f"period.{name}", language, phase=phase), before[key], text


def _value_texts(entry: Entry, phases: Iterable[int], language: str) -> dict[str, str]:
    match entry:
        case MainDiagnosis():
            several = release_text("period.allowed" if entry.several else "period.not-allowed", language)
            return {
                "codes": join(entry.codes, language),
                "status": status_text(entry.status, language),
                "several": several,
                "start_codes": join(entry.start_codes, language),
                "running": release_text(f"period.running-{entry.running}", language),
            }
        case ReferralCodes():
            return {"sks": join(entry.sks, language), "icpc": join(entry.icpc, language)}
        case Phases():
            return {"phases": release_text("period.range", language, first=entry.first, last=entry.last)}
        case Services():
            return {f"services {phase}": join(entry.by_phase.get(phase, ()), language) for phase in phases}
    raise TypeError(type(entry).__name__)


def _day(entry: Entry, language: str) -> str:
    return written_date(entry.start, language)


def _end(entry: Entry, language: str) -> str:
    return written_date(entry.to, language) if entry.to else release_text("period.no-end", language)
