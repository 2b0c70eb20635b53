"""The next case is chosen by spaced repetition."""

import datetime
from dataclasses import dataclass

import pytest

from tests.training.case_factory import SCORING, answer, case
from validator.training.repetition import BOX_INTERVALS, build_cards, next_case

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
KNEE = [case(f"knae-{number}") for number in (1, 2)]
HIP = [case(f"hofte-{number}", answer("L89"), course="artrose-hofte") for number in (1, 2)]
HARD = case("svaer", answer("N17"), course=None, level="advanced")
EASY = case("let", answer("N95"), course=None)
EVERY = [*HIP, *KNEE, EASY, HARD]


@dataclass(frozen=True)
class TimedScore:
    case: str
    score: float
    at: datetime.datetime


def tried(*answers: tuple[str, float], days_ago: float = 0) -> list[TimedScore]:
    """Return attempts one minute apart, the last of them `days_ago`."""
    start = NOW - datetime.timedelta(days=days_ago, minutes=len(answers))
    return [TimedScore(id, score, start + datetime.timedelta(minutes=number)) for number, (id, score) in enumerate(answers)]


def chosen(*attempts: TimedScore) -> str | None:
    found = next_case(EVERY, attempts, SCORING, NOW)
    return found and found.id


def test_easiest_case_comes_first() -> None:
    assert chosen() == "hofte-1"
    assert next_case([HARD, EASY], (), SCORING, NOW) == EASY
    assert next_case([], (), SCORING, NOW) is None


def test_similar_new_case_follows_a_failed_one() -> None:
    assert chosen(*tried(("knae-1", 0.25))) == "knae-2"


def test_failed_case_is_due_after_three_others() -> None:
    others = [("hofte-1", 1.0), ("knae-2", 1.0), ("let", 1.0)]
    assert chosen(*tried(("knae-1", 0.0), *others[:2])) == "hofte-2"
    assert chosen(*tried(("knae-1", 0.0), *others)) == "knae-1"


def test_failed_case_is_due_the_next_day() -> None:
    assert chosen(*tried(("knae-1", 0.5), ("knae-2", 1.0), days_ago=1)) == "knae-1"


def test_intervals_grow_with_each_passing_answer() -> None:
    attempts = tried(("knae-1", 1.0), days_ago=1)
    assert build_cards(attempts)["knae-1"].is_due(NOW)
    twice = [*tried(("knae-1", 1.0), days_ago=2), *tried(("knae-1", 0.75), days_ago=1)]
    assert not build_cards(twice)["knae-1"].is_due(NOW)
    assert build_cards(twice)["knae-1"].is_due(NOW + BOX_INTERVALS[2])
    often = [attempt for _ in range(20) for attempt in tried(("knae-1", 1.0))]
    assert build_cards(often)["knae-1"].due - often[-1].at == BOX_INTERVALS[-1]


def test_due_case_comes_before_a_new_one() -> None:
    assert chosen(*tried(("svaer", 1.0), days_ago=2)) == "svaer"


def test_failing_returns_the_case_to_the_first_box() -> None:
    attempts = [*tried(("knae-1", 1.0), ("knae-1", 1.0), days_ago=9), *tried(("knae-1", 0.5))]
    assert build_cards(attempts)["knae-1"].box == 0


def test_case_just_answered_comes_last() -> None:
    two = [KNEE[0], HIP[0]]
    found = next_case(two, tried(("hofte-1", 1.0), ("knae-1", 0.0)), SCORING, NOW)
    assert found == HIP[0]
    assert next_case(two[:1], tried(("knae-1", 0.0)), SCORING, NOW) == KNEE[0]


@pytest.mark.parametrize("score", [0.75, 1.0])
def test_accepted_answer_passes(score: float) -> None:
    assert build_cards(tried(("knae-1", score)))["knae-1"].box == 1
