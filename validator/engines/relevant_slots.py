"""The clinical slots that can still change the outcome once a contact's coding is known.

There are often few or none.
"""

from collections.abc import Callable, Iterable

from validator.engines.branches import CompiledBranch, Row, Rows

_Branch = tuple[tuple[Callable[[Row], bool], ...], frozenset[int]]  # checks of the coding, clinical slots


def all_hold(checks: Iterable[Callable[[Row], bool]], row: Row) -> bool:
    """Return whether every check is true of a row."""
    for check in checks:  # noqa: SIM110  # `all` over a generator costs twice as much here
        if not check(row):
            return False
    return True


class RelevantSlots:
    """An index of branches by their coding. Clinical slots are those with numbers below `first`."""

    def __init__(self, branches: Iterable[CompiledBranch], first: int) -> None:
        # Indexed by a comparison that most rows fail: trying every branch on every row would cost more than judging.
        self._by_pivot: dict[bool, dict[int | None, dict[int | None, list[_Branch]]]] = {False: {}, True: {}}
        for branch in branches:
            coding = [part for part in branch.comparisons if part.slot >= first]
            pivot = next((part for part in coding if part.operator == "eq" and part.constant), None)
            clinical = frozenset(part.slot for part in branch.comparisons if part.slot < first)
            checks = tuple(part.check(first) for part in coding if part is not pivot)
            slot, constant = (pivot.slot - first, pivot.constant) if pivot else (None, None)
            if clinical:
                self._by_pivot[branch.each].setdefault(slot, {}).setdefault(constant, []).append((checks, clinical))

    def find(self, coding: Rows) -> set[int]:
        """Return the clinical slots that can change the outcome for this coding."""
        found: set[int] = set()
        for each, rows in ((False, (coding.encounter,)), (True, coding.diagnoses)):
            for slot, by_constant in self._by_pivot[each].items():
                for row in rows:
                    for checks, clinical in by_constant.get(None if slot is None else row[slot], ()):
                        if not clinical <= found and all_hold(checks, row):
                            found |= clinical
        return found
