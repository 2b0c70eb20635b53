"""Rules of a pack that codes in ICD-10-SE: their codes, their paths, and comparison of free-text values."""

from pathlib import Path
from typing import Any

import pytest

from tests.rulebook.problem_cases import SWEDEN
from tests.rulebook.rule_folder import RuleFolder
from validator import Validator, read_request
from validator.catalogue.catalogue import Catalogue

BLOCK = "      diagnosis: {category: [M16, M17]}\n      registrations: {includes_none: artrosregistret}\n"
EACH = "    at: registrations\n    when:\n" + BLOCK


@pytest.fixture
def sweden(tmp_path: Path, catalogue: Catalogue) -> RuleFolder:
    folder = RuleFolder(tmp_path / "rules", catalogue)
    folder.add_sweden()
    return folder


def fires(folder: RuleFolder, **contact: Any) -> str | None:
    """Return the path at which the rule fires on a contact, or None."""
    contact = {"jurisdiction": "se", "date": "2024-02-01", "specialty": "", "diagnoses": [], **contact}
    validator = Validator(folder.release("liten-2025"), folder.catalogue)
    findings = validator.validate(read_request({"encounter": contact}).encounter).findings
    return next((finding.hit.path for finding in findings if finding.hit.rule == "se.artros"), None)


def test_two_packs_can_be_in_one_folder(sweden: RuleFolder) -> None:
    assert [(release.pack, release.system) for release in sweden.read()] == [("dk", "icpc-2"), ("se", "icd-10-se")]


@pytest.mark.parametrize("code", ["M17.1", "M171", "m17.1", "M17"])
def test_a_code_is_compared_in_its_normal_form(code: str, sweden: RuleFolder) -> None:
    assert fires(sweden, diagnoses=[{"code": code}], registrations=[]) == "/encounter/registrations"
    sweden.edit(SWEDEN, "{category: [M16, M17]}", "{code: M17.1}")
    expected = None if code == "M17" else "/encounter/registrations"
    assert fires(sweden, diagnoses=[{"code": code}], registrations=[]) == expected


@pytest.mark.parametrize("code", ["M17.1", "M171"])
def test_a_code_of_an_earlier_contact_is_compared_in_its_normal_form(code: str, sweden: RuleFolder) -> None:
    sweden.edit(SWEDEN, BLOCK, "      previous.codes: {includes: M17.1}\n")
    assert fires(sweden, previous_diagnoses=[{"code": code}]) == "/encounter/registrations"
    assert fires(sweden, previous_diagnoses=[{"code": code, "system": "icpc-2"}]) is None


def test_a_finding_can_point_at_the_list_of_diagnoses(sweden: RuleFolder) -> None:
    sweden.edit(SWEDEN, "    at: registrations\n", "    at: diagnoses\n")
    assert fires(sweden, diagnoses=[{"code": "M17.1"}], registrations=[]) == "/encounter/diagnoses"


@pytest.mark.parametrize(
    ("test", "contact"),
    [
        ("visit_type: fys002", {"visit_type": " FYS 002"}),
        ("visit_type: FYS002", {"visit_type": "fys002"}),
        ("visit_type: [FYS001, fys002]", {"visit_type": "FYS002"}),
        ("measures: {includes: qt006}", {"measures": ["AA039", "QT006 "]}),
        ("measures: {empty: true}", {"measures": [""]}),
        ("registrations: {includes: Artrosregistret}", {"registrations": [" ARTROSREGISTRET"]}),
    ],
)
def test_a_free_text_value_is_compared_in_its_normal_form(test: str, contact: dict[str, Any], sweden: RuleFolder) -> None:
    sweden.edit(SWEDEN, BLOCK, f"      {test}\n")
    assert fires(sweden, **contact) == "/encounter/registrations"


def test_a_rule_of_each_diagnosis_suggests_a_code_with_its_title(sweden: RuleFolder) -> None:
    sweden.edit(SWEDEN, EACH, "    each: diagnosis\n    when: {code: M17.9}\n    suggest: [{action: replace, code: M17.1}]\n")
    contact = {"jurisdiction": "se", "date": "2024-02-01", "specialty": "", "diagnoses": [{"code": "M179"}]}
    validator = Validator(sweden.release("liten-2025"), sweden.catalogue)
    (finding,) = validator.validate(read_request({"encounter": contact}).encounter).to_json()["findings"]
    assert finding["suggestions"] == [{"action": "replace", "code": "M17.1", "title": "Primär knäartros, en sida"}]


def test_a_suggestion_on_which_the_rule_fires_is_reported(sweden: RuleFolder) -> None:
    sweden.edit(SWEDEN, EACH, "    each: diagnosis\n    when: {category: M17}\n    suggest: [{action: replace, code: M17.1}]\n")
    assert [problem.id for problem in sweden.problems()] == ["suggests-itself"]


def test_the_course_table_has_codes_of_the_system_of_the_pack(sweden: RuleFolder) -> None:
    sweden.edit("se/liten-2025/pack.yaml", "specialties: {}", 'specialties: {"1": {sv: "Fysioterapi"}}')
    entry = "{from: 2023-01-01, codes: [M17.1], start_codes: [M25.5], status: decided, source: mote}"
    sweden.write(
        "se/liten-2025/courses.yaml",
        f'courses:\n  kna:\n    title: {{sv: "Knä"}}\n    specialty: "1"\n    main_diagnosis:\n      - {entry}\n',
    )
    validator = Validator(sweden.release("liten-2025"), sweden.catalogue)

    def kinds(*codes: str, **contact: Any) -> list[str]:
        diagnoses = [{"code": code} for code in codes]
        contact = {"jurisdiction": "se", "date": "2024-02-01", "specialty": "1", "course": "kna", "diagnoses": diagnoses, **contact}
        return [finding.hit.kind for finding in validator.validate(read_request({"encounter": contact}).encounter).findings]

    assert kinds("M171") == []
    assert kinds("M25.5") == ["symptom-first"]
    assert kinds("M54.5") == ["main-not-in-course-set"]
    assert kinds() == ["main-missing"]
    assert kinds(previous_diagnoses=[{"code": "m171"}]) == []
