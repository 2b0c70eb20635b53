"""Why a rule finds something in a contact or not.

Each condition is shown as written, with the values of the contact. The conditions are evaluated by the interpreter,
which defines what the rule language means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from validator.engines.interpreter import evaluate_condition
from validator.rulebook.condition_text import render_branch
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.facts import Facts, Value
from validator.rulebook.vocabulary import EXCEPTIONS, VOCABULARY
from validator.texts import danish_text


@dataclass(frozen=True, slots=True)
class ConditionStep:
    """A condition and whether it holds; None where the contact does not say.

    `contact_value` describes in Danish what the contact has; `field` and `value` are those of a single test, `parts` the conditions
    of a compound one.
    """

    condition: str
    holds: bool | None
    contact_value: str = ""
    field: str = ""
    value: Value = None
    parts: tuple["ConditionStep", ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that the contact does not have, each once."""
        if self.parts:
            return tuple(dict.fromkeys(field for part in self.parts for field in part.missing))
        return (self.field,) if self.holds is None and self.value is None else ()

    def to_json(self) -> dict[str, Any]:
        members: dict[str, Any] = {"condition": self.condition, "holds": self.holds, "given": self.contact_value}
        if self.parts:
            return {**members, "parts": [part.to_json() for part in self.parts]}
        return {**members, "field": self.field, "value": self.value}


def explain_condition(condition: Condition, facts: Facts, values: Mapping[str, Value]) -> tuple[ConditionStep, ...]:
    """Return the steps of a condition on the values of a contact or of one of its diagnoses.

    `All` gives one step for each part.
    """
    if isinstance(condition, All):
        return tuple(step for part in condition.parts for step in explain_condition(part, facts, values))
    result = evaluate_condition(condition, facts, values)
    match condition:
        case Test():
            return (_field_step(render_branch([condition]), result, condition.field, values.get(condition.field)),)
        case AnyOf(parts):
            alternatives = tuple(_alternative_step(part, facts, values) for part in parts)
            return (ConditionStep(danish_text("authoring.explain.any"), result, parts=alternatives),)
        case Not(part):
            return (ConditionStep(danish_text("authoring.explain.not"), result, parts=explain_condition(part, facts, values)),)
        case Exists():
            return (_exists_step(condition, facts, result),)


def explain_exceptions(names: tuple[str, ...], values: Mapping[str, Value]) -> tuple[ConditionStep, ...]:
    """Return a step for each exception under `unless`.

    An exception whose step does not hold exempts the diagnosis.
    """
    fields = {name: EXCEPTIONS[name] for name in names}
    return tuple(_field_step(f"unless: {name}", not values[field], field, values[field]) for name, field in fields.items())


def value_text(value: Value) -> str:
    """Return a value of the contact in Danish."""
    match value:
        case None:
            return danish_text("authoring.value.missing")
        case bool():
            return danish_text("authoring.value.yes" if value else "authoring.value.no")
        case tuple():
            return ", ".join(value) or danish_text("authoring.value.none")
        case _:
            return str(value)


def role_text(role: object) -> str:
    """Return the Danish name of a diagnosis's role."""
    return danish_text(f"authoring.role.{role}")


def _field_step(condition: str, result: bool | None, field: str, value: Value) -> ConditionStep:
    return ConditionStep(condition, result, f"{VOCABULARY[field].meaning['da']}: {value_text(value)}", field, value)


def _alternative_step(condition: Condition, facts: Facts, values: Mapping[str, Value]) -> ConditionStep:
    """Return one alternative of "any" as a single step."""
    steps = explain_condition(condition, facts, values)
    if len(steps) == 1:
        return steps[0]
    return ConditionStep(danish_text("authoring.explain.all"), evaluate_condition(condition, facts, values), parts=steps)


def _exists_step(block: Exists, facts: Facts, result: bool | None) -> ConditionStep:
    """Return a question about the diagnoses, with each diagnosis and the tests that it meets."""
    tests = All(block.tests)
    parts = tuple(
        ConditionStep(
            f"{value_text(diagnosis['code'])} ({role_text(diagnosis['role'])})",
            bool(evaluate_condition(tests, facts, diagnosis)),
            parts=explain_condition(tests, facts, diagnosis),
        )
        for diagnosis in facts.diagnoses
    )
    contact_value = "" if parts else danish_text("authoring.explain.no-diagnoses")
    if result is None:
        contact_value = danish_text("authoring.explain.unreadable-code")
    name = "diagnosis" if block.wanted else "no_diagnosis"
    condition = danish_text(f"authoring.explain.{name}", tests=render_branch(block.tests))
    return ConditionStep(condition, result, contact_value, parts=parts)
