"""The compiled form: a row of integers for the contact, and one for each diagnosis, which begins with the contact's."""

import datetime
import random

import pytest

from benchmarks.contacts import encounters
from benchmarks.rulesets import synthetic
from tests.engines.factories import contact, diagnosis, rule
from validator import Encounter, Patient, Validator
from validator.catalogue.catalogue import Catalogue
from validator.engines.branches import Row, join_rows
from validator.engines.closures import PlainEngine
from validator.engines.compiler import CompiledRules
from validator.engines.slot_encoding import MISSING
from validator.rulebook.conditions import All, AnyOf, Exists, Test
from validator.rulebook.facts import Facts, Value
from validator.rulebook.release import Release

ADULT = Test("patient.age", "at_least", 18)
L84, L86 = Test("code", "is", "L84"), Test("code", "is", "L86")


def row(*tests: Test | Exists, complete: bool = True, **fields: Value) -> Row:
    """Return the row of a contact for rules with these tests."""
    return CompiledRules(tuple(map(rule, tests))).encode(contact(complete=complete, **fields)).encounter


def test_without_rules_there_are_no_slots() -> None:
    rows = CompiledRules(()).encode(contact(diagnosis(code="L84"), patient__age=40))
    assert (rows.encounter, rows.diagnoses) == ((), ((),))


def test_only_fields_that_the_rules_test_have_slots() -> None:
    assert len(row(ADULT, patient__age=40, patient__sex="male", phase=3)) == 1


def test_the_row_of_a_diagnosis_begins_with_that_of_the_contact() -> None:
    compiled_rules = CompiledRules((rule(All((L84, ADULT)), each=True), rule(Test("patient.sex", "is", "male"))))
    rows = compiled_rules.encode(contact(diagnosis(code="L84"), diagnosis(code="L90"), patient__age=40, patient__sex="male"))

    assert len(rows.encounter) == 2
    assert len(rows.diagnoses) == 2
    assert [values[:2] for values in rows.diagnoses] == [rows.encounter] * 2
    assert rows.diagnoses[0] != rows.diagnoses[1]


def test_a_contact_without_diagnoses_has_no_further_rows() -> None:
    assert CompiledRules((rule(L84, each=True),)).encode(contact()).diagnoses == ()


def test_tests_on_one_field_share_its_slot_and_list_tests_have_their_own() -> None:
    bounds = (ADULT, Test("patient.age", "at_most", 60), Test("patient.age", "is", 40))
    joints = (Test("observations.joints", "includes", ("hip",)), Test("observations.joints", "includes_none", ("hip",)))

    assert len(row(*bounds)) == 1
    assert len(row(*joints)) == 2
    assert len(row(*joints, *joints)) == 2
    assert len(row(Test("patient.age", "one_of", (1, 2)), *bounds)) == 2


@pytest.mark.parametrize("test", [ADULT, Test("patient.sex", "is", "male"), Test("plan", "is", False)], ids=str)
def test_only_an_absent_value_is_missing(test: Test) -> None:
    name = test.field.replace(".", "__")
    values: dict[str, list[Value]] = {
        "patient.age": [0, -1, 17, 18, -(2**30), -(10**30), 10**30],
        "patient.sex": ["male", "female", "", "-1"],
        "plan": [True, False],
    }

    assert row(test) == (MISSING,)
    for value in values[test.field]:
        assert row(test, **{name: value}) != (MISSING,)


def test_every_value_is_an_integer_that_durable_rules_accepts() -> None:
    tests = (ADULT, Test("patient.age", "at_most", 1_000_000), Test("specialty", "is", "51"), Test("services", "empty", True))
    for age in (None, 0, 2**31, 2**63, 10**30, -(10**30)):
        for specialty in (None, "51", "\x00", "🦴", "1" * 200):
            values = row(*tests, patient__age=age, specialty=specialty, services=("video",))
            assert all(type(value) is int and abs(value) < 2**31 for value in values)


def test_contacts_that_no_rule_distinguishes_have_equal_rows() -> None:
    tests = (ADULT, Test("specialty", "is", "51"), Test("observations.joints", "includes", ("hip",)))
    one = row(*tests, patient__age=30, specialty="57", observations__joints=("hip",), phase=1)
    other = row(*tests, patient__age=80, specialty="62", observations__joints=("back", "hip"))

    assert one == other
    for changed in ({"patient__age": 17}, {"patient__age": None}, {"specialty": "51"}, {"observations__joints": ()}):
        values: dict[str, Value] = {"patient__age": 30, "specialty": "57", "observations__joints": ("hip",), **changed}
        assert row(*tests, **values) != one


def test_texts_that_look_like_numbers_or_booleans_stay_texts() -> None:
    test = Test("specialty", "is", "8")
    assert len({row(test, specialty=text) for text in ("08", "8.0", "true", "", "80")}) == 1
    assert row(test, specialty="8") != row(test, specialty="08")


@pytest.mark.parametrize(("values", "flag"), [(None, 0), ((), 1), (("knee",), 1), (("hip",), 0)])
def test_a_list_is_encoded_as_the_result_of_its_test(values: Value, flag: int) -> None:
    assert row(Test("observations.joints", "includes_none", ("hip", "back")), observations__joints=values) == (flag,)


@pytest.mark.parametrize(
    ("codes", "complete", "some", "none"),
    [((), True, 0, 1), (("L84",), True, 1, 0), (("L90",), True, 0, 1), (("L90",), False, 0, 0), (("L84",), False, 1, 0)],
)
def test_a_block_about_diagnoses_is_encoded_as_its_result(codes: tuple[str, ...], complete: bool, some: int, none: int) -> None:
    compiled_rules = CompiledRules((rule(Exists((L84,))), rule(Exists((L84,), wanted=False))))
    facts = contact(*(diagnosis(code=code) for code in codes), complete=complete)
    assert compiled_rules.encode(facts).encounter == (some, none)


def test_every_branch_of_a_rule_has_its_exceptions() -> None:
    compiled_rules = CompiledRules((rule(ADULT), rule(AnyOf((L84, L86)), each=True, unless=("course-names-code",))))

    seen = [(branch.rule, branch.each, len(branch.comparisons)) for branch in compiled_rules.branches]
    assert seen == [(0, False, 1), (1, True, 2), (1, True, 2)]
    assert compiled_rules.branches[1].comparisons[-1] == compiled_rules.branches[2].comparisons[-1]


def test_a_rule_is_silent_where_the_course_names_the_code() -> None:
    compiled_rules = CompiledRules((rule(L84, each=True, unless=("course-names-code",)), rule(L84, each=True)))
    facts = contact(diagnosis(code="L84", course_names_code=True), diagnosis(code="L84"))

    assert PlainEngine(compiled_rules).evaluate(compiled_rules.encode(facts)) == {(0, 1), (1, 0), (1, 1)}


def test_compiled_rules_do_not_grow_with_contacts() -> None:
    compiled_rules = CompiledRules((rule(Test("specialty", "is", "51")),))
    before = compiled_rules.encode(contact(specialty="57"))
    for number in range(100):
        compiled_rules.encode(Facts({**contact().encounter, "specialty": f"{number}"}, ()))

    assert compiled_rules.encode(contact(specialty="57")) == before


def test_relevant_slots_depend_on_the_coding() -> None:
    old, young = Test("patient.age", "at_least", 65), Test("patient.age", "at_most", 17)
    compiled_rules = CompiledRules(
        (rule(All((L84, old)), each=True), rule(All((L86, young)), each=True), rule(Test("contact_number", "is", 6)))
    )

    def distinguished(code: str, first: dict[str, int], second: dict[str, int]) -> bool:
        relevant_slots = compiled_rules.relevant_slots_reader(compiled_rules.encode_coding(contact(diagnosis(code=code))))
        one, other = (
            Encounter(datetime.date(2025, 10, 14), "51", patient=Patient(age["age"]), contact_number=age.get("number"))
            for age in (first, second)
        )
        return relevant_slots(one) != relevant_slots(other)

    assert distinguished("L84", {"age": 64}, {"age": 65})
    assert not distinguished("L84", {"age": 65}, {"age": 99})
    assert not distinguished("L90", {"age": 64}, {"age": 65})
    assert distinguished("L86", {"age": 17}, {"age": 18})
    assert all(distinguished(code, {"age": 40, "number": 5}, {"age": 40, "number": 6}) for code in ("L84", "L90"))


def test_contacts_with_equal_coding_and_relevant_slots_fire_the_same_rules(release: Release, catalogue: Catalogue) -> None:
    compiled_rules = CompiledRules(synthetic(release, catalogue, 100))
    engine, validator = PlainEngine(compiled_rules), Validator(release, catalogue)
    draw = random.Random(7)
    judged = encounters(400)
    shared = 0
    for encounter in judged:
        coded = compiled_rules.encode_coding(validator.facts(encounter))
        relevant_slots = compiled_rules.relevant_slots_reader(coded)
        for other in draw.sample(judged, 20):
            if relevant_slots(other) == relevant_slots(encounter):
                shared += compiled_rules.read_clinical_slots(other) != compiled_rules.read_clinical_slots(encounter)
                fired = [engine.evaluate(join_rows(compiled_rules.read_clinical_slots(each), coded)) for each in (encounter, other)]
                assert fired[0] == fired[1]
    assert shared > 1_000
