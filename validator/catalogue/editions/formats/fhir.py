"""Reader of a FHIR CodeSystem in JSON: a complete one, or a supplement that adds titles to the codes of another."""

from collections.abc import Iterator
from typing import Any

from validator.catalogue.code_systems import URIS
from validator.catalogue.editions.formats.distribution import (
    BrokenFileError,
    Distribution,
    Question,
    parse_first_day,
    parse_last_day,
    quoted,
)
from validator.catalogue.editions.formats.fhir_concepts import ConceptReader
from validator.catalogue.editions.formats.located_json import LocatedObject
from validator.texts import danish_text

_STATUSES = ("active", "draft", "retired", "unknown")


def is_fhir(value: Any) -> bool:
    return isinstance(value, LocatedObject) and value.get("resourceType") == "CodeSystem"


def read_fhir(resource: LocatedObject, label: str, name: str, language: str) -> Distribution:
    """Read a CodeSystem; `language` is that of titles without one. Raises BrokenFileError."""
    try:
        url = _system_url(resource)
        questions = list(_questions(resource))
        concepts = ConceptReader(resource, label, language)
        rows = tuple(concepts.rows(resource))
        _check_count(resource, concepts.count)
    except RecursionError as error:
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.nested-too-deep')}") from error
    except ValueError as error:
        raise BrokenFileError(f"{label}:{resource.line}: {error}") from error
    version = resource.get("version")
    names = [text for text in (resource.get("name") or resource.get("id") or name, version) if isinstance(text, str)]
    titles = [
        text
        for text in (resource.get("title") or resource.get("name") or resource.get("url") or name, version)
        if isinstance(text, str)
    ]
    return Distribution(
        label,
        "-".join(names),
        " ".join(titles),
        rows,
        URIS.get(url, url),
        _whole_date(resource.get("date")),
        questions=(*questions, *concepts.properties.questions.values()),
        left_out={reason: tuple(codes) for reason, codes in concepts.left_out.items()},
        is_supplement=concepts.is_supplement,
    )


def _system_url(resource: LocatedObject) -> str:
    """Return the URL of the system whose codes a resource has, without a version. Raises ValueError with a Danish text."""
    content = resource.get("content")
    if content is None:
        raise ValueError(danish_text("distribution.no-content"))
    if content not in ("complete", "supplement"):
        raise ValueError(danish_text("distribution.incomplete", content=quoted(content)))
    member = "supplements" if content == "supplement" else "url"
    url = resource.get(member)
    if not isinstance(url, str) or ":" not in url:
        raise ValueError(danish_text("distribution.no-supplements" if member == "supplements" else "distribution.no-url"))
    return url.partition("|")[0]


def _questions(resource: LocatedObject) -> Iterator[Question]:
    """Yield what the owner must accept before the file is used. Raises ValueError with a Danish text."""
    status, experimental = resource.get("status"), resource.get("experimental")
    if status is not None and status not in _STATUSES:
        raise ValueError(danish_text("distribution.unknown-status", allowed=", ".join(_STATUSES), status=quoted(status)))
    if status not in (None, "active"):
        yield Question(status, danish_text(f"distribution.ask-{status}"))
    if experimental is not None and not isinstance(experimental, bool):
        name = "experimental"
        raise ValueError(danish_text("distribution.not-a-truth-value", name=name, value=quoted(experimental)))
    if experimental:
        yield Question("experimental", danish_text("distribution.ask-experimental"))


def _check_count(resource: LocatedObject, read: int) -> None:
    """Raise ValueError unless the file has as many concepts as it says, nested ones included."""
    count = resource.get("count")
    if count is not None and type(count) is not int:
        raise ValueError(danish_text("distribution.count-not-whole"))
    if count not in (None, read):
        raise ValueError(danish_text("distribution.wrong-count", count=count, concepts=read))


def _whole_date(value: Any) -> str | None:
    """Return the day of a date or a timestamp as text, None for a year or a month, which FHIR allows, and for anything else."""
    try:
        first, last = (parse(value) if isinstance(value, str) else None for parse in (parse_first_day, parse_last_day))
    except ValueError:
        return None
    return first.isoformat() if first and first == last else None
