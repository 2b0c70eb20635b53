"""The interface of the rival engines."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any

from validator.engines.branches import NO_DIAGNOSIS, Row, Rows
from validator.engines.compiler import CompiledRules

Matches = frozenset[tuple[int, int]]


class Rival(ABC):
    """An engine built for the rules of one set of compiled rules."""

    @abstractmethod
    def __init__(self, compiled_rules: CompiledRules) -> None: ...

    @abstractmethod
    def facts(self, rows: Rows) -> Any:
        """The rows of a contact in the form that this engine reads. It is made beforehand and is no part of the engine's time."""

    @abstractmethod
    def evaluate(self, facts: Any) -> Matches:
        """(Number of rule, place of diagnosis or NO_DIAGNOSIS) for every rule that fires, as the product's engines give it."""


def members(row: Row) -> dict[str, int]:
    """A row as a mapping, its slots by name."""
    return {f"s{slot}": value for slot, value in enumerate(row)}


def evaluate_rows(
    of_encounter: Callable[[Any], Iterable[float]], of_diagnosis: Callable[[Any], Iterable[float]], facts: tuple[Any, list[Any]]
) -> Matches:
    """What fires, by two functions that give the numbers of the rules that fire on a row."""
    encounter, diagnoses = facts
    hits = {(int(rule), NO_DIAGNOSIS) for rule in of_encounter(encounter)}
    for place, diagnosis in enumerate(diagnoses):
        hits.update((int(rule), place) for rule in of_diagnosis(diagnosis))
    return frozenset(hits)
