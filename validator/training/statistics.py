"""What EKM may learn from the answers: which cases or rules are unclear, and how well coders agree. First attempts only."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from validator.store.attempts import Attempt
from validator.training.agreement import Estimate, ac1, cohen, fleiss, wilson
from validator.training.case_bank import Bank
from validator.training.filters import ANY, Filters
from validator.training.progress import Rates, rates
from validator.training.scoring_scheme import FixedSet, UnclearThreshold

NOTHING = "-"  # the category of an answer without a main diagnosis
_MOST_WRONG = 5
_UNKNOWN = "?"  # what was no code at all
UnclearReason = Literal["other", "scattered"]


@dataclass(frozen=True)
class CaseFigures:
    """The answers to one version of a case: how many, the share of exact ones with its interval, AC1 of learners and key, the wrong
    answers that were chosen most, and why the case or its rule seems unclear, if it does.
    """

    case: str
    version: int
    rates: Rates
    exact: Estimate
    ac1: float
    wrong: tuple[tuple[str, int], ...]
    unclear: UnclearReason | None

    def to_json(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "version": self.version,
            **self.rates.to_json(),
            "interval": [self.exact.low, self.exact.high],
            "ac1": self.ac1,
            "wrong": [{"code": code, "answers": answers} for code, answers in self.wrong],
            "unclear": self.unclear,
        }


@dataclass(frozen=True)
class SetFigures:
    """The answers of those who answered a whole fixed set: Cohen's kappa of learners and key, Fleiss' kappa of the learners.

    A kappa is None below 30 answers, and where it says nothing.
    """

    name: str
    learners: int
    rates: Rates
    exact: Estimate | None
    cohen: Estimate | None
    fleiss: Estimate | None

    def to_json(self) -> dict[str, Any]:
        return {
            "set": self.name,
            "learners": self.learners,
            **self.rates.to_json(),
            "interval": self.exact and [self.exact.low, self.exact.high],
            "cohen": self.cohen and self.cohen._asdict(),
            "fleiss": self.fleiss and self.fleiss._asdict(),
        }


@dataclass(frozen=True)
class Statistics:
    """The figures of cases and of fixed sets."""

    cases: list[CaseFigures]
    sets: list[SetFigures]


def compute_statistics(attempts: Sequence[Attempt], bank: Bank, filters: Filters = ANY) -> Statistics:
    """The figures of first attempts at the cases of a bank; of cases that are gone only where nothing is narrowed."""
    known = {case.id for case in bank.cases.values() if filters.matches(case)}
    wanted = [attempt for attempt in attempts if attempt.case in known or filters == ANY]
    return Statistics(case_figures(wanted, bank.scoring.unclear), set_figures(attempts, bank))


def case_figures(attempts: Iterable[Attempt], unclear: UnclearThreshold) -> list[CaseFigures]:
    """The figures of every version of every case that has answers, the cases in the order of their ids."""
    by_version: defaultdict[tuple[str, int], list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_version[attempt.case, attempt.version].append(attempt)
    return [_of_case(*key, held, unclear) for key, held in sorted(by_version.items())]


def set_figures(attempts: Sequence[Attempt], bank: Bank) -> list[SetFigures]:
    """The figures of every fixed set, over those who answered all of its cases as they stand now."""
    return [_of_set(name, fixed, attempts, bank) for name, fixed in bank.scoring.sets.items()]


def complete_sets(fixed: FixedSet, attempts: Iterable[Attempt], bank: Bank) -> dict[int, dict[str, Attempt]]:
    """The attempts by learner and case of those who answered the whole set, in the versions that the cases have now."""
    now = {id: bank.cases[id].version for id in fixed.cases if id in bank.cases}
    by_learner: defaultdict[int, dict[str, Attempt]] = defaultdict(dict)
    for attempt in attempts:
        if now.get(attempt.case) == attempt.version:
            by_learner[attempt.learner][attempt.case] = attempt
    return {learner: held for learner, held in by_learner.items() if held.keys() == now.keys()}


def _of_case(case: str, version: int, attempts: list[Attempt], unclear: UnclearThreshold) -> CaseFigures:
    held = rates(attempts)
    hits = sum(attempt.grade == "exact" for attempt in attempts)
    exact = wilson(hits, len(attempts))
    wrong = Counter(attempt.chosen or NOTHING for attempt in attempts if attempt.grade != "exact").most_common()
    doubtful = len(attempts) >= unclear.answers and exact.high < unclear.exact / 100
    # Most of those who are wrong agree on one code, so it is not the story that leaves them guessing.
    other = bool(wrong) and wrong[0][0] != _UNKNOWN and 2 * wrong[0][1] > len(attempts) - hits
    return CaseFigures(
        case,
        version,
        held,
        exact,
        ac1([_pair(attempt) for attempt in attempts]),
        tuple(wrong[:_MOST_WRONG]),
        None if not doubtful else "other" if other else "scattered",
    )


def _of_set(name: str, fixed: FixedSet, attempts: Sequence[Attempt], bank: Bank) -> SetFigures:
    learners = complete_sets(fixed, attempts, bank)
    answers = [attempt for held in learners.values() for attempt in held.values()]
    by_case: Mapping[str, Counter[str]] = defaultdict(Counter)
    for attempt in answers:
        by_case[attempt.case][_pair(attempt)[0]] += 1
    return SetFigures(
        name,
        len(learners),
        rates(answers),
        wilson(sum(attempt.grade == "exact" for attempt in answers), len(answers)) if answers else None,
        cohen([_pair(attempt) for attempt in answers]),
        fleiss(by_case.values()),
    )


def _pair(attempt: Attempt) -> tuple[str, str]:
    """What the learner chose and what the key says. An answer that is just as right as the key agrees with it."""
    key = attempt.key or NOTHING
    return key if attempt.grade == "exact" else attempt.chosen or NOTHING, key
