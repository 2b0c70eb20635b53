"""What is kept: as much as was allowed, the latest used, and never anything wrong."""

import random
import threading

from validator.support.bounded_cache import Kept


def test_what_was_put_is_given_and_what_was_not_is_none() -> None:
    kept: Kept[str, int] = Kept(10)
    kept.put("a", 1)

    assert (kept.get("a"), kept.get("b")) == (1, None)


def test_no_more_than_allowed_is_kept() -> None:
    kept: Kept[int, int] = Kept(10)
    for number in range(1_000):
        kept.put(number, number)

    found = [number for number in range(1_000) if kept.get(number) is not None]
    assert found == list(range(1_000 - len(found), 1_000))
    assert 5 <= len(found) <= 10


def test_what_is_used_stays_however_much_comes() -> None:
    kept: Kept[object, int] = Kept(10)
    kept.put("used", 1)
    for number in range(1_000):
        kept.put(number, number)
        assert kept.get("used") == 1


def test_nothing_is_kept_where_nothing_is_allowed() -> None:
    kept: Kept[str, int] = Kept(0)
    kept.put("a", 1)

    assert kept.get("a") is None


def test_threads_never_get_the_value_of_another_key() -> None:
    kept: Kept[int, int] = Kept(20)
    wrong: list[tuple[int, int]] = []

    def use(seed: int) -> None:
        draw = random.Random(seed)
        for _ in range(20_000):
            key = draw.randrange(40)
            value = kept.get(key)
            if value is None:
                kept.put(key, key * 3)
            elif value != key * 3:
                wrong.append((key, value))

    threads = [threading.Thread(target=use, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
