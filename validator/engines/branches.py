"""Branches and rows: the compiled form of rules and of contacts that all engines share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Row = tuple[int, ...]
Operator = Literal["eq", "ge", "le"]


@dataclass(frozen=True, slots=True)
class Comparison:
    slot: int
    operator: Operator
    constant: int

    def check(self, first: int = 0) -> Callable[[Row], bool]:
        """The comparison as a function of a row that begins with slot number `first`."""
        slot, constant = self.slot - first, self.constant
        match self.operator:
            case "eq":
                return lambda row: row[slot] == constant
            case "ge":
                return lambda row: row[slot] >= constant
            case "le":
                return lambda row: row[slot] <= constant


@dataclass(frozen=True, slots=True)
class PlanBranch:
    """Fires rule number `rule` when every comparison holds of the contact's row, or (`each`) of a diagnosis's."""

    rule: int
    each: bool
    comparisons: tuple[Comparison, ...]


class Rows(NamedTuple):
    """A contact as the engines see it: its own row, and one row for each diagnosis that begins with it."""

    encounter: Row
    diagnoses: tuple[Row, ...]


def joined(asked: Row, coded: Rows) -> Rows:
    """Rows from their two parts."""
    return Rows(asked + coded.encounter, tuple([asked + row for row in coded.diagnoses]))
