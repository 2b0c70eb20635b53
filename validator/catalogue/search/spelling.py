"""How words are compared: in ASCII letters, without endings, and taken apart where they are compounds.

Danish, Swedish and English words share one form, whichever way their letters were typed: "knæet", "knaeet" and "knäet".
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable

_LETTERS = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa"})
_WORD = re.compile(r"[a-z0-9]+")
# The endings of nouns and adjectives in the order in which they are taken off: genitive, definite form, plural, and the s of words
# such as "artrose", which Swedish writes without the e. Each leaves at least three letters, an s four.
_ENDINGS = [
    re.compile(f"(?<=[a-z0-9]{{{left}}}){ending}$")
    for left, ending in (
        (4, "s"),
        (3, "(?:(?<=[er])ne|en|et)"),
        (3, "(?:er|re|e|(?<=[^aeiouy])r)"),
        (4, "s"),
    )
]
_LAST = frozenset("enrst")  # the letters that an ending ends in
_DOUBLED = re.compile(r"(?<=[a-z]{2})([^aeiouy0-9])\1$")
_SHORTEST, _OFTEN = 3, 2


def words_of(text: str) -> list[str]:
    """The words of a text in small ASCII letters ("Mb. Ménière, knæ-OA" gives mb, meniere, knae, oa)."""
    letters = text.casefold()
    if not letters.isascii():
        letters = unicodedata.normalize("NFKC", letters).casefold().translate(_LETTERS)
    if not letters.isascii():
        letters = "".join(sign for sign in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(sign))
    return _WORD.findall(letters)


def plain(word: str) -> str:
    """The word as one types it who leaves out dots and rings: "haandled" gives "handled"."""
    # In capitals meanwhile, so that "knaeartrose" keeps both vowels: kna, artrose.
    return word.replace("ae", "A").replace("oe", "o").replace("aa", "a").lower()


def root(word: str) -> str:
    """What a plain word shares with its other forms, at least half of it: "skulderen", "skuldre" and "skulder" give "skuld"."""
    shorter = word
    for ending in _ENDINGS:
        if shorter[-1:] not in _LAST:
            break
        taken = ending.sub("", shorter)
        shorter = taken if len(taken) * 2 >= len(word) else shorter
    return _DOUBLED.sub(r"\1", shorter)


class Compounds:
    """Takes compounds apart by the words that are known.

    A part is what stands in the same place in other compounds too, so that "migraene" is not taken for "mig" and "raene".
    """

    def __init__(self, words: Iterable[str], roots: Iterable[str]) -> None:
        tails = set(roots)
        heads = {head for word in words for head in (word, f"{word}s")} | {head for word in tails for head in (word, f"{word}e")}
        splits = [split for word in tails for split in _splits(word, heads, tails)]
        self._heads = _often(head for head, _ in splits)
        self._tails = _often(tail for _, tail in splits)

    def parts(self, root_of_word: str) -> tuple[str, ...]:
        """The roots of the two parts of a compound, by its own root; none where it is no compound of known words."""
        splits = _splits(root_of_word, self._heads, self._tails)
        if not splits:
            return ()
        head, tail = max(splits, key=lambda split: min(self._heads[split[0]], self._tails[split[1]]))
        return root(head), tail


def _splits(word: str, heads: Container[str], tails: Container[str]) -> list[tuple[str, str]]:
    last = len(word) - _SHORTEST + 1
    return [(word[:end], word[end:]) for end in range(_SHORTEST, last) if word[end:] in tails and word[:end] in heads]


def _often(parts: Iterable[str]) -> dict[str, int]:
    return {part: times for part, times in Counter(parts).items() if times >= _OFTEN}
