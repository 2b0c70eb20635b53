"""Statistics of first attempts: which cases or rules are unclear, and how well coders agree."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from validator.store.attempts import Attempt
from validator.training.agreement import Estimate, cohen_kappa, fleiss_kappa, gwet_ac1, wilson_interval
from validator.training.case_bank import Bank
from validator.training.filters import ANY, Filters
from validator.training.progress import Rates, compute_rates
from validator.training.scoring_scheme import FixedSet, UnclearThreshold

NOTHING = "-"  # the category of an answer without a main diagnosis
_UNKNOWN = "?"  # the category of a text that is not a code
_MAX_WRONG_CODES = 5
UnclearReason = Literal["other", "scattered"]


@dataclass(frozen=True)
class CaseFigures:
    """The figures of one version of a case.

    `exact` is the share of exact answers, `ac1` the agreement of learners and key, `wrong` the most chosen wrong answers with their
    number, and `unclear` why the case or its rule seems unclear, if it does.
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
            **asdict(self.rates),
            "interval": self.exact.interval,
            "ac1": self.ac1,
            "wrong": [{"code": code, "answers": answers} for code, answers in self.wrong],
            "unclear": self.unclear,
        }


@dataclass(frozen=True)
class SetFigures:
    """The figures of the learners who answered all cases of a fixed set.

    `cohen` is Cohen's kappa of learners and key, `fleiss` Fleiss' kappa of the learners; None below 30 answers and where a kappa
    is not defined.
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
            **asdict(self.rates),
            "interval": self.exact and self.exact.interval,
            "cohen": self.cohen and self.cohen._asdict(),
            "fleiss": self.fleiss and self.fleiss._asdict(),
        }


@dataclass(frozen=True)
class Statistics:
    """The figures of cases and of fixed sets."""

    cases: list[CaseFigures]
    sets: list[SetFigures]


def compute_statistics(attempts: Sequence[Attempt], bank: Bank, filters: Filters = ANY) -> Statistics:
    """Return the figures of first attempts.

    Cases that are no longer in the bank are included only without filters.
    """
    ids = {case.id for case in bank.cases.values() if filters.matches(case)}
    chosen = [attempt for attempt in attempts if attempt.case in ids or filters == ANY]
    return Statistics(case_figures(chosen, bank.scoring.unclear), set_figures(attempts, bank))


def case_figures(attempts: Iterable[Attempt], unclear: UnclearThreshold) -> list[CaseFigures]:
    """Return the figures of every answered version of a case, sorted by case id and version."""
    by_version: defaultdict[tuple[str, int], list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_version[attempt.case, attempt.version].append(attempt)
    return [_case_figures(*key, of_version, unclear) for key, of_version in sorted(by_version.items())]


def set_figures(attempts: Sequence[Attempt], bank: Bank) -> list[SetFigures]:
    """Return the figures of every fixed set."""
    return [_set_figures(name, fixed, attempts, bank) for name, fixed in bank.scoring.sets.items()]


def exact_share(attempts: Collection[Attempt]) -> Estimate | None:
    """Return the share of exact answers; None without answers."""
    return wilson_interval(sum(attempt.grade == "exact" for attempt in attempts), len(attempts)) if attempts else None


def _case_figures(case: str, version: int, attempts: list[Attempt], unclear: UnclearThreshold) -> CaseFigures:
    wrong_codes = [attempt.chosen or NOTHING for attempt in attempts if attempt.grade != "exact"]
    exact = wilson_interval(len(attempts) - len(wrong_codes), len(attempts))
    wrong = Counter(wrong_codes).most_common()
    reason: UnclearReason | None = None
    if len(attempts) >= unclear.answers and exact.high < unclear.exact / 100:
        # Where most wrong answers are the same code, the vignette does not leave the learners guessing.
        is_same = bool(wrong) and wrong[0][0] != _UNKNOWN and 2 * wrong[0][1] > len(wrong_codes)
        reason = "other" if is_same else "scattered"
    ac1 = gwet_ac1([_chosen_and_key(attempt) for attempt in attempts])
    return CaseFigures(case, version, compute_rates(attempts), exact, ac1, tuple(wrong[:_MAX_WRONG_CODES]), reason)


def _set_figures(name: str, fixed: FixedSet, attempts: Iterable[Attempt], bank: Bank) -> SetFigures:
    """Return the figures over the current versions of the cases of a set."""
    versions = {id: bank.cases[id].version for id in fixed.cases if id in bank.cases}
    by_learner: defaultdict[int, dict[str, Attempt]] = defaultdict(dict)
    for attempt in attempts:
        if versions.get(attempt.case) == attempt.version:
            by_learner[attempt.learner][attempt.case] = attempt
    complete = [by_case for by_case in by_learner.values() if by_case.keys() == versions.keys()]
    answers = [attempt for by_case in complete for attempt in by_case.values()]
    pairs = [_chosen_and_key(attempt) for attempt in answers]
    ratings: Mapping[str, Counter[str]] = defaultdict(Counter)
    for attempt, (chosen, _) in zip(answers, pairs, strict=True):
        ratings[attempt.case][chosen] += 1
    kappas = cohen_kappa(pairs), fleiss_kappa(ratings.values())
    return SetFigures(name, len(complete), compute_rates(answers), exact_share(answers), *kappas)


def _chosen_and_key(attempt: Attempt) -> tuple[str, str]:
    """Return the category of the answer and that of the key.

    An equally right answer counts as the key.
    """
    key = attempt.key or NOTHING
    return key if attempt.grade == "exact" else attempt.chosen or NOTHING, key
