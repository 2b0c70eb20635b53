"""The cost of the rules in each engine: one thread, contacts of three diagnoses, after a check that all engines agree.

The shipped rules, and 20, 100 and 300 of the same shapes. Closures, durable-rules and the rivals read prepared facts (the row
"facts to rows" is the cost of that preparation); the tree reads the facts directly. "One by one" is an expression for each rule,
"one list" all rules in one expression.
"""

import statistics
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from benchmarks.contacts import encounters, plans_and_rows
from benchmarks.rivals import RIVALS
from benchmarks.rulesets import synthetic
from benchmarks.turns import microseconds, progress, ratios, spread, take_turns
from validator import Service, read_settings
from validator.engines.closures import PlainEngine
from validator.engines.compiler import CompiledRules
from validator.engines.durable import DurableEngine
from validator.engines.interpreter import TreeEngine
from validator.rulebook.facts import Facts
from validator.rulebook.rule import Rule

TURNS, CONTACTS = 5, 20
CLOSURES, ROWS = "closures", "facts to rows"
Contestant = tuple[Callable[[Any], Any], Sequence[Any]]


def contestants(rules: tuple[Rule, ...], facts: Sequence[Facts]) -> dict[str, Contestant]:
    """Return how each engine runs the rules, with the contacts in its form. Raises RuntimeError if the engines differ."""
    compiled_rules = CompiledRules(rules)
    rows = [compiled_rules.encode(contact) for contact in facts]
    engines: dict[str, Contestant] = {
        CLOSURES: (PlainEngine(compiled_rules).evaluate, rows),
        "durable-rules": (DurableEngine(compiled_rules).evaluate, rows),
        "tree": (TreeEngine(rules).evaluate, facts),
    }
    for name, rival in RIVALS.items():
        progress(f"building {name}")
        engine = rival(compiled_rules)
        engines[name] = (engine.evaluate, [engine.facts(contact) for contact in rows])
    fire, items = engines[CLOSURES]
    wanted = [fire(item) for item in items]
    for name, (fire, items) in engines.items():
        progress(f"checking {name}")
        if [fire(item) for item in items] != wanted:
            raise RuntimeError(f"{name} does not fire as the closures do")
    engines[ROWS] = (compiled_rules.encode, facts)
    return engines


def turn(contestant: Contestant, number: int) -> float:
    """Return microseconds per contact. Each turn has its own contacts, the same for every engine."""
    run, items = contestant
    begin = max(number, 0) * CONTACTS
    return microseconds(run, items[begin : begin + CONTACTS])


def main() -> None:
    service = Service.from_settings(read_settings())
    validator = service.validator("dk")
    facts = [facts for _, facts, _ in plans_and_rows(validator, encounters(TURNS * CONTACTS, secondary=2))]
    sets = {"shipped": validator.release.rules}
    sets |= {str(count): synthetic(validator.release, service.catalogue, count) for count in (20, 100, 300)}
    results: dict[str, dict[str, list[float]]] = {}
    for name, rules in sets.items():
        engines = contestants(rules, facts)
        fire, items = engines[CLOSURES]
        fired = statistics.mean(len(fire(item)) for item in items)
        title = f"{name}: {len(rules)} rules" if name == "shipped" else f"{name} rules"
        title += f", {fired:.1f} fire"
        results[title] = take_turns({engine: partial(turn, contestant) for engine, contestant in engines.items()}, TURNS)
    report(results)


def report(results: dict[str, dict[str, list[float]]]) -> None:
    """Print a column for each set of rules: microseconds a contact, and how many times as long as the closures."""
    print(" " * 23 + "".join(f"{title:>25}" for title in results))
    print(" " * 23 + f"{'µs     times closures':>25}" * len(results))
    for engine in next(iter(results.values())):
        cells = [(figures[engine], figures[CLOSURES]) for figures in results.values()]
        print(f"{engine:23}" + "".join(f"{statistics.median(one):8.0f} {spread(ratios(one, base), 1):>16}" for one, base in cells))


if __name__ == "__main__":
    main()
