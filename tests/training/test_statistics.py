"""Statistics by case and version, and over fixed sets."""

import datetime
from collections.abc import Iterable

import pytest

from tests.training.case_factory import SCORING, answer, case
from validator.store.attempts import Attempt
from validator.training.case_bank import Bank
from validator.training.scoring_scheme import UnclearThreshold
from validator.training.statistics import CaseFigures, case_figures, set_figures

KEYS = {"a": "L90", "b": "L89", "c": "L83"}
BANK = Bank({id: case(id, answer(code)) for id, code in KEYS.items()}, SCORING)


def attempt(learner: int, case: str, chosen: str, *, grade: str | None = None, version: int = 1) -> Attempt:
    grade = grade or ("exact" if chosen == KEYS[case] else "group")
    return Attempt(
        learner=learner,
        case=case,
        version=version,
        at=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC),
        answer=((chosen, "main"),) if chosen else (),
        phase=None,
        chosen=chosen,
        key=KEYS[case],
        grade=grade,
        score=1.0 if grade == "exact" else 0.5,
        release="ekm-2024-11",
        digest="sha256:0",
    )


def figures(chosen: Iterable[str]) -> CaseFigures:
    """Return the figures of case a when learners chose these codes."""
    (found,) = case_figures([attempt(number, "a", code) for number, code in enumerate(chosen)], UnclearThreshold(10, 60))
    return found


def test_figures_of_a_case() -> None:
    found = figures(["L90"] * 7 + ["L15"] * 2 + [""])
    assert (found.rates.answers, found.rates.exact) == (10, 0.7)
    assert (found.exact.low, found.exact.high) == (pytest.approx(0.3968, abs=1e-4), pytest.approx(0.8922, abs=1e-4))
    assert found.wrong == (("L15", 2), ("-", 1))
    # Agreed 0.7; shares 17/20, 2/20 and 1/20; by chance (0.1275 + 0.09 + 0.0475) / 2 = 0.1325.
    assert found.ac1 == pytest.approx((0.7 - 0.1325) / (1 - 0.1325))


def test_equally_right_answer_agrees_with_the_key() -> None:
    (found,) = case_figures([attempt(number, "a", "L15", grade="exact") for number in range(3)], UnclearThreshold(10, 60))
    assert (found.ac1, found.wrong) == (1.0, ())


@pytest.mark.parametrize(
    ("chosen", "unclear"),
    [
        (["L90"] * 2 + ["L15"] * 8, "other"),
        (["L90"] * 2 + ["L15"] * 4 + ["L92", "L91", "L96", "L78"], "scattered"),
        (["L90"] * 2 + ["?"] * 8, "scattered"),
        (["L90"] * 1 + ["L15"] * 8, None),  # too few
        (["L90"] * 5 + ["L15"] * 5, None),  # it could still be clear
        (["L90"] * 40 + ["L15"] * 60, "other"),
    ],
)
def test_case_with_few_exact_answers_is_unclear(chosen: list[str], unclear: str | None) -> None:
    assert figures(chosen).unclear == unclear


def test_versions_of_a_case_are_separate() -> None:
    found = case_figures([attempt(1, "a", "L90"), attempt(2, "a", "L15", version=2)], UnclearThreshold(10, 60))
    assert [(one.version, one.rates.exact) for one in found] == [(1, 1.0), (2, 0.0)]


def answer_complete_set(learners: int, *, wrong: int) -> list[Attempt]:
    """Return the attempts of learners who answered the whole set, `wrong` of them wrongly in the first case."""
    attempts = []
    for learner in range(learners):
        for id, code in KEYS.items():
            attempts.append(attempt(learner, id, "L15" if id == "a" and learner < wrong else code))
    return attempts


def test_kappa_is_over_learners_who_answered_the_whole_set() -> None:
    (found,) = set_figures([*answer_complete_set(10, wrong=3), attempt(99, "a", "L15"), attempt(98, "b", "L89")], BANK)
    assert (found.name, found.learners, found.rates.answers) == ("saettet", 10, 30)
    assert found.exact is not None
    assert found.exact.value == 0.9
    assert found.cohen is not None
    # Chosen: 7 L90, 3 L15, 10 L89, 10 L83; wanted: 10 of each. By chance (70 + 100 + 100) / 900 = 0.3.
    assert found.cohen.value == pytest.approx((0.9 - 0.3) / 0.7)
    assert found.fleiss is not None
    # Agreed 48/90, 1 and 1; by chance (7/30)^2 + (3/30)^2 + 2 (10/30)^2 = 258/900.
    assert found.fleiss.value == pytest.approx(((48 / 90 + 2) / 3 - 258 / 900) / (1 - 258 / 900))


def test_kappa_is_none_below_30_answers() -> None:
    (found,) = set_figures(answer_complete_set(9, wrong=3), BANK)
    assert (found.rates.answers, found.cohen, found.fleiss) == (27, None, None)


def test_answers_to_earlier_versions_are_not_counted() -> None:
    attempts = [*answer_complete_set(1, wrong=0)[1:], attempt(0, "a", "L90", version=2)]
    (found,) = set_figures(attempts, BANK)
    assert (found.learners, found.exact, found.rates.exact) == (0, None, None)
