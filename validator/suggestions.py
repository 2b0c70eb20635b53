"""Tries suggestions out: what would itself bring an error on the contact is not suggested."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from validator.catalogue import normal_form
from validator.encounter import Diagnosis, Encounter, roles
from validator.kinds import Severity
from validator.verdict import Hit, Suggestion

LIMIT = 5
Judge = Callable[[Encounter], Iterable[Hit]]


def keep_what_helps(encounter: Encounter, hits: list[Hit], judge: Judge) -> list[Hit]:
    """The hits with only those suggestions that leave the contact without a new error, repetition, or error in the same place."""
    if not any(hit.suggestions for hit in hits):
        return hits
    before = {_fault(hit) for hit in hits}
    return [
        replace(hit, suggestions=tuple(item for item in hit.suggestions if _helps(encounter, hit, item, before, judge))[:LIMIT])
        if hit.suggestions
        else hit
        for hit in hits
    ]


def apply(encounter: Encounter, hit: Hit, suggestion: Suggestion) -> tuple[Encounter, int | None]:
    """The contact as it would be after a suggestion, and the index of the diagnosis that it concerns."""
    if suggestion.course is not None:
        return replace(encounter, course=suggestion.course), None
    given = zip(encounter.diagnoses, roles(encounter.diagnoses), strict=True)
    diagnoses = [replace(diagnosis, role=role) for diagnosis, role in given]
    code, index = suggestion.code or "", hit.diagnosis
    match suggestion.action:
        case "replace" if index is not None:
            diagnoses[index] = Diagnosis(code, role=diagnoses[index].role)
        case "remove" if index is not None:
            del diagnoses[index]
            index = None
        case "make-main":
            diagnoses = [replace(item, role="main" if place == index else "secondary") for place, item in enumerate(diagnoses)]
        case "add" | "restore" | "replace" | "remove":
            has_main = any(item.role == "main" for item in diagnoses)
            role = _saved_role(encounter, code) if suggestion.action == "restore" else "main"
            index = len(diagnoses)
            diagnoses.append(Diagnosis(code, role="secondary" if has_main or role != "main" else "main"))
    return replace(encounter, diagnoses=tuple(diagnoses)), index


def _saved_role(encounter: Encounter, code: str) -> str:
    saved = encounter.saved_diagnoses or ()
    given = zip(saved, roles(saved), strict=True)
    return next((role for item, role in given if normal_form(item.code) == code), "secondary")


def _helps(encounter: Encounter, hit: Hit, suggestion: Suggestion, before: set[tuple[str, str, str]], judge: Judge) -> bool:
    after, index = apply(encounter, hit, suggestion)
    place = "/encounter/course" if index is None else f"/encounter/diagnoses/{index}/"
    for found in judge(after):
        bad = found.severity is Severity.ERROR or found.kind == "duplicate-code"
        if bad and (_fault(found) not in before or found.path.startswith(place)):
            return False
    return True


def _fault(hit: Hit) -> tuple[str, str, str]:
    return hit.kind, hit.rule, hit.path
