"""What a learner may do with what is kept about them: see all of it, and have it deleted."""

from typing import Any

from validator.store.attempts import Attempt, attempts_of
from validator.store.database import Database
from validator.store.learners import Learner, delete_learner, find_learner, get_group


class Learners:
    """The learners of a store, each named by their code; None, and a code that nobody has, is a learner without anything."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, code: str | None) -> Learner | None:
        """The learner of a code. Raises StoreError."""
        return find_learner(self._database, code)

    def attempts(self, code: str | None) -> list[Attempt]:
        """A learner's attempts, the oldest first. Raises StoreError."""
        learner = self.find(code)
        return attempts_of(self._database, learner.id) if learner else []

    def export(self, code: str | None) -> dict[str, Any]:
        """Everything that is kept about a learner, as plain data. Raises StoreError."""
        learner = self.find(code)
        group = get_group(self._database, learner.group) if learner and learner.group else None
        return {
            "since": learner.since.isoformat() if learner else None,
            "group": group.code if group else None,
            "attempts": [_plain(attempt) for attempt in self.attempts(code)],
        }

    def delete(self, code: str | None) -> int:
        """Deletes a learner, and the groups that they made; how many attempts went with it. Raises StoreError."""
        learner = self.find(code)
        return delete_learner(self._database, learner.id) if learner else 0


def _plain(attempt: Attempt) -> dict[str, Any]:
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
