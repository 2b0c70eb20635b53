"""Everything that is done with coding cases, in one object: list, show, answer, choose the next, and tell how it goes."""

import datetime
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.rubric import normal_form
from validator.contract.encounter import Diagnosis, Role, assign_roles
from validator.judging.validator import Validator
from validator.requests.request import read_request
from validator.serving.service import Service
from validator.store.attempts import Attempt, add_attempt, first_attempts
from validator.store.database import Database
from validator.store.learners import ANSWER_TIMEOUT, find_or_create_learner
from validator.training.answer_marking import Mark, mark
from validator.training.bank_loader import Holding
from validator.training.case import Answer, Case, Coded, mains
from validator.training.case_availability import AvailabilityCache, CaseAvailability
from validator.training.case_bank import Bank
from validator.training.errors import UnknownCaseError, WithdrawnCaseError
from validator.training.feedback import Feedback
from validator.training.filters import ANY, Filters
from validator.training.groups import Groups
from validator.training.key_checks import PACK
from validator.training.learners import Learners
from validator.training.progress import Progress, progress_of
from validator.training.repetition import next_case
from validator.training.statistics import Statistics, statistics_of

_LONGEST_CODE = 8  # characters, of any system


class Training:
    """The cases of a service for its learners. Threads may share it.

    `service` gives the rules as they stand now. A learner is named by a code, None for one who has none yet; nothing is kept of a
    learner before the first answer.
    """

    def __init__(self, database: Database, holding: Holding, service: Callable[[], Service]) -> None:
        self._database = database
        self.learners = Learners(database)
        self.groups = Groups(database)
        self._holding = holding
        self._service = service
        self._stands = AvailabilityCache()
        self._writing = threading.Lock()

    @property
    def bank(self) -> Bank:
        """Every case, and the scoring. Raises BankMissingError."""
        return self._holding.bank(self._service().catalogue)

    def standings(self, filters: Filters = ANY) -> list[CaseAvailability]:
        """The cases in the order of their ids, each with whether it can be answered. Raises BankMissingError."""
        bank, service = self.bank, self._service()
        return [self._stands.of(case, service) for case in bank.cases.values() if filters.take(case)]

    def standing(self, id: str) -> CaseAvailability:
        """One case. Raises UnknownCaseError or BankMissingError."""
        case = self.bank.cases.get(id)
        if case is None:
            raise UnknownCaseError(id)
        return self._stands.of(case, self._service())

    def attempt(
        self, code: str | None, id: str, diagnoses: tuple[Diagnosis, ...], phase: int | None = None, *, language: str | None = None
    ) -> Feedback:
        """Marks and judges an answer, and keeps it; whoever has no code yet gets one.

        When this returns, the answer is kept. Raises UnknownCaseError, WithdrawnCaseError, BankMissingError, RequestError for what
        makes no contact, or StoreError where it could not be kept.
        """
        standing = self.standing(id)
        validator, case = standing.validator, standing.case
        if validator is None or not standing.playable:
            raise WithdrawnCaseError(id, standing.notice)
        given = tuple(Coded(diagnosis.code, role) for diagnosis, role in zip(diagnoses, assign_roles(diagnoses), strict=True))
        told = self._judged(case, validator, given, phase, language)
        made, attempts = self._keep(code, _kept(case, told.answer, phase, told.mark, validator))
        return replace(told, attempts=attempts, code=made)

    def feedback(self, code: str | None, id: str, *, language: str | None = None) -> Feedback | None:
        """What a learner was told of their latest answer to a case, by the release that it was judged by; None where they have not
        answered the case as it stands now.

        Raises UnknownCaseError, BankMissingError or StoreError.
        """
        standing = self.standing(id)
        attempts = [attempt for attempt in self.learners.attempts(code) if attempt.case == id]
        if not attempts or attempts[-1].version != standing.case.version:
            return None
        latest = attempts[-1]
        service = self._service()
        known = (PACK, latest.release) in service.releases
        validator = service.validator(PACK, latest.release) if known else standing.validator
        if validator is None:
            return None
        given = tuple(Coded(written, cast(Role, role)) for written, role in latest.answer)
        return replace(self._judged(standing.case, validator, given, latest.phase, language), attempts=len(attempts))

    def next_case(self, code: str | None, filters: Filters = ANY) -> Case | None:
        """The case that a learner should answer next; None where none can be answered. Raises BankMissingError or StoreError."""
        cases = [standing.case for standing in self.standings(filters) if standing.playable]
        return next_case(cases, self.learners.attempts(code), self.bank.scoring, datetime.datetime.now(datetime.UTC))

    def progress(self, code: str | None) -> Progress:
        """How a learner is doing. Raises BankMissingError or StoreError."""
        playable = [standing.case.id for standing in self.standings() if standing.playable]
        return progress_of(self.learners.attempts(code), self.bank, playable, self.learners.find(code))

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue whose titles are told."""
        return self._service().catalogue

    def statistics(self, filters: Filters = ANY, *, group: str | None = None) -> Statistics:
        """What all learners answered, or a group by its code; of cases that are gone only where nothing is narrowed.

        Raises UnknownGroupError, BankMissingError or StoreError.
        """
        held = first_attempts(self._database, group=self.groups.get(group).id if group is not None else None)
        return statistics_of(held, self.bank, filters)

    def _judged(self, case: Case, validator: Validator, given: Answer, phase: int | None, language: str | None) -> Feedback:
        """An answer as it was given, marked and judged. Raises RequestError for what makes no contact."""
        answer, scoring = tuple(Coded(normal_form(coded.code), coded.role) for coded in given), self.bank.scoring
        submission = read_request(case.request((coded._asdict() for coded in given), phase))
        verdict = validator.validate(submission.encounter, language=language)
        marked = mark(case, answer, scoring, validator.catalogue)
        return Feedback(case, answer, phase, marked, verdict, scoring, validator.catalogue, 0, None)

    def _keep(self, code: str | None, attempt: Attempt) -> tuple[str | None, int]:
        """Keeps an attempt: the code that was made for its learner, if any, and how many they have made at the case."""
        # The threads of a process queue at the lock, not at the file.
        with self._writing, self._database.transaction(wait=ANSWER_TIMEOUT) as tables:
            learner, made = find_or_create_learner(tables, code)
            count, _ = add_attempt(tables, replace(attempt, learner=learner.id, group=learner.group))
        return made, count


def _kept(case: Case, answer: Answer, phase: int | None, marked: Mark, validator: Validator) -> Attempt:
    """The attempt as it is kept, but for whose it is."""
    codes = {coded.code: coded.code if _is_code(coded.code) else "?" for coded in answer}
    return Attempt(
        learner=0,
        case=case.id,
        version=case.version,
        at=datetime.datetime.now(datetime.UTC),
        answer=tuple((codes[coded.code], coded.role) for coded in answer),
        phase=phase,
        chosen="+".join(sorted(codes[code] for code in mains(answer))),
        key="+".join(sorted(mains(case.key))),
        grade=marked.grade,
        score=marked.score,
        release=validator.release.name,
        digest=validator.digest,
    )


def _is_code(text: str) -> bool:
    """Whether a text has the form of a code. What has not is kept as a question mark: nobody's words end up in the store."""
    return len(text) <= _LONGEST_CODE and text.isascii() and text[:1].isalpha() and any(map(str.isdigit, text))
