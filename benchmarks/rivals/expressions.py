"""zen-engine and rule-engine: engines that test a condition written as text. Each one by one, and in the fastest form found."""

import itertools
import json
from abc import abstractmethod
from collections.abc import Callable
from typing import Any

import rule_engine
import zen

from benchmarks.rivals.rival import Matches, Rival, evaluate_rows, members
from validator.engines.branches import NO_DIAGNOSIS, CompiledBranch, Rows
from validator.engines.compiler import CompiledRules

_OPERATORS = {"eq": "==", "ge": ">=", "le": "<="}
Test = Callable[[Any], Any]


def _expression(branch: CompiledBranch) -> str:
    return " and ".join(f"s{part.slot} {_OPERATORS[part.operator]} {part.constant}" for part in branch.comparisons)


class _OneByOne(Rival):
    """An expression a branch."""

    def __init__(self, compiled_rules: CompiledRules) -> None:
        compiled = [(branch, self.compiled(_expression(branch))) for branch in compiled_rules.branches]
        self._of_encounter = [(branch.rule, holds) for branch, holds in compiled if not branch.each]
        self._of_diagnosis = [(branch.rule, holds) for branch, holds in compiled if branch.each]

    @abstractmethod
    def compiled(self, expression: str) -> Test: ...

    def facts(self, rows: Rows) -> tuple[Any, list[Any]]:
        return members(rows.encounter), [members(row) for row in rows.diagnoses]

    def evaluate(self, facts: tuple[Any, list[Any]]) -> Matches:
        encounter, diagnoses = facts
        hits = {(rule, NO_DIAGNOSIS) for rule, holds in self._of_encounter if holds(encounter)}
        for place, diagnosis in enumerate(diagnoses):
            hits.update((rule, place) for rule, holds in self._of_diagnosis if holds(diagnosis))
        return frozenset(hits)


class RuleEngine(_OneByOne):
    def compiled(self, expression: str) -> Test:
        matches: Test = rule_engine.Rule(expression).matches
        return matches


class Zen(_OneByOne):
    def compiled(self, expression: str) -> Test:
        evaluate: Test = zen.compile_expression(expression).evaluate
        return evaluate

    def facts(self, rows: Rows) -> tuple[Any, list[Any]]:
        """As JSON text, which it reads faster than a mapping."""
        encounter, diagnoses = super().facts(rows)
        return json.dumps(encounter), [json.dumps(diagnosis) for diagnosis in diagnoses]


class RuleEngineList(RuleEngine):
    """All branches in one expression: the list of what each gives, asked once a row."""

    def __init__(self, compiled_rules: CompiledRules) -> None:
        self._of_encounter_row = self._list([branch for branch in compiled_rules.branches if not branch.each])
        self._of_diagnosis_row = self._list([branch for branch in compiled_rules.branches if branch.each])

    @staticmethod
    def _list(branches: list[CompiledBranch]) -> Callable[[Any], list[int]]:
        listed = rule_engine.Rule(f"[{', '.join(f'({_expression(branch)})' for branch in branches)}]")
        rules = [branch.rule for branch in branches]
        return lambda row: list(itertools.compress(rules, listed.evaluate(row)))

    def evaluate(self, facts: tuple[Any, list[Any]]) -> Matches:
        return evaluate_rows(self._of_encounter_row, self._of_diagnosis_row, facts)


class ZenList(Zen):
    """All branches in one expression: the numbers of the rules that fire, asked once a row."""

    def __init__(self, compiled_rules: CompiledRules) -> None:
        self._of_encounter_row = self._list([branch for branch in compiled_rules.branches if not branch.each])
        self._of_diagnosis_row = self._list([branch for branch in compiled_rules.branches if branch.each])

    def _list(self, branches: list[CompiledBranch]) -> Test:
        items = ", ".join(f"({_expression(branch)}) ? {branch.rule} : -1" for branch in branches)
        return self.compiled(f"filter([{items}], # >= 0)")

    def evaluate(self, facts: tuple[Any, list[Any]]) -> Matches:
        return evaluate_rows(self._of_encounter_row, self._of_diagnosis_row, facts)
