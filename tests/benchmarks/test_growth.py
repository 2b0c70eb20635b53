"""The large release of the growth benchmark has a hundred cells of thirty rules, which find in each what the small one finds."""

import itertools

import pytest

from benchmarks.contacts import encounters, plans_and_rows
from benchmarks.growth import INTERVALS, RULES, SPECIALTIES, release_of, spread_over
from benchmarks.rulesets import synthetic
from validator import Validator
from validator.catalogue.catalogue import Catalogue
from validator.engines.closures import PlainEngine
from validator.engines.durable import DurableEngine
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule


@pytest.fixture(scope="module")
def rules(release: Release, catalogue: Catalogue) -> tuple[Rule, ...]:
    return synthetic(release, catalogue, RULES)


def test_the_large_release_has_thirty_rules_for_every_specialty_and_interval(release: Release, rules: tuple[Rule, ...]) -> None:
    large = release_of(release, rules, SPECIALTIES, INTERVALS)
    assert len({rule.id for rule in large.rules}) == len(large.rules) == 3000
    cells = spread_over(encounters(100), SPECIALTIES, INTERVALS)
    assert len({(encounter.specialty, encounter.date) for encounter in cells}) == 100
    for encounter in cells:
        assert sum(rule.applies(encounter.specialty, encounter.date) for rule in large.rules) == 30


def test_contacts_fire_alike_in_the_large_release_and_in_the_small(
    release: Release, catalogue: Catalogue, rules: tuple[Rule, ...]
) -> None:
    found = []
    for cells in ((SPECIALTIES[:1], 1), (SPECIALTIES, INTERVALS)):
        validator = Validator(release_of(release, rules, *cells), catalogue)
        verdicts = map(validator.validate, spread_over(encounters(100), *cells))
        found.append([[(finding.hit.kind, finding.hit.path) for finding in verdict.findings] for verdict in verdicts])
    small, large = found
    assert small == large
    assert any(small)


@pytest.mark.parametrize("count", [20, 100])
def test_synthetic_rules_have_the_shapes_of_the_shipped_and_fire(release: Release, catalogue: Catalogue, count: int) -> None:
    rules = synthetic(release, catalogue, count)
    assert len({rule.id for rule in rules}) == count
    shapes = [(type(rule.when), rule.each, rule.unless) for rule in release.rules]
    assert [(type(rule.when), rule.each, rule.unless) for rule in rules] == list(itertools.islice(itertools.cycle(shapes), count))
    assert synthetic(release, catalogue, count) == rules


def test_synthetic_rules_fire_in_every_engine_alike(release: Release, catalogue: Catalogue) -> None:
    validator = Validator(release_of(release, synthetic(release, catalogue, 60), ["51"], 1), catalogue)
    fired = 0
    for compiled_rules, _, rows in plans_and_rows(validator, spread_over(encounters(50, secondary=2), ["51"], 1)):
        hits = PlainEngine(compiled_rules).evaluate(rows)
        assert DurableEngine(compiled_rules).evaluate(rows) == hits
        fired += len(hits)
    assert fired
