"""The tree, the plain engine and durable-rules give the same answer on every rulebook and contact drawn at random."""

from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings

from tests.generative.strategies import PROFILE, SIZES, contacts, rulebooks
from validator.engines.branches import NO_DIAGNOSIS
from validator.engines.closures import PlainEngine
from validator.engines.compiler import CompiledRules
from validator.engines.durable import DurableEngine
from validator.engines.interpreter import TreeEngine
from validator.rulebook.facts import Facts
from validator.rulebook.rule import Rule


@dataclass
class Tally:
    """Counts of what was compared, so that a vacuous comparison fails."""

    rulebooks: int = 0
    pairs: int = 0
    pairs_with_a_hit: int = 0
    asked: int = 0
    fired: int = 0
    fired_on_contact: int = 0
    sizes: Counter[tuple[bool, int]] = field(default_factory=Counter)

    def count(self, rules: tuple[Rule, ...], facts: Facts, hits: frozenset[tuple[int, int]]) -> None:
        self.pairs += 1
        self.pairs_with_a_hit += bool(hits)
        self.asked += sum(1 if rule.each is None else len(facts.diagnoses) for rule in rules)
        self.fired += len(hits)
        self.fired_on_contact += sum(place == NO_DIAGNOSIS for _, place in hits)

    def __str__(self) -> str:
        return (
            f"{self.pairs:,} pairs of a rulebook and a contact ({self.rulebooks:,} rulebooks); a rule fired in "
            f"{self.pairs_with_a_hit:,} of them; {self.fired:,} of {self.asked:,} rules asked fired, "
            f"{self.fired_on_contact:,} on the contact and the rest on a diagnosis"
        )


def compare(tally: Tally, *, examples: int, breadth: int) -> None:
    """Compare the engines with the tree on `examples` rulebooks, each with 2 * breadth * breadth contacts."""

    @settings(PROFILE, max_examples=examples)
    @given(rules=rulebooks(), contacts=contacts(breadth))
    def engines_agree(rules: tuple[Rule, ...], contacts: list[Facts]) -> None:
        compiled_rules = CompiledRules(rules)
        tree, plain, durable = TreeEngine(rules), PlainEngine(compiled_rules), DurableEngine(compiled_rules)
        tally.rulebooks += 1
        for each in (False, True):
            tally.sizes[each, sum(branch.each is each for branch in compiled_rules.branches)] += 1
        try:
            for facts in contacts:
                rows, right = compiled_rules.encode(facts), tree.evaluate(facts)
                assert plain.evaluate(rows) == right, f"plain differs from the tree on {facts}"
                assert durable.evaluate(rows) == right, f"durable differs from the tree on {facts}"
                tally.count(rules, facts, right)
        finally:
            durable.close()

    engines_agree()


def assert_not_vacuous(tally: Tally) -> None:
    """Assert that every size of rulebook was drawn, and that rules of both sorts fired often."""
    assert {(each, size) for each in (False, True) for size in SIZES} <= set(tally.sizes)
    assert tally.pairs_with_a_hit > 0.4 * tally.pairs
    assert tally.fired > 0.1 * tally.asked
    assert 0.05 * tally.fired < tally.fired_on_contact < 0.95 * tally.fired


@pytest.mark.slow
def test_engines_agree_on_400_rulebooks() -> None:
    tally = Tally()

    compare(tally, examples=400, breadth=2)

    print(tally)
    assert tally.rulebooks >= 400
    assert_not_vacuous(tally)


@pytest.mark.soak
def test_engines_agree_on_100000_pairs_of_a_rulebook_and_a_contact() -> None:
    tally = Tally()

    for _ in range(6):  # hypothesis stores a run in memory until its end: a single run would take half a gigabyte
        compare(tally, examples=1_000, breadth=3)
        print(tally, flush=True)

    assert tally.pairs >= 100_000
    assert_not_vacuous(tally)
