"""The coding of a contact, judged as far as codes, course and referral alone decide it."""

from collections.abc import Callable
from dataclasses import dataclass

from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import Encounter
from validator.contract.verdict import Hit
from validator.engines.branches import Row, Rows
from validator.judging.contact_parts import Placement, ReadDiagnoses
from validator.judging.matcher import Matcher
from validator.rulebook.course import Course, entry_in_force


@dataclass(frozen=True, slots=True, eq=False)
class CodedContact:
    """The part of the judgement that contacts with the same coding share.

    It has the hits of the built-in checks, and what the rules need to run. `rows` lacks the clinical slots.
    `distinguishing_values` returns those clinical values of a contact that can still change the outcome for this
    coding; it is None where the outcome is not cached.
    """

    encounter: Encounter
    reading: ReadDiagnoses
    placement: Placement
    hits: tuple[Hit, ...]
    catalogue: Catalogue
    matcher: Matcher
    rows: Rows
    distinguishing_values: Callable[[Encounter], Row] | None

    @property
    def course(self) -> Course | None:
        return self.placement.course

    @property
    def course_codes(self) -> tuple[str, ...]:
        """The main diagnoses that the course accepts on the date."""
        entry = entry_in_force(self.course.main_diagnosis, self.encounter.date) if self.course else None
        return entry.codes if entry else ()
