"""An engine that raises still gives the answer, from the plain engine, with one log line."""

import datetime
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import Any

import pytest
import structlog

from tests.engines.factories import contact, diagnosis, rule
from validator import Diagnosis, Encounter, Validator
from validator.catalogue.catalogue import Catalogue
from validator.engines import durable
from validator.engines.compiler import CompiledRules
from validator.engines.durable import DurableEngine, EngineError
from validator.judging import matcher as matcher_module
from validator.judging.matcher import Matcher
from validator.rulebook.conditions import Test
from validator.rulebook.release import Release

ADULT = Test("patient.age", "at_least", 18)
RULES = (rule(ADULT, id="dk.adult", at="patient.age"), rule(Test("code", "is", "L84"), id="dk.l84", each=True))
ROWS = CompiledRules(RULES).encode(contact(diagnosis(code="L86"), diagnosis(code="L84"), patient__age=40))
RIGHT = [("dk.adult", -1), ("dk.l84", 1)]
Logged = list[MutableMapping[str, Any]]


def named(matcher: Matcher, fired: Iterable[tuple[int, int]]) -> list[tuple[str, int]]:
    return [(matcher.rules[number].id, place) for number, place in fired]


def broken(*_: Any) -> Any:
    raise EngineError("durable-rules failed: error code: 303")


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[Logged]:
    """The log lines of the engines, from a new logger."""
    monkeypatch.setattr(matcher_module, "_log", structlog.get_logger("kodevagt.engine"))
    with structlog.testing.capture_logs() as lines:
        yield lines


def test_durable_rules_answers_and_nothing_is_logged(logged: Logged) -> None:
    matcher = Matcher(RULES)

    fired, engine = matcher.run(ROWS)

    assert (named(matcher, fired), engine) == (RIGHT, "durable 2.0.28")
    assert logged == []


def refused(*_: Any) -> Any:
    raise RuntimeError('Could not assert fact {"code":"L84"}, error code: 303')


@pytest.mark.parametrize(("fault", "said"), [(broken, "durable-rules failed: error code: 303"), (refused, "RuntimeError")])
def test_the_plain_engine_answers_with_one_log_line_if_the_durable_one_raises(
    logged: Logged, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., Any], said: str
) -> None:
    """The log has the text of our own errors, and only the class of others, whose text may quote the request."""
    matcher = Matcher(RULES)
    monkeypatch.setattr(DurableEngine, "evaluate", fault)

    fired, engine = matcher.run(ROWS)

    assert (named(matcher, fired), engine) == (RIGHT, "plain")
    assert logged == [{"event": "engine-fallback", "error": said, "log_level": "error"}]


def test_the_durable_engine_is_used_again_after_a_fault(logged: Logged, monkeypatch: pytest.MonkeyPatch) -> None:
    matcher = Matcher(RULES)
    with monkeypatch.context() as fault:
        fault.setattr(DurableEngine, "evaluate", broken)
        matcher.run(ROWS)

    assert matcher.run(ROWS)[1] == "durable 2.0.28"
    assert len(logged) == 1


class _FailingExtension:
    """An extension with one function that raises, as the C code does."""

    def __init__(self, function: str) -> None:
        self._function = function
        self._real = durable.load_extension()

    def __getattr__(self, name: str) -> Any:
        return self._fail if name == self._function else getattr(self._real, name)

    @staticmethod
    def _fail(*_: Any) -> Any:
        raise RuntimeError("Could not create ruleset, error code: 100")


@pytest.mark.parametrize("fault", ["import", "create_ruleset", "assert_fact"])
def test_the_plain_engine_answers_if_the_durable_one_cannot_be_built(
    logged: Logged, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    failing = _FailingExtension(fault)
    monkeypatch.setattr(durable, "load_extension", broken if fault == "import" else lambda: failing)

    matcher = Matcher(RULES)

    assert [(line["event"], line["log_level"]) for line in logged] == [("engine-unavailable", "error")]
    for _ in range(2):
        fired, engine = matcher.run(ROWS)
        assert (named(matcher, fired), engine) == (RIGHT, "plain")


def test_a_cached_outcome_comes_from_a_complete_run(
    logged: Logged, monkeypatch: pytest.MonkeyPatch, release: Release, catalogue: Catalogue
) -> None:
    encounter = Encounter(datetime.date(2025, 10, 14), "51", (Diagnosis("L84"), Diagnosis("L86")))
    validator = Validator(release, catalogue, cache_size=10)
    with monkeypatch.context() as fault:
        fault.setattr(DurableEngine, "evaluate", broken)
        assert validator.validate(encounter).engine == "plain"

    first = validator.validate(encounter)
    monkeypatch.setattr(DurableEngine, "evaluate", broken)

    again = validator.validate(encounter)
    assert (again.json_text(), again.engine) == (first.json_text(), "durable 2.0.28")
    assert [finding.hit.kind for finding in again.findings] == ["inconsistent-pair"]
    assert len(logged) == 1


def test_a_contact_judged_by_the_plain_engine_has_the_same_findings(
    logged: Logged, monkeypatch: pytest.MonkeyPatch, release: Release, catalogue: Catalogue
) -> None:
    encounter = Encounter(
        datetime.date(2025, 10, 14),
        "51",
        (Diagnosis("L84", role="main"), Diagnosis("L86", role="secondary")),
        course="artrose-knae",
    )
    validator = Validator(release, catalogue, cache_size=0)
    right = validator.validate(encounter).to_json()
    monkeypatch.setattr(DurableEngine, "evaluate", broken)

    verdict = validator.validate(encounter).to_json()

    assert {"main-not-in-course-set", "inconsistent-pair"} <= {finding["kind"] for finding in verdict["findings"]}
    assert (verdict["findings"], verdict["status"]) == (right["findings"], right["status"])
    assert (right["rules"]["engine"], verdict["rules"]["engine"]) == ("durable 2.0.28", "plain")
    assert len(logged) == 1


def test_a_suggestion_is_tried_in_the_plain_engine_without_logging(logged: Logged, monkeypatch: pytest.MonkeyPatch) -> None:
    matcher = Matcher(RULES)
    monkeypatch.setattr(DurableEngine, "evaluate", broken)

    assert named(matcher, matcher.run_plain(ROWS)) == RIGHT
    assert logged == []
