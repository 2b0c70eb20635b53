"""Contestants take turns, ratios are of the same turn, and a bound is reported as met or missed."""

import pytest

from benchmarks.turns import bound, microseconds, ratios, spread, take_turns


def test_turns_alternate_and_the_warm_up_does_not_count() -> None:
    calls: list[tuple[str, int]] = []

    def contestant(name: str, figure: float) -> float:
        calls.append((name, len(calls)))
        return figure

    figures = take_turns({"a": lambda turn: contestant("a", turn), "b": lambda turn: contestant("b", turn * 2)}, turns=2)
    assert figures == {"a": [0, 1], "b": [0, 2]}
    assert "".join(name for name, _ in calls) == "baabba"


def test_a_ratio_compares_the_same_turn() -> None:
    assert ratios([2, 9], [1, 3]) == [2, 3]
    assert spread([3, 1, 2], 1) == "2.0 (1.0-3.0)"


@pytest.mark.parametrize(
    ("value", "at_least", "is_met"), [(0.5, True, True), (0.3, True, False), (0.5, False, False), (0.3, False, True)]
)
def test_a_bound_is_reported_as_met_or_missed(value: float, at_least: bool, is_met: bool) -> None:
    assert bound("figure", value, 0.4, at_least=at_least).startswith("held" if is_met else "MISSED")


def test_calls_are_timed_over_complete_passes() -> None:
    seen: list[int] = []
    assert microseconds(seen.append, [1, 2, 3], least=0.001) > 0
    assert seen == [1, 2, 3] * (len(seen) // 3)
