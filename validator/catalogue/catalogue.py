"""The catalogue in memory: titles, nearest codes, bridges and membership."""

import copy
import datetime
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from validator.catalogue import code_systems
from validator.catalogue.editions.edition import Concept, Edition
from validator.catalogue.rubric import Rubric

_MAX_EDIT_DISTANCE = 2
_MIN_COMMON_CHARACTERS = 2  # more than the letter of the chapter


class ImportedSystem(NamedTuple):
    """A code system with imported editions, as of a day.

    `edition` is the one in force, None before the first. `concepts` are the codes of all editions, `in_force` those of the edition
    in force. `rubrics` are the codes of ICPC-2, empty for other systems.
    """

    edition: Edition | None
    concepts: Mapping[str, Concept]
    in_force: frozenset[str]
    rubrics: Mapping[str, Rubric]


@dataclass(frozen=True, eq=False)
class CatalogueTimeline:
    """The views of a catalogue over time.

    The first view is valid before the first of `starts`, each later one from its start on.
    `base` is the catalogue without imported editions; `identity` identifies it together with them.
    """

    base: "Catalogue"
    starts: tuple[datetime.date, ...]
    views: tuple["Catalogue", ...]
    identity: str

    def on(self, date: datetime.date) -> "Catalogue":
        """Return the view of a day."""
        return self.views[bisect_right(self.starts, date)]

    @cached_property
    def change_dates(self) -> frozenset[datetime.date]:
        """The days on which an edition comes into force or the validity of a code changes."""
        one_day = datetime.timedelta(days=1)
        dates = set(self.starts)
        for view in self.views:
            systems: list[Mapping[str, Rubric | Concept]] = [view.rubrics, *(item.concepts for item in view.imported.values())]
            for code in chain.from_iterable(codes.values() for codes in systems):
                for first, last in code.periods:
                    dates.add(first)
                    if last < datetime.date.max:
                        dates.add(last + one_day)
        return frozenset(dates - {datetime.date.min})


class Catalogue:
    """ICPC-2 and the code systems bridged to it, as of a day; immutable once built.

    Every look-up is one of a dictionary. `timeline` has the views of other days, which differ where editions were imported.
    """

    def __init__(
        self,
        rubrics: Iterable[Rubric],
        *,
        edition: str,
        source: Mapping[str, str],
        bridges: Mapping[str, tuple[str, ...]] | None = None,
        bridge_reasons: Mapping[tuple[str, str], str] | None = None,
        counterparts: Mapping[str, str] | None = None,
        measures: Mapping[str, Mapping[str, str]] | None = None,
        icd10_se: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.rubrics: Mapping[str, Rubric] = {rubric.code: rubric for rubric in rubrics}
        self.edition = edition
        self.source = source
        self.bridges = dict(bridges or {})
        self.bridge_reasons = dict(bridge_reasons or {})  # why a bridge, by its two codes, deviates from public conversions
        self.counterparts = dict(counterparts or {})
        self.measures = dict(measures or {})
        self.icd10_se = dict(icd10_se or {})
        self.imported: Mapping[str, ImportedSystem] = {}
        self.timeline = CatalogueTimeline(self, (), (self,), edition)
        self._chapters = _codes_by_chapter(self.rubrics)
        self._bridge_origins = _origins_by_target(self.bridges)

    def with_imported_systems(self, imported: Mapping[str, ImportedSystem]) -> "Catalogue":
        """Return a copy with imported code systems."""
        view = copy.copy(self)
        view.imported = imported
        icpc = imported.get(code_systems.ICPC)
        if icpc is not None:
            view.rubrics = icpc.rubrics
            view._chapters = _codes_by_chapter(view.rubrics)
            view.edition = icpc.edition.name if icpc.edition else self.edition
            view.source = icpc.edition.source if icpc.edition else self.source
        return view

    def with_bridges(self, bridges: Mapping[str, tuple[str, ...]]) -> "Catalogue":
        """Return a copy with other bridges."""
        view = copy.copy(self)
        view.bridges, view.bridge_reasons, view._bridge_origins = dict(bridges), {}, _origins_by_target(bridges)
        return view

    def on(self, date: datetime.date) -> "Catalogue":
        """Return the catalogue as of another day."""
        return self.timeline.on(date)

    @property
    def identity(self) -> str:
        """The identity of the catalogue with its imported editions.

        A release's digest covers it.
        """
        return self.timeline.identity

    @property
    def change_dates(self) -> frozenset[datetime.date]:
        """The days on which an edition comes into force or the validity of a code changes."""
        return self.timeline.change_dates

    def edition_name(self, system: str) -> str:
        """Return the name of the edition of a code system that is in force."""
        edition = self._edition_in_force(system)
        return edition.name if edition else self.timeline.base.edition

    def edition_source(self, system: str) -> Mapping[str, str] | None:
        """Return title, date and status of the imported edition that is in force, None without one."""
        edition = self._edition_in_force(system)
        return edition.source if edition else None

    def system_name(self, system: str) -> str:
        """Return the display name of a code system."""
        edition = self._edition_in_force(system)
        return code_systems.NAMES.get(system) or (edition.title if edition else system)

    def has_system(self, system: str) -> bool:
        """Return whether a code system is one of the contract's or has an imported edition."""
        return system in code_systems.SYSTEMS or system in self.imported

    def get(self, code: str) -> Rubric | None:
        """Return the rubric of a code in normal form, or None."""
        return self.rubrics.get(code)

    def find_concept(self, code: str, system: str) -> Rubric | Concept | None:
        """Return a code of ICPC-2 or of an imported system, None where it is not found."""
        if system == code_systems.ICPC:
            return self.rubrics.get(code)
        concepts = self._imported_concepts(system)
        return None if concepts is None else concepts.get(code_systems.lookup_key(code, system))

    def title(self, code: str, language: str, system: str = code_systems.ICPC) -> str | None:
        """Return the title in `language`, else in the first; None without one.

        The first is Danish, Swedish for ICD-10-SE.
        """
        concept = self.find_concept(code, system)
        titles = concept.titles if concept else self.icd10_se.get(code) if system == code_systems.ICD10_SE else None
        return None if titles is None else titles.get(language) or next(iter(titles.values()), None)

    def nearest_codes(self, code: str, system: str = code_systems.ICPC) -> list[str]:
        """Return the codes that a mistyped one of the same chapter may mean.

        They are sorted by edit distance, then by numeric difference.
        The catalogue has a selection of ICD-10-SE only, unless an edition was imported.
        """

        def distance(candidate: str) -> tuple[int, int, str]:
            digits = _without_point(candidate)[1:]
            difference = abs(int(digits) - int(number)) if number.isascii() and number.isdigit() and digits.isdigit() else 0
            return Levenshtein.distance(compact, _without_point(candidate)), difference, candidate

        compact = code if system == code_systems.ICPC else _without_point(code)
        number = compact[1:7]
        candidates = self._chapters.get(code[:1], []) if system == code_systems.ICPC else self._same_initial(code, system)
        max_distance = min(_MAX_EDIT_DISTANCE, max(len(compact), 3) - _MIN_COMMON_CHARACTERS)
        return [candidate for edits, _, candidate in sorted(map(distance, candidates)) if edits <= max_distance]

    def bridge_targets(self, icd10: str) -> tuple[str, ...]:
        """Return the ICPC-2 codes of an ICD-10 code, the preferred one first.

        The longest prefix with a bridge decides.
        """
        return self.bridges.get(self.bridge_origin(icd10), ())

    def bridges_of(self, code: str, system: str) -> tuple[str, ...]:
        """Return the ICPC-2 codes of a code of ICD-10, ICD-10-SE or SKS: those of its nearest ancestor with a bridge."""
        if system == code_systems.SKS:
            return self.bridge_targets(".".join(code_systems.split_sks(code) or ()))  # an owner's map may have codes of SKS, too
        return self.bridge_targets(code_systems.as_icd10(code, system) or "")

    def bridge_origin(self, icd10: str) -> str:
        """Return the code whose bridge an ICD-10 code has, "" where it has none."""
        prefixes = (icd10[:length].rstrip(".") for length in range(len(icd10), 2, -1))
        return next((prefix for prefix in prefixes if self.bridges.get(prefix)), "")

    def bridge_origins(self, code: str) -> list[str]:
        """Return the ICD-10 codes that are bridged to an ICPC-2 code."""
        return self._bridge_origins.get(code, [])

    def is_member(self, code: str, system: str) -> bool:
        """Return whether a code in normal form belongs to a code system."""
        if system == code_systems.ICPC:
            return code in self.rubrics
        if self._imported_concepts(system) is not None:
            return self.find_concept(code, system) is not None
        if system == code_systems.KVA:
            return code in self.measures
        # Codes in the catalogue's own tables are answered without loading ICD-10.
        if system == code_systems.ICD10_SE and code_systems.canonical_form(code, system) in self.icd10_se:
            return True
        sks = code_systems.split_sks(code) if system == code_systems.SKS else None
        if sks is not None and sks[0] in self.timeline.base.bridges:
            return True
        return code_systems.as_icd10(code, system) is not None

    def _edition_in_force(self, system: str) -> Edition | None:
        imported = self.imported.get(system)
        return imported.edition if imported else None

    def _imported_concepts(self, system: str) -> Mapping[str, Concept] | None:
        """Return the imported codes of a system, None without any.

        None also before the first edition of a built-in system.
        """
        imported = self.imported.get(system)
        if imported is None or (imported.edition is None and system in code_systems.SYSTEMS):
            return None
        return imported.concepts

    def _same_initial(self, code: str, system: str) -> list[str]:
        """Return the codes of another system that begin with the same character."""
        concepts = self._imported_concepts(system)
        codes = self.icd10_se if concepts is None else [concept.code for concept in concepts.values()]
        return [candidate for candidate in codes if candidate[0] == code[:1]]


def _origins_by_target(bridges: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    origins: dict[str, list[str]] = {}
    for origin, targets in bridges.items():
        for target in targets:
            origins.setdefault(target, []).append(origin)
    return origins


def _codes_by_chapter(rubrics: Mapping[str, Rubric]) -> dict[str, list[str]]:
    """Return the codes of each chapter, without process codes."""
    chapters: dict[str, list[str]] = {}
    for rubric in rubrics.values():
        if rubric.kind != "process":
            chapters.setdefault(rubric.chapter, []).append(rubric.code)
    return chapters


def _without_point(code: str) -> str:
    return code.replace(".", "")
