"""A release that extends another inherits everything that it does not change."""

import datetime
import itertools

import pytest

from tests.rulebook.rule_folder import COURSES, DRAFT, RULES, RuleFolder
from validator.rulebook.yaml.folder import read_folder

HEAD = "dk/kladde-2026/pack.yaml"
NEW_RULE = RULES.replace("dk.restkode", "dk.ny-regel").replace("[A29, A99]", "[A29, L29]")
PARKINSON = COURSES[COURSES.index("  parkinson:") :]


@pytest.fixture
def draft(folder: RuleFolder) -> RuleFolder:
    folder.write(HEAD, DRAFT)
    return folder


def test_an_empty_extension_equals_its_base(draft: RuleFolder) -> None:
    base, changed = draft.release(), draft.release("kladde-2026")
    assert (changed.status, changed.name, changed.pack) == ("draft", "kladde-2026", "dk")
    assert (changed.courses, changed.rules, changed.sources) == (base.courses, base.rules, base.sources)
    assert (changed.languages, changed.owner, changed.start) == (base.languages, base.owner, base.start)
    assert changed.specialties == base.specialties


def test_a_changed_course_replaces_only_the_course_of_its_name(draft: RuleFolder) -> None:
    draft.write("dk/kladde-2026/courses.yaml", COURSES.replace("[L84, L86]", "[L03]").replace(PARKINSON, ""))
    base, changed = draft.release(), draft.release("kladde-2026")
    assert base.courses["laenderyg"].main_diagnosis[0].codes == ("L84", "L86")
    assert changed.courses["laenderyg"].main_diagnosis[0].codes == ("L03",)
    assert changed.courses["parkinson"] == base.courses["parkinson"]


def test_a_changed_rule_keeps_its_place_and_a_new_one_comes_last(draft: RuleFolder) -> None:
    draft.write("general.yaml", RULES + NEW_RULE.removeprefix("rules:\n"))
    draft.write(
        "dk/kladde-2026/general.yaml",
        RULES.replace("[A29, A99]", "[L29]")
        + NEW_RULE.removeprefix("rules:\n").replace("ny-regel", "tredje").replace("[A29, L29]", "[A99, L29]"),
    )
    changed = draft.release("kladde-2026")
    assert [rule.id for rule in changed.rules] == ["dk.restkode", "dk.ny-regel", "dk.tredje"]
    assert changed.rules[0] != draft.release().rules[0]
    assert changed.rules[1] == draft.release().rules[1]


def test_sources_and_specialties_are_added_to_those_of_the_base(draft: RuleFolder) -> None:
    draft.write(
        HEAD,
        DRAFT
        + 'sources:\n  side: {title: "Siden", date: null, status: decided}\nspecialties:\n  "57": {da: "Ride", en: "Riding"}\n',
    )
    changed = draft.release("kladde-2026")
    assert list(changed.sources) == ["moede", "side"]
    assert changed.sources["side"].date is None
    assert list(changed.specialties) == ["51", "62", "57"]


def test_an_extension_can_refer_to_names_of_its_base(draft: RuleFolder) -> None:
    draft.write("dk/kladde-2026/general.yaml", NEW_RULE.replace("role: main\n    message", "course: laenderyg\n    message"))
    assert draft.problems() == []


def test_the_base_of_a_single_draft_is_found_in_the_folder_beside_it(draft: RuleFolder) -> None:
    draft.write("dk/kladde-2026/courses.yaml", COURSES.replace("2025-10-01", "2026-01-01"))
    (changed,) = read_folder(draft.path(HEAD).parent, draft.catalogue)
    assert changed.courses["laenderyg"].mandate_start == datetime.date(2026, 1, 1)
    assert changed.rules == draft.release().rules


@pytest.mark.parametrize("key", ["languages: [da]", 'owner: {da: "a", en: "a"}', "start: 2024-01-01"])
def test_an_extension_can_repeat_values_of_its_base(key: str, draft: RuleFolder) -> None:
    draft.write(HEAD, DRAFT + key + "\n")
    assert draft.problems() == []


@pytest.mark.parametrize("base", ["findes-ikke", "../dk", "."])
def test_a_missing_base_is_reported(base: str, draft: RuleFolder) -> None:
    draft.write(HEAD, DRAFT.replace("extends: lille-2025", f"extends: {base}"))
    assert [(problem.id, problem.place.line) for problem in draft.problems()] == [("unknown-base", 4)]


@pytest.mark.parametrize("between", [(), ("anden-2027",), ("anden-2027", "tredje-2028")])
def test_a_release_that_extends_itself_is_reported_with_the_cycle(between: tuple[str, ...], draft: RuleFolder) -> None:
    way = ("kladde-2026", *between, "kladde-2026")
    for name, base in itertools.pairwise(way):
        draft.write(f"dk/{name}/pack.yaml", DRAFT.replace("lille-2025", base).replace("release: kladde-2026", f"release: {name}"))
    (problem,) = draft.problems()
    assert problem.id == "extends-itself"
    path = problem.values["way"].split(" → ")
    assert (path[0], set(path), len(path)) == (path[-1], set(way), len(way))


def test_a_base_can_have_a_base(draft: RuleFolder) -> None:
    """The order of the folders does not matter: "afledt" comes before "kladde"."""
    draft.write(
        "dk/afledt-2027/pack.yaml",
        DRAFT.replace("lille-2025", "kladde-2026", 1).replace("release: kladde-2026", "release: afledt-2027"),
    )
    assert draft.problems() == []
    assert draft.release("afledt-2027").rules == draft.release().rules


def test_a_mistake_in_the_base_is_reported_once_at_its_place(draft: RuleFolder) -> None:
    draft.edit("courses.yaml", "[L84, L86]", "[L21]")
    (problem,) = draft.problems()
    assert (problem.id, problem.place.file) == ("unknown-code", str(draft.path("courses.yaml")))


def test_a_mistake_in_the_head_of_the_base_is_reported_once_at_its_place(draft: RuleFolder) -> None:
    draft.edit("pack.yaml", "status: current", "status: gældende")
    (problem,) = draft.problems()
    assert (problem.id, problem.place.file) == ("not-allowed", str(draft.path("pack.yaml")))
