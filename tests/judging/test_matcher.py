"""The rules in force are chosen before the engine: one matcher for each set of rules that can be in force together."""

import dataclasses
import datetime
import gc
import threading
import weakref
from typing import Any

import pytest

from tests.engines.made import rule
from tests.waiting import wait_for
from validator.judging import matcher as matcher_module
from validator.judging.matcher import Matcher, Matchers
from validator.rulebook.conditions import Test
from validator.rulebook.release import Release

ADULT = Test("patient.age", "at_least", 18)


def day(month: int, day: int = 1) -> datetime.date:
    return datetime.date(2025, month, day)


@pytest.fixture
def matchers(release: Release) -> Matchers:
    """Of a release with a rule for all, one for specialty 62, one from April on and one to the end of September."""
    rules = (
        rule(ADULT, id="dk.all"),
        rule(ADULT, id="dk.62", specialties=("62",)),
        rule(ADULT, id="dk.from-april", valid_from=day(4)),
        rule(ADULT, id="dk.to-september", valid_to=day(9, 30)),
    )
    return Matchers(dataclasses.replace(release, rules=rules))


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
    matchers: Matchers, specialty: str | None, date: datetime.date, rules: list[str]
) -> None:
    assert rules_of(matchers.of(specialty, date)) == rules


def test_days_between_the_same_dates_of_change_share_a_matcher_and_others_do_not(matchers: Matchers) -> None:
    by_day = [matchers.of("51", date) for date in (day(3, 31), day(4), day(6, 15), day(9, 30), day(10))]

    assert by_day[1] is by_day[2] is by_day[3]
    assert len(set(map(id, by_day))) == 3


def test_specialties_with_the_same_rules_share_a_matcher_and_others_do_not(matchers: Matchers) -> None:
    assert matchers.of("51", day(5)) is matchers.of("57", day(5)) is matchers.of(None, day(5))
    assert matchers.of("62", day(5)) is not matchers.of("51", day(5))


def test_releases_share_no_matcher(release: Release) -> None:
    one, other = Matchers(release), Matchers(dataclasses.replace(release, name="ekm-2025-06"))
    assert one.of("51", day(5)) is not other.of("51", day(5))


def test_the_matchers_longest_unused_are_dropped_and_their_engines_freed(
    matchers: Matchers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher_module, "_KEPT", 2)
    march, may = matchers.of("51", day(3)), weakref.ref(matchers.of("51", day(5)))
    engine = weakref.ref(may()._durable)  # type: ignore[union-attr]

    assert matchers.of("51", day(3)) is march
    october = matchers.of("51", day(10))
    gc.collect()

    assert (may(), engine()) == (None, None)
    assert matchers.of("51", day(3)) is march
    assert matchers.of("51", day(10)) is october
    assert rules_of(matchers.of("51", day(5))) == ["dk.all", "dk.from-april", "dk.to-september"]


def test_no_more_than_256_matchers_are_kept(release: Release) -> None:
    first = datetime.date(2020, 1, 1)
    dates = [first + datetime.timedelta(days=number) for number in range(260)]
    matchers = Matchers(dataclasses.replace(release, rules=tuple(rule(ADULT, valid_from=date, valid_to=date) for date in dates)))

    kept = [weakref.ref(matchers.of("51", date)) for date in dates]
    gc.collect()

    assert [reference() is None for reference in kept] == [True] * 4 + [False] * 256


def test_specialties_that_callers_make_up_leave_nothing_behind(release: Release) -> None:
    """A pack may know no specialties; then any text is one."""
    matchers = Matchers(dataclasses.replace(release, specialties={}))
    for number in range(2_000):
        matchers.of(f"specialty {number}", day(5))

    assert sum(len(part) for part in vars(matchers).values() if isinstance(part, dict)) <= 1_000


def test_threads_that_ask_for_the_same_matcher_at_once_build_it_once(matchers: Matchers, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(8)
    asked, built, given = [], [], []

    def slowly_built(*arguments: Any) -> Matcher:
        built.append(Matcher(*arguments))
        wait_for(lambda: len(asked) == 8)
        return built[-1]

    def ask() -> None:
        together.wait()
        asked.append(True)
        given.append(matchers.of("51", day(5)))

    monkeypatch.setattr(matcher_module, "Matcher", slowly_built)
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(built) == 1
    assert given == built * 8
