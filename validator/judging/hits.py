"""Hits of the built-in checks."""

from collections.abc import Mapping

from validator.contract.verdict import Hit, Source, Suggestion
from validator.rulebook.course import Course, Entry, MainDiagnosis
from validator.rulebook.release import Release

CONTRACT = Source("Kodevagt, kontrakt v1")


def contract_hit(
    kind: str,
    path: str,
    values: Mapping[str, object],
    *,
    suggestions: tuple[Suggestion, ...] = (),
    system: str | None = None,
) -> Hit:
    """Create a hit of a check that the contract itself is the source of."""
    return Hit(kind, f"core.{kind}", path, CONTRACT, kind, suggestions=suggestions, values=values, system=system)


def course_hit(
    kind: str,
    course: Course,
    entry: Entry,
    release: Release,
    path: str,
    *,
    column: str = "",
    diagnosis: int | None = None,
    wording: str | None = None,
    suggestions: tuple[Suggestion, ...] = (),
    values: Mapping[str, object] | None = None,
) -> Hit:
    """Create a hit of the course table.

    Its rule is named after pack, specialty, course and `column`, such as ".phase".
    """
    source = release.sources[entry.source]
    if isinstance(entry, MainDiagnosis) and entry.status != "decided":
        source = Source(source.title, source.date, source.url, entry.status)
    rule = f"{release.pack}.{course.specialty}.{course.id}{column}"
    values = {"course": course.id, **(values or {})}
    return Hit(kind, rule, path, source, wording or kind, diagnosis=diagnosis, suggestions=suggestions, values=values)
