"""An explanation shows whether each condition holds, and agrees with the validator on every contact."""

import random
from typing import Any

import pytest

from tests.contacts import random_contact
from tests.rulebook.rule_folder import RuleFolder
from validator import Validator, read_request
from validator.authoring.explain.condition_steps import ConditionStep
from validator.authoring.explain.course_explanation import course_rules
from validator.authoring.explain.rule_explanation import RuleExplanation, UnknownRuleError, explain_rule
from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import Encounter
from validator.rulebook.overview import CORE_KINDS
from validator.rulebook.release import Release

TEST = "role: main\n    message"


def contact(**encounter: Any) -> Encounter:
    return read_request({"encounter": {"date": "2027-06-01", "specialty": "51", "diagnoses": [], **encounter}}).encounter


def explain(folder: RuleFolder, name: str = "dk.restkode", **encounter: Any) -> RuleExplanation:
    return explain_rule(name, contact(**encounter), folder.release(), folder.catalogue)


def step_rows(steps: tuple[ConditionStep, ...]) -> list[tuple[str, bool | None, str]]:
    return [(step.condition, step.holds, step.contact_value) for step in steps]


def test_every_condition_is_shown_with_its_value(folder: RuleFolder) -> None:
    folder.edit(
        "general.yaml", TEST, "role: main\n      patient.age: {at_least: 18, not: [20, 21]}\n      patient.sex: male\n    message"
    )
    explanation = explain(folder, diagnoses=[{"code": "A29"}], patient={"age": 17})
    (answer,) = explanation.answers
    assert answer.path == "/encounter/diagnoses/0/code"
    assert answer.about == f"A29 {folder.catalogue.title('A29', 'da')}, hoveddiagnose"
    assert step_rows(answer.steps) == [
        ("code: [A29, A99]", True, "diagnosens kode: A29"),
        ("role: main", True, "hoveddiagnose eller bidiagnose: main"),
        ("patient.age: {at_least: 18}", False, "patientens alder i hele år: 17"),
        ("patient.age: {not: [20, 21]}", True, "patientens alder i hele år: 17"),
        ("patient.sex: male", None, "patientens køn: ikke oplyst"),
    ]
    assert (explanation.finds, explanation.missing) == (False, ("patient.sex",))


def test_any_and_not_are_shown_with_their_parts(folder: RuleFolder) -> None:
    folder.edit(
        "general.yaml", TEST, "any: [{phase: 1}, {phase: 2, plan: true}]\n      not: {services: {includes: video}}\n    message"
    )
    (answer,) = explain(folder, diagnoses=[{"code": "A29"}], phase=2, services=["video"]).answers
    _, either, negated = answer.steps
    assert (either.condition, either.holds) == ("any: mindst én af disse", None)
    assert [(part.condition, part.holds) for part in either.parts] == [("phase: 1", False), ("alle disse", None)]
    assert [(part.condition, part.holds) for part in either.parts[1].parts] == [("phase: 2", True), ("plan: true", None)]
    assert (negated.holds, negated.parts[0].holds, negated.parts[0].contact_value) == (
        False,
        True,
        "ydelserne ved kontakten: video",
    )


@pytest.mark.parametrize(
    ("diagnoses", "block", "holds"),
    [
        (["L84", "L86"], "diagnosis", True),
        (["L86"], "diagnosis", False),
        (["L86"], "no_diagnosis", True),
        (["L84"], "no_diagnosis", False),
        (["L86", "Q99"], "no_diagnosis", None),
    ],
)
def test_a_diagnosis_block_shows_each_diagnosis(diagnoses: list[str], block: str, holds: bool | None, folder: RuleFolder) -> None:
    folder.edit("general.yaml", TEST, f"{block}: {{code: L84}}\n    message")
    explanation = explain(folder, diagnoses=[{"code": code} for code in ("A29", *diagnoses)])
    step = explanation.answers[0].steps[1]
    assert step.holds is holds
    known = [code for code in ("A29", *diagnoses) if code != "Q99"]
    assert [part.condition.partition(" ")[0] for part in step.parts] == known
    assert [part.holds for part in step.parts] == [code == "L84" for code in known]
    assert explanation.answers[0].finds is (holds is True)
    assert ("kan ikke læses" in step.contact_value) is (holds is None)


def test_an_exception_is_a_step(folder: RuleFolder) -> None:
    folder.edit("general.yaml", "    each: diagnosis\n", "    each: diagnosis\n    unless: course-names-code\n")
    folder.edit("general.yaml", "code: [A29, A99]", "code: L84")
    folder.edit("general.yaml", "[{action: replace, code: L84}]", "[{action: replace, code: L03}]")
    (answer,) = explain(folder, diagnoses=[{"code": "L84"}], course="laenderyg").answers
    assert step_rows(answer.steps)[0] == ("unless: course-names-code", False, "om forløbet selv nævner koden: ja")


@pytest.mark.parametrize(
    ("keys", "encounter", "reason"),
    [
        ("from: 2028-01-01", {}, "Reglen gælder først fra 1. januar 2028; kontakten er fra 1. juni 2027."),
        ("to: 2026-12-31", {}, "Reglen gjaldt kun til 31. december 2026; kontakten er fra 1. juni 2027."),
        ('specialty: "62"', {}, "Den gælder kun speciale 62; kontaktens er 51."),
        ('specialty: ["62"]', {"specialty": "99"}, 'Den gælder kun speciale 62; kontaktens er "99", som ikke kendes i lille-2025.'),
    ],
)
def test_the_reason_why_a_rule_is_not_in_force_is_shown(
    keys: str, encounter: dict[str, Any], reason: str, folder: RuleFolder
) -> None:
    folder.edit("general.yaml", "    source: moede\n", f"    source: moede\n    {keys}\n")
    explanation = explain(folder, diagnoses=[{"code": "A29"}], **encounter)
    assert (explanation.in_force, explanation.finds) == (False, False)
    assert reason in explanation.reasons


def test_a_skipped_diagnosis_is_shown_without_steps(folder: RuleFolder) -> None:
    explanation = explain(folder, diagnoses=[{"code": "Q99"}, {"code": "A29", "role": "main"}])
    assert [(item.finds, bool(item.steps)) for item in explanation.answers] == [(False, False), (True, True)]
    assert explanation.answers[0].about.startswith("Q99: spørges ikke")


@pytest.mark.parametrize(
    ("encounter", "in_force", "reason"),
    [
        ({"course": "laenderyg"}, True, "Perioden fra 1. oktober 2025 gælder: hoveddiagnose L84 eller L86 (under afklaring)."),
        (
            {"course": "laenderyg", "date": "2025-01-01"},
            False,
            "Det gælder først fra 1. oktober 2025; kontakten er fra 1. januar 2025.",
        ),
        ({"course": "parkinson", "specialty": "62"}, False, 'Kontakten er på forløbet "parkinson"; reglen gælder "laenderyg".'),
        ({}, False, 'Kontakten er ikke på et forløb; reglen gælder "laenderyg".'),
        ({"course": "laenderyg", "specialty": "62"}, False, "Forløbet hører til speciale 51; kontaktens er 62."),
    ],
)
def test_the_course_table_is_explained(encounter: dict[str, Any], in_force: bool, reason: str, folder: RuleFolder) -> None:
    explanation = explain(folder, "dk.51.laenderyg", diagnoses=[{"code": " l86", "role": "main"}], **encounter)
    assert (explanation.origin, explanation.in_force, explanation.reasons) == ("course", in_force, (reason,))
    if in_force:
        (entry,) = explanation.answers[0].steps
        assert step_rows(entry.parts) == [
            ("hoveddiagnosen er en af koderne", True, "hoveddiagnose: L86"),
            ("en tidligere kontakt har en kode, der var rigtig på sin dato", None, "tidligere diagnoser: ikke oplyst"),
        ]
        assert explanation.missing == ("previous_diagnoses",)


@pytest.mark.parametrize(
    ("status", "date", "settled", "cited"),
    [
        ("decided", "null", "ubekræftet", "Møde (uden dato; ubekræftet)"),
        ("unconfirmed", "2024-11-01", "ubekræftet", "Møde (1. november 2024; ubekræftet)"),
        ("undecided", "2024-11-01", "under afklaring", "Møde (1. november 2024; ubekræftet)"),
    ],
)
def test_an_entry_is_no_more_certain_than_its_source(status: str, date: str, settled: str, cited: str, folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "status: undecided", f"status: {status}")
    folder.edit("pack.yaml", "date: 2024-11-01", f"date: {date}")
    explanation = explain(folder, "dk.51.laenderyg", diagnoses=[{"code": "L86"}], course="laenderyg")
    assert explanation.reasons == (f"Perioden fra 1. oktober 2025 gælder: hoveddiagnose L84 eller L86 ({settled}).",)
    assert explanation.answers[0].steps[0].condition == f"fra 2025-10-01: hoveddiagnose L84 eller L86 ({settled})"
    assert explanation.source == cited == explain(folder, diagnoses=[]).source


def test_an_unknown_rule_is_refused_with_the_known_names(folder: RuleFolder) -> None:
    with pytest.raises(UnknownRuleError) as caught:
        explain(folder, "dk.restkod")
    assert {"dk.restkode", "dk.51.laenderyg", "dk.62.parkinson.phase", "core.unknown-code"} <= set(caught.value.known)


def test_explanations_agree_with_the_validator(release: Release, catalogue: Catalogue) -> None:
    """On random contacts, a rule fires for a diagnosis exactly if every step holds."""
    chance, validator = random.Random(3), Validator(release, catalogue, cache_size=0)
    found = 0
    for _ in range(60):
        encounter = read_request({"encounter": random_contact(chance)}).encounter
        judged = {(finding.hit.rule, finding.hit.path) for finding in validator.validate(encounter).findings}
        for rule in release.rules:
            explanation = explain_rule(rule.id, encounter, release, catalogue)
            for item in explanation.answers:
                holds = explanation.in_force and bool(item.steps) and all(step.holds for step in item.steps)
                assert item.finds is holds, (rule.id, encounter)
                found += holds
            assert explanation.finds is any(name == rule.id for name, _ in judged)
    assert found > 10


def test_every_rule_that_a_finding_can_name_is_explained(release: Release, catalogue: Catalogue) -> None:
    names = [*(rule.id for rule in release.rules), *course_rules(release), *(f"core.{kind}" for kind in CORE_KINDS)]
    encounter = contact(course="parkinson", specialty="62", phase=9, services=["video"], diagnoses=[{"code": "L84"}])
    for name in names:
        explanation = explain_rule(name, encounter, release, catalogue)
        assert explanation.meaning
        assert explanation.reasons
        assert explanation.to_json()["rule"] == name
