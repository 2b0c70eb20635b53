"""The shipped bank has a case for every part of the agreed list, and each case is decided by its vignette and the rules."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from tests.conftest import ROOT
from tests.each import naming
from validator.catalogue.catalogue import Catalogue
from validator.contract.verdict import Finding
from validator.judging.validator import Validator
from validator.requests.request import read_request
from validator.rulebook.overview import list_rules
from validator.rulebook.release import Release
from validator.training.answer_grading import grade_answer, is_scored_by_phase
from validator.training.case import Answer, Case, CodedDiagnosis, main_codes
from validator.training.case_bank import Bank

DRAFT = "ekm-2025-06"
FEWEST = 72

# Course, a case without a trap, one with a trap, the answer that falls into it, and what the rules say to that (None: nothing, only
# a mismatch with the vignette).
TRAPS: tuple[tuple[str, str, str, Answer, str | None], ...] = (
    ("artrose-knae", "dagplejeren", "mureren", (CodedDiagnosis("M17.1", "main"),), "wrong-system"),
    ("artrose-knae", "trappen-til-loftet", "paedagogen", (CodedDiagnosis("DM171", "main"),), "wrong-system"),
    (
        "artrose-knae",
        "dagplejeren",
        "tre-hundrede-meter",
        (CodedDiagnosis("L90", "main"), CodedDiagnosis("L89", "main")),
        "multiple-main",
    ),
    ("artrose-hofte", "landmanden", "laereren", (CodedDiagnosis("L90", "main"),), "main-not-in-course-set"),
    ("artrose", "havearbejdet", "frisoeren", (CodedDiagnosis("L89", "main"),), None),
    ("cervikal-nerverod", "tandplejeren", "kontorassistenten", (CodedDiagnosis("L86", "main"),), "main-not-in-course-set"),
    (
        "lumbal-nerverod",
        "toemreren",
        "rengoeringsassistenten",
        (CodedDiagnosis("L84", "main"), CodedDiagnosis("L86", "secondary")),
        "required-code-only-secondary",
    ),
    ("lumbal-nerverod", "toemreren", "paa-halv-tid", (CodedDiagnosis("L03", "main"),), "main-not-in-course-set"),
    ("nerverod", "kokken", "bibliotekaren", (CodedDiagnosis("L83", "main"),), None),
    ("lumbal-stenose", "koebmanden", "rundt-om-havnen", (CodedDiagnosis("L03", "main"),), "symptom-first"),
    ("laenderyg", "butiksassistenten", "boernehaveklassen", (CodedDiagnosis("L84", "main"),), "main-not-in-course-set"),
    ("sklerose", "juristen", "elektrikeren", (CodedDiagnosis("N18", "main"),), "via-referral"),
    ("parkinson", "revisoren", "skolelederen", (CodedDiagnosis("A29", "main"),), "residual-code"),
    ("stroke", "koekkenlederen", "skovarbejderen", (CodedDiagnosis("K90", "main"),), "before-rollout"),
    ("leddegigt", "kontoret", "maskinfoereren", (CodedDiagnosis("L99", "main"),), "before-rollout"),
)
VOLUNTARY = (
    *("L92", "L93", "L83", "L01", "L77", "L18", "L95", "N17", "H82"),
    *("N01", "N95", "K91", "R95", "L99", "W99", "U04", "N99", "A87"),
    *("L75", "L94", "L87", "P75", "L85", "L02", "A89", "Y77"),
)
LANGUAGES = {"da", "en"}
SEXES = {"female": ("kvinde", "pige"), "male": ("mand", "dreng")}
NAMES = sorted(path.stem for path in (ROOT / "cases").glob("*.yaml") if path.name != "scoring.yaml")
_RULE_IDS = re.compile(r"\b(?:dk|core)(?:\.[\w-]+)+")


@pytest.fixture(scope="session")
def validators(releases: list[Release], catalogue: Catalogue) -> dict[str | None, Validator]:
    """A validator for every Danish release by name; None is the current release."""
    by_release = {release.name: Validator(release, catalogue, cache_size=0) for release in releases if release.pack == "dk"}
    current = next(release.name for release in releases if release.pack == "dk" and release.status == "current")
    by_name: dict[str | None, Validator] = {None: by_release[current]}
    return by_name | by_release


@dataclass(frozen=True)
class Names:
    """The titles and synonyms of each code in Danish and English."""

    titles: dict[str, set[str]]
    synonyms: dict[str, set[str]]


@pytest.fixture(scope="session")
def names() -> Names:
    found = Names({}, defaultdict(set))
    for row in _rows("icpc2.csv"):
        found.titles[row["code"]] = {row[key] for key in ("title_da", "short_da", "title_en", "short_en") if row[key]}
    for row in _rows("synonyms.csv"):
        if row["language"] in LANGUAGES:
            found.synonyms[row["code"]].add(row["term"])
    return found


def _rows(file: str) -> list[dict[str, str]]:
    with (ROOT / "catalog" / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _findings(case: Case, answer: Iterable[CodedDiagnosis], validators: dict[str | None, Validator]) -> tuple[Finding, ...]:
    submission = read_request(case.request(tuple(answer), case.phase))
    return validators[case.release].validate(submission.encounter, submission.overrides).findings


def _kinds(case: Case, answer: Iterable[CodedDiagnosis], validators: dict[str | None, Validator]) -> set[str]:
    return {finding.hit.kind for finding in _findings(case, answer, validators)}


def _right_mains(case: Case) -> set[frozenset[str]]:
    return {main_codes(answer) for answer in case.right_answers}


def test_the_bank_is_large_enough(bank: Bank) -> None:
    assert sorted(bank.cases) == NAMES
    assert len(NAMES) >= FEWEST


@pytest.mark.parametrize(("course", "plain", "trap", "tempting", "kind"), TRAPS, ids=[f"{row[0]}-{row[2]}" for row in TRAPS])
def test_every_course_has_a_plain_case_and_one_with_a_trap(
    course: str,
    plain: str,
    trap: str,
    tempting: Answer,
    kind: str | None,
    bank: Bank,
    catalogue: Catalogue,
    validators: dict[str | None, Validator],
) -> None:
    assert (bank.cases[plain].course, bank.cases[trap].course) == (course, course)
    case = bank.cases[trap]
    assert grade_answer(case, tempting, bank.scoring, catalogue).score < 1.0
    found = _kinds(case, tempting, validators)
    assert kind in found if kind else not found


def test_the_fixed_set_is_as_large_as_the_study_beside_it_and_has_one_main_diagnosis_each(bank: Bank) -> None:
    """Cohen's kappa needs a single right code, which must be the same under every release."""
    (fixed,) = bank.scoring.sets.values()
    cases = [bank.cases[name] for name in fixed.cases]
    assert len(cases) == bank.scoring.published.cases
    assert all(_right_mains(case) == {main_codes(case.key)} and len(main_codes(case.key)) == 1 for case in cases)
    assert {case.release for case in cases} == {None}
    assert len({code[0] for case in cases for code in main_codes(case.key)}) >= 5
    assert len({main_codes(case.key) for case in cases}) == len(cases)


def test_every_course_is_covered(release: Release) -> None:
    assert {row[0] for row in TRAPS} == set(release.courses)


@pytest.mark.parametrize("code", VOLUNTARY)
def test_every_voluntary_area_has_a_case_without_a_course(code: str, bank: Bank) -> None:
    assert any(case.course is None and main_codes(case.key) == {code} for case in bank.cases.values())


@pytest.mark.parametrize(("radiating", "code"), [(False, "L84"), (True, "L86")])
def test_stenosis_with_and_without_radiating_pain(radiating: bool, code: str, bank: Bank) -> None:
    keys = [
        main_codes(case.key)
        for case in bank.cases.values()
        if case.course == "lumbal-stenose" and case.given["observations"]["radiating_pain"] is radiating
    ]
    assert keys
    assert set(keys) == {frozenset({code})}


def test_low_back_pain_under_both_releases(bank: Bank) -> None:
    cases = [case for case in bank.cases.values() if case.course == "laenderyg"]
    assert all(_right_mains(case) == {frozenset({"L03"})} for case in cases if case.release == DRAFT)
    open_set = {frozenset({code}) for code in ("L84", "L86", "L03")}
    assert any(_right_mains(case) == open_set for case in cases if case.release == "ekm-2024-11")
    assert any(case.release == DRAFT for case in cases)


@pytest.mark.parametrize(("release", "symptom", "disease"), [(DRAFT, "L15", "L90"), (None, "L08", "L92"), (None, "L13", "L89")])
def test_a_symptom_code_first_and_the_disease_code_later(release: str | None, symptom: str, disease: str, bank: Bank) -> None:
    cases = [case for case in bank.cases.values() if case.release == release]
    later = [
        case
        for case in cases
        if any(item["code"] == symptom for item in case.given.get("previous_diagnoses", ())) and main_codes(case.key) == {disease}
    ]
    assert later
    assert all(symptom in {remark.code for remark in case.near_misses} for case in later)


def test_the_symptom_code_is_right_while_no_diagnosis_is_made(bank: Bank, validators: dict[str | None, Validator]) -> None:
    case = bank.cases["svar-paa-vej"]
    assert main_codes(case.key) == {"L15"}
    assert _kinds(case, case.key, validators) == {"symptom-first"}
    assert main_codes(bank.cases["gymnasielaereren"].key) == {"L08"}


def test_specialty_62_by_referral_and_by_phase(bank: Bank, validators: dict[str | None, Validator]) -> None:
    collected = [case for case in bank.cases.values() if _kinds(case, case.key, validators) == {"via-referral"}]
    assert {case.course for case in collected} == {"sklerose", "parkinson", "stroke", "leddegigt"}
    assert all(case.key == () for case in collected)
    assert {case.phase for case in collected if case.phase} == {1, 2, 3, 4, 5}


def test_hip_and_knee_together(bank: Bank) -> None:
    case = bank.cases["havearbejdet"]
    assert _right_mains(case) == {frozenset({"L89", "L90"})}
    assert {remark.code for remark in case.alternatives} == {"L89", "L90"}


@pytest.mark.parametrize("course", ["artrose-knae", "laenderyg"])
def test_a_contact_before_the_roll_out_needs_no_code(course: str, bank: Bank, validators: dict[str | None, Validator]) -> None:
    cases = [case for case in bank.cases.values() if case.course == course and case.key == ()]
    assert cases
    assert all(_kinds(case, case.key, validators) == {"before-rollout"} for case in cases)


@pytest.mark.parametrize("code", ["M17.1", "DM171"])
def test_codes_of_other_systems_are_traps(code: str, bank: Bank, validators: dict[str | None, Validator]) -> None:
    cases = [case for case in bank.cases.values() if code in {remark.code for remark in case.near_misses}]
    assert cases
    for case in cases:
        assert code in case.vignette["da"]
        (finding,) = _findings(case, [CodedDiagnosis(code, "main")], validators)
        assert [suggestion.code for suggestion in finding.hit.suggestions] == [*main_codes(case.key)]


class TestEachCase:
    def test_right_answers_score_1_and_near_misses_less(self, bank: Bank, catalogue: Catalogue) -> None:
        def score(case: Case, *answer: CodedDiagnosis) -> float:
            return grade_answer(case, answer, bank.scoring, catalogue, phase=case.phase).score

        for name, case in bank.cases.items():
            with naming(name):
                assert [score(case, *answer) for answer in case.right_answers] == [1.0] * len(case.right_answers)
                assert [score(case, CodedDiagnosis(remark.code, "main")) for remark in case.alternatives] == [0.75] * len(
                    case.alternatives
                )
                if not is_scored_by_phase(case):
                    assert all(score(case, CodedDiagnosis(remark.code, "main")) < 0.75 for remark in case.near_misses)

    def test_right_answers_have_no_error_findings(self, bank: Bank, validators: dict[str | None, Validator]) -> None:
        for name, case in bank.cases.items():
            with naming(name):
                for answer in case.right_answers:
                    assert not [finding for finding in _findings(case, answer, validators) if finding.hit.severity.name == "ERROR"]

    def test_vignette_has_the_length_and_the_patient(self, bank: Bank) -> None:
        for name, case in bank.cases.items():
            with naming(name):
                story, patient = case.vignette["da"], case.given["patient"]
                assert 60 <= len(story.split()) <= 120
                assert re.search(rf"\b{patient['age']}(-årig|\b)", story)
                assert any(re.search(rf"\b{word}\b", story.lower()) for word in SEXES[patient["sex"]])
                assert re.search("henvis|epikrise", story.lower())

    def test_case_is_written_in_both_languages(self, bank: Bank) -> None:
        for name, case in bank.cases.items():
            with naming(name):
                own = (case.title, case.vignette, case.question, case.rationale, case.why_it_matters)
                for texts in (*own, *(remark.reason for remark in (*case.alternatives, *case.near_misses))):
                    assert set(texts) == LANGUAGES
                    assert len(set(texts.values())) == len(LANGUAGES)

    def test_vignette_does_not_reveal_the_key(self, bank: Bank, names: Names, catalogue: Catalogue) -> None:
        """Before the answer no right code is named, no title of one, and no synonym of a disease."""
        for name, case in bank.cases.items():
            with naming(name):
                shown = " ".join((case.id, *case.title.values(), *case.vignette.values(), *case.question.values())).lower()
                for code in {coded.code for answer in case.right_answers for coded in answer}:
                    rubric = catalogue.get(code)
                    assert rubric is not None
                    main = any(code in main_codes(answer) for answer in case.right_answers)
                    revealing = names.titles[code] | {code} | (names.synonyms[code] if main and rubric.kind != "symptom" else set())
                    assert not [term for term in revealing if re.search(rf"(?<!\w){re.escape(term.lower())}(?!\w)", shown)]

    def test_every_code_is_valid_on_its_day(
        self, bank: Bank, catalogue: Catalogue, validators: dict[str | None, Validator]
    ) -> None:
        for name, case in bank.cases.items():
            with naming(name):
                icpc = {coded.code for answer in case.right_answers for coded in answer}
                icpc |= {remark.code for remark in case.alternatives}
                for remark in case.near_misses:
                    if "wrong-system" not in _kinds(case, [CodedDiagnosis(remark.code, "main")], validators):
                        icpc.add(remark.code)
                rubrics = [catalogue.get(code) for code in icpc]
                assert all(rubric is not None and rubric.is_valid(case.date) for rubric in rubrics)

    def test_rationale_names_existing_rules(self, bank: Bank, validators: dict[str | None, Validator]) -> None:
        for name, case in bank.cases.items():
            with naming(name):
                known = {rule["id"] for rule in list_rules(validators[case.release].release, "da")}
                assert case.rules
                assert {*case.rules} <= known
                for text in case.rationale.values():
                    assert {*_RULE_IDS.findall(text)} <= {*case.rules}

    def test_rationale_names_the_right_codes(self, bank: Bank) -> None:
        for name, case in bank.cases.items():
            with naming(name):
                right = main_codes(case.key) or main_codes(case.right_answers[-1])
                assert all(code in text for code in right for text in case.rationale.values())

    def test_every_code_that_is_not_right_has_its_own_reason(self, bank: Bank) -> None:
        for name, case in bank.cases.items():
            with naming(name):
                reasons = [remark.reason["da"] for remark in (*case.alternatives, *case.near_misses)]
                assert len({*reasons}) == len(reasons) >= 2
                assert all(len(reason.split()) >= 8 for reason in reasons)
