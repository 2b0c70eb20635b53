"""Reader of a FHIR CodeSystem in JSON. Headings and inactive codes are left out."""

import datetime
from collections.abc import Iterator
from typing import Any

from validator.catalogue.code_systems import URIS
from validator.catalogue.editions.formats.distribution import (
    BrokenFileError,
    Distribution,
    DistributionRow,
    clean_title,
    parse_day,
    quoted,
)
from validator.catalogue.editions.formats.located_json import LocatedObject
from validator.texts import danish_text

_INACTIVE_STATUSES = {"retired", "inactive"}


def is_fhir(value: Any) -> bool:
    return isinstance(value, LocatedObject) and value.get("resourceType") == "CodeSystem"


def read_fhir(resource: LocatedObject, label: str, name: str, language: str) -> Distribution:
    """Read a complete CodeSystem. Raises BrokenFileError."""
    url = resource.get("url")
    if not isinstance(url, str) or ":" not in url:
        raise BrokenFileError(f"{label}:{resource.line}: {danish_text('distribution.no-url')}")
    if resource.get("content") != "complete":
        fault = danish_text("distribution.incomplete", content=quoted(resource.get("content")))
        raise BrokenFileError(f"{label}:{resource.line}: {fault}")
    version, date = resource.get("version"), resource.get("date")
    names = [text for text in (resource.get("name") or resource.get("id") or name, version) if isinstance(text, str)]
    titles = [text for text in (resource.get("title") or resource.get("name") or url, version) if isinstance(text, str)]
    own_language = resource.get("language")
    default = own_language.partition("-")[0].lower() if isinstance(own_language, str) else language
    try:
        rows = tuple(_rows(resource, label, default))
    except RecursionError as error:
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.nested-too-deep')}") from error
    return Distribution(label, "-".join(names), " ".join(titles), rows, URIS.get(url, url), _whole_date(date))


def _whole_date(value: Any) -> str | None:
    """Return the day of a date or a timestamp as text, None for a year or a month, which FHIR allows, and for anything else."""
    try:
        day = _day(value)
    except ValueError:
        return None
    return day.isoformat() if day else None


def _rows(parent: LocatedObject, label: str, language: str) -> Iterator[DistributionRow]:
    concepts = parent.get("concept", [])
    if not isinstance(concepts, list):
        raise BrokenFileError(f"{label}:{parent.line}: {danish_text('distribution.concept-not-a-list')}")
    for concept in concepts:
        if not isinstance(concept, LocatedObject):
            raise BrokenFileError(f"{label}:{parent.line}: {danish_text('distribution.concept-not-an-object')}")
        try:
            row = _row(concept, language)
        except ValueError as error:
            raise BrokenFileError(f"{label}:{concept.line}: {error}") from error
        if row is not None:
            yield row
        yield from _rows(concept, label, language)


def _row(concept: LocatedObject, language: str) -> DistributionRow | None:
    """Return the row of a concept, None for one that cannot be chosen.

    Raises ValueError with a Danish text.
    """
    code = concept.get("code")
    if not isinstance(code, str) or not code.strip():
        raise ValueError(danish_text("distribution.code-not-text"))
    titles = dict(_designations(concept))
    display = concept.get("display")
    if isinstance(display, str) and display.strip():
        titles[language] = clean_title(display)
    properties = dict(_properties(concept))
    retired, end = _day(properties.get("retirementDate")), _day(properties.get("valid-to"))
    if retired is not None:
        end = retired - datetime.timedelta(days=1) if retired > datetime.date.min else retired
    is_inactive = properties.get("inactive") is True or _text(properties.get("status")) in _INACTIVE_STATUSES
    if properties.get("notSelectable") is True or (is_inactive and end is None):
        return None
    component = properties.get("component")
    return DistributionRow(
        concept.line,
        code,
        dict(sorted(titles.items())),
        _day(properties.get("valid-from")),
        end,
        _text(properties.get("chapter")),
        component if type(component) is int else None,
        _text(properties.get("kind")),
    )


def _designations(concept: LocatedObject) -> Iterator[tuple[str, str]]:
    """Yield language and text of titles in other languages: designations without a use."""
    for designation in _objects(concept, "designation"):
        if isinstance(designation.get("value"), str) and "use" not in designation:
            language = designation.get("language")
            if isinstance(language, str) and designation["value"].strip():
                yield language.partition("-")[0].lower(), clean_title(designation["value"])


def _properties(concept: LocatedObject) -> Iterator[tuple[str, Any]]:
    for item in _objects(concept, "property"):
        code = item.get("code")
        if isinstance(code, str):
            yield code, next((member for name, member in item.items() if name.startswith("value")), None)


def _objects(concept: LocatedObject, name: str) -> list[LocatedObject]:
    """Return the objects of a list. Raises ValueError with a Danish text for anything else."""
    items = concept.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, LocatedObject) for item in items):
        raise ValueError(danish_text("distribution.list-of-objects", name=name))
    return items


def _day(value: Any) -> datetime.date | None:
    """Return the day of a date or a timestamp, None for anything but a text."""
    return parse_day(value[: len("2026-01-01")]) if isinstance(value, str) else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
