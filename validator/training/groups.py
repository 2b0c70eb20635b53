"""Groups of learners, and their answers as the owner of the group sees them.

A group is, for example, a network at its meeting.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.store.attempts import attempts_of, first_attempts_in_group
from validator.store.database import Database
from validator.store.learners import (
    Group,
    create_group,
    find_group,
    find_learner,
    find_or_create_learner,
    get_group,
    groups_of,
    join_group,
)
from validator.store.locks import LOCK_TIMEOUT
from validator.training.agreement import Estimate, observed_agreement
from validator.training.errors import UnknownGroupError
from validator.training.statistics import NOTHING, exact_share


@dataclass(frozen=True)
class GroupAnswers:
    """The answers of a group to a case: the first attempt of each member in the group.

    `chosen` are codes ("-" for no main diagnosis), or phases where those alone are scored, with the number of members who chose
    them, `agreement` the share of all pairs of members who agree. `exact` is the share of exact answers; it reveals the key, so it
    is None until the owner has answered.
    """

    group: Group
    case: str
    answers: int
    chosen: tuple[tuple[str, int], ...]
    agreement: float | None
    exact: Estimate | None

    def to_json(self, language: str, catalogue: Catalogue) -> dict[str, Any]:
        """Return the answers as plain data, each code with its title."""
        chosen = [{"code": code, "title": catalogue.title(code, language), "answers": answers} for code, answers in self.chosen]
        return {
            **self.group.to_json(),
            "case": self.case,
            "answers": self.answers,
            "chosen": chosen,
            "agreement": self.agreement,
            "exact": self.exact and self.exact.value,
            "interval": self.exact and self.exact.interval,
        }


class Groups:
    """The groups of a store. A learner is identified by a code, or None before the first answer.

    Every method may raise StoreError; those that take a group's code raise UnknownGroupError where there is no such group.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, code: str | None) -> tuple[Group, str | None]:
        """Create a group; also return the code of a learner who was created as its owner."""
        with self._database.transaction(wait=LOCK_TIMEOUT) as tables:
            learner, new_code = find_or_create_learner(tables, code)
            group = create_group(tables, learner.id)
        return group, new_code

    def join(self, code: str | None, group_code: str) -> tuple[Group, str | None]:
        """Add a learner to a group for their answers from now on.

        Also return the code of a learner who was created, else None.
        """
        group = self.get(group_code)
        with self._database.transaction(wait=LOCK_TIMEOUT) as tables:
            learner, new_code = find_or_create_learner(tables, code)
            join_group(tables, learner.id, group.id)
        return group, new_code

    def leave(self, code: str | None) -> None:
        """Remove a learner from their group; earlier answers stay in it."""
        learner = find_learner(self._database, code)
        if learner is not None:
            with self._database.transaction(wait=LOCK_TIMEOUT) as tables:
                join_group(tables, learner.id, None)

    def group_of(self, code: str | None) -> Group | None:
        """Return the group that a learner is in."""
        learner = find_learner(self._database, code)
        return get_group(self._database, learner.group) if learner and learner.group else None

    def created_by(self, code: str | None) -> list[Group]:
        """Return the groups that a learner owns, the newest first."""
        learner = find_learner(self._database, code)
        return groups_of(self._database, learner.id) if learner else []

    def get_owned(self, code: str | None, group_code: str) -> Group:
        """Return a group that the learner owns. Raises UnknownGroupError for the groups of others."""
        learner, group = find_learner(self._database, code), self.get(group_code)
        if learner is None or group.owner != learner.id:
            raise UnknownGroupError(group_code)
        return group

    def get(self, group_code: str) -> Group:
        """Return the group with a code."""
        group = find_group(self._database, group_code)
        if group is None:
            raise UnknownGroupError(group_code)
        return group

    def answer_counts(self, group: Group) -> dict[str, int]:
        """Return the number of members who have answered each case, by case id."""
        return dict(sorted(Counter(attempt.case for attempt in first_attempts_in_group(self._database, group.id)).items()))

    def case_answers(self, group: Group, case: str) -> GroupAnswers:
        """Return the answers of a group to a case up to now."""
        attempts = [attempt for attempt in first_attempts_in_group(self._database, group.id) if attempt.case == case]
        chosen = [attempt.chosen or NOTHING for attempt in attempts]
        owner_answered = any(attempt.case == case for attempt in attempts_of(self._database, group.owner))
        exact = exact_share(attempts) if owner_answered else None
        counts = tuple(Counter(chosen).most_common())
        return GroupAnswers(group, case, len(attempts), counts, observed_agreement(chosen), exact)
