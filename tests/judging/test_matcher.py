"""The cache of matchers: one for each set of rules that can be in force together."""

import dataclasses
import datetime
import gc
import threading
import weakref
from typing import Any

import pytest

from tests.engines.factories import rule
from tests.waiting import wait_for
from validator.judging import matcher as matcher_module
from validator.judging.matcher import Matcher, MatcherCache
from validator.rulebook.conditions import Test
from validator.rulebook.release import Release

ADULT = Test("patient.age", "at_least", 18)


def day(month: int, day: int = 1) -> datetime.date:
    return datetime.date(2025, month, day)


@pytest.fixture
def matchers(release: Release) -> MatcherCache:
    """Matchers of a release with a rule for all, one for specialty 62, one from April on and one to the end of September."""
    rules = (
        rule(ADULT, id="dk.all"),
        rule(ADULT, id="dk.62", specialties=("62",)),
        rule(ADULT, id="dk.from-april", valid_from=day(4)),
        rule(ADULT, id="dk.to-september", valid_to=day(9, 30)),
    )
    return MatcherCache(dataclasses.replace(release, rules=rules))


def rules_of(matcher: Matcher) -> list[str]:
    return [rule.id for rule in matcher.rules]


@pytest.mark.parametrize(
    ("specialty", "date", "rules"),
    [
        ("51", day(3, 31), ["dk.all", "dk.to-september"]),
        ("51", day(4), ["dk.all", "dk.from-april", "dk.to-september"]),
        ("51", day(9, 30), ["dk.all", "dk.from-april", "dk.to-september"]),
        ("51", day(10), ["dk.all", "dk.from-april"]),
        ("62", day(10), ["dk.all", "dk.62", "dk.from-april"]),
        (None, day(10), ["dk.all", "dk.from-april"]),
        ("51", datetime.date.min, ["dk.all", "dk.to-september"]),
        ("51", datetime.date.max, ["dk.all", "dk.from-april"]),
    ],
)
def test_a_matcher_has_just_the_rules_in_force(
    matchers: MatcherCache, specialty: str | None, date: datetime.date, rules: list[str]
) -> None:
    assert rules_of(matchers.get(specialty, date)) == rules


def test_days_between_the_same_change_dates_share_a_matcher(matchers: MatcherCache) -> None:
    by_day = [matchers.get("51", date) for date in (day(3, 31), day(4), day(6, 15), day(9, 30), day(10))]

    assert by_day[1] is by_day[2] is by_day[3]
    assert len(set(map(id, by_day))) == 3


def test_specialties_with_the_same_rules_share_a_matcher(matchers: MatcherCache) -> None:
    assert matchers.get("51", day(5)) is matchers.get("57", day(5)) is matchers.get(None, day(5))
    assert matchers.get("62", day(5)) is not matchers.get("51", day(5))


def test_releases_share_no_matcher(release: Release) -> None:
    one, other = MatcherCache(release), MatcherCache(dataclasses.replace(release, name="ekm-2025-06"))
    assert one.get("51", day(5)) is not other.get("51", day(5))


def test_the_least_recently_used_matchers_are_dropped_and_their_engines_freed(
    matchers: MatcherCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher_module, "_MAX_MATCHERS", 2)
    matchers = MatcherCache(matchers._release)
    march, may = matchers.get("51", day(3)), weakref.ref(matchers.get("51", day(5)))
    engine = weakref.ref(may()._durable)  # type: ignore[union-attr]

    assert matchers.get("51", day(3)) is march
    october = matchers.get("51", day(10))
    gc.collect()

    assert (may(), engine()) == (None, None)
    assert matchers.get("51", day(3)) is march
    assert matchers.get("51", day(10)) is october
    assert rules_of(matchers.get("51", day(5))) == ["dk.all", "dk.from-april", "dk.to-september"]


def test_at_most_256_matchers_are_cached(release: Release) -> None:
    first = datetime.date(2020, 1, 1)
    dates = [first + datetime.timedelta(days=number) for number in range(260)]
    rules = tuple(rule(ADULT, valid_from=date, valid_to=date) for date in dates)
    matchers = MatcherCache(dataclasses.replace(release, rules=rules))

    references = [weakref.ref(matchers.get("51", date)) for date in dates]
    gc.collect()

    assert [reference() is None for reference in references] == [True] * 4 + [False] * 256


def test_unknown_specialties_of_callers_do_not_fill_the_cache(release: Release) -> None:
    """In a pack without specialties any text is one."""
    matchers = MatcherCache(dataclasses.replace(release, specialties={}))
    for number in range(2_000):
        matchers.get(f"specialty {number}", day(5))

    assert matchers._matcher.cache_info().currsize + len(matchers._rule_numbers) <= 1_000


def test_concurrent_threads_build_a_matcher_once(matchers: MatcherCache, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(8)
    asked, built, returned = [], [], []

    def build_slowly(*arguments: Any) -> Matcher:
        built.append(Matcher(*arguments))
        wait_for(lambda: len(asked) == 8)
        return built[-1]

    def get_matcher() -> None:
        together.wait()
        asked.append(True)
        returned.append(matchers.get("51", day(5)))

    monkeypatch.setattr(matcher_module, "Matcher", build_slowly)
    threads = [threading.Thread(target=get_matcher) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(built) == 1
    assert returned == built * 8
