"""The codes that courses and rules name, with the days on which they do."""

from tests.catalogue.editions import day
from tests.rulebook.rule_folder import NAME, RuleFolder
from validator.catalogue.code_systems import ICD10_SE, ICPC, KVA, SKS
from validator.rulebook.course import Course
from validator.rulebook.named_codes import named_codes


def names(folder: RuleFolder, release: str = NAME) -> list[tuple[str, str, str, bool]]:
    """Return who names which code of which system, and whether it is a beginning."""
    return [(item.owner.id, item.system, item.code, item.is_beginning) for item in named_codes(folder.release(release))]


def test_every_code_is_named_with_its_course_or_rule(folder: RuleFolder) -> None:
    assert names(folder) == [
        ("laenderyg", ICPC, "L84", False),
        ("laenderyg", ICPC, "L86", False),
        ("parkinson", ICPC, "N87", False),
        ("parkinson", SKS, "DG20", True),
        ("dk.restkode", ICPC, "A29", False),
        ("dk.restkode", ICPC, "A99", False),
        ("dk.restkode", ICPC, "L84", False),
    ]


def test_codes_are_found_in_every_part_of_a_condition(folder: RuleFolder) -> None:
    parts = (
        "      any: [{code: A29}, {not: {code: {not: A99}}}]\n      previous.codes: {includes_none: L03}\n"
        "      no_diagnosis: {category: L15}\n"
    )
    folder.edit("general.yaml", "      code: [A29, A99]\n", parts)
    rules = [(code, is_beginning) for owner, _, code, is_beginning in names(folder) if owner == "dk.restkode"]
    assert rules == [("A29", False), ("A99", False), ("L03", False), ("L15", True), ("L84", False)]


def test_codes_of_sweden_are_of_its_own_systems(folder: RuleFolder) -> None:
    folder.add_sweden()
    category = "      diagnosis: {category: [M16, M17]}\n"
    folder.edit("se/liten-2025/visits.yaml", category, f"{category}      measures: {{includes: QT006}}\n")
    found = [row[1:] for row in names(folder, "liten-2025")]
    assert found == [(ICD10_SE, "M16", True), (ICD10_SE, "M17", True), (KVA, "QT006", False)]


def test_a_period_ends_before_the_next_one_begins(folder: RuleFolder) -> None:
    later = "      - {from: 2027-01-01, codes: [L86], status: decided, source: moede}\n"
    folder.edit("courses.yaml", '"Undecided."}\n', f'"Undecided."}}\n{later}')
    course = [item for item in named_codes(folder.release()) if isinstance(item.owner, Course) and item.owner.id == "laenderyg"]
    assert [(item.code, str(item.period.first), str(item.period.last)) for item in course] == [
        ("L84", "2025-10-01", "2026-12-31"),
        ("L86", "2025-10-01", "2026-12-31"),
        ("L86", "2027-01-01", "9999-12-31"),
    ]


def test_the_days_of_a_rule_are_those_on_which_its_codes_are_named(folder: RuleFolder) -> None:
    folder.edit("general.yaml", "    source: moede\n", "    source: moede\n    from: 2026-01-01\n    to: 2026-12-31\n")
    periods = {item.period for item in named_codes(folder.release()) if item.owner.id == "dk.restkode"}
    assert [(period.first, period.last) for period in periods] == [(day("2026-01-01"), day("2026-12-31"))]
