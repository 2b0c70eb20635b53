"""The bank of cases, and how the answers to them are scored."""

from collections.abc import Mapping
from dataclasses import dataclass

from validator.training.case import Case
from validator.training.scoring_scheme import ScoringScheme


@dataclass(frozen=True)
class Bank:
    """Every case by its id, in the order of their ids, and the scoring that they share."""

    cases: Mapping[str, Case]
    scoring: ScoringScheme
