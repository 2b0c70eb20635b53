"""The tree evaluator, which evaluates a rule as it is written.

It is the reference for all other engines. It shares no compiled form with them, so that tests can compare them with
it. A condition is true, false or unknown (None, where a value was not sent); only a true one fires its rule.
"""

from collections.abc import Mapping

from validator.engines.branches import NO_DIAGNOSIS, Matches
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test, is_met
from validator.rulebook.facts import Facts, Value
from validator.rulebook.rule import Rule
from validator.rulebook.vocabulary import EXCEPTIONS


class TreeEngine:
    """Engine that evaluates rules directly on the facts of a contact."""

    name = "tree"

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules

    def evaluate(self, facts: Facts) -> Matches:
        """Return every rule that fires on the facts."""
        matches: set[tuple[int, int]] = set()
        for number, rule in enumerate(self.rules):
            if rule.each is None:
                if evaluate_condition(rule.when, facts, facts.encounter):
                    matches.add((number, NO_DIAGNOSIS))
                continue
            for index, diagnosis in enumerate(facts.diagnoses):
                excepted = any(diagnosis[EXCEPTIONS[name]] for name in rule.unless)
                if not excepted and evaluate_condition(rule.when, facts, {**facts.encounter, **diagnosis}):
                    matches.add((number, index))
        return frozenset(matches)


def evaluate_condition(condition: Condition, facts: Facts, values: Mapping[str, Value]) -> bool | None:
    """Return whether a condition is true of the values.

    The result is None where it depends on a value that was not sent.
    """
    match condition:
        case Test():
            return is_met(condition, values.get(condition.field))
        case All(parts):
            results = [evaluate_condition(part, facts, values) for part in parts]
            return False if False in results else None if None in results else True
        case AnyOf(parts):
            results = [evaluate_condition(part, facts, values) for part in parts]
            return True if True in results else None if None in results else False
        case Not(part):
            result = evaluate_condition(part, facts, values)
            return None if result is None else not result
        case Exists(tests, wanted):
            if any(all(is_met(test, diagnosis.get(test.field)) for test in tests) for diagnosis in facts.diagnoses):
                return wanted
            return (not wanted) if facts.complete else None
