"""Run the rules in force.

There is one matcher for each set of rules that can be in force together. durable-rules answers; if it raises, the plain
engine answers and the error is logged.
"""

import datetime
import threading
from bisect import bisect_right
from functools import lru_cache, partial

import structlog

from validator.contract.finding_kinds import Severity
from validator.engines.branches import Matches, Rows
from validator.engines.closures import PlainEngine
from validator.engines.compiler import CompiledRules
from validator.engines.durable import DurableEngine, EngineError
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule

_log = structlog.get_logger("kodevagt.engine")
FiredRules = tuple[tuple[int, int], ...]  # number of the rule, and index of the diagnosis or -1 for the contact
_MAX_MATCHERS = 256  # a pack has a few; an archive of old contacts may ask for many


class Matcher:
    """A set of rules compiled for both engines."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self.compiled_rules = CompiledRules(rules)
        self._plain = PlainEngine(self.compiled_rules)
        errors = {number for number, rule in enumerate(rules) if rule.severity is Severity.ERROR}
        self.finds_errors = bool(errors)
        self._of_errors = PlainEngine(self.compiled_rules, errors)
        self._durable: DurableEngine | None = None
        try:
            self._durable = DurableEngine(self.compiled_rules)
        except Exception as error:
            _log.error("engine-unavailable", error=_error_for_log(error))

    @property
    def is_durable(self) -> bool:
        """Return whether durable-rules has loaded the rules.

        Where it has not, the plain engine answers.
        """
        return self._durable is not None

    def run(self, rows: Rows) -> tuple[FiredRules, str]:
        """Return the rules that fire, in order, and the name of the engine that ran."""
        try:
            if self._durable is None:
                raise EngineError("durable-rules could not be loaded when the service began")
            return tuple(sorted(self._durable.evaluate(rows))), DurableEngine.name
        except Exception as error:
            _log.error("engine-fallback", error=_error_for_log(error))
        return self.run_plain(rows), self._plain.name

    def run_plain(self, rows: Rows) -> FiredRules:
        """Return the rules that fire, in order, by the plain engine."""
        return tuple(sorted(self._plain.evaluate(rows)))

    def run_errors(self, rows: Rows) -> Matches:
        """Return the rules that find an error, by the plain engine."""
        return self._of_errors.evaluate(rows)


def _error_for_log(error: Exception) -> str:
    """Return our own text of an error, but only the type of another's.

    The text of another's error may quote the request.
    """
    return str(error) if isinstance(error, EngineError) else type(error).__name__


class MatcherCache:
    """The matchers of one release, built when first used. Threads may share it."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._lock = threading.Lock()
        self._matcher = lru_cache(_MAX_MATCHERS)(partial(_build_matcher, release.rules))
        self._mentioned_specialties = {name for rule in release.rules for name in rule.specialties}
        self._rule_numbers: dict[tuple[str | None, int], tuple[int, ...]] = {}

    def get(self, specialty: str | None, date: datetime.date) -> Matcher:
        """Return the matcher for a specialty on a date.

        Intervals and specialties with the same rules share a matcher.
        """
        specialty = specialty if specialty in self._mentioned_specialties else None
        interval = bisect_right(self._release.change_dates, date)
        with self._lock:
            numbers = self._rule_numbers.get((specialty, interval))
            if numbers is None:
                rules = enumerate(self._release.rules)
                numbers = tuple(number for number, rule in rules if rule.applies(specialty, date))
                self._rule_numbers[specialty, interval] = numbers
            return self._matcher(numbers)


def _build_matcher(rules: tuple[Rule, ...], numbers: tuple[int, ...]) -> Matcher:
    return Matcher(tuple(rules[number] for number in numbers))
