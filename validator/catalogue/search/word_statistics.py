"""The words of all that rubrics are called: how telling each is, its parts, and which are like a word that is not among them."""

import math
from bisect import bisect_left
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from validator.catalogue.search.spelling import Compounds, plain, root

UNKNOWN = 10.0  # the weight of a word that no term has
_MOST_ALIKE, _MOST_BEGINNING = 8, 16


class Word(NamedTuple):
    """A word as typed in ASCII, plain, its root, the roots of its parts where it is a compound, and how telling it is."""

    typed: str
    plain: str
    root: str
    parts: tuple[str, ...]
    weight: float


class Vocabulary:
    """The words by how they are typed in ASCII, made of the code and the words of each term. Never changed."""

    def __init__(self, terms: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        plains: dict[str, str] = {}
        roots: dict[str, str] = {}
        rubrics: dict[str, set[str]] = {}
        codes = set()
        for code, words in terms:
            codes.add(code)
            for typed in words:
                if typed not in plains:
                    plains[typed] = word = plain(typed)
                    roots[typed] = root(word)
                rubrics.setdefault(roots[typed], set()).add(code)
        # A word is the more telling, the fewer rubrics are called by it: "og" says nothing, though few terms have it.
        self._weights = {found: math.log(1 + len(codes) / len(owners)) for found, owners in rubrics.items()}
        self.compounds = Compounds(plains.values(), self._weights)
        parts = {found: self.compounds.parts(found) for found in self._weights}
        self.words = {
            typed: Word(typed, word, roots[typed], parts[roots[typed]], self._weights[roots[typed]])
            for typed, word in plains.items()
        }
        self._plains = sorted({*plains.values()})
        self._by_length: dict[int, list[str]] = {}
        for word in self._plains:
            self._by_length.setdefault(len(word), []).append(word)

    def weight(self, root: str) -> float:
        """How telling a word is, by its root."""
        return self._weights.get(root, UNKNOWN)

    def has(self, root: str) -> bool:
        """Whether a word has this root."""
        return root in self._weights

    def beginning(self, plain: str) -> list[str]:
        """The first plain words that begin so, in the order of the alphabet."""
        place = bisect_left(self._plains, plain)
        return list(takewhile(lambda word: word.startswith(plain), self._plains[place : place + _MOST_BEGINNING]))

    def alike(self, plain: str, most: int) -> dict[str, int]:
        """The plain words that are within `most` edits of this one, the nearest first, with their edits."""
        if not most:
            return {}
        near = [word for length in range(len(plain) - most, len(plain) + most + 1) for word in self._by_length.get(length, ())]
        found = process.extract(plain, near, scorer=OSA.distance, score_cutoff=most, limit=_MOST_ALIKE)
        return {word: edits for word, edits, _ in found}
