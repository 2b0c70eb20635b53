"""No suggestion causes an error on its contact.

Many contacts are drawn, each suggestion is carried out and the contact judged again.
"""

import datetime
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.altered import verdict_by, with_mandate
from tests.contacts import found, kinds, main, proposed, random_contact, several
from validator import Diagnosis, Encounter, Patient, Validator, Verdict, read_request
from validator.catalogue.catalogue import Catalogue
from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Finding, Hit, Suggestion
from validator.judging import suggestions
from validator.judging.suggestions import MAX_TRIALS, apply_suggestion
from validator.rulebook.conditions import All, Exists, Test
from validator.rulebook.release import Release
from validator.rulebook.rule import Proposal, Rule

Judge = Callable[..., dict[str, Any]]
CONTACTS = 400
# Findings about the role, which an unreadable code hides and its correction reveals.
OF_THE_ROLE = {"main-missing", "required-code-only-secondary", "multiple-main"}
# Kinds of the same error; a change from one to another is no new error.
UNCODED = {"main-missing", "main-not-in-course-set", "required-code-only-secondary"}


def errors(encounter: Encounter, verdict: Verdict) -> set[tuple[str, str, str]]:
    """Return the errors of a verdict, each as kind, rule, and the code or member it is about."""
    found_errors = set()
    for finding in verdict.findings:
        hit = finding.hit
        if hit.severity is Severity.ERROR and hit.kind in UNCODED:
            found_errors.add(("uncoded", hit.rule, ""))
        elif hit.severity is Severity.ERROR:
            about = encounter.diagnoses[hit.diagnosis].code if hit.diagnosis is not None else hit.path.split("/")[2]
            found_errors.add((hit.kind, hit.rule, about))
    return found_errors


def harm(validator: Validator, encounter: Encounter, finding: Finding, suggestion: Suggestion, before: Verdict) -> set[str]:
    """Return the kinds of error that a suggestion, carried out, causes or fails to correct."""
    after, index = apply_suggestion(encounter, finding.hit, suggestion)
    verdict = validator.validate(after)
    hidden = OF_THE_ROLE | {"uncoded"} if any(item.hit.blocking for item in before.findings) else set()
    new = {kind for kind, _, _ in errors(after, verdict) - errors(encounter, before)} - hidden
    if index is None and suggestion.course is None:
        return new
    place = "/encounter/course" if suggestion.course else f"/encounter/diagnoses/{index}/code"
    return new | {item.hit.kind for item in verdict.findings if item.hit.severity is Severity.ERROR and item.hit.path == place}


def carried_out(validator: Validator, count: int) -> tuple[list[str], set[str]]:
    """Carry out the suggestions on random contacts; return the harmful ones and all actions seen."""
    chance, harmful, actions = random.Random(726), [], set()
    for _ in range(count):
        contact = random_contact(chance)
        encounter = read_request({"encounter": contact}).encounter
        verdict = validator.validate(encounter)
        for finding in verdict.findings:
            for suggestion in finding.suggestions:
                actions.add(suggestion.action)
                if kinds_of_harm := harm(validator, encounter, finding, suggestion, verdict):
                    harmful.append(f"{finding.hit.kind}: {suggestion.to_json()} brings {sorted(kinds_of_harm)} on {contact}")
    return harmful, actions


@pytest.mark.parametrize("count", [pytest.param(CONTACTS, marks=pytest.mark.slow), pytest.param(5_000, marks=pytest.mark.soak)])
def test_no_suggestion_causes_an_error(count: int, release: Release, catalogue: Catalogue) -> None:
    harmful, actions = carried_out(Validator(release, catalogue), count)
    assert harmful == []
    assert actions == {"replace", "add", "make-main", "remove", "restore"}


def test_no_suggestion_causes_an_error_where_a_symptom_code_may_come_first(release: Release, catalogue: Catalogue) -> None:
    changed = with_mandate(release, "artrose-knae", start_codes=("L15",))
    assert carried_out(Validator(changed, catalogue), CONTACTS // 2)[0] == []


def test_the_code_of_a_course_is_found_from_a_mistyped_one(judge: Judge) -> None:
    assert proposed(judge(**main("L9O", course="artrose-knae"))["findings"][0]) == ["replace L90"]
    assert proposed(judge(**main("L80x", course="lumbal-stenose"))["findings"][0]) == ["replace L84", "replace L86"]


def test_a_bridge_that_does_not_fit_the_course_is_not_offered(judge: Judge) -> None:
    assert proposed(judge(**main("M16", course="artrose-knae"))["findings"][0]) == []
    assert proposed(judge(**main("M17", course="artrose-knae"))["findings"][0]) == ["replace L90"]


def test_a_code_of_the_contact_is_not_suggested(judge: Judge) -> None:
    contact = several("L84", "L86", observations={"radiating_pain": True})
    assert proposed(found(judge(**contact), "radiation-contradiction")) == []


def test_a_pair_of_the_sexes_that_the_course_refuses_is_not_offered(judge: Judge) -> None:
    answer = judge(**main("X76", course="artrose-knae", patient={"sex": "male"}))
    assert proposed(found(answer, "sex-conflict")) == []
    assert proposed(found(answer, "main-not-in-course-set")) == ["replace L90"]


def test_a_course_that_the_diagnoses_do_not_fit_is_not_offered(judge: Judge) -> None:
    assert proposed(judge(**main("L92", course="artrose-kne"))["findings"][0]) == []


def test_a_repetition_is_removed_even_if_another_error_moves_up(judge: Judge) -> None:
    answer = judge(**several("L84", "L84", "L999"))
    assert kinds(answer) == ["unknown-code", "duplicate-code"]
    assert proposed(found(answer, "duplicate-code")) == ["remove L84"]


def test_a_restored_code_takes_its_role_back_where_it_can(release: Release, catalogue: Catalogue) -> None:
    saved = [{"code": "L90", "role": "main"}, {"code": "P76", "role": "secondary"}]
    contact = {"course": "artrose-knae", "diagnoses": [{"code": "P76", "role": "secondary"}], "saved_diagnoses": saved}
    encounter = read_request({"encounter": {"date": "2027-06-01", "specialty": "51", **contact}}).encounter
    (finding,) = (item for item in verdict_by(Validator(release, catalogue), **contact).findings if item.hit.kind == "deleted-code")
    after, index = apply_suggestion(encounter, finding.hit, finding.suggestions[0])
    assert index == 1
    assert [(item.code, item.role) for item in after.diagnoses] == [("P76", "secondary"), ("L90", "main")]


def test_a_restored_code_comes_back_in_its_own_system(release: Release, catalogue: Catalogue) -> None:
    saved = [{"code": "M17.1", "system": "icd-10", "role": "secondary"}]
    contact = main("L90", saved_diagnoses=saved)
    validator = Validator(release, catalogue)
    encounter = read_request({"encounter": {"date": "2027-06-01", "specialty": "51", **contact}}).encounter
    (finding,) = validator.validate(encounter).findings
    for suggestion in finding.suggestions:
        after, _ = apply_suggestion(encounter, finding.hit, suggestion)
        assert validator.validate(after).findings == ()


def test_a_code_made_main_leaves_the_others_secondary(release: Release, catalogue: Catalogue) -> None:
    contact = {"date": "2027-06-01", "specialty": "51", **several("L92", "L90", course="artrose-knae")}
    encounter = read_request({"encounter": contact}).encounter
    (finding,) = Validator(release, catalogue).validate(encounter).findings
    after, index = apply_suggestion(encounter, finding.hit, finding.suggestions[0])
    assert index == 1
    assert [item.role for item in after.diagnoses] == ["secondary", "main"]
    assert Validator(release, catalogue).validate(after).status == "ok"


def test_a_code_with_many_neighbours_gets_five(judge: Judge) -> None:
    assert len(proposed(judge(**main("L00"))["findings"][0])) == 5


def test_a_suggested_code_is_tried_on_this_patient(catalogue: Catalogue, release: Release) -> None:
    """L90 is an error for children only: the child gets no suggestion, the adult gets L90."""
    child = Test("patient.age", "at_most", 17)
    rule = Rule(
        "dk.barn",
        "visit-not-coded",
        Severity.ERROR,
        All((Test("code", "is", "L90"), child)),
        {"da": "Ikke hos børn."},
        {"da": "Prøve."},
        "icpc-2",
        each="diagnosis",
    )
    validator = Validator(replace(release, rules=(*release.rules, rule)), catalogue)

    def offered(age: int) -> list[str | None]:
        contact = Encounter(
            datetime.date(2025, 10, 14), "51", (Diagnosis("L92", role="main"),), course="artrose-knae", patient=Patient(age)
        )
        (finding,) = validator.validate(contact).findings
        return [item.code for item in finding.suggestions]

    assert [offered(50), offered(10), offered(50)] == [["L90"], [], ["L90"]]


def with_error_rules(release: Release, number: int, suggested: Sequence[str], *codes: str) -> Release:
    """Return the release with rules that find an error in each of the codes, and suggest the others."""
    suggest = tuple(Proposal("replace", code) for code in suggested)
    when, texts = Test("code", "one_of", codes), {"da": "Fejl.", "en": "Error."}
    rules = (
        Rule(f"dk.r{index}", "visit-not-coded", Severity.ERROR, when, texts, texts, "icpc-2", each="diagnosis", suggest=suggest)
        for index in range(number)
    )
    return replace(release, rules=tuple(rules))


def test_suggestions_are_tried_a_limited_number_of_times(release: Release, catalogue: Catalogue) -> None:
    """Each rule suggests what the others suggest too, so that a diagnosis has five different trials."""
    found_codes = [code for code in catalogue.rubrics if code.startswith("A") and catalogue.rubrics[code].kind != "process"][:12]
    validator = Validator(with_error_rules(release, 3, ("L84", "L86", "L89", "L90", "L91"), *found_codes), catalogue)

    answer = verdict_by(validator, **several(*found_codes[:10])).to_json()
    assert MAX_TRIALS == 50
    assert {len(proposed(finding)) for finding in answer["findings"]} == {5}

    answer = verdict_by(validator, **several(*found_codes)).to_json()
    omitted = found(answer, "suggestions-omitted")
    findings = [finding for finding in answer["findings"] if finding["kind"] == "visit-not-coded"]
    assert [proposed(finding)[:4] for finding in findings] == [["replace L84", "replace L86", "replace L89", "replace L90"]] * 36
    assert sum(len(proposed(finding)) == 5 for finding in findings) == 2 * 3
    assert omitted["message"] == "30 forslag er udeladt: højst 50 prøves på en kontakt."
    assert (omitted["severity"], omitted["audience"], omitted["path"]) == ("information", "clinician", "/encounter/diagnoses")
    assert (answer["status"], answer["savable"]) == ("error", True)
    assert verdict_by(validator, **several(*found_codes)).to_json() == answer


def test_fifty_suggestions_on_each_of_fifty_rules_change_the_contact_fifty_times(
    release: Release, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No suggestion helps, since the rules find it too."""
    changes: list[Encounter] = []

    def apply_and_count(encounter: Encounter, hit: Hit, suggestion: Suggestion) -> tuple[Encounter, int | None]:
        after, index = apply_suggestion(encounter, hit, suggestion)
        changes.append(after)
        return after, index

    monkeypatch.setattr(suggestions, "apply_suggestion", apply_and_count)
    codes = [code for code, rubric in catalogue.rubrics.items() if rubric.kind != "process"]
    validator = Validator(with_error_rules(release, 50, codes[20:70], *codes), catalogue)
    answer = verdict_by(validator, **several(*codes[:20])).to_json()
    assert len(changes) == MAX_TRIALS
    assert found(answer, "suggestions-omitted")["message"].startswith(f"{20 * 50 * 50 - 50 * 50} forslag")
    assert len(answer["findings"]) == 20 * 50 + 1


def test_an_error_of_another_diagnosis_that_a_suggestion_causes_is_seen(release: Release, catalogue: Catalogue) -> None:
    """L90 is an error beside L89: with L89, L90 is not suggested for another diagnosis."""
    texts = {"da": "Ikke sammen.", "en": "Not together."}
    beside = All((Test("code", "is", "L89"), Exists((Test("code", "is", "L90"),))))
    rule = Rule("dk.par", "visit-not-coded", Severity.ERROR, beside, texts, texts, "icpc-2", each="diagnosis")
    mild = Rule(
        "dk.mild",
        "residual-code",
        Severity.INFORMATION,
        Test("code", "is", "L92"),
        texts,
        texts,
        "icpc-2",
        each="diagnosis",
        suggest=(Proposal("replace", "L90"), Proposal("replace", "L91")),
    )
    validator = Validator(replace(release, rules=(rule, mild)), catalogue)
    assert proposed(verdict_by(validator, **several("L92", "L84")).to_json()["findings"][0]) == ["replace L90", "replace L91"]
    assert proposed(verdict_by(validator, **several("L92", "L89")).to_json()["findings"][0]) == ["replace L91"]
