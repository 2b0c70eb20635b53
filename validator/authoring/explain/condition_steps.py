"""Why a rule finds something in a contact, or nothing: condition by condition as it is written, with the values of the contact.

The conditions are walked as the tree evaluator walks them, so that what is shown is what the language means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from validator.engines.interpreter import holds
from validator.rulebook.condition_text import written
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
class ConditionStep:
    """A condition as it is written and whether it holds (None where a value was not given). `given` says in Danish what the
    contact has; `field` and `value` are those of a single test, `parts` are the conditions that it is made of."""

    condition: str
    holds: bool | None
    contact_value: str = ""
    field: str = ""
    value: Value = None
    parts: tuple["ConditionStep", ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that were not given, each once."""
        if self.parts:
            return tuple(dict.fromkeys(field for part in self.parts for field in part.missing))
        return (self.field,) if self.holds is None and self.value is None else ()

    def to_json(self) -> dict[str, Any]:
        own: dict[str, Any] = {"condition": self.condition, "holds": self.holds, "given": self.contact_value}
        if self.parts:
            return {**own, "parts": [part.to_json() for part in self.parts]}
        return {**own, "field": self.field, "value": list(self.value) if isinstance(self.value, tuple) else self.value}


def explain_condition(condition: Condition, facts: Facts, values: Mapping[str, Value]) -> tuple[ConditionStep, ...]:
    """A condition step by step, on the values of a contact or of one of its diagnoses; "all of these" is a step for each."""
    if isinstance(condition, All):
        return tuple(step for part in condition.parts for step in explain_condition(part, facts, values))
    verdict = holds(condition, facts, values)
    match condition:
        case Test():
            value = values.get(condition.field)
            return (ConditionStep(written([condition]), verdict, said(condition.field, value), condition.field, value),)
        case AnyOf(parts):
            return (ConditionStep(_HEADS[True], verdict, parts=tuple(_whole(part, facts, values) for part in parts)),)
        case Not(part):
            return (ConditionStep(_HEADS[False], verdict, parts=explain_condition(part, facts, values)),)
        case Exists():
            return (_exists(condition, facts, verdict),)


def explain_exceptions(names: tuple[str, ...], values: Mapping[str, Value]) -> tuple[ConditionStep, ...]:
    """What `unless` says of a diagnosis; a step that does not hold silences the rule."""
    return tuple(
        ConditionStep(f"unless: {name}", not values[field], said(field, values[field]), field, values[field])
        for name in names
        for field in (EXCEPTIONS[name],)
    )


def said(field: str, value: Value) -> str:
    """A value of the contact in a Danish sentence."""
    meaning = VOCABULARY[field].meaning["da"]
    return f"{meaning}: {_shown(value)}"


def role_of(role: object) -> str:
    return _ROLES[str(role)]


def _whole(condition: Condition, facts: Facts, values: Mapping[str, Value]) -> ConditionStep:
    """One alternative as one step."""
    steps = explain_condition(condition, facts, values)
    return steps[0] if len(steps) == 1 else ConditionStep("alle disse", holds(condition, facts, values), parts=steps)


def _exists(block: Exists, facts: Facts, verdict: bool | None) -> ConditionStep:
    """A question about the diagnoses: every diagnosis with the tests that it meets."""
    parts = []
    for diagnosis in facts.diagnoses:
        steps = explain_condition(All(block.tests), facts, diagnosis)
        met = holds(All(block.tests), facts, diagnosis)
        parts.append(ConditionStep(f"{_shown(diagnosis['code'])} ({role_of(diagnosis['role'])})", bool(met), parts=steps))
    given = "" if parts else "kontakten har ingen diagnose, der kan læses"
    if verdict is None:
        given = "en kode på kontakten kan ikke læses, så det kan ikke vides, hvad der mangler"
    return ConditionStep(f"{_BLOCKS[block.wanted]} ({written(block.tests)})", verdict, given, parts=tuple(parts))


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
