"""What an edition would change: the codes it adds, those that go, at once or later, and those whose titles become others."""

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICPC
from validator.catalogue.editions.edition import Concept, Edition
from validator.catalogue.editions.edition_timeline import add_editions
from validator.catalogue.rubric import Rubric


class RetitledCode(NamedTuple):
    """A code whose title in a language becomes another."""

    code: str
    language: str
    before: str
    after: str


class DatedCode(NamedTuple):
    """A code that the edition has, but not on all its days: the first or the last day of it; None is no bound."""

    code: str
    title: str
    first: datetime.date | None
    last: datetime.date | None


class EditionChanges(NamedTuple):
    """Codes with a title each; `known` is false where nothing was known of the codes of the system before."""

    added: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    later: tuple[DatedCode, ...]
    retitled: tuple[RetitledCode, ...]
    known: bool


def compare_editions(base: Catalogue, in_use: list[Edition], edition: Edition) -> EditionChanges:
    """What becomes different on the first day of an edition, and after it, when it is taken in beside those in use."""
    before, after = (_valid(add_editions(base, editions).on(edition.start), edition) for editions in (in_use, [*in_use, edition]))
    later = sorted(_later(before, edition))
    waiting = {one.code for one in later}
    return EditionChanges(
        tuple((code, _title(after[code])) for code in sorted(after.keys() - before.keys())),
        tuple((code, _title(before[code])) for code in sorted(before.keys() - after.keys() - waiting)),
        tuple(later),
        tuple(_retitled(before, after)),
        bool(before),
    )


def _valid(catalogue: Catalogue, edition: Edition) -> Mapping[str, Rubric | Concept]:
    """The codes of the edition's system that are valid on its first day."""
    held = catalogue.imported.get(edition.system)
    known: Mapping[str, Rubric | Concept] = held.concepts if held else {}
    if edition.system == ICPC:
        known = catalogue.rubrics
    return {code: one for code, one in known.items() if one.is_valid(edition.start)}


def _later(before: Mapping[str, Rubric | Concept], edition: Edition) -> Iterator[DatedCode]:
    """The codes that begin or end while the edition is in force; an end that was known before is no change."""
    for concept in edition.concepts:
        first = concept.valid_from if concept.valid_from and concept.valid_from > edition.start else None
        last = concept.valid_to if concept.valid_to and concept.valid_to >= edition.start else None
        known = before.get(concept.code)
        if first or (last and not (known and known.valid_to == last)):
            yield DatedCode(concept.code, _title(concept), first, last)


def _retitled(before: Mapping[str, Rubric | Concept], after: Mapping[str, Rubric | Concept]) -> list[RetitledCode]:
    return [
        RetitledCode(code, language, before[code].titles[language], title)
        for code in sorted(before.keys() & after.keys())
        for language, title in after[code].titles.items()
        if language in before[code].titles and before[code].titles[language] != title
    ]


def _title(code: Rubric | Concept) -> str:
    return next(iter(code.titles.values()), "")
