"""The tree evaluator: walks a rule as it is written, value by value.

It is the meaning of the language. It shares no compiled form with the engines, so that they can be held against it. A
condition is true, false, or cannot be said (None) because a value was not given; only true fires a rule.
"""

from collections.abc import Mapping

from validator.engines.compiler import NO_DIAGNOSIS
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test, test_holds
from validator.rulebook.facts import Facts, Value
from validator.rulebook.rule import Rule
from validator.rulebook.vocabulary import EXCEPTIONS

Fired = frozenset[tuple[int, int]]


class TreeEngine:
    """Evaluates rules on facts; `fired` gives (index of rule, index among the facts' diagnoses or NO_DIAGNOSIS)."""

    name = "tree"

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules

    def fired(self, facts: Facts) -> Fired:
        hits: set[tuple[int, int]] = set()
        for number, rule in enumerate(self.rules):
            if rule.each is None:
                if holds(rule.when, facts, facts.encounter):
                    hits.add((number, NO_DIAGNOSIS))
                continue
            for place, diagnosis in enumerate(facts.diagnoses):
                excepted = any(diagnosis[EXCEPTIONS[name]] for name in rule.unless)
                if not excepted and holds(rule.when, facts, {**facts.encounter, **diagnosis}):
                    hits.add((number, place))
        return frozenset(hits)


def holds(condition: Condition, facts: Facts, values: Mapping[str, Value]) -> bool | None:
    """Whether a condition holds of the values: True, False, or None where something it needs was not given."""
    match condition:
        case Test():
            return test_holds(condition, values.get(condition.field))
        case All(parts):
            verdicts = [holds(part, facts, values) for part in parts]
            return False if False in verdicts else None if None in verdicts else True
        case AnyOf(parts):
            verdicts = [holds(part, facts, values) for part in parts]
            return True if True in verdicts else None if None in verdicts else False
        case Not(part):
            verdict = holds(part, facts, values)
            return None if verdict is None else not verdict
        case Exists(tests, wanted):
            if any(all(test_holds(test, diagnosis.get(test.field)) for test in tests) for diagnosis in facts.diagnoses):
                return wanted
            return (not wanted) if facts.complete else None
