"""The measures of agreement equal published worked examples and the results of other libraries.

Libraries: statsmodels 0.15.0 (`cohens_kappa`, `proportion_confint`) and irrCAC 0.4.4 (`CAC(...).gwet()`, `.fleiss_kappa()`).
"""

from collections.abc import Sequence

import pytest

from validator.training.agreement import MIN_ANSWERS, RatingPair, cohen_kappa, fleiss_kappa, gwet_ac1, wilson_interval

# Fleiss 1971 as it is worked through in the literature since: ten subjects, fourteen raters, five categories; kappa 0.210.
FLEISS = (
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
)


def pairs(table: Sequence[Sequence[int]]) -> list[RatingPair]:
    return [(row, column) for row, counts in enumerate(table) for column, count in enumerate(counts) for _ in range(count)]


# Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval(hits: int, total: int, low: float, high: float) -> None:
    estimate = wilson_interval(hits, total)
    assert estimate.value == hits / total
    assert (estimate.low, estimate.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_shares_of_0_and_1_have_exact_bounds() -> None:
    assert wilson_interval(20, 20).high == 1.0
    assert [wilson_interval(0, total).low for total in range(1, 40)] == [0.0] * 39
    assert wilson_interval(20, 20).low == pytest.approx(1 - 0.1611, abs=5e-5)


@pytest.mark.parametrize(
    ("table", "value"),
    [
        # Gwet 2008, British Journal of Mathematical and Statistical Psychology 61:29-48, where kappa is -0.02 for 94 % agreement.
        (((118, 5), (2, 0)), 0.94077634),
        # irrCAC.
        (((44, 5, 1), (7, 20, 3), (9, 5, 6)), 0.57597173),
    ],
)
def test_ac1(table: Sequence[Sequence[int]], value: float) -> None:
    assert gwet_ac1(pairs(table)) == pytest.approx(value, abs=1e-8)


def test_ac1_of_one_category_is_1() -> None:
    assert gwet_ac1([("L90", "L90")] * 3) == 1.0


@pytest.mark.parametrize(
    ("table", "value", "low", "high"),
    [
        (((20, 5), (10, 15)), 0.4, 0.151092290476661, 0.6489077095233389),
        (((44, 5, 1), (7, 20, 3), (9, 5, 6)), 0.49152542372881347, 0.35015820121748686, 0.6328926462401401),
    ],
)
def test_cohens_kappa_and_its_interval(table: Sequence[Sequence[int]], value: float, low: float, high: float) -> None:
    estimate = cohen_kappa(pairs(table))
    assert estimate == pytest.approx((value, low, high), abs=1e-9)


def test_fleiss_kappa_and_its_interval() -> None:
    estimate = fleiss_kappa([dict(enumerate(row)) for row in FLEISS])
    assert estimate is not None
    assert estimate.value == pytest.approx(0.2099307, abs=1e-7)
    assert (estimate.low, estimate.high) == (pytest.approx(0.00097273, abs=5e-5), pytest.approx(0.41888868, abs=5e-5))


def test_kappa_is_none_below_30_answers() -> None:
    every = [("L90", "L90"), ("L15", "L90")] * MIN_ANSWERS
    assert cohen_kappa(every[: MIN_ANSWERS - 1]) is None
    assert cohen_kappa(every[:MIN_ANSWERS]) is not None
    assert fleiss_kappa([{"L90": 14, "L15": 1}]) is None
    assert fleiss_kappa([{"L90": 14}, {"L90": 13, "L15": 1}]) is None
    assert fleiss_kappa([{"L90": 15}, {"L90": 14, "L15": 1}]) is not None


def test_kappa_is_none_with_one_category() -> None:
    assert cohen_kappa([("L90", "L90")] * 40) is None
    assert fleiss_kappa([{"L90": 20}, {"L90": 20}]) is None
    assert fleiss_kappa([]) is None


def test_fleiss_requires_the_same_number_of_raters() -> None:
    with pytest.raises(ValueError, match="same number"):
        fleiss_kappa([{"L90": 20}, {"L90": 19}])
