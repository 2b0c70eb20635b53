"""Normalisation of words for comparison: ASCII letters, stems, and the parts of compounds.

Danish, Swedish and English words share one form, however their letters are typed: "knæet", "knaeet" and "knäet".
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable

_LETTERS = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa"})
_WORD = re.compile(r"[a-z0-9]+")
# Endings of nouns and adjectives in the order of their removal: genitive, definite form, plural, and the s of words such as
# "artrose", which Swedish writes without the e. At least three letters remain, before an s four.
_ENDINGS = [
    re.compile(f"(?<=[a-z0-9]{{{remaining}}}){ending}$")
    for remaining, ending in (
        (4, "s"),
        (3, "(?:(?<=[er])ne|en|et)"),
        (3, "(?:er|re|e|(?<=[^aeiouy])r)"),
        (4, "s"),
    )
]
_LAST_LETTERS_OF_ENDINGS = frozenset("enrst")
_DOUBLE_CONSONANT = re.compile(r"(?<=[a-z]{2})([^aeiouy0-9])\1$")
_MIN_PART_LENGTH, _MIN_PART_FREQUENCY = 3, 2


def split_words(text: str) -> list[str]:
    """Return the words of a text in lower-case ASCII.

    "Mb. Ménière, knæ-OA" gives mb, meniere, knae, oa.
    """
    letters = text.casefold()
    if not letters.isascii():
        letters = unicodedata.normalize("NFKC", letters).casefold().translate(_LETTERS)
    if not letters.isascii():
        letters = "".join(sign for sign in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(sign))
    return _WORD.findall(letters)


def fold_vowels(word: str) -> str:
    """Return the word as typed without dots and rings: "haandled" gives "handled"."""
    # An upper-case A keeps the two vowels of "knaeartrose" apart: kna, artrose.
    return word.replace("ae", "A").replace("oe", "o").replace("aa", "a").lower()


def stem_word(folded: str) -> str:
    """Return the stem of a folded word, at least half of it.

    "skulderen", "skuldre" and "skulder" give "skuld".
    """
    stem = folded
    for ending in _ENDINGS:
        if stem[-1:] not in _LAST_LETTERS_OF_ENDINGS:
            break
        shorter = ending.sub("", stem)
        stem = shorter if len(shorter) * 2 >= len(folded) else stem
    return _DOUBLE_CONSONANT.sub(r"\1", stem)


class Compounds:
    """Split compounds into known words.

    A part must occur in the same position of other compounds too, so that "migraene" is not split into "mig" and
    "raene".
    """

    def __init__(self, words: Iterable[str], stems: Iterable[str]) -> None:
        tails = set(stems)
        heads = {head for word in words for head in (word, f"{word}s")} | {head for stem in tails for head in (stem, f"{stem}e")}
        splits = [split for stem in tails for split in _possible_splits(stem, heads, tails)]
        self._heads = _frequent(head for head, _ in splits)
        self._tails = _frequent(tail for _, tail in splits)

    def split(self, stem: str) -> tuple[str, ...]:
        """Return the stems of the two parts of a compound, by its stem; else nothing."""
        splits = _possible_splits(stem, self._heads, self._tails)
        if not splits:
            return ()
        head, tail = max(splits, key=lambda split: min(self._heads[split[0]], self._tails[split[1]]))
        return stem_word(head), tail


def _possible_splits(word: str, heads: Container[str], tails: Container[str]) -> list[tuple[str, str]]:
    ends = range(_MIN_PART_LENGTH, len(word) - _MIN_PART_LENGTH + 1)
    return [(word[:end], word[end:]) for end in ends if word[end:] in tails and word[:end] in heads]


def _frequent(parts: Iterable[str]) -> dict[str, int]:
    return {part: count for part, count in Counter(parts).items() if count >= _MIN_PART_FREQUENCY}
