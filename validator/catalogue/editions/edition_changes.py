"""Comparison of an edition with those in use."""

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from unicodedata import normalize

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICPC
from validator.catalogue.editions.edition import Concept, Edition
from validator.catalogue.rubric import Rubric


class RetitledCode(NamedTuple):
    """A code with a new title in a language."""

    code: str
    language: str
    before: str
    after: str


class DatedCode(NamedTuple):
    """A code that is valid on some days of an edition only; None is no limit."""

    code: str
    title: str
    first: datetime.date | None
    last: datetime.date | None


class EditionChanges(NamedTuple):
    """Codes with a title each; `has_previous` is false for the first edition of a system."""

    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    dated: tuple[DatedCode, ...]
    retitled: tuple[RetitledCode, ...]
    has_previous: bool


def compare_editions(catalogue: Catalogue, with_edition: Catalogue, edition: Edition) -> EditionChanges:
    """Return what changes when an edition is added to a catalogue."""
    before, after = (_valid_codes(view.on(edition.start), edition) for view in (catalogue, with_edition))
    dated = sorted(_dated_codes(before, edition), key=lambda item: item.code)
    dated_codes = {item.code for item in dated}
    return EditionChanges(
        tuple((code, _title(after[code])) for code in sorted(after.keys() - before.keys())),
        tuple((code, _title(before[code])) for code in sorted(before.keys() - after.keys() - dated_codes)),
        tuple(dated),
        tuple(_retitled_codes(before, after)),
        bool(before),
    )


def _valid_codes(catalogue: Catalogue, edition: Edition) -> Mapping[str, Rubric | Concept]:
    """Return the codes of the edition's system that are valid on its first day."""
    imported = catalogue.imported.get(edition.system)
    codes: Mapping[str, Rubric | Concept] = imported.concepts if imported else {}
    if edition.system == ICPC:
        codes = catalogue.rubrics
    return {code: concept for code, concept in codes.items() if concept.is_valid(edition.start)}


def _dated_codes(before: Mapping[str, Rubric | Concept], edition: Edition) -> Iterator[DatedCode]:
    """Yield the codes whose validity begins or ends within the edition.

    An end that was known before is no change.
    """
    for concept in edition.concepts:
        previous = before.get(concept.code)
        for begin, end in concept.periods:
            first = begin if begin > edition.start else None
            last = end if edition.start <= end < datetime.date.max else None
            if first or (last and not (previous and previous.valid_to == last)):
                yield DatedCode(concept.code, _title(concept), first, last)


def _retitled_codes(before: Mapping[str, Rubric | Concept], after: Mapping[str, Rubric | Concept]) -> list[RetitledCode]:
    return [
        RetitledCode(code, language, before[code].titles[language], title)
        for code in sorted(before.keys() & after.keys())
        for language, title in after[code].titles.items()
        if language in before[code].titles and normalize("NFC", before[code].titles[language]) != normalize("NFC", title)
    ]


def _title(code: Rubric | Concept) -> str:
    return next(iter(code.titles.values()), "")
