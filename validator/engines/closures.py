"""The plain engine: a closure for every comparison. It answers when durable-rules cannot."""

from validator.engines.branches import Rows
from validator.engines.compiler import NO_DIAGNOSIS, Plan
from validator.engines.relevant_slots import all_hold

Fired = frozenset[tuple[int, int]]


class PlainEngine:
    """`fired` gives (number of rule, place among the rows' diagnoses or NO_DIAGNOSIS) for every rule that fires."""

    name = "plain"

    def __init__(self, plan: Plan) -> None:
        closed = [(branch.rule, branch.each, tuple(part.check() for part in branch.comparisons)) for branch in plan.branches]
        self._of_encounter = [(rule, checks) for rule, each, checks in closed if not each]
        self._of_diagnosis = [(rule, checks) for rule, each, checks in closed if each]

    def fired(self, rows: Rows) -> Fired:
        hits = {(rule, NO_DIAGNOSIS) for rule, checks in self._of_encounter if all_hold(checks, rows.encounter)}
        for place, row in enumerate(rows.diagnoses):
            hits.update((rule, place) for rule, checks in self._of_diagnosis if all_hold(checks, row))
        return frozenset(hits)
