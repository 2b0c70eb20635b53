"""The specification is complete: every kind of finding fires in one scenario and is silent in another, and every scenario runs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd.feature import get_features
from pytest_bdd.parser import Feature, Scenario, ScenarioTemplate

from tests.contract_table import LIMITS
from tests.features.danish import AMONG_OTHERS, FINDINGS, IN_ORDER, ONLY, SILENT, kind
from validator.contract.finding_kinds import KINDS

FEATURES = get_features([str(Path(__file__).parent.parent.parent / "features")])


def _rows(template: ScenarioTemplate) -> list[dict[str, str]]:
    return [row for examples in template.examples for row in examples.as_contexts()]


def _asserted(scenario: Scenario) -> Iterator[tuple[bool, str]]:
    """Return the kinds of finding in a scenario, each with whether it fires or is silent."""
    for step in scenario.steps:
        if step.name == IN_ORDER and step.datatable:
            yield from ((True, kind(row.cells[0].value)) for row in step.datatable.rows)
        for fires, sentence in ((True, ONLY), (True, AMONG_OTHERS), (False, SILENT)):
            if match := re.fullmatch(sentence, step.name):
                yield fires, kind(match["phrase"])


def test_every_kind_of_finding_has_one_phrase() -> None:
    assert sorted(FINDINGS.values()) == sorted(KINDS.keys() - LIMITS)  # which no contact by a shipped release reaches


@pytest.mark.parametrize("fires", [True, False], ids=["fires", "stays-silent"])
def test_every_kind_of_finding_has_a_scenario(fires: bool) -> None:
    templates = [template for feature in FEATURES for template in feature.scenarios.values()]
    scenarios = [template.render(row) for template in templates for row in _rows(template) or [{}]]
    asserted = {item for scenario in scenarios for item in _asserted(scenario)}

    assert set(FINDINGS.values()) - {name for asserts, name in asserted if asserts is fires} == set()


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: Path(feature.filename).stem)
def test_a_feature_is_in_danish_and_runs_every_scenario(feature: Feature) -> None:
    lines = [line.strip() for line in Path(feature.filename).read_text(encoding="utf-8").splitlines()]

    assert feature.language == "da"
    # Of two scenarios with the same name only the last would run.
    assert len(feature.scenarios) == sum(line.startswith(("Scenarie:", "Eksempel:", "Abstrakt Scenario:")) for line in lines)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: Path(feature.filename).stem)
def test_a_table_of_examples_has_rows_and_no_duplicates(feature: Feature) -> None:
    for template in feature.scenarios.values():
        rows = [tuple(row.values()) for row in _rows(template)]

        assert len(rows) == len(set(rows)), template.name
        assert bool(rows) is (template.keyword == "Abstrakt Scenario"), template.name
