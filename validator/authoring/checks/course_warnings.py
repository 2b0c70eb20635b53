"""Warnings about dated entries: old sources, codes undecided for long, and invalid codes."""

import datetime
from collections.abc import Iterator

from validator.authoring.checks.source_places import SourcePlaces
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.course import Course, Entry, MainDiagnosis, ReferralCodes, entry_in_force
from validator.rulebook.release import Release
from validator.rulebook.yaml.problems import Place, Problem
from validator.texts import danish_text

COLUMNS = ("main_diagnosis", "referral", "phases", "services")


def course_warnings(release: Release, catalogue: Catalogue, places: SourcePlaces, as_of: datetime.date) -> Iterator[Problem]:
    """Yield the warnings of the course table.

    They include entries that are undecided and more than a year old on the day `as_of`.
    """
    for course in release.courses.values():
        for column in COLUMNS:
            entries: tuple[Entry, ...] = getattr(course, column)
            for number, entry in enumerate(entries):
                earlier = entries[number - 1] if number else None
                yield from _source_warnings(release, entry, earlier, places.course(course.id, column, number, "source"))
                yield from _code_warnings(catalogue, course, column, number, entry, places)
        yield from _undecided_warnings(course, places, as_of)


def dated_rule_warnings(release: Release, catalogue: Catalogue, places: SourcePlaces) -> Iterator[Problem]:
    """Yield the warnings about the sources of rules and the validity of the codes they suggest."""
    for rule in release.rules:
        date = _source_date(release, rule.source)
        if date and rule.valid_from and rule.valid_from > _year_after(date):
            values = {"source": rule.source, "date": str(date), "start": str(rule.valid_from)}
            yield Problem("source-older", places.rule(rule.id, "source"), values)
        for number, proposal in enumerate(rule.suggest):
            if proposal.code:
                place = places.rule(rule.id, "suggest", number)
                yield from _validity_warnings(catalogue, proposal.code, rule.valid_from, rule.valid_to, place)


def _source_warnings(release: Release, entry: Entry, earlier: Entry | None, place: Place) -> Iterator[Problem]:
    date = _source_date(release, entry.source)
    if date is None:
        return
    values = {"source": entry.source, "date": str(date)}
    before = _source_date(release, earlier.source) if earlier else None
    if before is not None and date < before:
        yield Problem("source-replaced", place, {**values, "other": str(before)})
    elif entry.start > _year_after(date):
        yield Problem("source-older", place, {**values, "start": str(entry.start)})


def _undecided_warnings(course: Course, places: SourcePlaces, as_of: datetime.date) -> Iterator[Problem]:
    entry = entry_in_force(course.main_diagnosis, as_of)
    if entry is not None and entry.status == "undecided" and as_of > _year_after(entry.start):
        place = places.course(course.id, "main_diagnosis", course.main_diagnosis.index(entry), "status")
        yield Problem("undecided-long", place, {"course": course.id, "start": str(entry.start)})


def _code_warnings(
    catalogue: Catalogue, course: Course, column: str, number: int, entry: Entry, places: SourcePlaces
) -> Iterator[Problem]:
    codes_by_key: dict[str, tuple[str, ...]] = {}
    if isinstance(entry, MainDiagnosis):
        codes_by_key = {"codes": entry.codes, "start_codes": entry.start_codes}
    elif isinstance(entry, ReferralCodes):
        codes_by_key = {"icpc": entry.icpc}
    for key, codes in codes_by_key.items():
        for index, code in enumerate(codes):
            place = places.course(course.id, column, number, key, index)
            yield from _validity_warnings(catalogue, code, entry.start, entry.to, place)


def _validity_warnings(
    catalogue: Catalogue, code: str, start: datetime.date | None, end: datetime.date | None, place: Place
) -> Iterator[Problem]:
    """Yield a warning where a code is used on days on which it is not valid."""
    rubric = catalogue.get(code)
    if rubric is None:
        return
    used = start or datetime.date.min, end or datetime.date.max
    if not any(first <= used[0] and used[1] <= last for first, last in rubric.periods):
        values = {"code": code, "used": _span(start, end), "valid": _span(rubric.valid_from, rubric.valid_to)}
        yield Problem("code-not-valid", place, values)


def _span(start: datetime.date | None, end: datetime.date | None) -> str:
    parts = [danish_text(f"authoring.date.{key}", date=date) for key, date in (("from", start), ("to", end)) if date]
    return " ".join(parts) or danish_text("authoring.date.none")


def _source_date(release: Release, source: str) -> datetime.date | None:
    text = release.sources[source].date
    return datetime.date.fromisoformat(text) if text else None


def _year_after(date: datetime.date) -> datetime.date:
    """Return the same day a year later, 1 March for 29 February.

    The result is at most `datetime.date.max`.
    """
    if date.year == datetime.MAXYEAR:
        return datetime.date.max
    try:
        return date.replace(year=date.year + 1)
    except ValueError:
        return datetime.date(date.year + 1, 3, 1)
