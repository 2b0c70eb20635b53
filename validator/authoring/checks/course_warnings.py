"""What is doubtful about the dated entries of a release: old sources, codes long undecided, codes that are not valid."""

import datetime
from collections.abc import Iterator

from validator.authoring.checks.source_places import Places
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.course import Course, Entry, MainDiagnosis, ReferralCodes, entry_in_force
from validator.rulebook.release import Release
from validator.rulebook.yaml.problems import Place, Problem

COLUMNS = ("main_diagnosis", "referral", "phases", "services")


def course_warnings(release: Release, catalogue: Catalogue, places: Places, as_of: datetime.date) -> Iterator[Problem]:
    """The warnings of the course table on a day; `as_of` is what "older than a year" is counted from."""
    for course in release.courses.values():
        for column in COLUMNS:
            entries: tuple[Entry, ...] = getattr(course, column)
            for number, entry in enumerate(entries):
                earlier = entries[number - 1] if number else None
                yield from _sources(release, entry, earlier, places.course(course.id, column, number, "source"))
                yield from _codes(catalogue, course, column, number, entry, places)
        yield from _undecided(course, places, as_of)


def dated_rule_warnings(release: Release, catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """The same of the rules: their sources, and the codes that they suggest."""
    for rule in release.rules:
        date = _date(release, rule.source)
        if date and rule.valid_from and rule.valid_from > _year_after(date):
            values = {"source": rule.source, "date": str(date), "start": str(rule.valid_from)}
            yield Problem("source-older", places.rule(rule.id, "source"), values)
        for number, proposal in enumerate(rule.suggest):
            if proposal.code:
                place = places.rule(rule.id, "suggest", number)
                yield from _validity(catalogue, proposal.code, rule.valid_from, rule.valid_to, place)


def _sources(release: Release, entry: Entry, earlier: Entry | None, place: Place) -> Iterator[Problem]:
    date = _date(release, entry.source)
    if date is None:
        return
    values = {"source": entry.source, "date": str(date)}
    before = _date(release, earlier.source) if earlier else None
    if before is not None and date < before:
        yield Problem("source-replaced", place, {**values, "other": str(before)})
    elif entry.start > _year_after(date):
        yield Problem("source-older", place, {**values, "start": str(entry.start)})


def _undecided(course: Course, places: Places, as_of: datetime.date) -> Iterator[Problem]:
    entry = entry_in_force(course.main_diagnosis, as_of)
    if entry is not None and entry.status == "undecided" and as_of > _year_after(entry.start):
        place = places.course(course.id, "main_diagnosis", course.main_diagnosis.index(entry), "status")
        yield Problem("undecided-long", place, {"course": course.id, "start": str(entry.start)})


def _codes(catalogue: Catalogue, course: Course, column: str, number: int, entry: Entry, places: Places) -> Iterator[Problem]:
    named: dict[str, tuple[str, ...]] = {}
    if isinstance(entry, MainDiagnosis):
        named = {"codes": entry.codes, "start_codes": entry.start_codes}
    elif isinstance(entry, ReferralCodes):
        named = {"icpc": entry.icpc}
    for key, codes in named.items():
        for index, code in enumerate(codes):
            place = places.course(course.id, column, number, key, index)
            yield from _validity(catalogue, code, entry.start, entry.to, place)


def _validity(
    catalogue: Catalogue, code: str, start: datetime.date | None, end: datetime.date | None, place: Place
) -> Iterator[Problem]:
    """Whether a code is valid all the time that it is used."""
    rubric = catalogue.get(code)
    if rubric is None:
        return
    late = rubric.valid_from is not None and (start is None or start < rubric.valid_from)
    early = rubric.valid_to is not None and (end is None or end > rubric.valid_to)
    if late or early:
        values = {"code": code, "used": _span(start, end), "valid": _span(rubric.valid_from, rubric.valid_to)}
        yield Problem("code-not-valid", place, values)


def _span(start: datetime.date | None, end: datetime.date | None) -> str:
    return " ".join(part for part in (f"fra {start}" if start else "", f"til {end}" if end else "") if part) or "uden dato"


def _date(release: Release, source: str) -> datetime.date | None:
    text = release.sources[source].date
    return datetime.date.fromisoformat(text) if text else None


def _year_after(date: datetime.date) -> datetime.date:
    """The same day a year later; 1 March after 29 February, and at most the last day that a date can be."""
    if date.year == datetime.MAXYEAR:
        return datetime.date.max
    try:
        return date.replace(year=date.year + 1)
    except ValueError:
        return datetime.date(date.year + 1, 3, 1)
