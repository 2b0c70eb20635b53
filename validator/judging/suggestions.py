"""Keeps only suggestions that help: what would itself bring an error on the contact is not suggested.

What the built-in checks would say of a code is known without asking them again, so a contact with a hundred faults costs no
more than one. Only a suggested course, and a release whose own rules find errors, need a trial: the contact is
judged once more as it would then be.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

from validator.catalogue.code_systems import ICPC
from validator.catalogue.rubric import normal_form
from validator.contract.encounter import Diagnosis, Encounter, Role, roles
from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Hit, Suggestion
from validator.judging.coded_contact import Coding
from validator.rulebook.course import entry_in_force

LIMIT = 5
Judge = Callable[[Encounter], Iterable[Hit]]

# Such an error was there before, hidden by a code that could not be read; or it is about the role, and the code is right.
_NOT_OF_THE_CODE = {"required-code-only-secondary"}
_MISSING = "/encounter/diagnoses"  # where a diagnosis that is not there would stand


class Suggester:
    """Tries suggestions on one contact, coded as `coding` says, in a pack of `own_system`. `judge` judges a changed contact."""

    def __init__(self, coding: Coding, encounter: Encounter, own_system: str, judge: Judge) -> None:
        reading, course = coding.reading, coding.course
        entry = entry_in_force(course.main_diagnosis, encounter.date) if course else None
        self._encounter = encounter
        self._catalogue = coding.catalogue
        self._judge = judge
        self._try_codes = coding.matcher.finds_errors
        self._several = entry is not None and entry.several
        self._mains = None if entry is None else frozenset(entry.codes + entry.start_codes)
        self._own_system = own_system
        self._diagnoses = {(diagnosis.system, diagnosis.code): diagnosis for diagnosis in reading.diagnoses}
        self._roles = roles(encounter.diagnoses)

    def helpful(self, hits: list[Hit]) -> list[Hit]:
        """The hits with at most LIMIT suggestions each, all of which help."""
        before = {_fault(hit) for hit in hits}
        return [self._with_helpful(hit, before) if hit.suggestions else hit for hit in hits]

    def _with_helpful(self, hit: Hit, before: set[tuple[str, str, str]]) -> Hit:
        helpful = tuple(islice((item for item in hit.suggestions if self._helps(hit, item, before)), LIMIT))
        return hit if helpful == hit.suggestions else replace(hit, suggestions=helpful)

    def _helps(self, hit: Hit, suggestion: Suggestion, before: set[tuple[str, str, str]]) -> bool:
        if suggestion.action == "remove":
            return True
        if suggestion.code is not None and not self._fits(hit, suggestion, suggestion.code):
            return False
        if suggestion.code is not None and not self._try_codes:
            return True
        after, index = apply(self._encounter, hit, suggestion)
        place = "/encounter/course" if index is None else f"/encounter/diagnoses/{index}/code"
        return not any(
            found.severity is Severity.ERROR
            and not (index is not None and (found.kind in _NOT_OF_THE_CODE or found.path == _MISSING))
            and (_fault(found) not in before or found.path.startswith(place))
            for found in self._judge(after)
        )

    def _fits(self, hit: Hit, suggestion: Suggestion, code: str) -> bool:
        """Whether the built-in checks find no error in the code: valid on the date, not there already, right for the course."""
        system = suggestion.system or self._own_system
        there = self._diagnoses.get((system, code))
        if there is not None and there.index != hit.diagnosis:
            return False
        if suggestion.action != "restore" and not self._is_valid(code, system):  # what is restored was valid when the edit was read
            return False
        if _role_after(self._encounter, self._roles, hit, suggestion) != "main":
            return True
        alone = suggestion.action == "make-main" or not any(
            role == "main" and index != hit.diagnosis for index, role in enumerate(self._roles)
        )
        return (alone or self._several) and (self._mains is None or code in self._mains)

    def _is_valid(self, code: str, system: str) -> bool:
        known = self._catalogue.concept(code, system)
        if known is None:
            return system != ICPC and self._catalogue.is_member(code, system)
        return (system != ICPC or known.kind != "process") and known.is_valid(self._encounter.date)


def apply(encounter: Encounter, hit: Hit, suggestion: Suggestion) -> tuple[Encounter, int | None]:
    """The contact as it would be after a suggestion, and the index of the diagnosis that it concerns."""
    if suggestion.course is not None:
        return encounter._replace(course=suggestion.course), None
    given = roles(encounter.diagnoses)
    diagnoses = [item._replace(role=role) for item, role in zip(encounter.diagnoses, given, strict=True)]
    code, index = suggestion.code or "", hit.diagnosis
    role = _role_after(encounter, given, hit, suggestion)
    if suggestion.action == "remove" and index is not None:
        del diagnoses[index]
        index = None
    elif suggestion.action == "make-main":
        diagnoses = [item._replace(role="main" if place == index else "secondary") for place, item in enumerate(diagnoses)]
    elif suggestion.action == "replace" and index is not None:
        diagnoses[index] = Diagnosis(code, suggestion.system, role)
    else:
        index = len(diagnoses)
        diagnoses.append(Diagnosis(code, suggestion.system, role))
    return encounter._replace(diagnoses=tuple(diagnoses)), index


def _role_after(encounter: Encounter, given: list[Role], hit: Hit, suggestion: Suggestion) -> Role:
    """The role that the suggested code would have."""
    if suggestion.action == "make-main":
        return "main"
    if suggestion.action == "replace" and hit.diagnosis is not None:
        return given[hit.diagnosis]
    if "main" in given:
        return "secondary"
    if suggestion.action == "add":
        return "main"
    saved = encounter.saved_diagnoses or ()
    was = zip(saved, roles(saved), strict=True)
    code = (suggestion.code or "").replace(".", "")
    return next((role for item, role in was if normal_form(item.code).replace(".", "") == code), "secondary")


def _fault(hit: Hit) -> tuple[str, str, str]:
    return hit.kind, hit.rule, hit.path
