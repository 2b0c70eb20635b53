"""business-rules: a mapping of conditions a branch. It runs on Python 3.11 as it is."""

from functools import partial
from typing import Any

from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_NUMERIC
from business_rules.variables import BaseVariables, numeric_rule_variable, string_rule_variable

from benchmarks.rivals.rival import Matches, Rival, evaluate_rows
from validator.engines.branches import Comparison, CompiledBranch, Row, Rows
from validator.engines.compiler import CompiledRules

_OPERATORS = {"eq": "equal_to", "ge": "greater_than_or_equal_to", "le": "less_than_or_equal_to"}
Values = list[int | str]


class _Variables(BaseVariables):  # type: ignore[misc]
    def __init__(self, row: Values) -> None:
        self.row = row


class _Actions(BaseActions):  # type: ignore[misc]
    def __init__(self) -> None:
        self.rules: list[int] = []

    @rule_action(params={"rule": FIELD_NUMERIC})  # type: ignore[untyped-decorator]
    def fire(self, rule: int) -> None:
        self.rules.append(rule)


class BusinessRules(Rival):
    """Values that are only compared for equality are strings, which it compares faster than numbers."""

    def __init__(self, compiled_rules: CompiledRules) -> None:
        parts = [part for branch in compiled_rules.branches for part in branch.comparisons]
        slots = {part.slot for part in parts}
        self._texts = slots - {part.slot for part in parts if part.operator != "eq"}
        self._variables = type("Variables", (_Variables,), {f"s{slot}": self._variable(slot) for slot in slots})
        self._of_encounter = [self._rule(branch) for branch in compiled_rules.branches if not branch.each]
        self._of_diagnosis = [self._rule(branch) for branch in compiled_rules.branches if branch.each]

    def _variable(self, slot: int) -> Any:
        variable = string_rule_variable if slot in self._texts else numeric_rule_variable
        return variable()(lambda self: self.row[slot])

    def _rule(self, branch: CompiledBranch) -> dict[str, Any]:
        conditions = [self._condition(part) for part in branch.comparisons]
        return {"conditions": {"all": conditions}, "actions": [{"name": "fire", "params": {"rule": branch.rule}}]}

    def _condition(self, part: Comparison) -> dict[str, Any]:
        constant = str(part.constant) if part.slot in self._texts else part.constant
        return {"name": f"s{part.slot}", "operator": _OPERATORS[part.operator], "value": constant}

    def facts(self, rows: Rows) -> tuple[Values, list[Values]]:
        def typed(row: Row) -> Values:
            return [str(value) if slot in self._texts else value for slot, value in enumerate(row)]

        return typed(rows.encounter), [typed(row) for row in rows.diagnoses]

    def evaluate(self, facts: tuple[Values, list[Values]]) -> Matches:
        return evaluate_rows(partial(self._run, self._of_encounter), partial(self._run, self._of_diagnosis), facts)

    def _run(self, rules: list[dict[str, Any]], row: Values) -> list[int]:
        actions = _Actions()
        run_all(rules, self._variables(row), actions)
        return actions.rules
