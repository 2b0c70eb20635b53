"""An incomplete run of durable-rules raises and leaves no state, and the next run is right."""

import gc
import sys
from collections.abc import Callable
from typing import Any

import durable_rules_engine
import pytest

from tests.engines.extension import Extension
from tests.engines.factories import contact, diagnosis, rule
from validator.engines.compiler import CompiledRules
from validator.engines.durable import DurableEngine, EngineError
from validator.rulebook.conditions import Test

COMPILED = CompiledRules(
    (
        rule(Test("patient.age", "at_least", 18)),
        rule(Test("code", "is", "L84"), each=True),
        rule(Test("code", "is", "L86"), each=True),
        *[rule(Test("patient.age", "at_least", 130))] * 50,  # so that there are two rulesets
    )
)
ROWS = COMPILED.encode(contact(diagnosis(code="L84"), diagnosis(code="L86"), patient__age=40))
RIGHT = {(0, -1), (1, 0), (2, 1)}


class CError(Exception):
    """The kind of error that the C code raises."""


RAISED = (EngineError, CError, durable_rules_engine.error, ValueError, LookupError)


def raising(*_: Any) -> Any:
    raise CError("error code: 303")


def raising_after(calls: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that calls `function` some times and then raises."""
    left = [calls]

    def call(*arguments: Any) -> Any:
        left[0] -= 1
        return function(*arguments) if left[0] >= 0 else raising()

    return call


def without_canary(*arguments: Any) -> str | None:
    reply: str | None = durable_rules_engine.complete_and_start_action(*arguments)
    return None if reply and "~canary" in reply else reply


FAULTS: dict[str, dict[str, Callable[..., Any]]] = {
    "no fact is taken": {"assert_fact": raising},
    "the second diagnosis is not taken": {"assert_fact": raising_after(1, durable_rules_engine.assert_fact)},
    "no action starts": {"start_action_for_state": raising},
    "the next action does not start": {"complete_and_start_action": raising},
    "nothing is replied": {"start_action_for_state": lambda *_: None},
    "the replies end before the canary": {"complete_and_start_action": lambda *_: None},
    "the canary is missing": {"complete_and_start_action": without_canary},
    "a reply is no JSON": {"complete_and_start_action": lambda *_: "{"},
    "a reply names an unknown rule": {"complete_and_start_action": lambda *_: '{"no such rule": {"m": {"id": "0"}}}'},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_incomplete_run_raises_and_the_next_is_right(extension: Extension, fault: str) -> None:
    engine = DurableEngine(COMPILED)

    extension.replaced = FAULTS[fault]
    with pytest.raises(RAISED):
        engine.evaluate(ROWS)

    extension.replaced = {}
    for _ in range(3):
        assert engine.evaluate(ROWS) == RIGHT


@pytest.mark.parametrize("fault", FAULTS)
def test_the_state_of_a_broken_run_is_deleted(extension: Extension, fault: str) -> None:
    engine = DurableEngine(COMPILED)
    extension.states_deleted = 0
    extension.replaced = FAULTS[fault]

    with pytest.raises(RAISED):
        engine.evaluate(ROWS)

    assert extension.states_deleted >= 1


def test_the_error_says_that_the_canary_is_missing(extension: Extension) -> None:
    engine = DurableEngine(COMPILED)
    extension.replaced = FAULTS["the canary is missing"]

    with pytest.raises(EngineError, match="did not reach its canary rule; the run cannot be trusted"):
        engine.evaluate(ROWS)


NOT_BUILT: dict[str, dict[str, Callable[..., Any]]] = {
    "the second ruleset is refused": {"create_ruleset": raising_after(1, durable_rules_engine.create_ruleset)},
    "no fact is taken": {"assert_fact": raising},
    "no action starts": {"start_action_for_state": raising},
    "nothing is replied": {"start_action_for_state": lambda *_: None},
}


@pytest.mark.parametrize("fault", NOT_BUILT)
def test_an_engine_that_cannot_be_built_raises_and_frees_its_rulesets(extension: Extension, fault: str) -> None:
    extension.replaced = {**NOT_BUILT[fault], "delete_state": lambda *_: None}

    with pytest.raises(RAISED):
        DurableEngine(COMPILED)
    gc.collect()
    assert extension.handles == []


@pytest.mark.parametrize("fault", ["no action starts", "nothing is replied"])
def test_no_state_is_deleted_before_an_action_has_fired(extension: Extension, fault: str) -> None:
    """durable-rules ends the whole process when asked to."""
    extension.replaced = {**NOT_BUILT[fault], "delete_state": lambda *_: None}

    with pytest.raises(RAISED):
        DurableEngine(COMPILED)

    assert extension.states_deleted == 0


def test_an_import_error_of_the_extension_has_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)

    with pytest.raises(EngineError) as refused:
        DurableEngine(COMPILED)

    assert "durable-rules cannot be imported" in str(refused.value)
    assert "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject" in str(refused.value)


def test_closing_frees_every_ruleset_and_may_be_repeated(extension: Extension) -> None:
    engine = DurableEngine(COMPILED)
    assert len(extension.handles) == 2

    engine.close()
    engine.close()

    assert extension.handles == []


def test_an_unreferenced_engine_frees_its_rulesets(extension: Extension) -> None:
    engine = DurableEngine(COMPILED)
    assert engine.evaluate(ROWS) == RIGHT

    del engine
    gc.collect()

    assert extension.handles == []


def test_a_closed_engine_raises_and_others_still_work() -> None:
    engine = DurableEngine(COMPILED)
    engine.close()
    others = [DurableEngine(COMPILED) for _ in range(5)]

    with pytest.raises(RAISED):
        engine.evaluate(ROWS)
    assert [other.evaluate(ROWS) for other in others] == [RIGHT] * 5
