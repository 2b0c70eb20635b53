"""Filter suggestions: drop one that would itself cause an error on the contact.

What the built-in checks would report for a code is known without running them again, so a contact with a hundred faults
costs no more than one. Only a suggested course, and a release whose own rules find errors, need a trial: the changed
contact is judged. A trial costs as much as a contact, so their number is limited.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from validator.catalogue.code_systems import ICPC
from validator.contract.encounter import Diagnosis, Encounter, Role, assign_roles
from validator.contract.verdict import Hit, HitIdentity, Suggestion
from validator.judging.coded_contact import CodedContact
from validator.judging.contact_parts import compact_code
from validator.judging.hits import contract_hit
from validator.rulebook.course import entry_in_force

MAX_SUGGESTIONS = 5
MAX_TRIALS = 50  # on one contact
FindErrors = Callable[[Encounter, int | None], Iterable[HitIdentity]]

# Such an error was hidden by a code that could not be read; or it concerns the role, not the code.
_NOT_ABOUT_THE_CODE = {"required-code-only-secondary"}
_MISSING = "/encounter/diagnoses"  # the path of a hit about a diagnosis that is missing


class SuggestionFilter:
    """Filter the suggestions for one contact; `find_errors` returns the errors that a change brings.

    It takes the changed contact and the index of the diagnosis that the change concerns.
    """

    def __init__(self, coded: CodedContact, encounter: Encounter, own_system: str, find_errors: FindErrors) -> None:
        course = coded.course
        entry = entry_in_force(course.main_diagnosis, encounter.date) if course else None
        self._catalogue = coded.catalogue
        self._find_errors = find_errors
        self._try_codes = coded.matcher.finds_errors
        self._allows_several = entry is not None and entry.several
        self._accepted = None if entry is None else frozenset(entry.codes + entry.start_codes + coded.placement.earlier.kept)
        self._own_system = own_system
        self._diagnoses = {(diagnosis.system, diagnosis.code): diagnosis for diagnosis in coded.reading.diagnoses}
        self._roles = assign_roles(encounter.diagnoses)
        for diagnosis in coded.reading.diagnoses:
            self._roles[diagnosis.index] = diagnosis.role  # that of its pair, where it is one of two codes of a condition
        with_roles = [item._replace(role=role) for item, role in zip(encounter.diagnoses, self._roles, strict=True)]
        self._encounter = encounter._replace(diagnoses=tuple(with_roles))
        self._before: set[HitIdentity] = set()
        self._trials: dict[tuple[int | None, Suggestion], bool] = {}
        self._untried = 0

    def keep_helpful(self, hits: list[Hit]) -> list[Hit]:
        """Return the hits with at most MAX_SUGGESTIONS suggestions each, all of which help.

        The first suggestion of every hit comes before the second of any, since only MAX_TRIALS are tried. What was not
        tried is left out, and a hit is added that says so.
        """
        self._before = {hit.identity for hit in hits}
        helpful: list[list[Suggestion]] = [[] for _ in hits]
        turns = [(hit, iter(hit.suggestions), kept) for hit, kept in zip(hits, helpful, strict=True)]
        while turns:
            turns = [turn for turn in turns if self._consider_next(*turn)]
        result = [
            hit if len(kept) == len(hit.suggestions) else replace(hit, suggestions=tuple(kept))
            for hit, kept in zip(hits, helpful, strict=True)
        ]
        if self._untried:
            result.append(contract_hit("suggestions-omitted", _MISSING, {"count": self._untried, "limit": MAX_TRIALS}))
        return result

    def _consider_next(self, hit: Hit, remaining: Iterator[Suggestion], helpful: list[Suggestion]) -> bool:
        """Keep the next suggestion of a hit if it helps; return whether another one may follow."""
        suggestion = next(remaining, None)
        if suggestion is None:
            return False
        if self._helps(hit, suggestion):
            helpful.append(suggestion)
        return len(helpful) < MAX_SUGGESTIONS

    def _helps(self, hit: Hit, suggestion: Suggestion) -> bool:
        if suggestion.action == "remove":
            return True
        if suggestion.code is not None and not self._is_accepted(hit, suggestion, suggestion.code):
            return False
        if suggestion.code is not None and not self._try_codes:
            return True
        trial = hit.diagnosis, suggestion  # all that it depends on
        if trial not in self._trials and len(self._trials) == MAX_TRIALS:
            self._untried += 1
            return False
        if trial not in self._trials:
            self._trials[trial] = not self._causes_error(hit, suggestion)
        return self._trials[trial]

    def _causes_error(self, hit: Hit, suggestion: Suggestion) -> bool:
        """Carry out a suggestion and return whether the contact then has a new error, or one at the same place."""
        after, index = apply_suggestion(self._encounter, hit, suggestion)
        place = "/encounter/course" if index is None else f"/encounter/diagnoses/{index}/code"
        return any(
            not (index is not None and (found.kind in _NOT_ABOUT_THE_CODE or found.path == _MISSING))
            and (found not in self._before or found.path.startswith(place))
            for found in self._find_errors(after, index)
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
