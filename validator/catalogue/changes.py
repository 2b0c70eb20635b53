"""What an edition would change on its first day: the codes it adds, those that go, and those whose titles become others."""

from collections.abc import Mapping
from typing import NamedTuple

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.edition import Concept, Edition
from validator.catalogue.rubric import Rubric
from validator.catalogue.systems import ICPC
from validator.catalogue.timeline import side_by_side


class Retitled(NamedTuple):
    """A code whose title in a language becomes another."""

    code: str
    language: str
    before: str
    after: str


class Changes(NamedTuple):
    """Codes with a title each; `known` is false where nothing was known of the codes of the system before."""

    added: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    retitled: tuple[Retitled, ...]
    known: bool


def changes(base: Catalogue, in_use: list[Edition], edition: Edition) -> Changes:
    """What becomes different on the first day of an edition when it is taken in beside those in use."""
    before, after = (_valid(side_by_side(base, editions).on(edition.start), edition) for editions in (in_use, [*in_use, edition]))
    return Changes(
        tuple((code, _title(after[code])) for code in sorted(after.keys() - before.keys())),
        tuple((code, _title(before[code])) for code in sorted(before.keys() - after.keys())),
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


def _retitled(before: Mapping[str, Rubric | Concept], after: Mapping[str, Rubric | Concept]) -> list[Retitled]:
    return [
        Retitled(code, language, before[code].titles[language], title)
        for code in sorted(before.keys() & after.keys())
        for language, title in after[code].titles.items()
        if language in before[code].titles and before[code].titles[language] != title
    ]


def _title(code: Rubric | Concept) -> str:
    return next(iter(code.titles.values()), "")
