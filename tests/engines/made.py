"""Rules with only a condition, and facts in which every field that is not named is absent."""

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
    """A rule that is asked of the contact or, with `each`, of every diagnosis."""
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


def diagnosis(**given: Value) -> dict[str, Value]:
    """A diagnosis as the rules see it; that the course names the code is always known, and false unless said."""
    return {**_ABSENT["diagnosis"], "course_names_code": False, **given}


def contact(*diagnoses: dict[str, Value], complete: bool = True, **given: Value) -> Facts:
    """A contact as the rules see it; two underscores stand for the point in a field's name (`patient__age`)."""
    values = {name.replace("__", "."): value for name, value in given.items()}
    assert values.keys() <= _ABSENT["encounter"].keys()
    return Facts({**_ABSENT["encounter"], **values}, diagnoses, complete)
