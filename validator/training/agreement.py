"""Measures of agreement, each with its source.

Wilson's interval of a share, Gwet's AC1, Cohen's kappa and Fleiss' kappa. The formulas are a few lines each; the
libraries that have them bring numpy, scipy and pandas.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

MIN_ANSWERS = 30  # for a kappa
_Z = 1.959963984540054  # the 97.5th percentile of the normal distribution
# The 97.5th percentiles of Student's t for 1 to 30 degrees of freedom.
_T = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101,
      2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042)  # fmt: skip


class Estimate(NamedTuple):
    """A figure with its 95 % confidence interval."""

    value: float
    low: float
    high: float

    @property
    def interval(self) -> list[float]:
        return [self.low, self.high]


RatingPair = tuple[Hashable, Hashable]


def wilson_interval(hits: int, total: int) -> Estimate:
    """Return a share with Wilson's score interval, without continuity correction.

    `total` is at least 1.
    Source: Newcombe 1998, method 3.
    """
    share, z2 = hits / total, _Z * _Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    # Rounding would move the bounds 0 and 1, which the formula reaches exactly.
    return Estimate(share, max(0.0, middle - half) if hits else 0.0, min(1.0, middle + half) if hits < total else 1.0)


def gwet_ac1(pairs: Sequence[RatingPair]) -> float:
    """Return Gwet's AC1 of two raters; `pairs` is not empty.

    Unlike kappa, AC1 is meaningful where nearly all answers are the same. The categories are those that were used; with
    only one, AC1 is 1.
    Source: Gwet 2008, British Journal of Mathematical and Statistical Psychology 61:29-48.
    """
    shares = Counter(rating for pair in pairs for rating in pair)
    if len(shares) == 1:
        return 1.0
    agreed = sum(one == other for one, other in pairs) / len(pairs)
    by_chance = sum(count / (2 * len(pairs)) * (1 - count / (2 * len(pairs))) for count in shares.values()) / (len(shares) - 1)
    return (agreed - by_chance) / (1 - by_chance)


def observed_agreement(chosen: Iterable[Hashable]) -> float | None:
    """Return the share of all pairs of raters of one subject who agree; None below two raters."""
    counts = Counter(chosen)
    raters = sum(counts.values())
    return sum(count * (count - 1) for count in counts.values()) / (raters * (raters - 1)) if raters > 1 else None


def cohen_kappa(pairs: Sequence[RatingPair]) -> Estimate | None:
    """Return Cohen's kappa of two raters.

    Return None below MIN_ANSWERS, and where both raters used only one category. The large-sample interval assumes that
    the answers are independent.
    Source: Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72:323-327.
    """
    n = len(pairs)
    if n < MIN_ANSWERS:
        return None
    cells = Counter(pairs)
    rows, columns = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    agreed = sum(count for (one, other), count in cells.items() if one == other) / n
    by_chance = sum(rows[name] * columns[name] for name in rows) / n**2
    if by_chance == 1:
        return None
    kappa = (agreed - by_chance) / (1 - by_chance)
    within = sum(
        cells[name, name] / n * (1 - (rows[name] + columns[name]) / n * (1 - kappa)) ** 2 for name in rows.keys() | columns.keys()
    )
    across = sum(count / n * ((columns[one] + rows[other]) / n) ** 2 for (one, other), count in cells.items() if one != other)
    variance = within + (1 - kappa) ** 2 * across - (kappa - by_chance * (1 - kappa)) ** 2
    half = _Z * math.sqrt(max(0.0, variance / n)) / (1 - by_chance)
    return Estimate(kappa, max(-1.0, kappa - half), min(1.0, kappa + half))


def fleiss_kappa(subjects: Iterable[Mapping[Any, int]]) -> Estimate | None:
    """Return Fleiss' kappa of subjects that are rated by the same number of raters each.

    A subject maps each category to the number of raters who chose it. None below MIN_ANSWERS ratings, two subjects, two raters or
    two categories. Raises ValueError where the numbers of raters differ. The interval generalizes to other subjects.
    Sources: Fleiss 1971, Psychological Bulletin 76:378-382; Gwet 2014, Handbook of Inter-Rater Reliability, for the interval.
    """
    table = [{name: count for name, count in subject.items() if count} for subject in subjects]
    raters = sum(table[0].values()) if table else 0
    if any(sum(subject.values()) != raters for subject in table):
        raise ValueError("every subject must have the same number of raters")
    n = len(table)
    shares = {name: sum(subject.get(name, 0) for subject in table) / (n * raters) for name in set().union(*table)} if raters else {}
    if n * raters < MIN_ANSWERS or n < 2 or raters < 2 or len(shares) < 2:
        return None
    agreed = [sum(count * (count - 1) for count in subject.values()) / (raters * (raters - 1)) for subject in table]
    by_chance = sum(share**2 for share in shares.values())
    kappa = (sum(agreed) / n - by_chance) / (1 - by_chance)
    parts = []
    for subject, subject_agreed in zip(table, agreed, strict=True):
        expected = sum(shares[name] * count / raters for name, count in subject.items())
        parts.append((subject_agreed - by_chance) / (1 - by_chance) - 2 * (1 - kappa) * (expected - by_chance) / (1 - by_chance))
    error = math.sqrt(sum((part - kappa) ** 2 for part in parts) / (n * (n - 1)))
    half = error * (_T[n - 2] if n - 1 <= len(_T) else _Z)
    return Estimate(kappa, max(-1.0, kappa - half), min(1.0, kappa + half))
