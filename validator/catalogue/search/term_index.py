"""What the rubrics are called, their terms, in an SQLite index in memory that finds those with given words."""

import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from validator.catalogue.rubric import Rubric
from validator.catalogue.search.spelling import plain, words_of
from validator.catalogue.search.terms import Origin, Term
from validator.catalogue.search.word_statistics import Vocabulary, Word

if TYPE_CHECKING:
    import sqlite_utils

_MOST_TERMS = 150
_CREATE = "CREATE VIRTUAL TABLE terms USING fts5(whole, words, parts, content='', detail='column', prefix='1 2 3')"
# All numbers in one row: the interpreter's lock is given up, and waited for, at each.
_FIND = "SELECT group_concat(rowid) FROM (SELECT rowid FROM terms WHERE terms MATCH ? LIMIT ?)"


class TermIndex:
    """The terms of the rubrics and their words. Built once, never changed; any thread may ask."""

    def __init__(self, rubrics: Iterable[Rubric]) -> None:
        spelled: dict[tuple[str, tuple[str, ...]], tuple[str, str, Origin]] = {}
        for code, text, language, origin in _called(rubrics):
            spelled.setdefault((code, tuple(words_of(text))), (text, language, origin))
        self.vocabulary = Vocabulary(spelled)
        self._terms = [
            _term(code, text, language, origin, [self.vocabulary.words[typed] for typed in words])
            for (code, words), (text, language, origin) in spelled.items()
        ]
        # They are found in this order: first those that say little else than what is asked for.
        self._terms.sort(key=lambda term: (len(term.words), -term.origin, len(term.whole)))
        self._lock = threading.Lock()
        self._tables = _tables(self._terms)
        weakref.finalize(self, self._tables.close).atexit = False

    def holding(self, expression: str) -> list[Term]:
        """The first terms that an FTS5 expression finds."""
        with self._lock:
            (found,) = self._tables.execute(_FIND, (expression, _MOST_TERMS)).fetchone()
        return [self._terms[int(number) - 1] for number in found.split(",")] if found else []


def _called(rubrics: Iterable[Rubric]) -> Iterator[tuple[str, str, str, Origin]]:
    """Code, text, language and origin of what the rubrics are called; what says most comes first."""
    for rubric in rubrics:
        yield rubric.code, rubric.code, "", Origin.CODE
        for language, text in (*rubric.titles.items(), *rubric.short_titles.items()):
            yield rubric.code, text, language, Origin.TITLE
        for synonym in sorted(rubric.synonyms, key=lambda synonym: not synonym.preferred):
            origin = Origin.SYNONYM if synonym.preferred else Origin.SECOND_CHOICE
            yield rubric.code, synonym.term, synonym.language, origin


def _term(code: str, text: str, language: str, origin: Origin, words: list[Word]) -> Term:
    whole = words[0].plain if len(words) == 1 else plain("".join([word.typed for word in words]))
    return Term(code, text, language, origin, tuple(words), whole, sum([word.weight for word in words]))


def _tables(terms: list[Term]) -> "sqlite_utils.Database":
    """The index; the number of a row is the place of its term, counted from one."""
    import sqlite_utils  # a sixth of a second, which who only judges does without

    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    tables = sqlite_utils.Database(connection, execute_plugins=False)
    tables.execute(_CREATE)
    with tables.atomic():
        connection.executemany(
            "INSERT INTO terms (rowid, whole, words, parts) VALUES (?, ?, ?, ?)",
            (
                (
                    number,
                    term.whole,
                    " ".join([word.root for word in term.words]),
                    " ".join([part for word in term.words for part in word.parts]),
                )
                for number, term in enumerate(terms, 1)
            ),
        )
    return tables
