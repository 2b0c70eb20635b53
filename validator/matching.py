"""Chooses the rules in force before the engine, and runs them: one matcher per set of rules that can be in force together.

durable-rules answers; if it raises, the plain engine does, and the fault is logged and counted.
"""

import datetime
import threading
from bisect import bisect_right
from collections import OrderedDict

import structlog
from prometheus_client import Counter

from validator.engines import DurableEngine, EngineError, PlainEngine
from validator.facts import Facts
from validator.rulebook import Release, Rule
from validator.rulebook.plan import Plan

FALLBACK = Counter("kodevagt_engine_fallback", "Contacts judged by the plain engine because durable-rules raised")
_log = structlog.get_logger("kodevagt.engine")
_KEPT = 64  # matchers; a pack has a few, an archive of old contacts may ask for many


class Matcher:
    """A set of rules compiled for both engines."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self._plan = Plan(rules)
        self._plain = PlainEngine(self._plan)
        self._durable: DurableEngine | None = None
        try:
            self._durable = DurableEngine(self._plan)
        except EngineError as error:
            _log.error("engine-unavailable", error=str(error))

    def fired(self, facts: Facts) -> tuple[list[tuple[Rule, int]], str]:
        """The rules that fire, each with the place of its diagnosis (-1 for the contact), and the engine that said so."""
        rows = self._plan.rows(facts)
        if self._durable is not None:
            try:
                return self._named(self._durable.fired(rows)), self._durable.name
            except EngineError as error:
                _log.error("engine-fallback", error=str(error))
        FALLBACK.inc()
        return self._named(self._plain.fired(rows)), self._plain.name

    def tried(self, facts: Facts) -> list[tuple[Rule, int]]:
        """The same by the plain engine, for the trial of a suggestion."""
        return self._named(self._plain.fired(self._plan.rows(facts)))

    def _named(self, fired: frozenset[tuple[int, int]]) -> list[tuple[Rule, int]]:
        return [(self.rules[number], place) for number, place in sorted(fired)]


class Matchers:
    """The matchers of one release, built when first asked for and dropped when long unused."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, ...], Matcher] = OrderedDict()
        self._numbers: dict[tuple[str | None, int], tuple[int, ...]] = {}

    def of(self, specialty: str | None, date: datetime.date) -> Matcher:
        """The matcher for a specialty on a date. Intervals and specialties with the same rules share one."""
        interval = bisect_right(self._release.change_dates, date)
        with self._lock:
            numbers = self._numbers.get((specialty, interval))
            if numbers is None:
                rules = enumerate(self._release.rules)
                numbers = tuple(number for number, rule in rules if rule.applies(specialty, date))
                self._numbers[specialty, interval] = numbers
            matcher = self._kept.get(numbers)
            if matcher is None:
                matcher = Matcher(tuple(self._release.rules[number] for number in numbers))
                self._kept[numbers] = matcher
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(numbers)
            return matcher
