"""Problems with sources: a title of the template, or a date in the future, long ago, or after what it supports has begun."""

import datetime
from collections.abc import Iterator, Mapping

from validator.authoring.checks.course_warnings import COLUMNS, source_date, years_after
from validator.authoring.checks.source_places import SourcePlaces
from validator.rulebook.course import Entry
from validator.rulebook.release import Release
from validator.rulebook.yaml.problems import Place, Problem
from validator.texts import danish_text

TEMPLATE_TITLE = "rules.draft.source-title"  # the text that a new draft has as the title of its source
_YEARS = 5


def source_warnings(
    release: Release, places: SourcePlaces, sources: Mapping[str, Place], head: Place, as_of: datetime.date
) -> Iterator[Problem]:
    """Yield the problems with sources, whose age is that on the day `as_of`.

    `sources` are the places of the dates in `pack.yaml`; `head` is that of the sources without one.
    """
    for name, source in release.sources.items():
        if source.title == danish_text(TEMPLATE_TITLE):
            yield Problem("template-title", sources.get(name, head), {"source": name})
        date = source_date(release, name)
        if date is not None and date > as_of:
            yield Problem("source-in-future", sources.get(name, head), {"source": name, "date": str(date)})
        elif date is not None and as_of > years_after(date, _YEARS):
            yield Problem("source-old", sources.get(name, head), {"source": name, "date": str(date)})
    for course in release.courses.values():
        for column in COLUMNS:
            entries: tuple[Entry, ...] = getattr(course, column)
            for number, entry in enumerate(entries):
                date = source_date(release, entry.source)
                if date is not None and entry.start < date:
                    values = {"course": course.id, "start": str(entry.start), "source": entry.source, "date": str(date)}
                    yield Problem("period-before-source", places.course(course.id, column, number, "source"), values)
