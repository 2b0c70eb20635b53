"""Groups, such as a network at its meeting: those who join with the code that is told, and what they answered, for who made it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.store.attempts import first_attempts_in_group
from validator.store.database import Database
from validator.store.learners import (
    ANSWER_TIMEOUT,
    Group,
    create_group,
    find_group,
    find_learner,
    find_or_create_learner,
    get_group,
    groups_of,
    join_group,
)
from validator.training.agreement import Estimate, observed, wilson
from validator.training.errors import UnknownGroupError
from validator.training.statistics import NOTHING


@dataclass(frozen=True)
class Answers:
    """What a group answered to a case, of each member the first attempt in the group: how many chose each code ("-" for no main
    diagnosis), how large a share of all pairs agree, and the share of exact answers.

    `exact` tells about the key, so it is None until the one who watches has answered the case.
    """

    group: Group
    case: str
    answers: int
    chosen: tuple[tuple[str, int], ...]
    agreement: float | None
    exact: Estimate | None

    def to_json(self, language: str, catalogue: Catalogue) -> dict[str, Any]:
        """The answers as plain data, each code with its title."""
        chosen = [{"code": code, "title": catalogue.title(code, language), "answers": answers} for code, answers in self.chosen]
        return {
            **self.group.to_json(),
            "case": self.case,
            "answers": self.answers,
            "chosen": chosen,
            "agreement": self.agreement,
            "exact": self.exact and self.exact.value,
            "interval": self.exact and [self.exact.low, self.exact.high],
        }


class Groups:
    """The groups of a store. A learner is named by a code, None for one who has none yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, code: str | None) -> tuple[Group, str | None]:
        """A new group, which its maker may watch; the code that was made for them, if any. Raises StoreError."""
        with self._database.transaction(wait=ANSWER_TIMEOUT) as tables:
            learner, made = find_or_create_learner(tables, code)
            group = create_group(tables, learner.id)
        return group, made

    def join(self, code: str | None, group_code: str) -> tuple[Group, str | None]:
        """Puts a learner into a group; answers from now on are of that. Raises UnknownGroupError or StoreError."""
        group = self.get(group_code)
        with self._database.transaction(wait=ANSWER_TIMEOUT) as tables:
            learner, made = find_or_create_learner(tables, code)
            join_group(tables, learner.id, group.id)
        return group, made

    def leave(self, code: str | None) -> None:
        """Takes a learner out of any group; what was answered in it stays there. Raises StoreError."""
        learner = find_learner(self._database, code)
        if learner is not None:
            with self._database.transaction(wait=ANSWER_TIMEOUT) as tables:
                join_group(tables, learner.id, None)

    def of(self, code: str | None) -> Group | None:
        """The group that a learner is in. Raises StoreError."""
        learner = find_learner(self._database, code)
        return get_group(self._database, learner.group) if learner and learner.group else None

    def made_by(self, code: str | None) -> list[Group]:
        """The groups that a learner made, the newest first. Raises StoreError."""
        learner = find_learner(self._database, code)
        return groups_of(self._database, learner.id) if learner else []

    def watched(self, code: str | None, group_code: str) -> Group:
        """A group that the learner made. Raises UnknownGroupError or StoreError."""
        learner, group = find_learner(self._database, code), self.get(group_code)
        if learner is None or group.owner != learner.id:
            raise UnknownGroupError(group_code)
        return group

    def get(self, group_code: str) -> Group:
        """The group of a code. Raises UnknownGroupError or StoreError."""
        group = find_group(self._database, group_code)
        if group is None:
            raise UnknownGroupError(group_code)
        return group

    def cases(self, group: Group) -> dict[str, int]:
        """How many in a group have answered each case, those that anybody has. Raises StoreError."""
        return dict(sorted(Counter(attempt.case for attempt in first_attempts_in_group(self._database, group.id)).items()))

    def answers(self, group: Group, case: str) -> Answers:
        """What a group has answered to a case up to now. Raises StoreError."""
        held = [attempt for attempt in first_attempts_in_group(self._database, group.id) if attempt.case == case]
        chosen = [attempt.chosen or NOTHING for attempt in held]
        told = bool(held) and self._has_answered(group.owner, case)
        hits = sum(attempt.grade == "exact" for attempt in held)
        return Answers(
            group,
            case,
            len(held),
            tuple(Counter(chosen).most_common()),
            observed(chosen),
            wilson(hits, len(held)) if told else None,
        )

    def _has_answered(self, learner: int, case: str) -> bool:
        with self._database.reading() as tables:
            return tables.table("attempts").count_where('learner = ? AND "case" = ?', [learner, case]) > 0
