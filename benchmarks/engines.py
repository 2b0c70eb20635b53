"""What the rules cost in each engine, one thread, contacts of three diagnoses; first that all of them fire the same.

The shipped rules, and 20, 100 and 300 of the same shapes. Closures, durable-rules and the rivals are given facts that are ready
(what that costs the product stands in the row "facts to rows"); the tree walks the rules over the facts as they are. "One by one"
is an expression a rule, "one list" all rules in one expression.
"""

import statistics
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from benchmarks.contacts import asked, encounters
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
    """Each engine's way to run the rules, and the contacts in its form. Raises RuntimeError where one fires differently."""
    compiled_rules = CompiledRules(rules)
    rows = [compiled_rules.encode(contact) for contact in facts]
    made: dict[str, Contestant] = {
        CLOSURES: (PlainEngine(compiled_rules).evaluate, rows),
        "durable-rules": (DurableEngine(compiled_rules).evaluate, rows),
        "tree": (TreeEngine(rules).evaluate, facts),
    }
    for name, rival in RIVALS.items():
        progress(f"building {name}")
        engine = rival(compiled_rules)
        made[name] = (engine.evaluate, [engine.facts(contact) for contact in rows])
    fire, items = made[CLOSURES]
    wanted = [fire(item) for item in items]
    for name, (fire, items) in made.items():
        progress(f"checking {name}")
        if [fire(item) for item in items] != wanted:
            raise RuntimeError(f"{name} fires not as the closures do")
    made[ROWS] = (compiled_rules.encode, facts)
    return made


def turn(contestant: Contestant, number: int) -> float:
    """Microseconds a contact; every turn has contacts of its own, the same for every engine."""
    run, items = contestant
    begin = max(number, 0) * CONTACTS
    return microseconds(run, items[begin : begin + CONTACTS])


def main() -> None:
    service = Service.from_settings(read_settings())
    validator = service.validator("dk")
    facts = [facts for _, facts, _ in asked(validator, encounters(TURNS * CONTACTS, secondary=2))]
    sets = {"shipped": validator.release.rules}
    sets |= {str(count): synthetic(validator.release, service.catalogue, count) for count in (20, 100, 300)}
    results: dict[str, dict[str, list[float]]] = {}
    for name, rules in sets.items():
        made = contestants(rules, facts)
        fire, items = made[CLOSURES]
        fired = statistics.mean(len(fire(item)) for item in items)
        title = f"{name}: {len(rules)} rules" if name == "shipped" else f"{name} rules"
        title += f", {fired:.1f} fire"
        results[title] = take_turns({engine: partial(turn, contestant) for engine, contestant in made.items()}, TURNS)
    report(results)


def report(results: dict[str, dict[str, list[float]]]) -> None:
    """Prints a column for each set of rules: microseconds a contact, and how many times as long as the closures."""
    print(" " * 23 + "".join(f"{title:>25}" for title in results))
    print(" " * 23 + f"{'µs     times closures':>25}" * len(results))
    for engine in next(iter(results.values())):
        cells = [(figures[engine], figures[CLOSURES]) for figures in results.values()]
        print(f"{engine:23}" + "".join(f"{statistics.median(one):8.0f} {spread(ratios(one, base), 1):>16}" for one, base in cells))


if __name__ == "__main__":
    main()
