"""Editions side by side: the catalogue as it is on each day, when editions have been added to the one that is shipped.

An edition is in force from its first day until that of the next one of its system; before the first of them the shipped catalogue
is. Every view knows the codes of all editions, each with the days on which it is valid: a code that a later edition leaves out is
right before and retired after. The process codes of ICPC-2 stay as they are shipped: distributions leave them out.
"""

import datetime
import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from validator.catalogue.catalogue import Catalogue, CatalogueTimeline, ImportedSystem
from validator.catalogue.code_systems import ICPC, lookup_key
from validator.catalogue.editions.edition import Concept, Edition
from validator.catalogue.rubric import CHAPTERS, Rubric
from validator.support.json_encoding import encode_json

_DAY = datetime.timedelta(days=1)
_FIRST_DIAGNOSIS = 70  # the number from which a code that nothing else is known of names a diagnosis, and no symptom
Days = tuple[datetime.date, datetime.date]


class _Era(NamedTuple):
    """What holds of a system between two days, both included; `edition` is None for what is shipped."""

    first: datetime.date
    last: datetime.date
    concepts: Mapping[str, Concept]
    edition: Edition | None

    def days(self, concept: Concept) -> Days:
        """The days of the era on which one of its codes is valid; the first is after the last where there are none."""
        return max(self.first, concept.valid_from or self.first), min(self.last, concept.valid_to or self.last)


def add_editions(base: Catalogue, editions: Iterable[Edition]) -> Catalogue:
    """The catalogue of today with editions added to it; of two that begin on one day the later one of the list holds.

    Its `on` gives that of any other day.
    """
    in_force = {(edition.system, edition.start): edition for edition in editions}
    if not in_force:
        return base
    systems = sorted({system for system, _ in in_force})
    eras = {system: list(_eras(base, [in_force[key] for key in sorted(in_force) if key[0] == system])) for system in systems}
    valid = {system: _valid(of_system) for system, of_system in eras.items()}
    starts = sorted({start for _, start in in_force})
    held: dict[tuple[str, datetime.date], ImportedSystem] = {}  # a system whose era goes on is the same in both views
    views = []
    for start in (datetime.date.min, *starts):
        imported = {}
        for system, of_system in eras.items():
            number = bisect_right([era.first for era in of_system], start) - 1
            key = system, of_system[number].first
            if key not in held:
                held[key] = _imported(base, of_system, number, valid[system])
            imported[system] = held[key]
        views.append(base.with_imported_systems(imported))
    timeline = CatalogueTimeline(base, tuple(starts), tuple(views), _identity(base, in_force.values()))
    for view in views:
        view.timeline = timeline
    return timeline.on(datetime.date.today())


def _eras(base: Catalogue, editions: list[Edition]) -> Iterator[_Era]:
    """The eras of one system, in order, over all days; `editions` in the order of their first days."""
    shipped = {rubric.code: _shipped(rubric) for rubric in base.rubrics.values()} if editions[0].system == ICPC else {}
    always = {code: concept for code, concept in shipped.items() if concept.kind == "process"}
    begins = [edition.start for edition in editions]
    if begins[0] > datetime.date.min:
        yield _Era(datetime.date.min, begins[0] - _DAY, shipped, None)
    ends = [*(start - _DAY for start in begins[1:]), datetime.date.max]
    for edition, last in zip(editions, ends, strict=True):
        own = {lookup_key(concept.code, edition.system): concept for concept in edition.concepts}
        # What a distribution says of a process code is its title; that it stays is not for the distribution to say.
        kept = {code: replace(concept, titles={**concept.titles, **_titles(own.get(code))}) for code, concept in always.items()}
        yield _Era(edition.start, last, {**own, **kept}, edition)


def _valid(eras: list[_Era]) -> dict[str, list[Days]]:
    """The days on which each code is valid, over all eras: first and last day of each stretch, in order."""
    found: dict[str, list[Days]] = {}
    for era in eras:
        for code, concept in era.concepts.items():
            first, last = era.days(concept)
            if first > last:
                continue
            stretches = found.setdefault(code, [])
            if stretches and stretches[-1][1] == first - _DAY:
                first = stretches.pop()[0]
            stretches.append((first, last))
    return found


def _imported(base: Catalogue, eras: list[_Era], number: int, valid: Mapping[str, list[Days]]) -> ImportedSystem:
    """A system as it is seen from one of its eras: every code that any era has."""
    era = eras[number]
    nearest = [*eras[number::-1], *eras[number + 1 :]]  # the era itself, those before it, those after it
    concepts: dict[str, Concept] = {}
    for other in nearest:
        for code, concept in other.concepts.items():
            if code not in concepts and code in valid:
                concepts[code] = _dated(concept, _stretch(valid[code], era))
    rubrics = {}
    if eras[-1].edition is not None and eras[-1].edition.system == ICPC:
        rubrics = {code: _rubric(concept, base.rubrics.get(code)) for code, concept in sorted(concepts.items())}
    return ImportedSystem(era.edition, concepts, frozenset(era.concepts), rubrics)


def _dated(concept: Concept, days: Days) -> Concept:
    """The concept with the days on which it is valid; most are valid always, and stay as they are."""
    first = None if days[0] == datetime.date.min else days[0]
    last = None if days[1] == datetime.date.max else days[1]
    if (first, last) == (concept.valid_from, concept.valid_to):
        return concept
    return replace(concept, valid_from=first, valid_to=last)


def _stretch(stretches: list[Days], era: _Era) -> Days:
    """The stretch of days that tells most about an era: one within it, else the last one before, else the first one after."""
    if len(stretches) == 1:
        return stretches[0]
    within = [days for days in stretches if days[0] <= era.last and days[1] >= era.first]
    before = [days for days in stretches if days[1] < era.first]
    return within[0] if within else before[-1] if before else stretches[0]


def _shipped(rubric: Rubric) -> Concept:
    place = rubric.chapter, rubric.component, rubric.kind
    return Concept(rubric.code, rubric.titles, rubric.valid_from, rubric.valid_to, *place)


def _rubric(concept: Concept, shipped: Rubric | None) -> Rubric:
    """The rubric of a concept: a shipped one keeps its place; of a new one its number tells what its edition does not."""
    days = concept.valid_from, concept.valid_to
    if shipped is not None:
        titles = {**shipped.titles, **concept.titles}
        return replace(shipped, titles=titles, valid_from=concept.valid_from, valid_to=concept.valid_to)
    diagnosis = int(concept.code[1:]) >= _FIRST_DIAGNOSIS
    component = concept.component or (7 if diagnosis else 1)
    kind = concept.kind or ("other" if component == 7 else "symptom")
    chapter = concept.chapter or (concept.code[0] if concept.code[0] in CHAPTERS else "")
    return Rubric(concept.code, chapter, component, kind, concept.titles, *days)


def _titles(concept: Concept | None) -> Mapping[str, str]:
    return concept.titles if concept else {}


def _identity(base: Catalogue, editions: Iterable[Edition]) -> str:
    """What tells this set of editions from any other: a release's digest is over it."""
    parts = sorted([edition.system, edition.start.isoformat(), edition.digest()] for edition in editions)
    return f"{base.edition}+{hashlib.sha256(encode_json(parts).encode()).hexdigest()[:16]}"
