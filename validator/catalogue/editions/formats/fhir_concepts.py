"""Concepts of a FHIR CodeSystem as rows, with their titles and the days on which they are valid."""

from collections.abc import Iterator
from typing import Any

from validator.catalogue.editions.formats.distribution import BrokenFileError, DistributionRow, quoted
from validator.catalogue.editions.formats.fhir_properties import Property, PropertyReader
from validator.catalogue.editions.formats.fhir_titles import primary_language, read_titles
from validator.catalogue.editions.formats.located_json import LocatedObject
from validator.texts import danish_text


class ConceptReader:
    """Reader of the concepts of a CodeSystem.

    `count` is the number read, nested ones too. `left_out` has the codes that cannot be chosen, by the reason in Danish.
    """

    def __init__(self, resource: LocatedObject, label: str, language: str) -> None:
        self.count = 0
        self.left_out: dict[str, list[str]] = {}
        self.properties = PropertyReader(read_objects(resource, "property"))
        self.is_supplement = resource.get("content") == "supplement"
        own_language = resource.get("language")
        declared = primary_language(own_language) if isinstance(own_language, str) else ""
        self._declared = declared != ""
        self._language = declared or language
        self._label = label

    def rows(self, parent: LocatedObject) -> Iterator[DistributionRow]:
        """Yield the rows of the concepts of a resource or a concept. Raises BrokenFileError."""
        concepts = parent.get("concept", [])
        if not isinstance(concepts, list):
            raise self._error_at(parent.line, danish_text("distribution.concept-not-a-list"))
        for concept in concepts:
            if not isinstance(concept, LocatedObject):
                raise self._error_at(parent.line, danish_text("distribution.concept-not-an-object"))
            self.count += 1
            try:
                row = self._row(concept)
            except ValueError as error:
                raise self._error_at(concept.line, str(error)) from error
            if row is not None:
                yield row
            yield from self.rows(concept)

    def _row(self, concept: LocatedObject) -> DistributionRow | None:
        """Return the row of a concept, None for one that is left out. Raises ValueError with a Danish text."""
        code = concept.get("code")
        if not isinstance(code, str) or not code.strip():
            raise ValueError(danish_text("distribution.code-not-text"))
        titles = read_titles(concept, read_objects(concept, "designation"), self._language, declared=self._declared)
        properties = list(_properties(concept))
        validity = self.properties.read(concept.line, properties)
        is_inactive = validity.is_inactive and validity.last is None
        if self.is_supplement:
            if validity.first or validity.last or validity.is_inactive:
                raise ValueError(danish_text("distribution.supplement-days", code=quoted(code)))
            reason = None if titles else danish_text("distribution.left-out-untitled")
        elif validity.is_heading:
            reason = danish_text("distribution.left-out-heading")
        else:
            reason = danish_text("distribution.left-out-inactive") if is_inactive else None
        if reason:
            self.left_out.setdefault(reason, []).append(code)
            return None
        values = {item.code: item.value for item in properties}
        component = values.get("component")
        return DistributionRow(
            concept.line,
            code,
            titles,
            validity.first,
            validity.last,
            _text(values.get("chapter")),
            component if type(component) is int else None,
            _text(values.get("kind")),
        )

    def _error_at(self, line: int, text: str) -> BrokenFileError:
        return BrokenFileError(f"{self._label}:{line}: {text}")


def _properties(concept: LocatedObject) -> Iterator[Property]:
    for item in read_objects(concept, "property"):
        code = item.get("code")
        if isinstance(code, str):
            member = next(filter(_is_value, item), "")
            yield Property(code, member, item.get(member))


def _is_value(member: str) -> bool:
    return member.startswith("value")


def read_objects(parent: LocatedObject, name: str) -> list[LocatedObject]:
    """Return the objects of a list. Raises ValueError with a Danish text for anything else."""
    items = parent.get(name)
    if items is None and name not in parent:
        return []
    if not isinstance(items, list) or not all(isinstance(item, LocatedObject) for item in items):
        raise ValueError(danish_text("distribution.list-of-objects", name=name))
    return items


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
