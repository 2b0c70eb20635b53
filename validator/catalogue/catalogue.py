"""The catalogue in memory: look up, search, nearest codes, bridges from other systems, and the codes of the other sex."""

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
from validator.catalogue.search.code_search import CodeSearch

_FAR = 2  # edits; a code that needs more was not meant
_LEAST_IN_COMMON = 2  # characters; the chapter alone says nothing


class Imported(NamedTuple):
    """A code system that editions were added to, as it is seen from one of its days: the edition in force then, None before the
    first of them, the codes of all its editions, and which of them are in force then; `rubrics` are the codes of ICPC-2."""

    edition: Edition | None
    concepts: Mapping[str, Concept]
    in_force: frozenset[str]
    rubrics: Mapping[str, Rubric]


@dataclass(frozen=True, eq=False)
class Timeline:
    """Catalogues side by side: the first of `views` holds before the first of `starts`, and one more from each of them on.

    `base` is the catalogue that editions were added to; `identity` tells it and them from any others.
    """

    base: "Catalogue"
    starts: tuple[datetime.date, ...]
    views: tuple["Catalogue", ...]
    identity: str

    def on(self, date: datetime.date) -> "Catalogue":
        return self.views[bisect_right(self.starts, date)]

    @cached_property
    def change_dates(self) -> frozenset[datetime.date]:
        """The days on which an edition begins, or a code becomes valid or is valid no longer."""
        one_day = datetime.timedelta(days=1)
        found = set(self.starts)
        for view in self.views:
            dated: list[Mapping[str, Rubric | Concept]] = [view.rubrics, *(held.concepts for held in view.imported.values())]
            for code in chain.from_iterable(codes.values() for codes in dated):
                if code.valid_from:
                    found.add(code.valid_from)
                if code.valid_to and code.valid_to < datetime.date.max:
                    found.add(code.valid_to + one_day)
        return frozenset(found)


class Catalogue:
    """ICPC-2 and what leads to it, as it is on a day. Built once, never changed.

    Every look-up is a dictionary's, and `search` has an index.

    Where editions were added, `timeline` has that of every other day.
    """

    def __init__(
        self,
        rubrics: Iterable[Rubric],
        *,
        edition: str,
        source: Mapping[str, str],
        bridges: Mapping[str, tuple[str, ...]] | None = None,
        counterparts: Mapping[str, str] | None = None,
        measures: Mapping[str, Mapping[str, str]] | None = None,
        icd10_se: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.rubrics: Mapping[str, Rubric] = {rubric.code: rubric for rubric in rubrics}
        self.edition = edition
        self.source = source
        self.bridges = dict(bridges or {})
        self.counterparts = dict(counterparts or {})
        self.measures = dict(measures or {})
        self.icd10_se = dict(icd10_se or {})
        self.imported: Mapping[str, Imported] = {}
        self.timeline = Timeline(self, (), (self,), edition)
        self.search = CodeSearch(self.rubrics.values())
        self._chapters = _chapters(self.rubrics)
        self._sources_of: dict[str, list[str]] = {}
        for origin, targets in self.bridges.items():
            for target in targets:
                self._sources_of.setdefault(target, []).append(origin)

    def with_imported(self, imported: Mapping[str, Imported]) -> "Catalogue":
        """The same with code systems as their editions have them."""
        view = copy.copy(self)
        view.imported = imported
        icpc = imported.get(code_systems.ICPC)
        if icpc is not None:
            view.rubrics = icpc.rubrics
            view.search = CodeSearch(rubric for rubric in view.rubrics.values() if rubric.code in icpc.in_force)
            view._chapters = _chapters(view.rubrics)
            view.edition = icpc.edition.name if icpc.edition else self.edition
            view.source = icpc.edition.source if icpc.edition else self.source
        return view

    def on(self, date: datetime.date) -> "Catalogue":
        """The catalogue as it is on a day."""
        return self.timeline.on(date)

    @property
    def identity(self) -> str:
        """What tells this catalogue, and the editions beside it, from any other; a release's digest is over it."""
        return self.timeline.identity

    @property
    def change_dates(self) -> frozenset[datetime.date]:
        """The days on which an edition begins, or a code becomes valid or is valid no longer."""
        return self.timeline.change_dates

    def edition_of(self, system: str) -> str:
        """The name of the edition in force of a code system."""
        edition = self._in_force(system)
        return edition.name if edition else self.timeline.base.edition

    def source_of(self, system: str) -> Mapping[str, str] | None:
        """Title, date and status of the edition in force of a code system; None where none was added to what is shipped."""
        edition = self._in_force(system)
        return edition.source if edition else None

    def system_name(self, system: str) -> str:
        """What a code system is called."""
        edition = self._in_force(system)
        return code_systems.NAMES.get(system) or (edition.title if edition else system)

    def get(self, code: str) -> Rubric | None:
        """The rubric of a code in normal form, or None."""
        return self.rubrics.get(code)

    def concept(self, code: str, system: str) -> Rubric | Concept | None:
        """A code of ICPC-2, or of a system that editions were added to; None where it is not known to be one."""
        if system == code_systems.ICPC:
            return self.rubrics.get(code)
        known = self._added(system)
        return None if known is None else known.get(code_systems.imported_form(code, system))

    def title(self, code: str, language: str, system: str = code_systems.ICPC) -> str | None:
        """The title of a code in `language`, else in the catalogue's first (Danish, or Swedish for ICD-10-SE); None without one."""
        known = self.concept(code, system)
        titles = known.titles if known else self.icd10_se.get(code) if system == code_systems.ICD10_SE else None
        return None if titles is None else titles.get(language) or next(iter(titles.values()), None)

    def nearest(self, code: str, system: str = code_systems.ICPC) -> list[str]:
        """The codes of the same chapter that a mistyped one may have meant: by edit distance, then by how near the numbers are.

        Of ICD-10-SE the shipped catalogue knows only a selection.
        """

        def distance(candidate: str) -> tuple[int, int, str]:
            digits = _bare(candidate)[1:]
            apart = abs(int(digits) - int(number)) if number.isascii() and number.isdigit() and digits.isdigit() else 0
            return Levenshtein.distance(bare, _bare(candidate)), apart, candidate

        bare = code if system == code_systems.ICPC else _bare(code)
        number = bare[1:7]
        chapter = self._chapters.get(code[:1], []) if system == code_systems.ICPC else self._alike(code, system)
        ranked = sorted(map(distance, chapter))
        length = max(len(bare), 3)
        return [candidate for edits, _, candidate in ranked if edits <= min(_FAR, length - _LEAST_IN_COMMON)]

    def bridge(self, icd10: str) -> tuple[str, ...]:
        """The ICPC-2 codes of an ICD-10 code, the preferred one first; the longest prefix that has a bridge decides."""
        for length in range(len(icd10), 2, -1):
            if targets := self.bridges.get(icd10[:length].rstrip(".")):
                return targets
        return ()

    def bridges_to(self, code: str) -> list[str]:
        """The ICD-10 codes whose bridge leads to this ICPC-2 code."""
        return self._sources_of.get(code, [])

    def is_member(self, code: str, system: str) -> bool:
        """Whether a code in normal form belongs to a code system."""
        if system == code_systems.ICPC:
            return code in self.rubrics
        if self._added(system) is not None:
            return self.concept(code, system) is not None
        if system == code_systems.KVA:
            return code in self.measures
        # What stands in the tables is known without loading ICD-10.
        if system == code_systems.ICD10_SE and code_systems.canonical(code, system) in self.icd10_se:
            return True
        if system == code_systems.SKS and code.startswith("D") and code[1:] in self.bridges:
            return True
        return code_systems.as_icd10(code, system) is not None

    def _in_force(self, system: str) -> Edition | None:
        held = self.imported.get(system)
        return held.edition if held else None

    def _added(self, system: str) -> Mapping[str, Concept] | None:
        """The codes of a system by its added editions; None where what is shipped still holds."""
        held = self.imported.get(system)
        return None if held is None or (held.edition is None and system in code_systems.SYSTEMS) else held.concepts

    def _alike(self, code: str, system: str) -> list[str]:
        """The codes of another system that begin with the same character."""
        added = self._added(system)
        known = self.icd10_se if added is None else [concept.code for concept in added.values()]
        return [other for other in known if other[0] == code[:1]]


def _chapters(rubrics: Mapping[str, Rubric]) -> dict[str, list[str]]:
    """The codes of each chapter, without the process codes."""
    found: dict[str, list[str]] = {}
    for rubric in rubrics.values():
        if rubric.kind != "process":
            found.setdefault(rubric.chapter, []).append(rubric.code)
    return found


def _bare(code: str) -> str:
    return code.replace(".", "")
