"""The catalogue in memory: look up, search, nearest codes, bridges from other systems, and the codes of the other sex."""

import datetime
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import Levenshtein

from validator.catalogue import systems
from validator.catalogue.rubric import Rubric
from validator.catalogue.search import Search

_FAR = 2  # edits; a code that needs more was not meant
_LEAST_IN_COMMON = 2  # characters; the chapter alone says nothing


class Catalogue:
    """ICPC-2 and what leads to it. Built once, never changed; every look-up is a dictionary's, and `search` has an index."""

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
        self.rubrics: dict[str, Rubric] = {rubric.code: rubric for rubric in rubrics}
        self.edition = edition
        self.source = source
        self.bridges = dict(bridges or {})
        self.counterparts = dict(counterparts or {})
        self.measures = dict(measures or {})
        self.icd10_se = dict(icd10_se or {})
        self.search = Search(self.rubrics.values())
        self._chapters: dict[str, list[str]] = {}
        self._sources_of: dict[str, list[str]] = {}
        for rubric in self.rubrics.values():
            if rubric.kind != "process":
                self._chapters.setdefault(rubric.chapter, []).append(rubric.code)
        for origin, targets in self.bridges.items():
            for target in targets:
                self._sources_of.setdefault(target, []).append(origin)

    @property
    def change_dates(self) -> set[datetime.date]:
        """The days on which a code becomes valid or is valid no longer."""
        one_day = datetime.timedelta(days=1)
        starts = {rubric.valid_from for rubric in self.rubrics.values() if rubric.valid_from}
        ends = {rubric.valid_to for rubric in self.rubrics.values() if rubric.valid_to and rubric.valid_to < datetime.date.max}
        return starts | {end + one_day for end in ends}

    def get(self, code: str) -> Rubric | None:
        """The rubric of a code in normal form, or None."""
        return self.rubrics.get(code)

    def title(self, code: str, language: str, system: str = systems.ICPC) -> str | None:
        """The title of a code in `language`, else in the catalogue's first (Danish, or Swedish for ICD-10-SE); None without one."""
        rubric = self.rubrics.get(code) if system == systems.ICPC else None
        titles = rubric.titles if rubric else self.icd10_se.get(code) if system == systems.ICD10_SE else None
        return None if titles is None else titles.get(language) or next(iter(titles.values()), None)

    def nearest(self, code: str, system: str = systems.ICPC) -> list[str]:
        """The codes of the same chapter that a mistyped one may have meant: by edit distance, then by how near the numbers are.

        Of ICD-10-SE the catalogue knows only a selection.
        """

        def distance(candidate: str) -> tuple[int, int, str]:
            digits = _bare(candidate)[1:]
            apart = abs(int(digits) - int(number)) if number.isascii() and number.isdigit() and digits.isdigit() else 0
            return Levenshtein.distance(bare, _bare(candidate)), apart, candidate

        swedish = system == systems.ICD10_SE
        bare = _bare(code) if swedish else code
        number = bare[1:7]
        chapter = [known for known in self.icd10_se if known[0] == code[:1]] if swedish else self._chapters.get(code[:1], [])
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
        if system == systems.ICPC:
            return code in self.rubrics
        if system == systems.KVA:
            return code in self.measures
        if system == systems.ICD10_SE and systems.canonical(code, system) in self.icd10_se:
            return True  # without loading ICD-10
        return systems.as_icd10(code, system) is not None


def _bare(code: str) -> str:
    return code.replace(".", "")
