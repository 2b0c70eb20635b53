"""The terms of rubrics in an in-memory SQLite full-text index."""

import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from validator.catalogue.rubric import Rubric
from validator.catalogue.search.spelling import fold_vowels, split_words
from validator.catalogue.search.terms import Origin, Term, Word
from validator.catalogue.search.word_statistics import WordStatistics

if TYPE_CHECKING:
    import sqlite_utils

_MAX_TERMS = 150
_CREATE = "CREATE VIRTUAL TABLE terms USING fts5(joined, words, parts, content='', detail='column', prefix='1 2 3')"
# All numbers in one row, since the GIL is released and acquired again for each row.
_FIND = "SELECT group_concat(rowid) FROM (SELECT rowid FROM terms WHERE terms MATCH ? LIMIT ?)"


class TermIndex:
    """The terms of rubrics with their words; immutable and thread-safe."""

    def __init__(self, rubrics: Iterable[Rubric]) -> None:
        names: dict[tuple[str, tuple[str, ...]], tuple[str, str, Origin]] = {}
        for code, text, language, origin in _names(rubrics):
            names.setdefault((code, tuple(split_words(text))), (text, language, origin))
        self.statistics = WordStatistics(names)
        self._terms = [
            _build_term(code, text, language, origin, [self.statistics.words[typed] for typed in words])
            for (code, words), (text, language, origin) in names.items()
        ]
        # The order in which matches are returned: terms with the fewest other words first.
        self._terms.sort(key=lambda term: (len(term.words), -term.origin, len(term.joined)))
        self._lock = threading.Lock()
        self._database = _create_database(self._terms)
        weakref.finalize(self, self._database.close).atexit = False

    def find(self, expression: str) -> list[Term]:
        """Return the first terms that match an FTS5 expression."""
        with self._lock:
            (numbers,) = self._database.execute(_FIND, (expression, _MAX_TERMS)).fetchone()
        return [self._terms[int(number) - 1] for number in numbers.split(",")] if numbers else []


def _names(rubrics: Iterable[Rubric]) -> Iterator[tuple[str, str, str, Origin]]:
    """Yield code, text, language and origin of the names of rubrics, the strongest origin first."""
    for rubric in rubrics:
        yield rubric.code, rubric.code, "", Origin.CODE
        for language, text in (*rubric.titles.items(), *rubric.short_titles.items()):
            yield rubric.code, text, language, Origin.TITLE
        for synonym in sorted(rubric.synonyms, key=lambda synonym: not synonym.preferred):
            origin = Origin.SYNONYM if synonym.preferred else Origin.SECOND_CHOICE
            yield rubric.code, synonym.term, synonym.language, origin


def _build_term(code: str, text: str, language: str, origin: Origin, words: list[Word]) -> Term:
    joined = words[0].folded if len(words) == 1 else fold_vowels("".join([word.typed for word in words]))
    return Term(code, text, language, origin, tuple(words), joined, sum([word.weight for word in words]))


def _create_database(terms: list[Term]) -> "sqlite_utils.Database":
    """Create the index; the number of a row is the position of its term, counted from one."""
    import sqlite_utils  # takes a sixth of a second, which commands without a search save

    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    database = sqlite_utils.Database(connection, execute_plugins=False)
    database.execute(_CREATE)
    with database.atomic():
        connection.executemany(
            "INSERT INTO terms (rowid, joined, words, parts) VALUES (?, ?, ?, ?)",
            (
                (
                    number,
                    term.joined,
                    " ".join([word.stem for word in term.words]),
                    " ".join([part for word in term.words for part in word.parts]),
                )
                for number, term in enumerate(terms, 1)
            ),
        )
    return database
