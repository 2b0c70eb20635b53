"""The attempts at coding cases, each with what it was marked by, so that a later change of case or rules changes no old answer."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from validator.store.database import Database


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answered case. `first`: the learner's first at that case. `answer` are pairs of code and role, `chosen` and `key` the
    codes of the main diagnoses that were chosen and wanted, with + between and empty where there is none.
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


def add_attempt(tables: sqlite_utils.Database, attempt: Attempt) -> tuple[int, bool]:
    """Keeps an attempt, in a transaction: how many the learner has made at the case now, and whether it is the first."""
    (before,) = tables.execute(
        'SELECT count(*) FROM attempts WHERE learner = ? AND "case" = ?', [attempt.learner, attempt.case]
    ).fetchone()
    row = {
        "learner": attempt.learner,
        "group": attempt.group,
        "case": attempt.case,
        "version": attempt.version,
        "first": int(before == 0),
        "at": attempt.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "answer": json.dumps(attempt.answer, ensure_ascii=False),
        "phase": attempt.phase,
        "chosen": attempt.chosen,
        "key": attempt.key,
        "grade": attempt.grade,
        "score": attempt.score,
        "release": attempt.release,
        "digest": attempt.digest,
    }
    tables.table("attempts").insert(row)
    return before + 1, before == 0


def attempts_of(database: Database, learner: int) -> list[Attempt]:
    """A learner's attempts, the oldest first. Raises StoreError."""
    return _attempts(database, "learner = ?", [learner])


def first_attempts(database: Database, *, group: int | None = None) -> list[Attempt]:
    """Every learner's first attempt at each case, the oldest first; those of a group only. Raises StoreError."""
    if group is None:
        return _attempts(database, "first = 1", [])
    return _attempts(database, 'first = 1 AND "group" = ?', [group])


def first_attempts_in_group(database: Database, group: int) -> list[Attempt]:
    """Each member's first attempt at each case while in a group, the oldest first; they may have met the case before. Raises
    StoreError.
    """
    return _attempts(database, 'id IN (SELECT min(id) FROM attempts WHERE "group" = ? GROUP BY learner, "case")', [group])


def _attempts(database: Database, where: str, values: list[Any]) -> list[Attempt]:
    with database.reading() as tables:
        return [_attempt(row) for row in tables.table("attempts").rows_where(where, values, order_by="id")]


def _attempt(row: Mapping[str, Any]) -> Attempt:
    answer = tuple((code, role) for code, role in json.loads(row["answer"]))
    return Attempt(**{**row, "answer": answer, "at": datetime.datetime.fromisoformat(row["at"]), "first": bool(row["first"])})
