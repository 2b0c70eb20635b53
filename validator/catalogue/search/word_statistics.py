"""Statistics of the words of all terms: weights, compounds, completions and similar words."""

import math
from bisect import bisect_left
from collections.abc import Iterable
from itertools import takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from validator.catalogue.search.spelling import Compounds, fold_vowels, stem_word
from validator.catalogue.search.terms import Word

UNKNOWN_WEIGHT = 10.0  # of a word that no term has
_MAX_SIMILAR, _MAX_COMPLETIONS = 8, 16


class WordStatistics:
    """The words of all terms; immutable. Built from the code and words of each term."""

    def __init__(self, terms: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        folded: dict[str, str] = {}
        stems: dict[str, str] = {}
        codes_by_stem: dict[str, set[str]] = {}
        codes = set()
        for code, words in terms:
            codes.add(code)
            for typed in words:
                if typed not in folded:
                    folded[typed] = word = fold_vowels(typed)
                    stems[typed] = stem_word(word)
                codes_by_stem.setdefault(stems[typed], set()).add(code)
        # Inverse frequency over rubrics, not terms: "og" is in few terms, but in those of many rubrics.
        self._weights = {stem: math.log(1 + len(codes) / len(owners)) for stem, owners in codes_by_stem.items()}
        self.compounds = Compounds(folded.values(), self._weights)
        parts = {stem: self.compounds.split(stem) for stem in self._weights}
        self.words = {
            typed: Word(typed, word, stems[typed], parts[stems[typed]], self._weights[stems[typed]])
            for typed, word in folded.items()
        }
        self._sorted = sorted({*folded.values()})
        self._by_length: dict[int, list[str]] = {}
        for word in self._sorted:
            self._by_length.setdefault(len(word), []).append(word)

    def weight(self, stem: str) -> float:
        """Return the weight of a stem; the rarer, the greater."""
        return self._weights.get(stem, UNKNOWN_WEIGHT)

    def has_stem(self, stem: str) -> bool:
        """Return whether a word of a term has this stem."""
        return stem in self._weights

    def complete(self, prefix: str) -> list[str]:
        """Return the first folded words with a prefix, in alphabetical order."""
        start = bisect_left(self._sorted, prefix)
        return list(takewhile(lambda word: word.startswith(prefix), self._sorted[start : start + _MAX_COMPLETIONS]))

    def similar_words(self, folded: str, max_edits: int) -> dict[str, int]:
        """Return the folded words within `max_edits` of one, with edits, the nearest first."""
        if not max_edits:
            return {}
        lengths = range(len(folded) - max_edits, len(folded) + max_edits + 1)
        candidates = [word for length in lengths for word in self._by_length.get(length, ())]
        similar = process.extract(folded, candidates, scorer=OSA.distance, score_cutoff=max_edits, limit=_MAX_SIMILAR)
        return {word: edits for word, edits, _ in similar}
