"""Supplements: titles, most often in another language, for the codes of an edition in use."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICPC, NAMES, lookup_key
from validator.catalogue.editions.edition import Concept, Edition
from validator.catalogue.editions.edition_import import PreparedEdition, check_size
from validator.catalogue.editions.formats.distribution import BrokenFileError, quoted
from validator.catalogue.rubric import is_process_code
from validator.support.errors import UserError
from validator.texts import danish_text

_MAX_CODES_SHOWN = 10


def complete_supplement(
    path: Path, prepared: PreparedEdition, base: Catalogue, in_use: Iterable[Edition], *, own_title: bool
) -> PreparedEdition:
    """Return the edition in force on the supplement's first day with the supplement's titles added.

    A title replaces the one in the same language. With `own_title` the edition has the supplement's title, else that of both.
    The shipped catalogue is the edition of ICPC-2 where none is in use.
    Raises UserError where there is no edition, BrokenFileError for codes that it lacks.
    """
    titles, lines = prepared.edition, prepared.supplement_lines or {}
    origin = _edition_in_force(titles, base, in_use)
    added = {lookup_key(concept.code, titles.system): concept for concept in titles.concepts}
    known = {lookup_key(concept.code, titles.system) for concept in origin.concepts}
    # Process codes are shipped with the catalogue, and an edition may give them titles.
    process_codes = [
        one for one in titles.concepts if titles.system == ICPC and is_process_code(one.code) and one.code not in known
    ]
    missing = [key for key in added if key not in known and added[key] not in process_codes]
    if missing:
        codes = [quoted(added[key].code) for key in missing]
        shown = ", ".join(codes[:_MAX_CODES_SHOWN]) + (" …" if len(codes) > _MAX_CODES_SHOWN else "")
        fault = danish_text("supplement.unknown-codes", number=len(codes), edition=origin.name, codes=shown)
        raise BrokenFileError(f"{path}:{lines[missing[0]]}: {fault}")
    concepts = [_with_titles(concept, added.get(lookup_key(concept.code, titles.system))) for concept in origin.concepts]
    both = danish_text("supplement.title", edition=origin.title, supplement=titles.title)
    verified = origin.verified and titles.verified
    edition = replace(titles, title=titles.title if own_title else both, verified=verified, concepts=(*concepts, *process_codes))
    check_size(edition, str(path))
    return prepared._replace(edition=edition, supplemented=origin.name)


def _edition_in_force(titles: Edition, base: Catalogue, in_use: Iterable[Edition]) -> Edition:
    """Return the edition of the supplement's system on its first day; of two from one day, the last of the list."""
    candidates = [edition for edition in in_use if edition.system == titles.system and edition.start <= titles.start]
    if candidates:
        return max(reversed(candidates), key=lambda edition: edition.start)
    if titles.system != ICPC:
        system = NAMES.get(titles.system, titles.system)
        raise UserError(danish_text("supplement.no-edition", system=quoted(system), start=titles.start))
    shipped = base.timeline.base
    concepts = tuple(
        Concept(rubric.code, rubric.titles, rubric.valid_from, rubric.valid_to, rubric.chapter, rubric.component, rubric.kind)
        for rubric in shipped.rubrics.values()
        if not is_process_code(rubric.code)
    )
    return replace(titles, name=shipped.edition, title=shipped.source["title"], verified=True, concepts=concepts)


def _with_titles(concept: Concept, added: Concept | None) -> Concept:
    titles: Mapping[str, str] = {**concept.titles, **added.titles} if added else concept.titles
    return replace(concept, titles=dict(sorted(titles.items())))
