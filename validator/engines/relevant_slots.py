"""What the rules still ask of a contact whose coding is known: often so few of its clinical slots that contacts are alike."""

from collections.abc import Callable, Iterable

from validator.engines.branches import PlanBranch, Row, Rows

Ask = tuple[tuple[Callable[[Row], bool], ...], frozenset[int]]


def all_hold(checks: Iterable[Callable[[Row], bool]], row: Row) -> bool:
    """Whether every check holds of a row."""
    for check in checks:  # noqa: SIM110  # `all` over a generator costs twice as much here
        if not check(row):
            return False
    return True


class OpenSlots:
    """Finds what branches still ask of a contact that is coded: its clinical slots, which are those below `first`."""

    def __init__(self, branches: Iterable[PlanBranch], first: int) -> None:
        # By a comparison that most rows fail, since to try every branch on every row would cost more than to judge.
        self._by_pivot: dict[bool, dict[int | None, dict[int | None, list[Ask]]]] = {False: {}, True: {}}
        for branch in branches:
            known = [part for part in branch.comparisons if part.slot >= first]
            pivot = next((part for part in known if part.operator == "eq" and part.constant), None)
            asks = frozenset(part.slot for part in branch.comparisons if part.slot < first)
            checks = tuple(part.check(first) for part in known if part is not pivot)
            slot, constant = (pivot.slot - first, pivot.constant) if pivot else (None, None)
            if asks:
                self._by_pivot[branch.each].setdefault(slot, {}).setdefault(constant, []).append((checks, asks))

    def of(self, coded: Rows) -> set[int]:
        """The clinical slots."""
        found: set[int] = set()
        for each, rows in ((False, (coded.encounter,)), (True, coded.diagnoses)):
            for slot, by_constant in self._by_pivot[each].items():
                for row in rows:
                    for checks, asks in by_constant.get(None if slot is None else row[slot], ()):
                        if not asks <= found and all_hold(checks, row):
                            found |= asks
        return found
