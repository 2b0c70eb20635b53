"""experta: a rule a branch over facts of two classes, in an engine that is reset for each contact.

Version 1.9.4 pins frozendict 1.2, which looks for the abstract classes where Python had them before 3.10; they are put there for
it.
"""

import collections
import collections.abc
from collections.abc import Callable
from typing import Any

collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
import experta  # noqa: E402

from benchmarks.rivals.rival import Matches, Rival, members  # noqa: E402
from validator.engines.branches import (  # noqa: E402
    NO_DIAGNOSIS,
    Comparison,
    CompiledBranch,
    Rows,
)
from validator.engines.compiler import CompiledRules  # noqa: E402


class _Contact(experta.Fact):  # type: ignore[misc]
    pass


class _Diagnosis(experta.Fact):  # type: ignore[misc]
    pass


Facts = list[tuple[type, dict[str, int]]]


class Experta(Rival):
    """A fact carries the place of its diagnosis, which the rule's action takes."""

    def __init__(self, compiled_rules: CompiledRules) -> None:
        rules = {}
        for number, branch in enumerate(compiled_rules.branches):
            pattern = (_Diagnosis if branch.each else _Contact)(**_constraints(branch))
            rules[f"rule_{number}"] = experta.Rule(experta.AS.found << pattern)(_action(branch.rule))
        self._engine = type("Engine", (experta.KnowledgeEngine,), rules)()

    def facts(self, rows: Rows) -> Facts:
        diagnoses: Facts = [(_Diagnosis, {"place": place, **members(row)}) for place, row in enumerate(rows.diagnoses)]
        return [(_Contact, {"place": NO_DIAGNOSIS, **members(rows.encounter)}), *diagnoses]

    def evaluate(self, facts: Facts) -> Matches:
        engine = self._engine
        engine.hits = set()
        engine.reset()
        for kind, values in facts:
            engine.declare(kind(**values))
        engine.run()
        return frozenset(engine.hits)


def _action(rule: int) -> Callable[..., None]:
    return lambda engine, found: engine.hits.add((rule, found["place"]))


def _constraints(branch: CompiledBranch) -> dict[str, Any]:
    """The comparisons as experta's field constraints, those on the same slot together."""
    constraints: dict[str, Any] = {}
    for part in branch.comparisons:
        constraint = experta.L(part.constant) if part.operator == "eq" else experta.P(_predicate(part))
        name = f"s{part.slot}"
        constraints[name] = constraints[name] & constraint if name in constraints else constraint
    return constraints


def _predicate(part: Comparison) -> Callable[[int], bool]:
    constant = part.constant
    return (lambda value: value >= constant) if part.operator == "ge" else (lambda value: value <= constant)
