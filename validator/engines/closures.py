"""The plain engine: one closure per comparison. It answers when durable-rules fails."""

from collections.abc import Container

from validator.engines.branches import NO_DIAGNOSIS, Matches, Rows
from validator.engines.compiler import CompiledRules
from validator.engines.relevant_slots import all_hold


class PlainEngine:
    """Engine that evaluates compiled rules in Python."""

    name = "plain"

    def __init__(self, compiled_rules: CompiledRules, only: Container[int] | None = None) -> None:
        """Prepare the rules with these numbers, all of them without `only`."""
        wanted = [branch for branch in compiled_rules.branches if only is None or branch.rule in only]
        branches = [(branch, tuple(part.check() for part in branch.comparisons)) for branch in wanted]
        self._of_encounter = [(branch.rule, checks) for branch, checks in branches if not branch.each]
        self._of_diagnosis = [(branch.rule, checks) for branch, checks in branches if branch.each]

    def evaluate(self, rows: Rows) -> Matches:
        """Return every rule that fires on the rows."""
        matches = {(rule, NO_DIAGNOSIS) for rule, checks in self._of_encounter if all_hold(checks, rows.encounter)}
        for index, row in enumerate(rows.diagnoses):
            matches.update((rule, index) for rule, checks in self._of_diagnosis if all_hold(checks, row))
        return frozenset(matches)
