"""The engine of `POST /v1/validate`: the C functions of durable-rules 2.0.28.

They are called without its Python layer. Only this pattern is used, since wider use crashed, hung or gave wrong
answers: rulesets of at most 50 rules, each a conjunction over one flat fact of whole numbers; one lock; state "0",
deleted after every run; and a canary rule that must fire last, so that an incomplete run is never trusted.
"""

import json
import threading
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from importlib.metadata import version
from typing import Any

import orjson

from validator.engines.branches import NO_DIAGNOSIS, CompiledBranch, Matches, Row, Rows
from validator.engines.compiler import CompiledRules

MAX_RULES = 50  # the C code fails at 64 rules that match one fact
_MAX_FIELDS = 150  # and at 200 fields in a fact
_OPERATORS = {"eq": None, "ge": "$gte", "le": "$lte"}
_CANARY = "~canary"
_CANARY_FACT = '{"_t":"canary","sid":"0","id":"c"}'


class EngineError(RuntimeError):
    """durable-rules failed, or did not reach the canary rule."""


def load_extension() -> Any:
    """Import the C extension.

    Raises EngineError, with how to build it, where that fails.
    """
    try:
        import durable_rules_engine
    except ImportError as error:
        raise EngineError(
            "durable-rules cannot be imported; on Python 3.13 and later it must be built with "
            f"CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject ({error})"
        ) from error
    return durable_rules_engine


class DurableEngine:
    """Engine that evaluates compiled rules in the C extension.

    It is safe to share between threads, and must be built after a fork.
    """

    name = f"durable {version('durable-rules')}"

    def __init__(self, compiled_rules: CompiledRules) -> None:
        extension = load_extension()
        handles: list[int] = []
        self._lock = threading.Lock()
        self._rulesets: list[_Ruleset] = []
        self.close = weakref.finalize(self, _delete_rulesets, extension, handles, self._lock)
        for branches in _split_branches(compiled_rules.branches):
            ruleset = _Ruleset(extension, branches)
            handles.append(ruleset.handle)
            self._rulesets.append(ruleset)
        for ruleset in self._rulesets:  # an action must have fired before the first state is deleted
            ruleset.run([])

    def evaluate(self, rows: Rows) -> Matches:
        """Return every rule that fires on the rows.

        Raises EngineError, or any exception of the C code.
        """
        with self._lock:
            return frozenset([match for ruleset in self._rulesets for match in ruleset.run(ruleset.facts(rows))])


def _split_branches(branches: Iterable[CompiledBranch]) -> Iterator[list[CompiledBranch]]:
    """Split branches into parts that the C code can handle.

    Each part has at most MAX_RULES branches, which use at most _MAX_FIELDS slots. Raises EngineError for a branch that
    uses more by itself.
    """
    chunk: list[CompiledBranch] = []
    slots: set[int] = set()
    for branch in branches:
        needed = {comparison.slot for comparison in branch.comparisons}
        if len(needed) > _MAX_FIELDS:
            raise EngineError(f"a rule has {len(needed)} tests; durable-rules can compare {_MAX_FIELDS} at once")
        if chunk and (len(chunk) == MAX_RULES or len(slots | needed) > _MAX_FIELDS):
            yield chunk
            chunk, slots = [], set()
        chunk.append(branch)
        slots |= needed
    if chunk:
        yield chunk


class _Ruleset:
    """At most MAX_RULES branches as one ruleset of the C code."""

    def __init__(self, extension: Any, branches: list[CompiledBranch]) -> None:
        self._extension = extension
        self._has_fired = False
        self._of_encounter = _FactWriter("e", [branch for branch in branches if not branch.each])
        self._of_diagnosis = _FactWriter("d", [branch for branch in branches if branch.each])
        self._rules = {str(number): branch.rule for number, branch in enumerate(branches)}
        definition: dict[str, Any] = {str(number): _rule_definition(branch) for number, branch in enumerate(branches)}
        definition[_CANARY] = {"all": [{"m": {"$and": [{"_t": "canary"}]}}]}
        self.handle: int = extension.create_ruleset("rules", json.dumps(definition))

    def facts(self, rows: Rows) -> list[str]:
        """Return the facts to assert: one for each diagnosis, then one for the contact."""
        facts = [self._of_diagnosis.render(index, row) for index, row in enumerate(rows.diagnoses)]
        return [fact for fact in (*facts, self._of_encounter.render(NO_DIAGNOSIS, rows.encounter)) if fact is not None]

    def run(self, facts: list[str]) -> list[tuple[int, int]]:
        """Assert the facts and return (rule, index of the diagnosis) for every rule that fired."""
        extension, handle = self._extension, self.handle
        matches: list[tuple[int, int]] = []
        complete = False
        try:
            for fact in facts:
                extension.assert_fact(handle, fact)
            offset = extension.assert_fact(handle, _CANARY_FACT)[1]
            started = extension.start_action_for_state(handle, offset)
            reply = started[1] if started else None
            while reply:
                self._has_fired = True
                ((name, frame),) = orjson.loads(reply).items()
                if name == _CANARY:
                    complete = True
                else:
                    matches.append((self._rules[name], int(frame["m"]["id"])))
                reply = extension.complete_and_start_action(handle, offset)
        finally:
            if self._has_fired:  # before the first action, deleting the state crashes the C code
                extension.delete_state(handle, "0")
        if not complete:
            raise EngineError("durable-rules did not reach its canary rule; the run cannot be trusted")
        return matches


class _FactWriter:
    """A writer of rows as facts of one type; omits values too small for any comparison to match."""

    def __init__(self, type: str, branches: list[CompiledBranch]) -> None:
        self._head = f'{{"_t":"{type}","sid":"0","id":"%d"'
        equals = [next((part for part in branch.comparisons if part.operator == "eq"), None) for branch in branches]
        self._unfiltered = None in equals
        self._required: dict[int, set[int]] = {}
        for part in filter(None, equals):
            self._required.setdefault(part.slot, set()).add(part.constant)
        least: dict[int, int] = {}
        for branch in branches:
            for slot, operator, constant in map(astuple, branch.comparisons):
                lowest = 0 if operator == "le" else constant
                least[slot] = min(lowest, least.get(slot, lowest))
        self._slots = [(slot, lowest, f',"s{slot}":%d') for slot, lowest in least.items()]

    def render(self, index: int, row: Row) -> str | None:
        """Return the fact of a row.

        It is None where every branch requires an equal value that the row does not have.
        """
        if not self._unfiltered and not any([row[slot] in constants for slot, constants in self._required.items()]):  # noqa: C419
            return None
        parts = [text % row[slot] for slot, lowest, text in self._slots if row[slot] >= lowest]
        return f"{self._head % index}{''.join(parts)}}}"


def _rule_definition(branch: CompiledBranch) -> dict[str, Any]:
    tests: list[dict[str, Any]] = [{"_t": "d" if branch.each else "e"}]
    for comparison in branch.comparisons:
        operator, test = _OPERATORS[comparison.operator], {f"s{comparison.slot}": comparison.constant}
        tests.append(test if operator is None else {operator: test})
    return {"all": [{"m": {"$and": tests}}]}


def _delete_rulesets(extension: Any, handles: list[int], lock: threading.Lock) -> None:
    """Free the rulesets. The C code frees everything, since rules use no regular expressions."""
    with lock:
        while handles:
            extension.delete_ruleset(handles.pop())
