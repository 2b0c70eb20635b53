"""How far an answer's main diagnosis is from the key: the weights, the body regions and the published figures beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from validator.rulebook.rule import Texts
from validator.training.levels_and_grades import Grade


@dataclass(frozen=True, slots=True)
class BodyRegion:
    """Codes that are of one part of the body, or of one complaint."""

    title: Texts
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedRates:
    """A published study of how well trained coders agree with a key; the rates are percents, each with those before it."""

    title: str
    participants: int
    cases: int
    exact: int
    group: int
    chapter: int


@dataclass(frozen=True, slots=True)
class FixedSet:
    """Cases that are answered together, so that those who answered all of them can be compared."""

    title: Texts
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnclearThreshold:
    """A case with at least `answers` answers is unclear where surely fewer than `exact` percent of them would be exact."""

    answers: int
    exact: int


@dataclass(frozen=True)
class ScoringScheme:
    """The weight of each grade, 0 to 1, what the grades are measured by, and what answers are looked at together."""

    weights: Mapping[Grade, float]
    regions: Mapping[str, BodyRegion]
    published: PublishedRates
    sets: Mapping[str, FixedSet]
    unclear: UnclearThreshold

    def regions_of(self, code: str) -> frozenset[str]:
        """The names of the regions that a code belongs to."""
        return frozenset(name for name, region in self.regions.items() if code in region.codes)
