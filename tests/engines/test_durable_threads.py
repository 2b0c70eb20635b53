"""Eight threads that share one engine get no wrong answer."""

import random
import threading
from collections import Counter

import pytest

from tests.engines.factories import contact, diagnosis, rule
from validator.engines.closures import PlainEngine
from validator.engines.compiler import CompiledRules
from validator.engines.durable import DurableEngine
from validator.rulebook.conditions import AnyOf, Exists, Test

THREADS = 8
CODES = ("L84", "L86", "L90", "N87")
COMPILED = CompiledRules(
    (
        *(rule(Test("patient.age", "at_least", age)) for age in range(40)),
        *(rule(Test("code", "is", code), each=True) for code in CODES * 15),
        rule(AnyOf((Test("patient.sex", "is", "male"), Exists((Test("code", "is", "L90"),))))),
    )
)


@pytest.mark.parametrize("count", [pytest.param(150, id="150"), pytest.param(5_000, marks=pytest.mark.soak, id="5000")])
def test_eight_threads_on_one_engine_get_no_wrong_answer(count: int) -> None:
    chance = random.Random(7)
    contacts = [
        contact(
            *(diagnosis(code=chance.choice((*CODES, "X76"))) for _ in range(chance.randrange(5))),
            patient__age=chance.choice((None, 5, 17, 39, 80)),
            patient__sex=chance.choice((None, "male", "female")),
        )
        for _ in range(40)
    ]
    all_rows = [COMPILED.encode(facts) for facts in contacts]
    right = [PlainEngine(COMPILED).evaluate(rows) for rows in all_rows]
    assert len(set(right)) > 20
    engine = DurableEngine(COMPILED)
    seen: Counter[str] = Counter()

    def ask(seed: int) -> None:
        order = random.Random(seed)
        for _ in range(count):
            number = order.randrange(len(all_rows))
            try:
                answer = "right" if engine.evaluate(all_rows[number]) == right[number] else "wrong"
            except Exception as error:  # noqa: BLE001  # counted, since an exception in a thread fails no test
                answer = repr(error)
            seen[f"{answer} in thread {seed}"] += 1

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == {f"right in thread {seed}": count for seed in range(THREADS)}
