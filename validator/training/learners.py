"""The learners of a store: their attempts, the export of their data, and its deletion."""

from typing import Any

from validator.store.attempts import Attempt, attempts_of
from validator.store.database import Database
from validator.store.learners import Learner, delete_learner, find_learner, get_group


class Learners:
    """The learners of a store by code.

    None and unknown codes are learners without data. Every method may raise StoreError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, code: str | None) -> Learner | None:
        """Return the learner with a code."""
        return find_learner(self._database, code)

    def attempts(self, code: str | None) -> list[Attempt]:
        """Return a learner's attempts in chronological order."""
        learner = self.find(code)
        return attempts_of(self._database, learner.id) if learner else []

    def export(self, code: str | None) -> dict[str, Any]:
        """Return everything that is stored about a learner, as plain data."""
        learner = self.find(code)
        group = get_group(self._database, learner.group) if learner and learner.group else None
        return {
            "since": learner.since if learner else None,
            "group": group.code if group else None,
            "attempts": [_export_attempt(attempt) for attempt in self.attempts(code)],
        }

    def delete(self, code: str | None) -> int:
        """Delete a learner and their groups; return the number of deleted attempts."""
        learner = self.find(code)
        return delete_learner(self._database, learner.id) if learner else 0


def _export_attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "case": attempt.case,
        "version": attempt.version,
        "at": f"{attempt.at:%Y-%m-%dT%H:%M:%SZ}",
        "diagnoses": [{"code": code, "role": role} for code, role in attempt.answer],
        "phase": attempt.phase,
        "level": attempt.grade,
        "score": attempt.score,
        "release": attempt.release,
        "digest": attempt.digest,
    }
