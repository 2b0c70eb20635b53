"""The engine of `POST /v1/validate`: durable-rules 2.0.28, through the C functions under its Python layer.

Only this pattern is used; everything wider was seen to crash, hang or lie: rulesets of at most 50 rules, each one conjunction
over one flat fact of whole numbers; one lock; state "0", deleted after every run; and a canary rule that must
fire last, so that a run which was not whole is never trusted.
"""

import json
import threading
import weakref
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from validator.rulebook.plan import NO_DIAGNOSIS, Plan, PlanBranch, Row, Rows

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
        for each in (False, True):
            for chunk in _chunks([branch for branch in plan.branches if branch.each is each]):
                ruleset = _Ruleset(extension, chunk, each=each)
                handles.append(ruleset.handle)
                self._sets.append(ruleset)
        for ruleset in self._sets:  # an action must have fired before the first state is deleted
            ruleset.run([])

    def fired(self, rows: Rows) -> Fired:
        """(Number of rule, place among the rows' diagnoses or NO_DIAGNOSIS) for every rule that fires.

        Raises EngineError, or whatever the C code raises.
        """
        hits: set[tuple[int, int]] = set()
        with self._lock:
            for ruleset in self._sets:
                if ruleset.each:
                    hits.update(ruleset.run(list(enumerate(rows.diagnoses))))
                else:
                    hits.update(ruleset.run([(NO_DIAGNOSIS, rows.encounter)]))
        return frozenset(hits)


def _chunks(branches: list[PlanBranch]) -> Iterator[list[PlanBranch]]:
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
    """At most CHUNK branches in one ruleset of the C code, all over the contact or all over a diagnosis."""

    def __init__(self, extension: Any, branches: list[PlanBranch], *, each: bool) -> None:
        self.each = each
        self._extension = extension
        self._has_fired = False
        slots = sorted({comparison.slot for branch in branches for comparison in branch.comparisons})
        self._slots = slots
        self._fact = '{"_t":"f","sid":"0","id":"%d",' + ",".join(f'"s{slot}":%d' for slot in slots) + "}"
        self._rules = {str(number): branch.rule for number, branch in enumerate(branches)}
        definition: dict[str, Any] = {str(number): _rule(branch) for number, branch in enumerate(branches)}
        definition[_CANARY] = {"all": [{"m": {"$and": [{"_t": "canary"}]}}]}
        self.handle: int = extension.create_ruleset("rules", json.dumps(definition))

    def run(self, rows: list[tuple[int, Row]]) -> list[tuple[int, int]]:
        """Asserts a fact for each (place, row) and gives (rule, place) for every rule that fired."""
        extension, handle = self._extension, self.handle
        hits: list[tuple[int, int]] = []
        whole = False
        try:
            for place, row in rows:
                extension.assert_fact(handle, self._fact % (place, *[row[slot] for slot in self._slots]))
            offset = extension.assert_fact(handle, _CANARY_FACT)[1]
            started = extension.start_action_for_state(handle, offset)
            reply = started[1] if started else None
            while reply:
                self._has_fired = True
                ((name, frame),) = json.loads(reply).items()
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


def _rule(branch: PlanBranch) -> dict[str, Any]:
    tests: list[dict[str, Any]] = [{"_t": "f"}]
    for comparison in branch.comparisons:
        operator, test = _OPERATORS[comparison.operator], {f"s{comparison.slot}": comparison.constant}
        tests.append(test if operator is None else {operator: test})
    return {"all": [{"m": {"$and": tests}}]}


def _delete(extension: Any, handles: list[int], lock: threading.Lock) -> None:
    """Frees the rulesets; whole, since no regular expression is ever used."""
    with lock:
        while handles:
            extension.delete_ruleset(handles.pop())
