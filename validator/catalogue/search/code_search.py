"""Finds rubrics by a clinician's words.

Ranked by what was found: the code itself, all of a title, all of a synonym, words of either or their beginnings, and last what is
misspelt or only partly there. Within each, what physiotherapy codes comes first where that is asked for, then what is most like
the query.
"""

import datetime
import threading
from collections import defaultdict
from collections.abc import Iterable
from enum import IntEnum
from heapq import nlargest
from typing import NamedTuple

from validator.catalogue.rubric import Rubric
from validator.catalogue.search.query import QueryReading, of_known_words, readings
from validator.catalogue.search.term_index import TermIndex
from validator.catalogue.search.terms import Origin, Term
from validator.catalogue.search.word_statistics import UNKNOWN

_OWN_CHAPTERS = ("L", "N")
_MOST_PARTLY = 100  # terms
_TELLING = 0.4  # of the weight of the most telling word
_LEAST = 0.25  # what is less like the query is no answer to it
_OTHERWISE_TYPED, _SECOND_CHOICE = 0.9, 0.3
_BEGINNING = 0.5
_BY_ORIGIN, _BY_NEARNESS = 0.1, 0.05


class SearchHit(NamedTuple):
    """A rubric, and the term that it was found by; None where nothing was looked for."""

    rubric: Rubric
    term: str | None

    def to_json(self, language: str) -> dict[str, str | None]:
        """The hit as a list has it, with its titles in a language."""
        rubric = self.rubric
        return {
            "code": rubric.code,
            "title": rubric.title(language),
            "short_title": rubric.short_title(language),
            "term": self.term,
            "chapter": rubric.chapter or None,
            "kind": rubric.kind,
            **rubric.validity,
        }


class _Tier(IntEnum):
    PARTLY = 0
    WORDS = 1
    SYNONYM = 2
    TITLE = 3
    CODE = 4


_Rank = tuple[_Tier, int, float]
_TIERS = (_Tier.SYNONYM, _Tier.SYNONYM, _Tier.TITLE, _Tier.CODE)  # of a term that is just what is asked for, by its origin


class CodeSearch:
    """The search over the rubrics of a catalogue. Its index is built by `prepare`, or the first search; any thread may search."""

    def __init__(self, rubrics: Iterable[Rubric]) -> None:
        self._rubrics = {rubric.code: rubric for rubric in rubrics}
        self._near = {rubric.code: _nearness(rubric) for rubric in self._rubrics.values()}
        self._building = threading.Lock()
        self._built: TermIndex | None = None

    def __reduce__(self) -> "tuple[type[CodeSearch], tuple[list[Rubric]]]":
        """What another process gets: the rubrics, of which it builds an index of its own when it searches."""
        return CodeSearch, (list(self._rubrics.values()),)

    def prepare(self, after: float = 0.0) -> threading.Thread:
        """Builds the index, seconds from now, in the thread that is returned; whoever searches first waits for the rest of it."""
        thread = threading.Timer(after, self._index)
        thread.daemon = True
        thread.start()
        return thread

    def find(self, text: str, *, physiotherapy: bool = False, date: datetime.date | None = None) -> list[SearchHit]:
        """The rubrics that a text may mean, the likeliest first; `physiotherapy` puts what its practitioners code first.

        What is not valid on the date, today by default, comes last, unless its own code is asked for.
        """
        index, day = self._index(), date or datetime.date.today()
        found = readings(text, index.vocabulary)
        # A word that nothing is called by outweighs the others; where that leaves nothing, they are looked for without it.
        best = self._best(found, index, physiotherapy) or self._best(of_known_words(found, index.vocabulary), index, physiotherapy)

        def place(code: str) -> tuple[bool, _Rank]:
            rank = best[code][0]
            return rank[0] is _Tier.CODE or self._rubrics[code].is_valid(day), rank

        ranked = sorted(sorted(best), key=place, reverse=True)
        return [SearchHit(self._rubrics[code], best[code][1]) for code in ranked]

    def every(self, *, physiotherapy: bool = False) -> list[SearchHit]:
        """All rubrics in the order of the catalogue, with `physiotherapy` as in `find`."""
        rubrics = list(self._rubrics.values())
        if physiotherapy:
            rubrics.sort(key=_nearness, reverse=True)
        return [SearchHit(rubric, None) for rubric in rubrics]

    def _index(self) -> TermIndex:
        if self._built is None:
            with self._building:
                self._built = self._built or TermIndex(self._rubrics.values())
        return self._built

    def _best(self, found: list[QueryReading], index: TermIndex, physiotherapy: bool) -> dict[str, tuple[_Rank, str]]:
        """What has all words of a reading, else what has the most telling ones: each rubric with its rank and its best term."""
        best: dict[str, tuple[_Rank, str]] = {}
        for reading in found:
            self._rank(reading, index.holding(reading.expression), best, physiotherapy)
        if not best:
            for reading in found:
                self._rank(reading, _partly(reading, index), best, physiotherapy)
        return best

    def _rank(self, reading: QueryReading, terms: Iterable[Term], best: dict[str, tuple[_Rank, str]], physiotherapy: bool) -> None:
        """Puts the terms into `best`, where each rubric has the rank of its best term, and that term."""
        for term in terms:
            tier, likeness = _likeness(reading, term)
            if likeness < _LEAST:
                continue
            near = self._near[term.code]
            first = near if physiotherapy and reading.is_in_the_language_of(term) else 0
            rank = tier, first, likeness + _BY_ORIGIN * term.origin + _BY_NEARNESS * near
            if term.code not in best or rank > best[term.code][0]:
                best[term.code] = rank, term.text


def _likeness(reading: QueryReading, term: Term) -> tuple[_Tier, float]:
    if reading.is_all_of(term):
        if term.origin is Origin.SECOND_CHOICE:
            return _Tier.SYNONYM, _SECOND_CHOICE
        return _TIERS[term.origin], 1.0 if reading.typed == term.typed else _OTHERWISE_TYPED
    likeness, every = reading.likeness(term)
    if term.whole.startswith(reading.whole):
        begun = _BEGINNING + (1 - _BEGINNING) * len(reading.whole) / len(term.whole)
        return _Tier.WORDS, max(likeness, begun if term.typed.startswith(reading.typed) else begun * _OTHERWISE_TYPED)
    return _Tier.WORDS if every and reading.is_spelled_right else _Tier.PARTLY, likeness


def _partly(reading: QueryReading, index: TermIndex) -> list[Term]:
    """The terms that have the most telling words of a query, though not all of them."""
    known = [word for word in reading.asked if word.weight < UNKNOWN]
    telling = max((word.weight for word in known), default=0.0) * _TELLING
    weights: defaultdict[Term, float] = defaultdict(float)
    for word in known:
        if word.weight >= telling:
            for term in index.holding(f"{{words parts}} : {word.expression}"):
                weights[term] += word.weight
    return nlargest(_MOST_PARTLY, weights, key=weights.__getitem__)


def _nearness(rubric: Rubric) -> int:
    """How near a rubric is to physiotherapy: its own chapters, then what has notes since it meets that too, then the rest."""
    return 2 if rubric.chapter in _OWN_CHAPTERS else 1 if rubric.notes else 0
