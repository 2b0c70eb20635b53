"""How well coders agree: Wilson's interval for a share, Gwet's AC1, Cohen's kappa and Fleiss' kappa, each with its source.

The formulas are a few lines each; the libraries that have them bring numpy, scipy and pandas.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

LEAST_ANSWERS = 30  # a kappa of fewer is not told
_Z = 1.959963984540054  # the 97.5th percentile of the normal distribution
# The same of Student's t for 1 to 30 degrees of freedom.
_T = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101,
      2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042)  # fmt: skip


class Estimate(NamedTuple):
    """A figure with its 95 % confidence interval."""

    value: float
    low: float
    high: float


Pair = tuple[Hashable, Hashable]


def wilson(hits: int, of: int) -> Estimate:
    """A share with Wilson's score interval, without continuity correction (Newcombe 1998, method 3). `of` is at least 1."""
    share, z2 = hits / of, _Z * _Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    # At the ends the formula gives the bound itself, and its rounding something beside it.
    return Estimate(share, max(0.0, middle - half) if hits else 0.0, min(1.0, middle + half) if hits < of else 1.0)


def ac1(pairs: Sequence[Pair]) -> float:
    """Gwet's AC1 of two raters, who here are the learners and the key (Gwet 2008, British Journal of Mathematical and Statistical
    Psychology 61:29-48). Unlike kappa it says something where nearly all answers are the same. `pairs` is not empty.

    The categories are those that were used; where that is one only, the agreement is whole.
    """
    shares = Counter(rating for pair in pairs for rating in pair)
    if len(shares) == 1:
        return 1.0
    agreed = sum(one == other for one, other in pairs) / len(pairs)
    by_chance = sum(count / (2 * len(pairs)) * (1 - count / (2 * len(pairs))) for count in shares.values()) / (len(shares) - 1)
    return (agreed - by_chance) / (1 - by_chance)


def observed(chosen: Iterable[Hashable]) -> float | None:
    """The share of all pairs of raters who agree, of one subject; None below two raters."""
    counts = Counter(chosen)
    raters = sum(counts.values())
    return sum(count * (count - 1) for count in counts.values()) / (raters * (raters - 1)) if raters > 1 else None


def cohen(pairs: Sequence[Pair]) -> Estimate | None:
    """Cohen's kappa of two raters, with the large-sample interval of Fleiss, Cohen and Everitt (1969, Psychological Bulletin
    72:323-327), which takes the answers as independent. None below LEAST_ANSWERS, and where both used one category only.
    """
    n = len(pairs)
    if n < LEAST_ANSWERS:
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


def fleiss(subjects: Iterable[Mapping[Any, int]]) -> Estimate | None:
    """Fleiss' kappa of several raters (1971, Psychological Bulletin 76:378-382): of each subject, how many chose each category.

    Every subject was rated by the same number of raters. The interval is Gwet's (Handbook of Inter-Rater Reliability, 2014), by how
    the subjects differ, so that it speaks of other cases too. None below LEAST_ANSWERS in all, for fewer than two subjects or
    raters, and where one category only was used.
    """
    table = [{name: count for name, count in subject.items() if count} for subject in subjects]
    raters = sum(table[0].values()) if table else 0
    if any(sum(subject.values()) != raters for subject in table):
        raise ValueError("every subject must have the same number of raters")
    n = len(table)
    shares = {name: sum(subject.get(name, 0) for subject in table) / (n * raters) for name in set().union(*table)} if raters else {}
    if n * raters < LEAST_ANSWERS or n < 2 or raters < 2 or len(shares) < 2:  # what two of anything are
        return None
    agreed = [sum(count * (count - 1) for count in subject.values()) / (raters * (raters - 1)) for subject in table]
    by_chance = sum(share**2 for share in shares.values())
    kappa = (sum(agreed) / n - by_chance) / (1 - by_chance)
    parts = []
    for subject, own in zip(table, agreed, strict=True):
        expected = sum(shares[name] * count / raters for name, count in subject.items())
        parts.append((own - by_chance) / (1 - by_chance) - 2 * (1 - kappa) * (expected - by_chance) / (1 - by_chance))
    error = math.sqrt(sum((part - kappa) ** 2 for part in parts) / (n * (n - 1)))
    half = error * (_T[n - 2] if n - 1 <= len(_T) else _Z)
    return Estimate(kappa, max(-1.0, kappa - half), min(1.0, kappa + half))
