"""A CodeSystem of FHIR in JSON. Headings are left out, and so is what the file itself calls inactive."""

import datetime
from collections.abc import Iterator
from typing import Any

from validator.catalogue.code_systems import URIS
from validator.catalogue.editions.formats.distribution import BrokenFileError, Distribution, DistributionRow, clean_title, parse_day
from validator.catalogue.editions.formats.located_json import LocatedObject

_OUT_OF_USE = {"retired", "inactive"}


def is_fhir(value: Any) -> bool:
    return isinstance(value, LocatedObject) and value.get("resourceType") == "CodeSystem"


def read_fhir(resource: LocatedObject, label: str, name: str, language: str) -> Distribution:
    """The codes of a CodeSystem that is complete. Raises BrokenFileError."""
    url = resource.get("url")
    if not isinstance(url, str) or ":" not in url:
        raise BrokenFileError(f"{label}:{resource.line}: url mangler; den siger, hvilket kodesystem det er")
    if resource.get("content") != "complete":
        given = resource.get("content")
        raise BrokenFileError(f"{label}:{resource.line}: content er {given}, ikke complete: filen har ikke alle systemets koder")
    version, date = resource.get("version"), resource.get("date")
    called = [text for text in (resource.get("name") or resource.get("id") or name, version) if isinstance(text, str)]
    titled = [text for text in (resource.get("title") or resource.get("name") or url, version) if isinstance(text, str)]
    own = resource.get("language")
    spoken = own.partition("-")[0].lower() if isinstance(own, str) else language
    try:
        rows = tuple(_rows(resource, label, spoken))
    except RecursionError as error:
        raise BrokenFileError(f"{label}:1: filen er for dybt indlejret") from error
    day = date[: len("2026-01-01")] if isinstance(date, str) else None
    return Distribution(label, "-".join(called), " ".join(titled), rows, URIS.get(url, url), day)


def _rows(parent: LocatedObject, label: str, language: str) -> Iterator[DistributionRow]:
    concepts = parent.get("concept", [])
    if not isinstance(concepts, list):
        raise BrokenFileError(f"{label}:{parent.line}: concept er ikke en liste")
    for concept in concepts:
        if not isinstance(concept, LocatedObject):
            raise BrokenFileError(f"{label}:{parent.line}: concept har noget, der ikke er et objekt")
        try:
            row = _row(concept, language)
        except ValueError as error:
            raise BrokenFileError(f"{label}:{concept.line}: {error}") from error
        if row is not None:
            yield row
        yield from _rows(concept, label, language)


def _row(concept: LocatedObject, language: str) -> DistributionRow | None:
    """The row of a concept; None where it is not a code to choose. Raises ValueError with a text for people."""
    code = concept.get("code")
    if not isinstance(code, str) or not code.strip():
        raise ValueError("code mangler eller er ikke tekst")
    titles = dict(_designations(concept))
    display = concept.get("display")
    if isinstance(display, str) and display.strip():
        titles[language] = clean_title(display)
    properties = dict(_properties(concept))
    retired, end = _day(properties.get("retirementDate")), _day(properties.get("valid-to"))
    if retired is not None:
        end = retired - datetime.timedelta(days=1)
    out_of_use = properties.get("inactive") is True or properties.get("status") in _OUT_OF_USE
    if properties.get("notSelectable") is True or (out_of_use and end is None):
        return None
    component = properties.get("component")
    return DistributionRow(
        concept.line,
        code,
        dict(sorted(titles.items())),
        _day(properties.get("valid-from")),
        end,
        _text(properties.get("chapter")),
        component if isinstance(component, int) else None,
        _text(properties.get("kind")),
    )


def _designations(concept: LocatedObject) -> Iterator[tuple[str, str]]:
    """Language and text of the titles in other languages: those that are not marked as something else than a name."""
    for designation in concept.get("designation", []):
        if isinstance(designation, LocatedObject) and isinstance(designation.get("value"), str) and "use" not in designation:
            spoken = designation.get("language")
            if isinstance(spoken, str) and designation["value"].strip():
                yield spoken.partition("-")[0].lower(), clean_title(designation["value"])


def _properties(concept: LocatedObject) -> Iterator[tuple[str, Any]]:
    for given in concept.get("property", []):
        if isinstance(given, LocatedObject):
            value = next((held for name, held in given.items() if name.startswith("value")), None)
            yield str(given.get("code")), value


def _day(value: Any) -> datetime.date | None:
    """The day of a date or of a time; both are written with the day first."""
    return parse_day(value[: len("2026-01-01")]) if isinstance(value, str) else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
