"""Why a rule finds something in a contact, or nothing: condition by condition as it is written, with the values of the contact.

The conditions are walked as the tree evaluator walks them, so that what is shown is what the language means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from validator.engines.interpreter import evaluate_condition
from validator.rulebook.condition_text import render_branch
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.facts import Facts, Value
from validator.rulebook.vocabulary import EXCEPTIONS, VOCABULARY

_HEADS = {True: "any: mindst én af disse", False: "not: ikke"}
_BLOCKS = {
    True: "diagnosis: én diagnose, som alt dette gælder for",
    False: "no_diagnosis: ingen diagnose, som alt dette gælder for",
}
_ROLES = {"main": "hoveddiagnose", "secondary": "bidiagnose"}


@dataclass(frozen=True, slots=True)
class Step:
    """A condition as it is written and whether it holds (None where a value was not given). `given` says in Danish what the
    contact has; `field` and `value` are those of a single test, `parts` are the conditions that it is made of."""

    written: str
    holds: bool | None
    given: str = ""
    field: str = ""
    value: Value = None
    parts: tuple["Step", ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that were not given, each once."""
        if self.parts:
            return tuple(dict.fromkeys(field for part in self.parts for field in part.missing))
        return (self.field,) if self.holds is None and self.value is None else ()

    def to_json(self) -> dict[str, Any]:
        own: dict[str, Any] = {"condition": self.written, "holds": self.holds, "given": self.given}
        if self.parts:
            return {**own, "parts": [part.to_json() for part in self.parts]}
        return {**own, "field": self.field, "value": list(self.value) if isinstance(self.value, tuple) else self.value}


def explained(condition: Condition, facts: Facts, values: Mapping[str, Value]) -> tuple[Step, ...]:
    """A condition step by step, on the values of a contact or of one of its diagnoses; "all of these" is a step for each."""
    if isinstance(condition, All):
        return tuple(step for part in condition.parts for step in explained(part, facts, values))
    verdict = evaluate_condition(condition, facts, values)
    match condition:
        case Test():
            value = values.get(condition.field)
            return (Step(render_branch([condition]), verdict, said(condition.field, value), condition.field, value),)
        case AnyOf(parts):
            return (Step(_HEADS[True], verdict, parts=tuple(_whole(part, facts, values) for part in parts)),)
        case Not(part):
            return (Step(_HEADS[False], verdict, parts=explained(part, facts, values)),)
        case Exists():
            return (_exists(condition, facts, verdict),)


def exceptions(names: tuple[str, ...], values: Mapping[str, Value]) -> tuple[Step, ...]:
    """What `unless` says of a diagnosis; a step that does not hold silences the rule."""
    return tuple(
        Step(f"unless: {name}", not values[field], said(field, values[field]), field, values[field])
        for name in names
        for field in (EXCEPTIONS[name],)
    )


def said(field: str, value: Value) -> str:
    """A value of the contact in a Danish sentence."""
    meaning = VOCABULARY[field].meaning["da"]
    return f"{meaning}: {_shown(value)}"


def role_of(role: object) -> str:
    return _ROLES[str(role)]


def _whole(condition: Condition, facts: Facts, values: Mapping[str, Value]) -> Step:
    """One alternative as one step."""
    steps = explained(condition, facts, values)
    return steps[0] if len(steps) == 1 else Step("alle disse", evaluate_condition(condition, facts, values), parts=steps)


def _exists(block: Exists, facts: Facts, verdict: bool | None) -> Step:
    """A question about the diagnoses: every diagnosis with the tests that it meets."""
    parts = []
    for diagnosis in facts.diagnoses:
        steps = explained(All(block.tests), facts, diagnosis)
        met = evaluate_condition(All(block.tests), facts, diagnosis)
        parts.append(Step(f"{_shown(diagnosis['code'])} ({role_of(diagnosis['role'])})", bool(met), parts=steps))
    given = "" if parts else "kontakten har ingen diagnose, der kan læses"
    if verdict is None:
        given = "en kode på kontakten kan ikke læses, så det kan ikke vides, hvad der mangler"
    return Step(f"{_BLOCKS[block.wanted]} ({render_branch(block.tests)})", verdict, given, parts=tuple(parts))


def _shown(value: Value) -> str:
    match value:
        case None:
            return "ikke oplyst"
        case bool():
            return "ja" if value else "nej"
        case tuple():
            return ", ".join(value) or "ingen"
        case _:
            return str(value)
