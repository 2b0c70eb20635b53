"""Terms: what rubrics are called, and where each name comes from."""

from dataclasses import dataclass
from enum import IntEnum

from validator.catalogue.search.word_statistics import Word


class Origin(IntEnum):
    """Where a term comes from; the greater, the more it says that the rubric is meant."""

    SECOND_CHOICE = 0
    SYNONYM = 1
    TITLE = 2
    CODE = 3


@dataclass(slots=True, eq=False)
class Term:
    """What a rubric is called: the text, its language, where it comes from, its words, all in one, and their weight together."""

    code: str
    text: str
    language: str
    origin: Origin
    words: tuple[Word, ...]
    whole: str
    weight: float

    @property
    def typed(self) -> str:
        """The words in one, as typed."""
        return "".join(word.typed for word in self.words)
