"""Warnings about what a release changes in the one that it extends: nothing, the past, or a course that is nearly there."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from validator.authoring.checks.course_warnings import COLUMNS, describe_days
from validator.authoring.checks.source_places import SourcePlaces
from validator.authoring.explain.entry_text import entry_text
from validator.rulebook.course import Course, Entry, entry_in_force
from validator.rulebook.release import Release
from validator.rulebook.rule import Period
from validator.rulebook.yaml.problems import Place, Problem
from validator.texts import danish_text

_DAY = datetime.timedelta(days=1)
_UNJUDGED = frozenset({"start", "to", "source", "note"})  # fields of an entry that change no verdict on a day
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})
_CHARACTERS_A_MISTAKE = 6  # of two names, for each letter in which they may differ


def change_warnings(
    release: Release, base: Release | None, places: SourcePlaces, head: Place, as_of: datetime.date
) -> Iterator[Problem]:
    """Yield the warnings about what a release changes in its base.

    Days before `as_of` are in the past. `head` is the place of warnings about the release as a whole.
    """
    known = base.courses if base else {}
    if base is not None:
        if _is_unchanged(release, base):
            yield Problem("nothing-changed", head, {"base": base.name})
        for course in release.courses.values():
            if course.id in known and course is not known[course.id]:
                yield from _past_warnings(known[course.id], course, places, as_of)
    seen: list[Course] = list(known.values())
    for course in release.courses.values():
        if course.id not in known:
            yield from _alike_warnings(course, seen, places)
            seen.append(course)


def _is_unchanged(release: Release, base: Release) -> bool:
    """Return whether a release says the same as its base. A new source that nothing names is no change."""
    sources = {name: release.sources[name] for name in base.sources}
    return replace(release, name=base.name, sources=sources).digest("") == base.digest("")


def _past_warnings(old: Course, new: Course, places: SourcePlaces, as_of: datetime.date) -> Iterator[Problem]:
    for column in COLUMNS:
        for days, before, after in _changed_days(getattr(old, column), getattr(new, column)):
            if days.first < as_of:
                place = places.course(new.id, column) if getattr(new, column) else places.course(new.id)
                values = {"course": new.id, "days": describe_days(days), "before": _text(before), "after": _text(after)}
                yield Problem("past-verdicts-changed", place, values)


def _changed_days(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> Iterator[tuple[Period, Entry | None, Entry | None]]:
    """Yield the days on which other values are in force, with the old and the new entry; as few periods as possible."""
    ends = (entry.to + _DAY for entry in (*old, *new) if entry.to and entry.to < datetime.date.max)
    begins = sorted({*(entry.start for entry in (*old, *new)), *ends})
    rows = [(day, entry_in_force(old, day), entry_in_force(new, day)) for day in begins]
    firsts = [next(group) for _, group in groupby(rows, key=lambda row: (_judged(row[1]), _judged(row[2])))]
    lasts = [*(day - _DAY for day, _, _ in firsts[1:]), datetime.date.max]
    for (day, before, after), last in zip(firsts, lasts, strict=False):  # no day of an empty column
        if _judged(before) != _judged(after):
            yield Period(day, last), before, after


def _judged(entry: Entry | None) -> tuple[object, ...] | None:
    """Return the values of an entry that verdicts depend on."""
    return None if entry is None else tuple(getattr(entry, part.name) for part in fields(entry) if part.name not in _UNJUDGED)


def _text(entry: Entry | None) -> str:
    return danish_text("authoring.value.no-period") if entry is None else entry_text(entry, "da")


def _alike_warnings(course: Course, others: Iterable[Course], places: SourcePlaces) -> Iterator[Problem]:
    """Yield a warning where a course has nearly the id or a title of another one."""
    for other in others:
        pairs = [(course.id, other.id), *((title, other.title.get(language, "")) for language, title in course.title.items())]
        alike = next(((own, found) for own, found in pairs if _are_alike(own, found)), None)
        if alike is not None:
            values = {"course": course.id, "name": alike[0], "other": other.id, "found": alike[1]}
            yield Problem("nearly-same-course", places.course(course.id), values)


def _are_alike(one: str, other: str) -> bool:
    """Return whether two names differ in a few letters only; signs, capitals and the order of words do not count."""
    first, second = _plain(one), _plain(other)
    limit = min(len(first), len(second)) // _CHARACTERS_A_MISTAKE
    return bool(first and second) and Levenshtein.distance(first, second, score_cutoff=limit) <= limit


def _plain(name: str) -> str:
    letters = (letter if letter.isalnum() else " " for letter in name.casefold().translate(_LETTERS))
    return "".join(sorted("".join(letters).split()))
