"""The Swedish pack: its four kinds near the line on both sides, and the built-in checks in ICD-10-SE."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.contacts import found, kinds, proposed
from tests.contract_table import CONTRACT, SWEDISH
from tests.judging.test_suggestions import harm
from validator import Service, read_request
from validator.rulebook.release import Release

Judge = Callable[..., dict[str, Any]]
FIRST = "/encounter/diagnoses/0/code"


@pytest.fixture(scope="module")
def visit(service: Service) -> Judge:
    """A judge of visits in Sweden; its arguments are the members of `encounter`."""

    def judge(*codes: str, language: str | None = None, **encounter: Any) -> dict[str, Any]:
        roles = ("main", *["secondary"] * len(codes))
        diagnoses = [{"code": code, "role": role} for code, role in zip(codes, roles, strict=False)]
        contact = {"jurisdiction": "se", "date": "2024-02-01", "specialty": "fysioterapi", "diagnoses": diagnoses, **encounter}
        return service.judge(read_request({"encounter": contact}), language=language).to_json()

    return judge


# kind -> (rule, path, contacts where it fires, contacts where it is silent)
FYS = {"visit_type": "FYS002"}
MANY = {"visits_last_year": 21, "plan": False}
ROWS: dict[str, tuple[str, str, tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]] = {
    "visit-not-coded": (
        "se.besok-utan-huvuddiagnos",
        "/encounter/diagnoses",
        (
            FYS,
            {"visit_type": " fys002"},
            {**FYS, "diagnoses": [{"code": "M54.5", "role": "secondary"}]},
            {**FYS, "diagnoses": [{"code": "M54.5"}, {"code": "M17.1"}]},
            {**FYS, "previous_diagnoses": [{"code": "M54.5", "role": "main"}]},
        ),
        (
            {},
            {"visit_type": "FYS001"},
            {**FYS, "diagnoses": [{"code": "M54.5"}]},
            {**FYS, "diagnoses": [{"code": "M54.5", "role": "main"}]},
            {**FYS, "diagnoses": [{"code": "L15", "system": "icpc-2"}]},
            {**FYS, "diagnoses": [{"code": "XYZ9", "role": "main"}]},
        ),
    ),
    "measure-missing": (
        "se.atgard-saknas",
        "/encounter/measures",
        ({"measures": []}, {"measures": [" "]}),
        ({}, {"measures": None}, {"measures": ["QT006"]}, {"measures": ["PG001"]}),
    ),
    "frequent-attender-without-plan": (
        "se.mangsokare-utan-plan",
        "/encounter/plan",
        (MANY, {**MANY, "visits_last_year": 200}),
        ({**MANY, "visits_last_year": 20}, {**MANY, "plan": True}, {"visits_last_year": 21}, {"plan": False}),
    ),
    "registration-missing": (
        "se.artros-ej-registrerad",
        "/encounter/registrations",
        tuple(
            {"diagnoses": [{"code": code, "role": role}], "registrations": registrations}
            for code, role, registrations in (
                ("M17.1", "main", []),
                ("m171", "main", ["boa"]),
                ("M16", "main", []),
                ("M16.9", "secondary", ["Svenska rehabregistret"]),
            )
        ),
        tuple(
            {"diagnoses": [{"code": code, "role": "main"}], "registrations": registrations}
            for code, registrations in (
                ("M17.1", ["artrosregistret"]),
                ("M17.1", ["Artrosregistret "]),
                ("M17.1", None),
                ("M18.9", []),
                ("M15.9", []),
                ("M54.5", []),
            )
        ),
    ),
}


@pytest.mark.parametrize("kind", sorted(SWEDISH))
def test_a_kind_fires_as_the_contract_says(kind: str, visit: Judge) -> None:
    rule, path, firing, _ = ROWS[kind]
    for contact in firing:
        answer = visit(**contact)
        assert kinds(answer) == [kind] + (["normalised"] if "m171" in str(contact) else []), contact
        finding = found(answer, kind)
        assert (finding["rule"], finding["path"], finding["suggestions"]) == (rule, path, [])
        assert (finding["severity"], finding["blocking"], finding["audience"]) == CONTRACT[kind]
        assert finding["source"] == {
            "title": "Region Värmland, nätverksträff vårdval fysioterapi",
            "date": "2023-12-01",
            "url": None,
            "status": "unconfirmed",
        }
        assert answer["savable"] is True


@pytest.mark.parametrize("kind", sorted(SWEDISH))
def test_a_kind_is_silent_on_the_other_side_of_the_line(kind: str, visit: Judge) -> None:
    for contact in ROWS[kind][3]:
        assert kind not in kinds(visit(**contact)), contact


def test_every_swedish_kind_has_a_row() -> None:
    assert ROWS.keys() == SWEDISH


def test_the_rules_are_for_the_swedish_pack_alone(judge: Judge) -> None:
    answer = judge(**FYS, **MANY, measures=[], registrations=[], diagnoses=[])
    assert answer["findings"] == []


def test_the_answer_names_the_pack_and_its_code_system(visit: Judge) -> None:
    answer = visit("M54.5", **FYS, measures=["QT006"], visits_last_year=3, plan=False, registrations=[])
    assert (answer["status"], answer["savable"], answer["findings"]) == ("ok", True, [])
    assert (answer["rules"]["pack"], answer["rules"]["release"]) == ("se", "varmland-2023-12")
    assert (answer["catalogue"]["system"], answer["rules"]["as_of"]) == ("icd-10-se", "2024-02-01")


@pytest.mark.parametrize("specialty", ["fysioterapi", "51", "", "1" * 200])
def test_the_specialty_is_free_text(specialty: str, visit: Judge) -> None:
    assert visit("M54.5", specialty=specialty)["findings"] == []


# The built-in checks


@pytest.mark.parametrize("code", ["M17.1", "M171", "F43.8A", "R42.9", "S72.00", "G35.9", "L40.5", "Z50.1", "M17"])
def test_a_code_of_icd_10_se_is_right(code: str, visit: Judge) -> None:
    assert visit(code)["findings"] == []


def test_a_code_that_icd_10_se_does_not_have_is_unknown_and_the_nearest_are_suggested(visit: Judge) -> None:
    answer = visit("M17.7", **FYS)
    finding = found(answer, "unknown-code")
    assert (kinds(answer), answer["savable"], finding["path"]) == (["unknown-code"], False, FIRST)
    assert proposed(finding) == ["replace M17.5", "replace M17.9", "replace M17.4", "replace M17.3", "replace M17.2"]
    assert finding["suggestions"][1] == {"action": "replace", "code": "M17.9", "title": "Knäartros, utan närmare uppgift"}
    assert finding["message"] == "Koden M17.7 finns inte i ICD-10-SE."
    assert "ICD-10" in finding["source"]["title"]


@pytest.mark.parametrize("code", ["XYZ", "QT006", "DM171", "M17.1AB", "5", "M54.5ABC"])
def test_what_is_no_diagnosis_of_icd_10_se_is_unknown(code: str, visit: Judge) -> None:
    assert kinds(visit(code)) == ["unknown-code"]


@pytest.mark.parametrize("declared", [{}, {"system": "icd-10-se"}])
def test_an_icpc_code_in_a_field_for_icd_10_se_suggests_itself_as_icpc(declared: dict[str, str], visit: Judge) -> None:
    answer = visit(diagnoses=[{"code": "L15", "role": "main", **declared}], **FYS)
    finding = found(answer, "wrong-system")
    assert (kinds(answer), answer["savable"]) == (["wrong-system"], False)
    assert finding["suggestions"] == [{"action": "replace", "code": "L15", "system": "icpc-2", "title": "Symptom fra knæet"}]
    assert finding["message"] == "L15 är en ICPC-2-kod, men har skickats som ICD-10-SE."
    assert kinds(visit(diagnoses=[{"code": "L15", "role": "main", "system": "icpc-2"}], **FYS)) == []


def test_a_process_code_of_icpc_is_never_suggested(visit: Judge) -> None:
    assert found(visit("-31"), "wrong-system")["suggestions"] == []


def test_letters_that_are_a_code_in_both_systems_are_those_of_icd_10_se(visit: Judge) -> None:
    """In ICD-10-SE, L84 is corns and P76 a disease of the newborn: no rule or title of ICPC-2 applies."""
    assert kinds(visit("L84", "L86", observations={"radiating_pain": True})) == []
    assert kinds(visit("P76", patient={"sex": "male", "age": 3})) == []


def test_a_deleted_code_is_reported_with_its_title_and_can_be_restored(visit: Judge) -> None:
    saved = [{"code": "M545", "role": "main"}, {"code": "L29", "role": "secondary"}]
    answer = visit("M17.1", saved_diagnoses=saved)
    deleted = {finding["message"].split()[0]: finding for finding in answer["findings"]}
    assert kinds(answer) == ["deleted-code", "deleted-code"]
    assert deleted["M54.5"]["message"].startswith("M54.5 (Ländryggsmärta) stod på")
    assert deleted["M54.5"]["suggestions"] == [{"action": "restore", "code": "M54.5", "title": "Ländryggsmärta"}]
    assert deleted["L29"]["message"].startswith("L29 stod på")
    assert deleted["L29"]["suggestions"] == [{"action": "restore", "code": "L29", "title": None}]


def test_a_code_written_with_and_without_its_point_is_one_code(visit: Judge) -> None:
    answer = visit("M17.1", "m171")
    assert kinds(answer) == ["duplicate-code", "normalised"]
    assert found(answer, "duplicate-code")["suggestions"] == [
        {"action": "remove", "code": "M17.1", "title": "Primär knäartros, en sida"}
    ]
    assert kinds(visit("M17.1", saved_diagnoses=[{"code": "M171"}])) == []


def test_two_main_diagnoses_are_one_too_many(visit: Judge) -> None:
    two = [{"code": "M54.5", "role": "main"}, {"code": "M17.1", "role": "main"}]
    assert kinds(visit(diagnoses=two, **FYS)) == ["multiple-main"]


def test_a_course_is_unknown(visit: Judge) -> None:
    answer = visit("M17.1", course="artrose-knae")
    assert (kinds(answer), answer["findings"][0]["suggestions"]) == (["unknown-course"], [])


@pytest.mark.parametrize(
    ("language", "rule", "fixed"),
    [
        (None, "Besöket saknar huvuddiagnos.", "Det finns mer än en huvuddiagnos: M54.5, M17.1."),
        ("sv", "Besöket saknar huvuddiagnos.", "Det finns mer än en huvuddiagnos: M54.5, M17.1."),
        ("en", "The visit has no main diagnosis.", "There is more than one main diagnosis: M54.5, M17.1."),
        ("da", "Besöket saknar huvuddiagnos.", "Der er mere end én hoveddiagnose: M54.5, M17.1."),
    ],
)
def test_rules_speak_swedish_and_english_and_fixed_texts_all_three(
    language: str | None, rule: str, fixed: str, visit: Judge
) -> None:
    assert visit(language=language, **FYS)["findings"][0]["message"] == rule
    two = [{"code": "M54.5", "role": "main"}, {"code": "M17.1", "role": "main"}]
    assert visit(language=language, diagnoses=two)["findings"][0]["message"] == fixed


def test_a_finding_can_be_overridden_with_a_reason(service: Service) -> None:
    contact = {"jurisdiction": "se", "date": "2024-02-01", "specialty": "", "diagnoses": [], **MANY}
    overrides = [{"rule": "se.mangsokare-utan-plan", "reason": "Efter operation"}]
    answer = service.judge(read_request({"encounter": contact, "overrides": overrides})).to_json()
    assert (answer["status"], answer["findings"][0]["overridden"]) == ("ok", {"reason": "Efter operation"})


def test_messages_are_short_in_both_languages(releases: list[Release]) -> None:
    (release,) = (release for release in releases if release.pack == "se")
    assert release.languages == ("sv", "en")
    assert {rule.kind for rule in release.rules} == SWEDISH
    assert all(len(text) <= 200 for rule in release.rules for text in rule.message.values())


def test_a_mistyped_secondary_code_is_corrected_though_a_main_diagnosis_is_missing_as_well(visit: Judge) -> None:
    answer = visit(diagnoses=[{"code": "M17.7", "role": "secondary"}], **FYS)
    assert (kinds(answer), len(answer["findings"][0]["suggestions"])) == (["unknown-code"], 5)


CODES = (
    *("M17.1", "m171", "M16", "M17.7", "M54.5", " m54.5", "R42.9", "R42.7", "F43.8A"),
    *("L15", "L84", "L29", "-31", "A30", "XYZ", "QT006"),
)


def test_no_suggestion_causes_an_error(service: Service) -> None:
    """Each suggestion on random contacts is carried out, and the contact judged again."""
    chance, harmful, met = random.Random(1909), [], set()
    validator = service.validator("se")
    for _ in range(400):

        def diagnoses() -> list[dict[str, Any]]:
            systems, roles = (None, None, None, "icpc-2", "icd-10-se", "icd-10"), ("main", "secondary", None)
            return [
                {"code": chance.choice(CODES), "system": chance.choice(systems), "role": chance.choice(roles)}
                for _ in range(chance.randint(0, 3))
            ]

        contact = {
            "jurisdiction": "se",
            "date": "2024-02-01",
            "specialty": "",
            "visit_type": chance.choice([None, "FYS002"]),
            "diagnoses": diagnoses(),
            "saved_diagnoses": chance.choice([None, diagnoses()]),
        }
        encounter = read_request({"encounter": contact}).encounter
        before = validator.validate(encounter)
        for finding in before.findings:
            for suggestion in finding.hit.suggestions:
                met.add((suggestion.action, suggestion.system))
                if harm(validator, encounter, finding, suggestion, before) - {"visit-not-coded"}:
                    harmful.append((contact, finding.hit.kind, suggestion))
    assert harmful == []
    assert met >= {("replace", None), ("replace", "icpc-2"), ("remove", None), ("restore", None)}
