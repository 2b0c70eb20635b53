"""The engine of `POST /v1/validate`: durable-rules 2.0.28, through the C functions under its Python layer.

Only this pattern is used; everything wider was seen to crash, hang or lie: rulesets of at most 50 rules, each one conjunction
over one flat fact of whole numbers; one lock; state "0", deleted after every run; and a canary rule that must
fire last, so that a run which was not whole is never trusted.
"""

import json
import threading
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from importlib.metadata import version
from typing import Any

import orjson

from validator.engines.branches import PlanBranch, Row, Rows
from validator.engines.compiler import NO_DIAGNOSIS, Plan

Fired = frozenset[tuple[int, int]]
CHUNK = 50  # the C code fails at 64 rules that match one fact
FIELDS = 150  # and at 200 fields in a fact
_OPERATORS = {"eq": None, "ge": "$gte", "le": "$lte"}
_CANARY = "~canary"
_CANARY_FACT = '{"_t":"canary","sid":"0","id":"c"}'


class EngineError(RuntimeError):
    """durable-rules failed, or did not prove that its run was whole."""


def load_extension() -> Any:
    """The C extension of durable-rules. Raises EngineError with the way out where it cannot be imported."""
    try:
        import durable_rules_engine
    except ImportError as error:
        raise EngineError(
            "durable-rules cannot be imported; on Python 3.13 and later it must be built with "
            f"CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject ({error})"
        ) from error
    return durable_rules_engine


class DurableEngine:
    """A matcher for the rules of one plan. Safe to share between threads; must be built after a fork."""

    name = f"durable {version('durable-rules')}"

    def __init__(self, plan: Plan) -> None:
        extension = load_extension()
        handles: list[int] = []
        self._lock = threading.Lock()
        self._sets: list[_Ruleset] = []
        self.close = weakref.finalize(self, _delete, extension, handles, self._lock)
        for chunk in _chunks(plan.branches):
            ruleset = _Ruleset(extension, chunk)
            handles.append(ruleset.handle)
            self._sets.append(ruleset)
        for ruleset in self._sets:  # an action must have fired before the first state is deleted
            ruleset.run([])

    def fired(self, rows: Rows) -> Fired:
        """(Number of rule, place among the rows' diagnoses or NO_DIAGNOSIS) for every rule that fires.

        Raises EngineError, or whatever the C code raises.
        """
        with self._lock:
            return frozenset([hit for ruleset in self._sets for hit in ruleset.run(ruleset.facts(rows))])


def _chunks(branches: Iterable[PlanBranch]) -> Iterator[list[PlanBranch]]:
    """The branches in parts of at most CHUNK, over at most FIELDS slots."""
    chunk: list[PlanBranch] = []
    slots: set[int] = set()
    for branch in branches:
        more = {comparison.slot for comparison in branch.comparisons}
        if chunk and (len(chunk) == CHUNK or len(slots | more) > FIELDS):
            yield chunk
            chunk, slots = [], set()
        chunk.append(branch)
        slots |= more
    if chunk:
        yield chunk


class _Ruleset:
    """At most CHUNK branches in one ruleset of the C code."""

    def __init__(self, extension: Any, branches: list[PlanBranch]) -> None:
        self._extension = extension
        self._has_fired = False
        self._of_encounter = _Fact("e", [branch for branch in branches if not branch.each])
        self._of_diagnosis = _Fact("d", [branch for branch in branches if branch.each])
        self._rules = {str(number): branch.rule for number, branch in enumerate(branches)}
        definition: dict[str, Any] = {str(number): _rule(branch) for number, branch in enumerate(branches)}
        definition[_CANARY] = {"all": [{"m": {"$and": [{"_t": "canary"}]}}]}
        self.handle: int = extension.create_ruleset("rules", json.dumps(definition))

    def facts(self, rows: Rows) -> list[str]:
        """The facts of a contact: of each diagnosis, then its own."""
        facts = [self._of_diagnosis.text(place, row) for place, row in enumerate(rows.diagnoses)]
        return [fact for fact in (*facts, self._of_encounter.text(NO_DIAGNOSIS, rows.encounter)) if fact is not None]

    def run(self, facts: list[str]) -> list[tuple[int, int]]:
        """Asserts the facts and gives (rule, place) for every rule that fired."""
        extension, handle = self._extension, self.handle
        hits: list[tuple[int, int]] = []
        whole = False
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
                    whole = True
                else:
                    hits.append((self._rules[name], int(frame["m"]["id"])))
                reply = extension.complete_and_start_action(handle, offset)
        finally:
            if self._has_fired:  # before that, the C code crashes on it
                extension.delete_state(handle, "0")
        if not whole:
            raise EngineError("durable-rules did not reach its canary rule; the run cannot be trusted")
        return hits


class _Fact:
    """Writes rows as facts of a type, with what its branches can tell apart from nothing: a number below all theirs is left out."""

    def __init__(self, type: str, branches: list[PlanBranch]) -> None:
        self._head = f'{{"_t":"{type}","sid":"0","id":"%d"'
        equals = [next((part for part in branch.comparisons if part.operator == "eq"), None) for branch in branches]
        self._unfiltered = None in equals
        self._wanted: dict[int, set[int]] = {}
        for part in filter(None, equals):
            self._wanted.setdefault(part.slot, set()).add(part.constant)
        least: dict[int, int] = {}
        for branch in branches:
            for slot, operator, constant in map(astuple, branch.comparisons):
                lowest = 0 if operator == "le" else constant
                least[slot] = min(lowest, least.get(slot, lowest))
        self._slots = [(slot, lowest, f',"s{slot}":%d') for slot, lowest in least.items()]

    def text(self, place: int, row: Row) -> str | None:
        """The fact of a row; None where every branch asks for an equal that is not there."""
        if not self._unfiltered and not any([row[slot] in constants for slot, constants in self._wanted.items()]):  # noqa: C419
            return None
        parts = [text % row[slot] for slot, lowest, text in self._slots if row[slot] >= lowest]
        return f"{self._head % place}{''.join(parts)}}}"


def _rule(branch: PlanBranch) -> dict[str, Any]:
    tests: list[dict[str, Any]] = [{"_t": "d" if branch.each else "e"}]
    for comparison in branch.comparisons:
        operator, test = _OPERATORS[comparison.operator], {f"s{comparison.slot}": comparison.constant}
        tests.append(test if operator is None else {operator: test})
    return {"all": [{"m": {"$and": tests}}]}


def _delete(extension: Any, handles: list[int], lock: threading.Lock) -> None:
    """Frees the rulesets; whole, since no regular expression is ever used."""
    with lock:
        while handles:
            extension.delete_ruleset(handles.pop())
