"""The coding cases of a service for its learners.

List, show and answer cases, choose the next one, and report progress.
"""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.rubric import normal_form
from validator.contract.encounter import Diagnosis, Role, assign_roles
from validator.judging.validator import Validator
from validator.requests.errors import RequestError
from validator.requests.request import read_request
from validator.serving.service import Service
from validator.store.attempts import Attempt, add_attempt, first_attempts
from validator.store.database import Database
from validator.store.errors import DamagedReleaseError
from validator.store.learners import Learner, find_or_create_learner
from validator.store.locks import LOCK_TIMEOUT
from validator.training.answer_grading import grade_answer, is_scored_by_phase
from validator.training.bank_loader import BankLoader
from validator.training.case import Answer, Case, CodedDiagnosis, main_codes
from validator.training.case_availability import AvailabilityCache, CaseAvailability
from validator.training.case_bank import Bank
from validator.training.errors import UnknownCaseError, WithdrawnCaseError
from validator.training.feedback import Feedback
from validator.training.filters import ANY, Filters
from validator.training.groups import Groups
from validator.training.learners import Learners
from validator.training.progress import Progress, compute_progress
from validator.training.repetition import next_case
from validator.training.right_answer_checks import PACK
from validator.training.statistics import Statistics, compute_statistics

_MAX_CODE_LENGTH = 8  # characters, in any code system


class Training:
    """The cases of a service for its learners. Threads may share it.

    `service` returns the current service. A learner is identified by a code, or None before the first answer, when nothing is
    stored about them. Methods that read the bank raise BankMissingError; those that take a learner's code raise StoreError.
    """

    def __init__(self, database: Database, bank_loader: BankLoader, service: Callable[[], Service]) -> None:
        self._database = database
        self.learners = Learners(database)
        self.groups = Groups(database)
        self._bank_loader = bank_loader
        self._service = service
        self._availability = AvailabilityCache()

    @property
    def bank(self) -> Bank:
        """The cases and the scoring scheme."""
        return self._bank_loader.bank(self._service().catalogue)

    @property
    def catalogue(self) -> Catalogue:
        """The current catalogue, for the titles of codes."""
        return self._service().catalogue

    def list_cases(self, filters: Filters = ANY) -> list[CaseAvailability]:
        """Return the cases that match, sorted by id."""
        bank, service = self.bank, self._service()
        return [self._availability.get(case, service) for case in bank.cases.values() if filters.matches(case)]

    def find_case(self, id: str) -> CaseAvailability:
        """Return one case. Raises UnknownCaseError."""
        case = self.bank.cases.get(id)
        if case is None:
            raise UnknownCaseError(id)
        return self._availability.get(case, self._service())

    def submit_answer(
        self, code: str | None, id: str, diagnoses: tuple[Diagnosis, ...], phase: int | None = None, *, language: str | None = None
    ) -> Feedback:
        """Grade, judge and store an answer; a learner without a code is created.

        Raises UnknownCaseError, WithdrawnCaseError, RequestError for an answer that is not valid in a request, or StoreError where
        it could not be stored.
        """
        availability = self.find_case(id)
        case, validator = availability.case, availability.validator
        if validator is None or not availability.playable:
            raise WithdrawnCaseError(id, availability.notice)
        answer = tuple(
            CodedDiagnosis(*pair) for pair in zip((item.code for item in diagnoses), assign_roles(diagnoses), strict=True)
        )
        feedback = self._judge(case, validator, answer, phase, language)
        with self._database.transaction(wait=LOCK_TIMEOUT) as tables:
            learner, new_code = find_or_create_learner(tables, code)
            attempts, _ = add_attempt(tables, _attempt(learner, feedback, validator))
        return replace(feedback, attempts=attempts, code=new_code)

    def latest_feedback(self, code: str | None, id: str, *, language: str | None = None) -> Feedback | None:
        """Return the feedback to a learner's latest answer, by the release that judged it.

        None where the learner has not answered the current version of the case. Raises UnknownCaseError.
        """
        availability = self.find_case(id)
        attempts = [attempt for attempt in self.learners.attempts(code) if attempt.case == id]
        if not attempts or attempts[-1].version != availability.case.version:
            return None
        latest = attempts[-1]
        service = self._service()
        try:
            validator: Validator | None = service.validator(PACK, latest.release)
        except (RequestError, DamagedReleaseError):
            validator = availability.validator
        if validator is None:
            return None
        answer = tuple(CodedDiagnosis(written, cast(Role, role)) for written, role in latest.answer)
        return replace(self._judge(availability.case, validator, answer, latest.phase, language), attempts=len(attempts))

    def next_case(self, code: str | None, filters: Filters = ANY) -> Case | None:
        """Return the case that a learner should answer next; None where no case can be answered."""
        cases = [availability.case for availability in self.list_cases(filters) if availability.playable]
        return next_case(cases, self.learners.attempts(code), self.bank.scoring, datetime.datetime.now(datetime.UTC))

    def progress(self, code: str | None) -> Progress:
        """Return a learner's progress."""
        playable = [availability.case.id for availability in self.list_cases() if availability.playable]
        return compute_progress(self.learners.attempts(code), self.bank, playable, self.learners.find(code))

    def statistics(self, filters: Filters = ANY, *, group: str | None = None) -> Statistics:
        """Return the statistics of all learners, or of the group with a code.

        Raises UnknownGroupError or StoreError.
        """
        attempts = first_attempts(self._database, group=self.groups.get(group).id if group is not None else None)
        return compute_statistics(attempts, self.bank, filters)

    def _judge(self, case: Case, validator: Validator, written: Answer, phase: int | None, language: str | None) -> Feedback:
        """Grade and judge an answer as it was written.

        Raises RequestError for an answer that is not valid in a request.
        """
        answer = tuple(replace(diagnosis, code=normal_form(diagnosis.code)) for diagnosis in written)
        scoring, catalogue = self.bank.scoring, validator.catalogue
        verdict = validator.validate(read_request(case.request(written, phase)).encounter, language=language)
        graded = grade_answer(case, answer, scoring, catalogue, phase=phase)
        return Feedback(case, answer, phase, graded, verdict, scoring, catalogue, 0, None)


def _attempt(learner: Learner, feedback: Feedback, validator: Validator) -> Attempt:
    """Return the attempt to store.

    A text that is not a code is stored as "?", so that no free text is stored. Where the phase alone is scored, it is
    stored as what was chosen and what was expected.
    """
    case, answer = feedback.case, feedback.answer
    codes = {diagnosis.code: diagnosis.code if _is_code(diagnosis.code) else "?" for diagnosis in answer}
    chosen = "+".join(sorted(codes[code] for code in main_codes(answer)))
    key = "+".join(sorted(main_codes(case.key)))
    if is_scored_by_phase(case):
        chosen, key = str(feedback.phase or ""), str(case.phase)
    return Attempt(
        learner=learner.id,
        group=learner.group,
        case=case.id,
        version=case.version,
        at=datetime.datetime.now(datetime.UTC),
        answer=tuple((codes[diagnosis.code], diagnosis.role) for diagnosis in answer),
        phase=feedback.phase,
        chosen=chosen,
        key=key,
        grade=feedback.graded.grade,
        score=feedback.graded.score,
        release=validator.release.name,
        digest=validator.digest,
    )


def _is_code(text: str) -> bool:
    """Return whether a text has the form of a code."""
    return len(text) <= _MAX_CODE_LENGTH and text.isascii() and text[:1].isalpha() and any(map(str.isdigit, text))
