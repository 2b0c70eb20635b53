"""Terms: the names of rubrics, their words, and where each name comes from."""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Word(NamedTuple):
    """A word in ASCII as typed, with folded vowels, and as a stem, with its weight.

    `parts` are the stems of the parts of a compound.
    """

    typed: str
    folded: str
    stem: str
    parts: tuple[str, ...]
    weight: float


class Origin(IntEnum):
    """The origin of a term, in the order of how strongly it points to its rubric."""

    SECOND_CHOICE = 0
    SYNONYM = 1
    TITLE = 2
    CODE = 3


@dataclass(slots=True, eq=False)
class Term:
    """A name of a rubric.

    `joined` is its folded words without blanks, `weight` the sum of their weights.
    """

    code: str
    text: str
    language: str
    origin: Origin
    words: tuple[Word, ...]
    joined: str
    weight: float

    @property
    def typed(self) -> str:
        """The words as typed, without blanks."""
        return "".join(word.typed for word in self.words)
