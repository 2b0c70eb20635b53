"""Hits of the built-in checks: their source, and those that the course table brings."""

from validator.contract.verdict import Hit, Source, Suggestion
from validator.rulebook.course import Course, Entry, MainDiagnosis
from validator.rulebook.release import Release

CONTRACT = Source("Kodevagt, kontrakt v1")


def course_hit(
    kind: str,
    course: Course,
    entry: Entry,
    release: Release,
    path: str,
    *,
    part: str = "",
    diagnosis: int | None = None,
    suggestions: tuple[Suggestion, ...] = (),
    values: dict[str, object] | None = None,
) -> Hit:
    """A hit of the course table; its rule is named after pack, specialty and course, and `part` after the column."""
    source = release.sources[entry.source]
    if isinstance(entry, MainDiagnosis) and entry.status != "decided":
        source = Source(source.title, source.date, source.url, entry.status)
    rule = f"{release.pack}.{course.specialty}.{course.id}{part}"
    filled = {"course": course.id, **(values or {})}
    return Hit(kind, rule, path, source, kind, diagnosis=diagnosis, suggestions=suggestions, values=filled)
