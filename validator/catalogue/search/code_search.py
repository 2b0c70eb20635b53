"""Search for rubrics by the words of clinicians.

Hits are ranked by what matches: the code, a whole title, a whole synonym, words or beginnings of words of either, and last
misspelt or incomplete matches. Within each tier the chapters of physiotherapy come first on request, then the most similar terms.
"""

import datetime
import threading
from collections import defaultdict
from collections.abc import Iterable
from enum import IntEnum
from heapq import nlargest
from typing import NamedTuple
from weakref import WeakKeyDictionary

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICPC
from validator.catalogue.rubric import Rubric
from validator.catalogue.search.query import QueryInterpretation, drop_unknown_words, parse_query
from validator.catalogue.search.term_index import TermIndex
from validator.catalogue.search.terms import Origin, Term
from validator.catalogue.search.word_statistics import UNKNOWN_WEIGHT

_PHYSIOTHERAPY_CHAPTERS = ("L", "N")
_MAX_PARTIAL_MATCHES = 100  # terms
_MIN_RELATIVE_WEIGHT = 0.4  # of a word in a partial match, relative to the rarest word of the query
_MIN_SIMILARITY = 0.25
_DIFFERENT_SPELLING, _SECOND_CHOICE = 0.9, 0.3
_PREFIX = 0.5
_ORIGIN_BONUS, _RELEVANCE_BONUS = 0.1, 0.05


class SearchHit(NamedTuple):
    """A rubric and the term that matched; None in a list without a query."""

    rubric: Rubric
    term: str | None

    def to_json(self, language: str) -> dict[str, str | None]:
        """Return the hit with its titles in a language."""
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
    PARTIAL = 0
    WORDS = 1
    SYNONYM = 2
    TITLE = 3
    CODE = 4


_Rank = tuple[_Tier, int, float]
_TIERS = (_Tier.SYNONYM, _Tier.SYNONYM, _Tier.TITLE, _Tier.CODE)  # of a term that equals the query, by its origin


class CodeSearch:
    """A thread-safe search over rubrics.

    `build_in_background` or the first search builds its index.
    """

    def __init__(self, rubrics: Iterable[Rubric]) -> None:
        self._rubrics = {rubric.code: rubric for rubric in rubrics}
        self._relevance = {rubric.code: _relevance(rubric) for rubric in self._rubrics.values()}
        self._lock = threading.Lock()
        self._built_index: TermIndex | None = None

    def build_in_background(self, delay: float = 0.0) -> threading.Thread:
        """Build the index in the returned thread, after a delay in seconds.

        A search in the meantime waits for it.
        """
        thread = threading.Timer(delay, self._index)
        thread.daemon = True
        thread.start()
        return thread

    def find(self, text: str, *, physiotherapy: bool = False, date: datetime.date | None = None) -> list[SearchHit]:
        """Return the rubrics that a text may mean, the likeliest first.

        `physiotherapy` prefers the rubrics of physiotherapy.
        Codes that are not valid on the date, today by default, come last, unless the text is the code itself.
        """
        index, day = self._index(), date or datetime.date.today()
        query = parse_query(text, index.statistics)
        # An unknown word outweighs the others; without any match they are searched without it.
        best = self._best(query, index, physiotherapy) or self._best(
            drop_unknown_words(query, index.statistics), index, physiotherapy
        )

        def sort_key(code: str) -> tuple[bool, _Rank]:
            rank = best[code][0]
            return rank[0] is _Tier.CODE or self._rubrics[code].is_valid(day), rank

        ranked = sorted(sorted(best), key=sort_key, reverse=True)
        return [SearchHit(self._rubrics[code], best[code][1]) for code in ranked]

    def list_all(self, *, physiotherapy: bool = False) -> list[SearchHit]:
        """Return all rubrics in the order of the catalogue; `physiotherapy` as in `find`."""
        rubrics = list(self._rubrics.values())
        if physiotherapy:
            rubrics.sort(key=_relevance, reverse=True)
        return [SearchHit(rubric, None) for rubric in rubrics]

    def _index(self) -> TermIndex:
        if self._built_index is None:
            with self._lock:
                self._built_index = self._built_index or TermIndex(self._rubrics.values())
        return self._built_index

    def _best(self, query: list[QueryInterpretation], index: TermIndex, physiotherapy: bool) -> dict[str, tuple[_Rank, str]]:
        """Return rank and best term of each rubric: of complete matches, else of partial ones."""
        best: dict[str, tuple[_Rank, str]] = {}
        for interpretation in query:
            self._rank(interpretation, index.find(interpretation.match_expression), best, physiotherapy)
        if not best:
            for interpretation in query:
                self._rank(interpretation, _partial_matches(interpretation, index), best, physiotherapy)
        return best

    def _rank(
        self, query: QueryInterpretation, terms: Iterable[Term], best: dict[str, tuple[_Rank, str]], physiotherapy: bool
    ) -> None:
        """Update `best` with the rank of each term, where it is the highest of its rubric."""
        for term in terms:
            tier, similarity = _compare(query, term)
            if similarity < _MIN_SIMILARITY:
                continue
            relevance = self._relevance[term.code]
            preference = relevance if physiotherapy and query.may_be_in_language_of(term) else 0
            rank = tier, preference, similarity + _ORIGIN_BONUS * term.origin + _RELEVANCE_BONUS * relevance
            if term.code not in best or rank > best[term.code][0]:
                best[term.code] = rank, term.text


_searches: WeakKeyDictionary[Catalogue, CodeSearch] = WeakKeyDictionary()
_searches_lock = threading.Lock()


def code_search(catalogue: Catalogue) -> CodeSearch:
    """Return the search over a catalogue's codes in force.

    Views with the same ICPC-2 share it.
    """
    icpc = catalogue.imported.get(ICPC)
    owner = catalogue if icpc else catalogue.timeline.base
    with _searches_lock:
        if owner not in _searches:
            codes = owner.rubrics.keys() if icpc is None else icpc.in_force
            _searches[owner] = CodeSearch(rubric for rubric in owner.rubrics.values() if rubric.code in codes)
        return _searches[owner]


def _compare(query: QueryInterpretation, term: Term) -> tuple[_Tier, float]:
    if query.equals(term):
        if term.origin is Origin.SECOND_CHOICE:
            return _Tier.SYNONYM, _SECOND_CHOICE
        return _TIERS[term.origin], 1.0 if query.typed == term.typed else _DIFFERENT_SPELLING
    similarity, has_every_word = query.similarity(term)
    if term.joined.startswith(query.joined):
        begun = _PREFIX + (1 - _PREFIX) * len(query.joined) / len(term.joined)
        return _Tier.WORDS, max(similarity, begun if term.typed.startswith(query.typed) else begun * _DIFFERENT_SPELLING)
    return _Tier.WORDS if has_every_word and query.is_spelled_right else _Tier.PARTIAL, similarity


def _partial_matches(query: QueryInterpretation, index: TermIndex) -> list[Term]:
    """Return the terms with the rarest words of a query."""
    known = [word for word in query.words if word.weight < UNKNOWN_WEIGHT]
    min_weight = max((word.weight for word in known), default=0.0) * _MIN_RELATIVE_WEIGHT
    weights: defaultdict[Term, float] = defaultdict(float)
    for word in known:
        if word.weight >= min_weight:
            for term in index.find(f"{{words parts}} : {word.match_expression}"):
                weights[term] += word.weight
    return nlargest(_MAX_PARTIAL_MATCHES, weights, key=weights.__getitem__)


def _relevance(rubric: Rubric) -> int:
    """Return the relevance for physiotherapy: 2 in its chapters, 1 with notes, else 0."""
    return 2 if rubric.chapter in _PHYSIOTHERAPY_CHAPTERS else 1 if rubric.notes else 0
