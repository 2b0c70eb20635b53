"""Chooses the rules in force before the engine, and runs them: one matcher per set of rules that can be in force together.

durable-rules answers; if it raises, the plain engine does, and the fault is logged.
"""

import datetime
import threading
from bisect import bisect_right
from collections import OrderedDict

import structlog

from validator.contract.finding_kinds import Severity
from validator.engines.branches import Rows
from validator.engines.closures import PlainEngine
from validator.engines.compiler import CompiledRules
from validator.engines.durable import DurableEngine, EngineError
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule

_log = structlog.get_logger("kodevagt.engine")
Fired = tuple[tuple[int, int], ...]
_KEPT = 256  # matchers; a pack has a few, an archive of old contacts may ask for many


class Matcher:
    """A set of rules compiled for both engines."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self.finds_errors = any(rule.severity is Severity.ERROR for rule in rules)
        self.compiled_rules = CompiledRules(rules)
        self._plain = PlainEngine(self.compiled_rules)
        self._durable: DurableEngine | None = None
        try:
            self._durable = DurableEngine(self.compiled_rules)
        except Exception as error:
            _log.error("engine-unavailable", error=_said(error))

    @property
    def is_durable(self) -> bool:
        """Whether durable-rules has taken the rules; where it has not, the plain engine answers."""
        return self._durable is not None

    def fired(self, rows: Rows) -> tuple[Fired, str]:
        """(Number of rule, place of diagnosis or -1 for the contact) of all that fires, in order; and the engine that said so."""
        try:
            return self._run(rows), DurableEngine.name
        except Exception as error:
            _log.error("engine-fallback", error=_said(error))
        return self.tried(rows), self._plain.name

    def tried(self, rows: Rows) -> Fired:
        """The same by the plain engine, for the trial of a suggestion."""
        return tuple(sorted(self._plain.evaluate(rows)))

    def _run(self, rows: Rows) -> Fired:
        if self._durable is None:
            raise EngineError("durable-rules could not be loaded when the service began")
        return tuple(sorted(self._durable.evaluate(rows)))


def _said(error: Exception) -> str:
    """What the log may hold of an error: our own text, or the type only, since another's may quote what was sent."""
    return str(error) if isinstance(error, EngineError) else type(error).__name__


class Matchers:
    """The matchers of one release, built when first asked for and dropped when long unused."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, ...], Matcher] = OrderedDict()
        self._mentioned = {name for rule in release.rules for name in rule.specialties}
        self._numbers: dict[tuple[str | None, int], tuple[int, ...]] = {}

    def of(self, specialty: str | None, date: datetime.date) -> Matcher:
        """The matcher for a specialty on a date. Intervals and specialties with the same rules share one."""
        specialty = specialty if specialty in self._mentioned else None
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
