"""The bank of cases with its scoring scheme."""

from collections.abc import Mapping
from dataclasses import dataclass

from validator.training.case import Case
from validator.training.scoring_scheme import ScoringScheme


@dataclass(frozen=True)
class Bank:
    """All cases by id, sorted by id, and the scoring scheme that they share."""

    cases: Mapping[str, Case]
    scoring: ScoringScheme
