"""Attempts at coding cases.

Each is stored with all that its mark depends on, so that later changes of case or rules leave it unchanged.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlite_utils

from validator.store.database import Database
from validator.store.timestamps import format_timestamp


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answered case; `first` is set for the learner's first attempt at it.

    `answer` has pairs of code and role. `chosen` and `key` are the main diagnoses chosen and expected, joined with +, or empty;
    where the phase alone is scored, they are the phases.
    """

    learner: int
    case: str
    version: int
    at: datetime.datetime
    answer: tuple[tuple[str, str], ...]
    phase: int | None
    chosen: str
    key: str
    grade: str
    score: float
    release: str
    digest: str
    group: int | None = None
    first: bool = True
    id: int = 0


# Plain SQL: sqlite-utils would make four more statements of it, while all other writers wait.
_INSERT = """
    INSERT INTO attempts
    (learner, "group", "case", version, first, at, answer, phase, chosen, "key", grade, score, release, digest)
    VALUES
    (:learner, :group, :case, :version, :first, :at, :answer, :phase, :chosen, :key, :grade, :score, :release, :digest)
"""


def add_attempt(tables: sqlite_utils.Database, attempt: Attempt) -> tuple[int, bool]:
    """Save an attempt, within a transaction.

    Return how many the learner has made at the case, and whether this is the first.
    """
    (before,) = tables.execute(
        'SELECT count(*) FROM attempts WHERE learner = ? AND "case" = ?', [attempt.learner, attempt.case]
    ).fetchone()
    row = {
        **asdict(attempt),
        "first": int(before == 0),
        "at": format_timestamp(attempt.at),
        "answer": json.dumps(attempt.answer, ensure_ascii=False),
    }
    tables.execute(_INSERT, row)
    return before + 1, before == 0


def attempts_of(database: Database, learner: int) -> list[Attempt]:
    """Return a learner's attempts, the oldest first. Raises StoreError."""
    return _attempts(database, "learner = ?", [learner])


def first_attempts(database: Database, *, group: int | None = None) -> list[Attempt]:
    """Return the first attempt at each case of every learner, or of a group, oldest first.

    Raises StoreError.
    """
    if group is None:
        return _attempts(database, "first = 1", [])
    return _attempts(database, 'first = 1 AND "group" = ?', [group])


def first_attempts_in_group(database: Database, group: int) -> list[Attempt]:
    """Return each member's first attempt at each case while in a group, the oldest first.

    Such an attempt need not be the member's first at the case. Raises StoreError.
    """
    return _attempts(database, 'id IN (SELECT min(id) FROM attempts WHERE "group" = ? GROUP BY learner, "case")', [group])


def _attempts(database: Database, where: str, values: list[Any]) -> list[Attempt]:
    with database.reading() as tables:
        return [_attempt(row) for row in tables.table("attempts").rows_where(where, values, order_by="id")]


def _attempt(row: Mapping[str, Any]) -> Attempt:
    answer = tuple((code, role) for code, role in json.loads(row["answer"]))
    return Attempt(**{**row, "answer": answer, "at": datetime.datetime.fromisoformat(row["at"]), "first": bool(row["first"])})
