"""A query as the index is asked for it: its words, what they may be misspelt or compounded from, and how like it a term is."""

from collections.abc import Mapping
from operator import mul
from types import MappingProxyType
from typing import NamedTuple

from validator.catalogue.search.spelling import plain, root, words_of
from validator.catalogue.search.terms import Term
from validator.catalogue.search.word_statistics import UNKNOWN, Vocabulary, Word

LIMIT_QUERY = 200  # characters
_MOST_WORDS = 12
_SHORTEST_BEGINNING = 3  # letters of a word that may be unfinished and is not the last
_EDITS = ((12, 3), (7, 2), (4, 1))  # a word of so many letters may have so many edits
# How like a word of a term is to the one asked for, where it is not that very word.
_SAME_PLAIN, _SAME_ROOT, _MISSPELT = 0.9, 0.95, 0.85
_BEGINNING, _OF_ITS_LENGTH = 0.6, 0.3
# How much it counts that a term says little else than what was asked for.
_NOTHING_ELSE = 0.4


class QueryWord(NamedTuple):
    """A word of a query, and by which `roots` its terms are found, or by what begins with them where it may be `unfinished`.

    `meant` holds the words that it may be misspelt from, by likeness; `weight` is how telling it is.
    """

    typed: str
    plain: str
    root: str
    weight: float
    roots: tuple[str, ...]
    unfinished: bool = False
    meant: Mapping[str, float] = MappingProxyType({})

    @property
    def expression(self) -> str:
        """What finds its terms in the index."""
        behind = " *" if self.unfinished else ""
        return "(" + " OR ".join(f'"{root}"{behind}' for root in self.roots) + ")"

    def likeness(self, word: Word) -> float:
        """How like a word of a term is: 1 where it is the same, 0 where it is another."""
        if self.typed == word.typed:
            return 1.0
        as_typed = 1.0 if word.typed.startswith(self.typed[:_SHORTEST_BEGINNING]) else _SAME_PLAIN
        if self.root == word.root:
            return _SAME_ROOT * as_typed
        if self.unfinished and word.plain.startswith(self.plain):
            return (_BEGINNING + _OF_ITS_LENGTH * len(self.plain) / len(word.plain)) * as_typed
        if self.root in word.parts:
            return _BEGINNING + _OF_ITS_LENGTH * len(self.root) / len(word.plain)
        return self.meant.get(word.plain, 0.0)


class QueryReading:
    """One way to read a query."""

    def __init__(self, typed: list[str], asked: list[QueryWord]) -> None:
        self.asked = asked
        self.typed = "".join(typed)
        self.whole = plain(self.typed)
        self.is_spelled_right = not any(word.meant for word in asked)
        self._roots = sorted(word.root for word in asked)
        self._weights = [word.weight for word in asked]
        self._weight = sum(self._weights)
        self._likenesses: dict[str, tuple[list[float], float]] = {}

    @property
    def expression(self) -> str:
        """What finds the terms that begin as the query does, or have all of its words."""
        return f'whole : "{self.whole}" * OR {{words parts}} : ({" AND ".join(word.expression for word in self.asked)})'

    def is_all_of(self, term: Term) -> bool:
        """Whether a term has these words and no more, in any order and form, or the same letters."""
        if term.whole == self.whole:
            return True
        return len(term.words) == len(self.asked) and sorted(word.root for word in term.words) == self._roots

    def is_in_the_language_of(self, term: Term) -> bool:
        """Whether the words may be meant in the language of a term: Danish endings make no other form of an English word."""
        if term.language != "en" or not self.is_spelled_right:
            return True
        return all(any(word.typed.startswith(asked.typed) for word in term.words) for asked in self.asked)

    def likeness(self, term: Term) -> tuple[float, bool]:
        """How like a term is, from 0 to 1; and whether every word of the query is in it."""
        covered, best = 0.0, [0.0] * len(self.asked)
        for word in term.words:
            likenesses, most = self._likenesses.get(word.typed) or self._compare(word)
            covered += most * word.weight
            if most:
                best = list(map(max, best, likenesses))
        of_query = sum(map(mul, best, self._weights)) / self._weight
        return of_query * (1 - _NOTHING_ELSE + _NOTHING_ELSE * covered / term.weight), 0.0 not in best

    def _compare(self, word: Word) -> tuple[list[float], float]:
        likenesses = [asked.likeness(word) for asked in self.asked]
        compared = self._likenesses[word.typed] = likenesses, max(likenesses)
        return compared


def readings(text: str, vocabulary: Vocabulary) -> list[QueryReading]:
    """The ways to read a text: words that no term has are taken for compounds, where they are such, and for misspellings."""
    typed = words_of(text[:LIMIT_QUERY])[:_MOST_WORDS]
    if not typed:
        return []
    asked = [_asked(word, vocabulary, last=place == len(typed)) for place, word in enumerate(typed, 1)]
    parts = [() if word.unfinished or vocabulary.has(word.root) else vocabulary.compounds.parts(word.root) for word in asked]
    found = [QueryReading(typed, asked)]
    if any(parts):
        apart = [[_part(part, vocabulary) for part in split] or [word] for word, split in zip(asked, parts, strict=True)]
        found.append(QueryReading(typed, [word for words in apart for word in words]))
    return found


def of_known_words(found: list[QueryReading], vocabulary: Vocabulary) -> list[QueryReading]:
    """The readings that have words that no term has, without them; one that is unfinished must have three letters."""
    shorter = []
    for reading in found:
        known = [word for word in reading.asked if word.weight < UNKNOWN]
        known = [word for word in known if len(word.plain) >= _SHORTEST_BEGINNING or vocabulary.has(word.root)]
        if 0 < len(known) < len(reading.asked):
            shorter.append(QueryReading([word.typed for word in known], known))
    return shorter


def _asked(typed: str, vocabulary: Vocabulary, *, last: bool) -> QueryWord:
    word = plain(typed)
    stem = root(word)
    begun = vocabulary.beginning(word) if last or len(word) >= _SHORTEST_BEGINNING else []
    meant: dict[str, float] = {}
    if not begun and not vocabulary.has(stem):
        most = next((edits for letters, edits in _EDITS if len(word) >= letters), 0)
        meant = {known: _MISSPELT * (1 - edits / len(word)) for known, edits in vocabulary.alike(word, most).items()}
    # What is typed may reach into an ending: "musklern" begins "musklerne", whose root is shorter.
    others = dict.fromkeys(map(root, begun or meant))
    weight = vocabulary.weight(stem) if vocabulary.has(stem) else max(map(vocabulary.weight, others), default=UNKNOWN)
    roots = (stem, *(found for found in others if not (begun and found.startswith(stem))))
    return QueryWord(typed, word, stem, weight, roots, bool(begun), meant)


def _part(part: str, vocabulary: Vocabulary) -> QueryWord:
    return QueryWord(part, part, part, vocabulary.weight(part), (part,))
