"""What the worst contact may cost by a release, counted when it is read."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.engines.factories import rule
from tests.rulebook.problem_cases import costly
from tests.rulebook.rule_folder import DRAFT, RuleFolder
from tests.rulebook.test_problems import spoil
from validator.rulebook.analysis.release_cost import MAX_BRANCH_TESTS, MAX_FINDINGS, MAX_TESTS, ExcessiveCost, find_excessive_costs
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Test
from validator.rulebook.release import Release
from validator.rulebook.rule import Proposal, Rule

MAIN = Test("role", "is", "main")
MOST = MAX_FINDINGS // 100  # rules that find every diagnosis
Costs = Callable[..., list[ExcessiveCost]]


@pytest.fixture
def costs(release: Release) -> Costs:
    return lambda *rules: find_excessive_costs(replace(release, rules=rules))


def rules(number: int, when: Condition = MAIN, **more: object) -> list[Rule]:
    return [rule(when, each=True, id=f"dk.regel{index}", **more) for index in range(number)]


def counted(costs: list[ExcessiveCost]) -> dict[str, int]:
    return {cost.problem: cost.count for cost in costs}


def test_the_shipped_releases_are_far_below_every_limit(releases: list[Release]) -> None:
    for shipped in releases:
        tenfold = [replace(rule, id=f"{rule.id}.{number}") for number in range(10) for rule in shipped.rules]
        assert find_excessive_costs(replace(shipped, rules=tuple(tenfold))) == [], shipped.name


def test_fifty_suggestions_on_each_of_fifty_rules_are_too_many(costs: Costs) -> None:
    suggest = tuple(Proposal("replace", f"L{number}") for number in range(50))
    assert counted(costs(*rules(50, suggest=suggest))) == {"costly-suggestions": 250_000}


def test_as_many_findings_as_the_limit_are_allowed_and_one_more_is_not(costs: Costs) -> None:
    assert costs(*rules(MOST)) == []
    (cost,) = costs(*rules(MOST), rule(MAIN, id="dk.kontakt", at="diagnoses"))
    assert (cost.problem, cost.count, cost.limit) == ("costly-findings", MAX_FINDINGS + 1, MAX_FINDINGS)


def test_a_rule_that_names_its_codes_finds_no_others(costs: Costs) -> None:
    one_code = [rule(Test("code", "is", f"L{number}"), each=True) for number in range(200)]
    assert costs(*rules(MOST - 1), *one_code) == []  # a contact has a hundred of them
    assert counted(costs(*rules(MOST - 1), *one_code, rule(Test("code", "one_of", ("L1", "L2")), each=True))) == {
        "costly-findings": MAX_FINDINGS + 2
    }
    either = AnyOf((Test("code", "is", "L1"), MAIN))
    assert counted(costs(*rules(MOST), rule(either, each=True))) == {"costly-findings": MAX_FINDINGS + 100}


def test_the_rules_of_other_specialties_and_days_do_not_count(costs: Costs) -> None:
    first, last = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
    later = rules(MOST, valid_from=last)
    assert costs(*rules(MOST, specialties=("51",)), *rules(MOST, specialties=("62",))) == []
    assert costs(*rules(MOST, valid_to=first), *later) == []
    assert counted(costs(*rules(MOST, valid_from=first, valid_to=last), *later)) == {"costly-findings": 2 * MAX_FINDINGS}
    assert counted(costs(*rules(MOST, specialties=("51",)), *rules(1))) == {"costly-findings": MAX_FINDINGS + 100}


def test_the_problem_names_the_rule_with_the_greatest_part(costs: Costs) -> None:
    suggest = tuple(Proposal("replace", "L84") for _ in range(99))
    greatest = rule(MAIN, each=True, id="dk.flest", suggest=suggest)
    (cost,) = costs(*rules(10, suggest=suggest[:1]), greatest, *rules(10, suggest=suggest[:1]))
    assert (cost.problem, cost.rule) == ("costly-suggestions", "dk.flest")


def test_the_codes_of_a_course_count_as_suggestions(release: Release) -> None:
    codes = tuple(f"L{number}" for number in range(101))
    course = next(course for course in release.courses.values() if course.main_diagnosis)
    wide = replace(course, main_diagnosis=(replace(course.main_diagnosis[0], codes=codes),))
    changed = replace(release, courses={course.id: wide}, rules=tuple(rules(1, suggest=(Proposal("add", table="course-set"),))))
    assert counted(find_excessive_costs(changed)) == {"costly-suggestions": 10_100}


def test_every_test_of_every_branch_counts(costs: Costs) -> None:
    block = Exists((Test("code", "is", "L84"), MAIN))
    ages = AnyOf(tuple(Test("patient.age", "is", age) for age in range(50)))
    of_150 = rule(All((ages, block)), each=True)
    assert costs(*[of_150] * (MAX_TESTS // 150)) == []
    assert counted(costs(*[of_150] * (MAX_TESTS // 150 + 1))) == {"costly-tests": 150 * (MAX_TESTS // 150 + 1)}


def test_a_branch_of_too_many_tests_is_found(costs: Costs) -> None:
    flags = tuple(Test("patient.age", "is_not", (age,)) for age in range(MAX_BRANCH_TESTS))
    assert costs(rule(All(flags), each=True)) == []
    assert costs(rule(All(flags), each=True, unless=("course-names-code",), id="dk.for-lang")) == [
        ExcessiveCost("too-many-tests", "dk.for-lang", MAX_BRANCH_TESTS + 1, MAX_BRANCH_TESTS)
    ]


def test_what_a_release_inherits_counts_at_its_own_rule(folder: RuleFolder) -> None:
    spoil(folder, costly("", "contact_number: 1", number=MOST))
    folder.write("dk/kladde-2026/pack.yaml", DRAFT)
    assert folder.problems() == []
    one_more = costly("", "contact_number: 0").new.replace("dk.restkode", "dk.ny").replace("§", "")
    folder.write("dk/kladde-2026/general.yaml", one_more)
    assert [(problem.id, problem.values["count"]) for problem in folder.problems()] == [
        ("costly-findings", str(MAX_FINDINGS + 100))
    ]
