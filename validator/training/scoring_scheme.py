"""The scoring scheme of a bank.

It has weights, body regions, published rates, fixed sets and the threshold of unclear cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from validator.rulebook.rule import Texts
from validator.training.levels_and_grades import Grade


@dataclass(frozen=True, slots=True)
class BodyRegion:
    """Codes of one part of the body, or of one complaint."""

    title: Texts
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedRates:
    """A published study of how often trained coders agree with a key.

    The rates are in percent, each including the ones before it.
    """

    title: str
    participants: int
    cases: int
    exact: int
    group: int
    chapter: int


@dataclass(frozen=True, slots=True)
class FixedSet:
    """Cases that are compared together, over the learners who answered all of them."""

    title: Texts
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnclearThreshold:
    """The threshold from which a case is unclear.

    A case is unclear from `answers` answers on, where the upper limit of the interval for the share of exact answers is
    below `exact` percent.
    """

    answers: int
    exact: int


@dataclass(frozen=True)
class ScoringScheme:
    """How answers are scored; `weights` are the scores of the grades, 0 to 1."""

    weights: Mapping[Grade, float]
    regions: Mapping[str, BodyRegion]
    published: PublishedRates
    sets: Mapping[str, FixedSet]
    unclear: UnclearThreshold

    def regions_of(self, code: str) -> frozenset[str]:
        """Return the names of the regions that a code belongs to."""
        return frozenset(name for name, region in self.regions.items() if code in region.codes)
