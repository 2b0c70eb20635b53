"""A parsed query with corrections and completions, and the similarity of terms to it."""

import re
from collections.abc import Mapping
from operator import mul
from types import MappingProxyType
from typing import NamedTuple

from validator.catalogue.search.spelling import fold_vowels, split_words, stem_word
from validator.catalogue.search.terms import Term, Word
from validator.catalogue.search.word_statistics import UNKNOWN_WEIGHT, WordStatistics
from validator.support.lookalikes import remove_invisible, replace_lookalikes

MAX_QUERY_LENGTH = 200  # characters
_MAX_WORDS = 12
_CODE = re.compile(r"(?:-|D?[A-Z])[0-9]{2}[0-9A-Z.+]*")
_MIN_PREFIX_LENGTH = 3  # letters of an unfinished word that is not the last
_MAX_EDITS_BY_LENGTH = ((12, 3), (7, 2), (4, 1))  # minimal number of letters, edits
# Similarity of a word of a term to a word of the query, where they differ.
_SAME_FOLDED, _SAME_STEM, _MISSPELT = 0.9, 0.95, 0.85
_PREFIX, _PREFIX_LENGTH = 0.6, 0.3
# The share of a term's similarity that depends on how few other words it has.
_COVERAGE_SHARE = 0.4


class QueryWord(NamedTuple):
    """A word of a query.

    Its terms have one of `stems`, or a word that begins with one where it is `unfinished`.
    `corrections` has the known words that it may be a misspelling of, with their similarity; `weight` is its rarity.
    """

    typed: str
    folded: str
    stem: str
    weight: float
    stems: tuple[str, ...]
    unfinished: bool = False
    corrections: Mapping[str, float] = MappingProxyType({})

    @property
    def match_expression(self) -> str:
        """The FTS5 expression for its terms."""
        wildcard = " *" if self.unfinished else ""
        return "(" + " OR ".join(f'"{stem}"{wildcard}' for stem in self.stems) + ")"

    def similarity(self, word: Word) -> float:
        """Return the similarity of a word of a term: 1 for the same word, 0 for an unrelated one."""
        if self.typed == word.typed:
            return 1.0
        as_typed = 1.0 if word.typed.startswith(self.typed[:_MIN_PREFIX_LENGTH]) else _SAME_FOLDED
        if self.stem == word.stem:
            return _SAME_STEM * as_typed
        if self.unfinished and word.folded.startswith(self.folded):
            return (_PREFIX + _PREFIX_LENGTH * len(self.folded) / len(word.folded)) * as_typed
        if self.stem in word.parts:
            return _PREFIX + _PREFIX_LENGTH * len(self.stem) / len(word.folded)
        return self.corrections.get(word.folded, 0.0)


class QueryInterpretation:
    """One interpretation of a query."""

    def __init__(self, typed: list[str], words: list[QueryWord]) -> None:
        self.words = words
        self.typed = "".join(typed)
        self.joined = fold_vowels(self.typed)
        self.is_spelled_right = not any(word.corrections for word in words)
        self._stems = sorted(word.stem for word in words)
        self._weights = [word.weight for word in words]
        self._weight = sum(self._weights)
        self._similarities: dict[str, tuple[list[float], float]] = {}

    @property
    def match_expression(self) -> str:
        """The FTS5 expression for terms that begin with the query or have all of its words."""
        words = " AND ".join(word.match_expression for word in self.words)
        return f'joined : "{self.joined}" * OR {{words parts}} : ({words})'

    def equals(self, term: Term) -> bool:
        """Return whether a term has exactly these words in any order, or the same letters."""
        if term.joined == self.joined:
            return True
        return len(term.words) == len(self.words) and sorted(word.stem for word in term.words) == self._stems

    def may_be_in_language_of(self, term: Term) -> bool:
        """Return whether the query may be in the language of a term.

        Danish endings do not inflect English words.
        """
        if term.language != "en" or not self.is_spelled_right:
            return True
        return all(any(word.typed.startswith(query_word.typed) for word in term.words) for query_word in self.words)

    def similarity(self, term: Term) -> tuple[float, bool]:
        """Return the similarity of a term, from 0 to 1, and whether it has every word of the query."""
        covered, best = 0.0, [0.0] * len(self.words)
        for word in term.words:
            similarities, highest = self._similarities.get(word.typed) or self._compare(word)
            covered += highest * word.weight
            if highest:
                best = list(map(max, best, similarities))
        of_query = sum(map(mul, best, self._weights)) / self._weight
        return of_query * (1 - _COVERAGE_SHARE + _COVERAGE_SHARE * covered / term.weight), 0.0 not in best

    def _compare(self, word: Word) -> tuple[list[float], float]:
        similarities = [query_word.similarity(word) for query_word in self.words]
        result = self._similarities[word.typed] = similarities, max(similarities)
        return result


def parse_query(text: str, statistics: WordStatistics) -> list[QueryInterpretation]:
    """Return the interpretations of a text.

    Unknown words are corrected, and split where they are compounds.
    """
    typed = split_words(text[:MAX_QUERY_LENGTH])[:_MAX_WORDS]
    if not typed:
        return []
    words = [_query_word(word, statistics, is_last=number == len(typed)) for number, word in enumerate(typed, 1)]
    parts = [() if word.unfinished or statistics.has_stem(word.stem) else statistics.compounds.split(word.stem) for word in words]
    interpretations = [QueryInterpretation(typed, words)]
    if any(parts):
        split = [[_part(stem, statistics) for stem in stems] or [word] for word, stems in zip(words, parts, strict=True)]
        interpretations.append(QueryInterpretation(typed, [word for words in split for word in words]))
    return interpretations


def clean_query(text: str) -> str:
    """Return a text without surrounding blanks and invisible characters; a code also with the letters and digits it looks like."""
    if text.isascii():
        return text.strip()
    code = replace_lookalikes(text.strip()).upper()
    return code if _CODE.fullmatch(code) else remove_invisible(text).strip()


def drop_unknown_words(interpretations: list[QueryInterpretation], statistics: WordStatistics) -> list[QueryInterpretation]:
    """Return the interpretations with unknown words, without these.

    Unfinished words of one or two letters are dropped too.
    """
    shorter = []
    for interpretation in interpretations:
        known = [word for word in interpretation.words if word.weight < UNKNOWN_WEIGHT]
        known = [word for word in known if len(word.folded) >= _MIN_PREFIX_LENGTH or statistics.has_stem(word.stem)]
        if 0 < len(known) < len(interpretation.words):
            shorter.append(QueryInterpretation([word.typed for word in known], known))
    return shorter


def _query_word(typed: str, statistics: WordStatistics, *, is_last: bool) -> QueryWord:
    folded = fold_vowels(typed)
    stem = stem_word(folded)
    completions = statistics.complete(folded) if is_last or len(folded) >= _MIN_PREFIX_LENGTH else []
    corrections: dict[str, float] = {}
    if not completions and not statistics.has_stem(stem):
        max_edits = next((edits for letters, edits in _MAX_EDITS_BY_LENGTH if len(folded) >= letters), 0)
        similar = statistics.similar_words(folded, max_edits)
        corrections = {word: _MISSPELT * (1 - edits / len(folded)) for word, edits in similar.items()}
    # An unfinished word may end within an ending: "musklern" begins "musklerne", whose stem is shorter.
    others = dict.fromkeys(map(stem_word, completions or corrections))
    weights = map(statistics.weight, [stem] if statistics.has_stem(stem) else others)
    stems = (stem, *(other for other in others if not (completions and other.startswith(stem))))
    return QueryWord(typed, folded, stem, max(weights, default=UNKNOWN_WEIGHT), stems, bool(completions), corrections)


def _part(stem: str, statistics: WordStatistics) -> QueryWord:
    return QueryWord(stem, stem, stem, statistics.weight(stem), (stem,))
