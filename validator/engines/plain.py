"""The plain engine: a closure for every comparison. It answers when durable-rules cannot."""

from collections.abc import Callable

from validator.rulebook.plan import NO_DIAGNOSIS, Comparison, Plan, Row, Rows

Fired = frozenset[tuple[int, int]]


class PlainEngine:
    """`fired` gives (number of rule, place among the rows' diagnoses or NO_DIAGNOSIS) for every rule that fires."""

    name = "plain"

    def __init__(self, plan: Plan) -> None:
        closed = [(branch.rule, branch.each, tuple(map(_closure, branch.comparisons))) for branch in plan.branches]
        self._of_encounter = [(rule, checks) for rule, each, checks in closed if not each]
        self._of_diagnosis = [(rule, checks) for rule, each, checks in closed if each]

    def fired(self, rows: Rows) -> Fired:
        hits = {(rule, NO_DIAGNOSIS) for rule, checks in self._of_encounter if _all(checks, rows.encounter)}
        for place, row in enumerate(rows.diagnoses):
            hits.update((rule, place) for rule, checks in self._of_diagnosis if _all(checks, row))
        return frozenset(hits)


def _all(checks: tuple[Callable[[Row], bool], ...], row: Row) -> bool:
    for check in checks:  # noqa: SIM110  # `all` over a generator costs twice as much here
        if not check(row):
            return False
    return True


def _closure(comparison: Comparison) -> Callable[[Row], bool]:
    slot, constant = comparison.slot, comparison.constant
    match comparison.operator:
        case "eq":
            return lambda row: row[slot] == constant
        case "ge":
            return lambda row: row[slot] >= constant
        case "le":
            return lambda row: row[slot] <= constant
