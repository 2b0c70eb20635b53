"""Factories of rules with only a condition, and of facts in which every unnamed field is absent."""

from typing import Any

from validator.contract.finding_kinds import Severity
from validator.rulebook.conditions import Condition
from validator.rulebook.facts import Facts, Value
from validator.rulebook.rule import Rule
from validator.rulebook.vocabulary import VOCABULARY

_ABSENT: dict[str, dict[str, Value]] = {
    scope: {field.name: None for field in VOCABULARY.values() if field.scope == scope} for scope in ("encounter", "diagnosis")
}


def rule(when: Condition, *, each: bool = False, unless: tuple[str, ...] = (), **more: Any) -> Rule:
    """Return a rule of the contact or, with `each`, of every diagnosis."""
    place = "diagnosis" if each else None
    texts = {"da": "Besked.", "en": "Message."}
    return Rule(
        **{
            "id": "dk.rule",
            "kind": "age-implausible",
            "severity": Severity.INFORMATION,
            "when": when,
            "message": texts,
            "explanation": texts,
            "source": "icpc-2",
            "each": place,
            "unless": unless,
            **more,
        }
    )


def diagnosis(**values: Value) -> dict[str, Value]:
    """Return the facts of a diagnosis; `course_names_code` is never absent, and false by default."""
    return {**_ABSENT["diagnosis"], "course_names_code": False, **values}


def contact(*diagnoses: dict[str, Value], complete: bool = True, **fields: Value) -> Facts:
    """Return the facts of a contact; a double underscore replaces the dot in a field's name (`patient__age`)."""
    values = {name.replace("__", "."): value for name, value in fields.items()}
    assert values.keys() <= _ABSENT["encounter"].keys()
    return Facts({**_ABSENT["encounter"], **values}, diagnoses, complete)
