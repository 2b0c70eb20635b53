"""Warnings on random rules are true: an unreachable rule never fires, and a covered rule never fires alone."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contacts import random_contact
from tests.engines.factories import rule
from tests.generative.strategies import CONDITIONS, PROFILE
from validator import Validator, read_request
from validator.catalogue.catalogue import Catalogue
from validator.engines.interpreter import TreeEngine, evaluate_condition
from validator.rulebook.analysis.rule_analysis import AnalysedRule, analyse_rules, covers
from validator.rulebook.conditions import All, Condition
from validator.rulebook.facts import Facts
from validator.rulebook.release import Release
from validator.rulebook.vocabulary import EXCEPTIONS

pytestmark = pytest.mark.slow
CONTACTS = 200
UNLESS = tuple(EXCEPTIONS)


@pytest.fixture(scope="module")
def contacts(release: Release, catalogue: Catalogue) -> list[Facts]:
    """The facts of random contacts."""
    chance, validator = random.Random(7), Validator(release, catalogue, cache_size=0)
    return [validator.facts(read_request({"encounter": random_contact(chance)}).encounter) for _ in range(CONTACTS)]


def narrowed(condition: Condition, other: Condition, choice: int) -> Condition:
    """Return a condition that the first often covers."""
    return (All((condition, other)), condition, other)[choice]


@settings(PROFILE, max_examples=60)
@given(
    first=CONDITIONS[True],
    second=CONDITIONS[True],
    choice=st.integers(0, 2),
    unless=st.sampled_from([(), UNLESS]),
    specialties=st.sampled_from([(), ("51",), ("62", "51")]),
)
def test_unreachable_and_covered_rules_fire_as_the_warnings_say(
    release: Release,
    catalogue: Catalogue,
    contacts: list[Facts],
    first: Condition,
    second: Condition,
    choice: int,
    unless: tuple[str, ...],
    specialties: tuple[str, ...],
) -> None:
    rules = (
        replace(rule(first, each=True), id="first"),
        replace(rule(narrowed(first, second, choice), each=True, unless=unless), id="second", specialties=specialties),
    )
    one, other = analyse_rules(replace(release, rules=rules), catalogue)
    fired = [fired_on(facts, one, other) for facts in contacts]
    asked_of = [(facts, {**facts.encounter, **values}) for facts in contacts for values in facts.diagnoses]
    for number, examined in enumerate((one, other)):
        if not examined.reachable:
            assert not any(hits[number] for hits in fired)
        dead = [All(branch) for branch, contact in zip(examined.branches, examined.contacts, strict=True) if contact is None]
        assert not any(evaluate_condition(branch, facts, values) for branch in dead for facts, values in asked_of)
    if covers(one, other):
        assert all(hits[1] <= hits[0] for hits in fired)
    if covers(other, one):
        assert all(hits[0] <= hits[1] for hits in fired)


def fired_on(facts: Facts, *rules: AnalysedRule) -> list[set[int]]:
    """Return the places of the diagnoses on which each rule fires."""
    found = TreeEngine(tuple(item.rule for item in rules)).evaluate(facts)
    of_specialty = [not item.rule.specialties or facts.encounter["specialty"] in item.rule.specialties for item in rules]
    return [{place for number, place in found if number == asked and of_specialty[asked]} for asked in range(len(rules))]
