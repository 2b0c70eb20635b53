"""Branches, rows and matches: the compiled form of rules and contacts for all engines."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Row = tuple[int, ...]
Operator = Literal["eq", "ge", "le"]
NO_DIAGNOSIS = -1
Matches = frozenset[tuple[int, int]]  # (number of the rule, index of the diagnosis or NO_DIAGNOSIS)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of one slot of a row with a constant."""

    slot: int
    operator: Operator
    constant: int

    def check(self, first: int = 0) -> Callable[[Row], bool]:
        """Return the comparison as a function of a row whose first slot has number `first`."""
        slot, constant = self.slot - first, self.constant
        match self.operator:
            case "eq":
                return lambda row: row[slot] == constant
            case "ge":
                return lambda row: row[slot] >= constant
            case "le":
                return lambda row: row[slot] <= constant


@dataclass(frozen=True, slots=True)
class CompiledBranch:
    """A conjunction of comparisons that fires rule number `rule`.

    It is evaluated on the row of the contact or, with `each`, on the row of every diagnosis.
    """

    rule: int
    each: bool
    comparisons: tuple[Comparison, ...]


class Rows(NamedTuple):
    """A contact as engines read it.

    There is one row for the contact, and one for each diagnosis, which begins with the contact's.
    """

    encounter: Row
    diagnoses: tuple[Row, ...]


def join_rows(clinical: Row, coding: Rows) -> Rows:
    """Return complete rows: the clinical slots followed by the slots that the coding decides."""
    return Rows(clinical + coding.encounter, tuple([clinical + row for row in coding.diagnoses]))
