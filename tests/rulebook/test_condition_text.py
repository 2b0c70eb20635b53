"""A branch is written in the syntax of rule files, and parses back to the same branch."""

import pytest

from tests.rulebook.rule_folder import RuleFolder
from validator.rulebook.condition_text import render_branch
from validator.rulebook.normal_form import branches_of

LINES = [
    "code: A29",
    "code: [A29, A99], role: main",
    "role: {not: main}",
    "code: {not: [A29, A99]}",
    "component: 7",
    "component: [1, 7]",
    "patient.age: {at_most: 17}",
    "contact_number: {at_least: 6}",
    "observations.radiating_pain: false",
    "observations.joints: {includes: hip}",
    "observations.joints: {includes_none: [knee, hip]}",
    "measures: {empty: true}",
    'specialty: "51"',
    'specialty: ["51", "62"]',
    "diagnosis: {code: L84, role: secondary}",
    "no_diagnosis: {role: main}",
]


@pytest.mark.parametrize("line", LINES)
def test_a_branch_is_equal_after_a_round_trip(line: str, folder: RuleFolder) -> None:
    folder.edit("general.yaml", "      code: [A29, A99]\n      role: main\n", f"      {{{line}}}\n")
    folder.edit("general.yaml", "    suggest: [{action: replace, code: L84}]\n", "")
    (rule,) = folder.release().rules
    assert list(map(render_branch, branches_of(rule.when))) == [line]
