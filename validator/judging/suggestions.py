"""Filter suggestions: drop one that would itself cause an error on the contact.

What the built-in checks would report for a code is known without running them again, so a contact with a hundred faults
costs no more than one. Only a suggested course, and a release whose own rules find errors, need a trial: the changed
contact is judged.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

from validator.catalogue.code_systems import ICPC
from validator.contract.encounter import Diagnosis, Encounter, Role, assign_roles
from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Hit, Suggestion
from validator.judging.coded_contact import CodedContact
from validator.judging.contact_parts import compact_code
from validator.rulebook.course import entry_in_force

MAX_SUGGESTIONS = 5
Judge = Callable[[Encounter], Iterable[Hit]]

# Such an error was hidden by a code that could not be read; or it concerns the role, not the code.
_NOT_ABOUT_THE_CODE = {"required-code-only-secondary"}
_MISSING = "/encounter/diagnoses"  # the path of a hit about a diagnosis that is missing


class SuggestionFilter:
    """Filter the suggestions for one contact; `judge` returns the hits of a changed contact."""

    def __init__(self, coded: CodedContact, encounter: Encounter, own_system: str, judge: Judge) -> None:
        course = coded.course
        entry = entry_in_force(course.main_diagnosis, encounter.date) if course else None
        self._encounter = encounter
        self._catalogue = coded.catalogue
        self._judge = judge
        self._try_codes = coded.matcher.finds_errors
        self._allows_several = entry is not None and entry.several
        self._accepted = None if entry is None else frozenset(entry.codes + entry.start_codes)
        self._own_system = own_system
        self._diagnoses = {(diagnosis.system, diagnosis.code): diagnosis for diagnosis in coded.reading.diagnoses}
        self._roles = assign_roles(encounter.diagnoses)

    def keep_helpful(self, hits: list[Hit]) -> list[Hit]:
        """Return the hits with at most MAX_SUGGESTIONS suggestions each, all of which help."""
        before = {_identity(hit) for hit in hits}
        return [self._keep_helpful(hit, before) if hit.suggestions else hit for hit in hits]

    def _keep_helpful(self, hit: Hit, before: set[tuple[str, str, str]]) -> Hit:
        helpful = tuple(islice((item for item in hit.suggestions if self._helps(hit, item, before)), MAX_SUGGESTIONS))
        return hit if helpful == hit.suggestions else replace(hit, suggestions=helpful)

    def _helps(self, hit: Hit, suggestion: Suggestion, before: set[tuple[str, str, str]]) -> bool:
        if suggestion.action == "remove":
            return True
        if suggestion.code is not None and not self._is_accepted(hit, suggestion, suggestion.code):
            return False
        if suggestion.code is not None and not self._try_codes:
            return True
        after, index = apply_suggestion(self._encounter, hit, suggestion)
        place = "/encounter/course" if index is None else f"/encounter/diagnoses/{index}/code"
        return not any(
            found.severity is Severity.ERROR
            and not (index is not None and (found.kind in _NOT_ABOUT_THE_CODE or found.path == _MISSING))
            and (_identity(found) not in before or found.path.startswith(place))
            for found in self._judge(after)
        )

    def _is_accepted(self, hit: Hit, suggestion: Suggestion, code: str) -> bool:
        """Return whether the built-in checks accept the code.

        It must be valid on the date, not repeated, and right for the course.
        """
        system = suggestion.system or self._own_system
        present = self._diagnoses.get((system, code))
        if present is not None and present.index != hit.diagnosis:
            return False
        if suggestion.action != "restore" and not self._is_valid(code, system):  # checked when the edit was read
            return False
        if _role_after(self._encounter, self._roles, hit, suggestion) != "main":
            return True
        alone = suggestion.action == "make-main" or not any(
            role == "main" and index != hit.diagnosis for index, role in enumerate(self._roles)
        )
        return (alone or self._allows_several) and (self._accepted is None or code in self._accepted)

    def _is_valid(self, code: str, system: str) -> bool:
        concept = self._catalogue.find_concept(code, system)
        if concept is None:
            return system != ICPC and self._catalogue.is_member(code, system)
        return (system != ICPC or concept.kind != "process") and concept.is_valid(self._encounter.date)


def apply_suggestion(encounter: Encounter, hit: Hit, suggestion: Suggestion) -> tuple[Encounter, int | None]:
    """Return the contact with a suggestion carried out.

    Also return the index of the diagnosis that the suggestion concerns.
    """
    if suggestion.course is not None:
        return encounter._replace(course=suggestion.course), None
    current_roles = assign_roles(encounter.diagnoses)
    diagnoses = [item._replace(role=role) for item, role in zip(encounter.diagnoses, current_roles, strict=True)]
    code, index = suggestion.code or "", hit.diagnosis
    role = _role_after(encounter, current_roles, hit, suggestion)
    if suggestion.action == "remove" and index is not None:
        del diagnoses[index]
        index = None
    elif suggestion.action == "make-main":
        diagnoses = [item._replace(role="main" if number == index else "secondary") for number, item in enumerate(diagnoses)]
    elif suggestion.action == "replace" and index is not None:
        diagnoses[index] = Diagnosis(code, suggestion.system, role)
    else:
        index = len(diagnoses)
        diagnoses.append(Diagnosis(code, suggestion.system, role))
    return encounter._replace(diagnoses=tuple(diagnoses)), index


def _role_after(encounter: Encounter, current_roles: list[Role], hit: Hit, suggestion: Suggestion) -> Role:
    """Return the role that the suggested code would have."""
    if suggestion.action == "make-main":
        return "main"
    if suggestion.action == "replace" and hit.diagnosis is not None:
        return current_roles[hit.diagnosis]
    if "main" in current_roles:
        return "secondary"
    if suggestion.action == "add":
        return "main"
    saved = encounter.saved_diagnoses or ()
    code = compact_code(suggestion.code or "")
    saved_roles = zip(saved, assign_roles(saved), strict=True)
    return next((role for item, role in saved_roles if compact_code(item.code) == code), "secondary")


def _identity(hit: Hit) -> tuple[str, str, str]:
    return hit.kind, hit.rule, hit.path
