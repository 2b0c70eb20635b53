"""Warnings about dated entries: old sources, codes undecided for long, and invalid codes."""

import datetime
from collections.abc import Iterator

from validator.authoring.checks.source_places import SourcePlaces
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICPC, SKS
from validator.catalogue.valid_periods import valid_periods
from validator.rulebook.course import Course, Entry, MainDiagnosis, ReferralCodes, dated_entries, entry_in_force
from validator.rulebook.release import Release
from validator.rulebook.rule import Period
from validator.rulebook.yaml.problems import Place, Problem
from validator.texts import danish_text, enumeration

COLUMNS = ("main_diagnosis", "referral", "phases", "services")


def course_warnings(release: Release, catalogue: Catalogue, places: SourcePlaces, as_of: datetime.date) -> Iterator[Problem]:
    """Yield the warnings of the course table.

    They include entries that are undecided and more than a year old on the day `as_of`.
    """
    for course in release.courses.values():
        for column in COLUMNS:
            entries: tuple[Entry, ...] = getattr(course, column)
            for number, (entry, period) in enumerate(dated_entries(entries)):
                earlier = entries[number - 1] if number else None
                yield from _source_warnings(release, entry, earlier, places.course(course.id, column, number, "source"))
                for system, code, place in _named_codes(entry, release.system, places, course.id, column, number):
                    yield from _validity_warnings(catalogue, code, system, period, place, is_beginning=system == SKS)
        yield from _undecided_warnings(course, places, as_of)


def dated_rule_warnings(release: Release, catalogue: Catalogue, places: SourcePlaces) -> Iterator[Problem]:
    """Yield the warnings about the sources of rules and the validity of the codes they suggest."""
    for rule in release.rules:
        date = source_date(release, rule.source)
        if date and rule.valid_from and rule.valid_from > years_after(date):
            values = {"source": rule.source, "date": str(date), "start": str(rule.valid_from)}
            yield Problem("source-older", places.rule(rule.id, "source"), values)
        for number, proposal in enumerate(rule.suggest):
            if proposal.code:
                place = places.rule(rule.id, "suggest", number)
                yield from _validity_warnings(catalogue, proposal.code, release.system, rule.period, place)


def _source_warnings(release: Release, entry: Entry, earlier: Entry | None, place: Place) -> Iterator[Problem]:
    date = source_date(release, entry.source)
    if date is None:
        return
    values = {"source": entry.source, "date": str(date)}
    before = source_date(release, earlier.source) if earlier else None
    if before is not None and date < before:
        yield Problem("source-replaced", place, {**values, "other": str(before)})
    elif entry.start > years_after(date):
        yield Problem("source-older", place, {**values, "start": str(entry.start)})


def _undecided_warnings(course: Course, places: SourcePlaces, as_of: datetime.date) -> Iterator[Problem]:
    entry = entry_in_force(course.main_diagnosis, as_of)
    if entry is not None and entry.status == "undecided" and as_of > years_after(entry.start):
        place = places.course(course.id, "main_diagnosis", course.main_diagnosis.index(entry), "status")
        yield Problem("undecided-long", place, {"course": course.id, "start": str(entry.start)})


def _named_codes(
    entry: Entry, own_system: str, places: SourcePlaces, course: str, column: str, number: int
) -> Iterator[tuple[str, str, Place]]:
    """Yield system, code and place of the codes of an entry."""
    codes_by_key: dict[str, tuple[str, tuple[str, ...]]] = {}
    if isinstance(entry, MainDiagnosis):
        codes_by_key = {"codes": (own_system, entry.codes), "start_codes": (own_system, entry.start_codes)}
    elif isinstance(entry, ReferralCodes):
        codes_by_key = {"icpc": (ICPC, entry.icpc), "sks": (SKS, entry.sks)}
    for key, (system, codes) in codes_by_key.items():
        for index, code in enumerate(codes):
            yield system, code, places.course(course, column, number, key, index)


def _validity_warnings(
    catalogue: Catalogue, code: str, system: str, used: Period, place: Place, *, is_beginning: bool = False
) -> Iterator[Problem]:
    """Yield a warning where a code is used on days on which it is not valid."""
    valid = [Period(*days) for days in valid_periods(catalogue.timeline, code, system, is_beginning=is_beginning)]
    if valid and not any(period.contains(used) for period in valid):
        spans = enumeration(tuple(map(describe_days, valid)), "da")
        yield Problem("code-not-valid", place, {"code": code, "used": describe_days(used), "valid": spans})


def describe_days(period: Period) -> str:
    """Return the days of a period in Danish; a day that is no limit is left out."""
    first = None if period.first == datetime.date.min else period.first
    last = None if period.last == datetime.date.max else period.last
    parts = [danish_text(f"authoring.date.{key}", date=date) for key, date in (("from", first), ("to", last)) if date]
    return " ".join(parts) or danish_text("authoring.date.none")


def source_date(release: Release, source: str) -> datetime.date | None:
    """Return the date of a source; None where it has none."""
    text = release.sources[source].date
    return datetime.date.fromisoformat(text) if text else None


def years_after(date: datetime.date, years: int = 1) -> datetime.date:
    """Return the same day a year or more later, 1 March for 29 February.

    The result is at most `datetime.date.max`.
    """
    if date.year > datetime.MAXYEAR - years:
        return datetime.date.max
    try:
        return date.replace(year=date.year + years)
    except ValueError:
        return datetime.date(date.year + years, 3, 1)
