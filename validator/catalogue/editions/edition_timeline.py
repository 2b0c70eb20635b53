"""The catalogue over time, with imported editions added to the shipped one.

An edition is in force until the next one of its system begins; the shipped catalogue is before the first. Every view has the
codes of all editions with the days on which they are valid: a code that a later edition leaves out is valid before it and retired
after. The process codes of ICPC-2 remain as shipped, since distributions leave them out.
"""

import datetime
import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from validator.catalogue.catalogue import Catalogue, CatalogueTimeline, ImportedSystem
from validator.catalogue.code_systems import BRIDGES, ICPC, lookup_key
from validator.catalogue.editions.edition import Concept, Edition
from validator.catalogue.rubric import CHAPTERS, Rubric
from validator.catalogue.validity import Days
from validator.support.garbage_collection import gc_deferred
from validator.support.json_encoding import encode_json

_DAY = datetime.timedelta(days=1)
_FIRST_DIAGNOSIS_NUMBER = 70  # of a code without component; lower numbers are symptoms


class _Era(NamedTuple):
    """The codes of a system between two days; `edition` is None for the shipped ones."""

    first: datetime.date
    last: datetime.date
    concepts: Mapping[str, Concept]
    edition: Edition | None

    def periods(self, concept: Concept) -> Iterator[Days]:
        """Yield the periods of the era in which a code is valid."""
        for first, last in concept.periods:
            if first <= self.last and last >= self.first:
                yield max(self.first, first), min(self.last, last)


@gc_deferred()
def add_editions(base: Catalogue, editions: Iterable[Edition]) -> Catalogue:
    """Return today's catalogue with editions added.

    Of two that begin on the same day, the last of the list is used. A map replaces the bridges on every day.
    """
    by_start = {(edition.system, edition.start): edition for edition in editions}
    if not by_start:
        return base
    identity = _identity(base, by_start.values())
    maps = [by_start.pop(key) for key in sorted(by_start) if key[0] == BRIDGES]
    bridged = base.with_bridges(maps[-1].bridges) if maps else base
    systems = sorted({system for system, _ in by_start})
    eras = {system: list(_eras(base, [by_start[key] for key in sorted(by_start) if key[0] == system])) for system in systems}
    valid = {system: _valid_days(system_eras) for system, system_eras in eras.items()}
    starts = sorted({start for _, start in by_start})
    dated = _DatedConcepts()
    shared: dict[tuple[str, datetime.date], ImportedSystem] = {}  # by system and era, which may extend over several views
    views = []
    for start in (datetime.date.min, *starts):
        imported = {}
        for system, system_eras in eras.items():
            number = bisect_right([era.first for era in system_eras], start) - 1
            key = system, system_eras[number].first
            if key not in shared:
                shared[key] = _imported_system(base, system_eras, number, valid[system], dated)
            imported[system] = shared[key]
        views.append(bridged.with_imported_systems(imported))
    timeline = CatalogueTimeline(base, tuple(starts), tuple(views), identity)
    for view in views:
        view.timeline = timeline
    return timeline.on(datetime.date.today())


def _eras(base: Catalogue, editions: list[Edition]) -> Iterator[_Era]:
    """Yield the eras of one system, which cover all days; `editions` are sorted by start."""
    shipped = {rubric.code: _as_concept(rubric) for rubric in base.rubrics.values()} if editions[0].system == ICPC else {}
    process_codes = {code: concept for code, concept in shipped.items() if concept.kind == "process"}
    starts = [edition.start for edition in editions]
    if starts[0] > datetime.date.min:
        yield _Era(datetime.date.min, starts[0] - _DAY, shipped, None)
    ends = [*(start - _DAY for start in starts[1:]), datetime.date.max]
    for edition, last in zip(editions, ends, strict=True):
        concepts = {lookup_key(concept.code, edition.system): concept for concept in edition.concepts}
        # A distribution may give a process code another title, but not end its validity.
        unended = {
            code: replace(concept, titles={**concept.titles, **_titles(concepts.get(code))})
            for code, concept in process_codes.items()
        }
        yield _Era(edition.start, last, {**concepts, **unended}, edition)


def _valid_days(eras: list[_Era]) -> dict[str, list[Days]]:
    """Return the periods in which each code is valid over all eras, in order."""
    periods: dict[str, list[Days]] = {}
    for era in eras:
        for code, concept in era.concepts.items():
            for first, last in era.periods(concept):
                of_code = periods.setdefault(code, [])
                begin = of_code.pop()[0] if of_code and of_code[-1][1] == first - _DAY else first
                of_code.append((begin, last))
    return periods


def _imported_system(
    base: Catalogue, eras: list[_Era], number: int, valid: Mapping[str, list[Days]], dated: "_DatedConcepts"
) -> ImportedSystem:
    """Return a system as of one of its eras, with the codes of all eras."""
    era = eras[number]
    by_precedence = [*eras[number::-1], *eras[number + 1 :]]  # the era itself, those before it, those after it
    concepts: dict[str, Concept] = {}
    for other in by_precedence:
        for code, concept in other.concepts.items():
            if code in concepts:
                continue
            if code in valid:
                concepts[code] = dated.get(concept, valid[code], _most_relevant_period(valid[code], era))
            elif concept.periods[-1][1] < other.first <= era.first:  # a code that the edition says was retired before it
                concepts[code] = concept
    rubrics = {}
    if eras[-1].edition is not None and eras[-1].edition.system == ICPC:
        rubrics = {code: _as_rubric(concept, base.rubrics.get(code)) for code, concept in sorted(concepts.items())}
    return ImportedSystem(era.edition, concepts, frozenset(era.concepts), rubrics)


class _DatedConcepts:
    """Concepts with other days of validity, which all views share: an edition may have 60,000."""

    def __init__(self) -> None:
        self._concepts: dict[tuple[int, Days], Concept] = {}  # by the identity of the concept, which the eras keep alive

    def get(self, concept: Concept, periods: list[Days], shown: Days) -> Concept:
        """Return the concept with its validity, the same object where it does not change."""
        key = id(concept), shown
        known = self._concepts.get(key)
        if known is None:
            known = self._concepts[key] = self._with_validity(concept, periods, shown)
        return known

    @staticmethod
    def _with_validity(concept: Concept, periods: list[Days], shown: Days) -> Concept:
        first = None if shown[0] == datetime.date.min else shown[0]
        last = None if shown[1] == datetime.date.max else shown[1]
        others = tuple(days for days in periods if days != shown) if len(periods) > 1 else ()
        if (first, last, others) == (concept.valid_from, concept.valid_to, concept.other_periods):
            return concept
        classification = concept.chapter, concept.component, concept.kind
        return Concept(concept.code, concept.titles, first, last, *classification, others)  # `replace` takes three times as long


def _most_relevant_period(periods: list[Days], era: _Era) -> Days:
    """Return the first period within an era, else the last one before, else the first one after."""
    if len(periods) == 1:
        return periods[0]
    within = [days for days in periods if days[0] <= era.last and days[1] >= era.first]
    before = [days for days in periods if days[1] < era.first]
    return within[0] if within else before[-1] if before else periods[0]


def _as_concept(rubric: Rubric) -> Concept:
    classification = rubric.chapter, rubric.component, rubric.kind
    return Concept(rubric.code, rubric.titles, rubric.valid_from, rubric.valid_to, *classification, rubric.other_periods)


def _as_rubric(concept: Concept, shipped: Rubric | None) -> Rubric:
    """Return the rubric of a concept, updated from the shipped one.

    A new code without component gets it from its number.
    """
    if shipped is not None:
        titles = {**shipped.titles, **concept.titles}
        others = concept.other_periods
        return replace(shipped, titles=titles, valid_from=concept.valid_from, valid_to=concept.valid_to, other_periods=others)
    is_diagnosis = int(concept.code[1:]) >= _FIRST_DIAGNOSIS_NUMBER
    component = concept.component or (7 if is_diagnosis else 1)
    kind = concept.kind or ("other" if component == 7 else "symptom")
    chapter = concept.chapter or (concept.code[0] if concept.code[0] in CHAPTERS else "")
    days = concept.valid_from, concept.valid_to
    return Rubric(concept.code, chapter, component, kind, concept.titles, *days, other_periods=concept.other_periods)


def _titles(concept: Concept | None) -> Mapping[str, str]:
    return concept.titles if concept else {}


def _identity(base: Catalogue, editions: Iterable[Edition]) -> str:
    """Return a name that identifies the catalogue with its editions."""
    parts = sorted([edition.system, edition.start.isoformat(), edition.digest] for edition in editions)
    return f"{base.edition}+{hashlib.sha256(encode_json(parts).encode()).hexdigest()[:16]}"
