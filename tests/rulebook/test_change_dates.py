"""The dates on which the rules in force change, and the rules in force around them."""

import datetime

import pytest

from tests.rulebook.rule_folder import RULES, RuleFolder
from validator.rulebook.course import Course, MainDiagnosis, ReferralCodes, entry_in_force


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def dated(name: str, *dates: str) -> str:
    """Return the rule of the small release with other dates, id and code."""
    own = {"dk.a": "A29", "dk.b": "A99", "dk.c": "L29", "dk.d": "L99"}[name]
    rule = RULES.removeprefix("rules:\n").replace("dk.restkode", name).replace("[A29, A99]", f"[{own}]")
    return rule.replace("    source: moede\n", "".join(f"    {date}\n" for date in ("source: moede", *dates)))


def test_rules_change_on_their_first_day_and_the_day_after_their_last(folder: RuleFolder) -> None:
    rules = [
        dated("dk.a"),
        dated("dk.b", "from: 2025-04-01"),
        dated("dk.c", "to: 2025-06-30"),
        dated("dk.d", "from: 2025-04-01", "to: 2025-12-31"),
    ]
    folder.write("general.yaml", "rules:\n" + "".join(rules))
    release = folder.release()
    assert release.change_dates == (day("2025-04-01"), day("2025-07-01"), day("2026-01-01"))
    in_force_on = {
        date: "".join(rule.id[-1] for rule in release.rules if rule.applies("51", day(date)))
        for date in ("2025-03-31", "2025-04-01", "2025-06-30", "2025-07-01", "2025-12-31", "2026-01-01")
    }
    assert list(in_force_on.values()) == ["ac", "abcd", "abcd", "abd", "abd", "ab"]


def test_a_rule_without_dates_never_changes(folder: RuleFolder) -> None:
    assert folder.release().change_dates == ()


def test_a_rule_until_the_end_of_the_calendar_has_no_day_after(folder: RuleFolder) -> None:
    folder.write("general.yaml", "rules:\n" + dated("dk.a", "to: 9999-12-31"))
    assert folder.release().change_dates == ()


@pytest.mark.parametrize(("specialty", "applies"), [("51", True), ("57", True), ("62", False), (None, False)])
def test_a_rule_with_specialties_applies_to_these_only(specialty: str | None, applies: bool, folder: RuleFolder) -> None:
    folder.edit("pack.yaml", '  "62"', '  "57": {da: "Ride", en: "Riding"}\n  "62"')
    folder.write("general.yaml", "rules:\n" + dated("dk.a", 'specialty: ["51", "57"]'))
    (rule,) = folder.release().rules
    assert rule.applies(specialty, day("2025-01-01")) is applies


def test_a_rule_without_specialties_applies_to_all(folder: RuleFolder) -> None:
    (rule,) = folder.release().rules
    assert rule.applies("62", day("2025-01-01"))
    assert rule.applies(None, day("2025-01-01"))


ENTRIES = (
    MainDiagnosis(day("2025-04-01"), day("2025-06-30"), "a", ("L84",)),
    MainDiagnosis(day("2025-07-01"), None, "b", ("L86",), start_codes=("L03",)),
    MainDiagnosis(day("2026-01-01"), day("2026-12-31"), "c", ("L83",)),
)


@pytest.mark.parametrize(
    ("date", "source"),
    [
        ("2025-03-31", None),
        ("2025-04-01", "a"),
        ("2025-06-30", "a"),
        ("2025-07-01", "b"),
        ("2025-12-31", "b"),
        ("2026-01-01", "c"),
        ("2026-12-31", "c"),
        ("2027-01-01", None),
    ],
)
def test_an_entry_is_in_force_from_its_first_day_to_its_last_or_to_the_next(date: str, source: str | None) -> None:
    entry = entry_in_force(ENTRIES, day(date))
    assert (entry.source if entry else None) == source


def test_a_column_without_entries_is_never_in_force() -> None:
    assert entry_in_force((), day("2025-01-01")) is None


def test_before_its_mandate_a_course_names_its_future_codes() -> None:
    course = Course("laenderyg", {}, ("51",), main_diagnosis=ENTRIES)
    named = {date: course.named_codes(day(date)) for date in ("2025-01-01", "2025-04-01", "2025-07-01", "2027-01-01")}
    assert list(named.values()) == [{"L84"}, {"L84"}, {"L86", "L03"}, set()]


def test_the_mandate_starts_with_the_first_required_or_collected_column() -> None:
    collected = (ReferralCodes(day("2024-01-01"), None, "a", ("DG35",), ("N86",)),)
    assert Course("a", {}, "51", main_diagnosis=ENTRIES, referral=collected).mandate_start == day("2024-01-01")
    assert Course("a", {}, "51", main_diagnosis=ENTRIES).mandate_start == day("2025-04-01")
    assert Course("a", {}, "51").mandate_start is None
