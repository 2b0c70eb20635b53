"""ICPC-2 is complete: 726 rubrics, counted by chapter, component and kind."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.rubric import CHAPTERS, is_process_code, looks_like_icpc, normal_form

# Number of codes per chapter: symptoms (component 1) and diagnoses (component 7).
BY_CHAPTER = (
    "A 22+29, B 7+18, D 28+30, F 14+21, H 10+18, K 13+28, L 23+30, N 15+22, P 26+17, R 17+26, S 16+42, T 13+18, "
    "U 13+15, W 17+22, X 29+24, Y 18+18, Z 27+0"
)
DANISH_PROCESS_CODES = {"A30", "A31", "A43", "A44", "A45", "A49", "A62", "W30", "X37"}
KINDS = {"infection": 78, "neoplasm": 46, "injury": 48, "congenital": 23, "other": 183}


@pytest.fixture(scope="module")
def codes(catalogue: Catalogue) -> list[str]:
    """The codes other than process codes."""
    return [code for code, rubric in catalogue.rubrics.items() if rubric.kind != "process"]


def test_there_are_726_rubrics(catalogue: Catalogue, codes: list[str]) -> None:
    processes = [code for code in catalogue.rubrics if code.startswith("-")]
    assert (len(codes), len(processes)) == (686, 40)
    assert len(catalogue.rubrics) == 686 + 40 + len(DANISH_PROCESS_CODES)


def test_each_chapter_has_its_codes(catalogue: Catalogue, codes: list[str]) -> None:
    counted = Counter((catalogue.rubrics[code].chapter, catalogue.rubrics[code].component) for code in codes)
    written = ", ".join(f"{chapter} {counted[chapter, 1]}+{counted[chapter, 7]}" for chapter in CHAPTERS)
    assert written == BY_CHAPTER


def test_every_code_is_in_the_chapter_of_its_letter(catalogue: Catalogue, codes: list[str]) -> None:
    assert [code for code in codes if code[0] != catalogue.rubrics[code].chapter or not code[1:].isdecimal()] == []
    assert [code for code in codes if len(code) != 3 or 30 <= int(code[1:]) <= 69] == []


def test_the_component_is_not_the_number(catalogue: Catalogue, codes: list[str]) -> None:
    components = Counter(catalogue.rubrics[code].component for code in codes)
    assert components == {1: 308, 7: 378}
    low_but_diagnosis = [code for code in codes if int(code[1:]) < 30 and catalogue.rubrics[code].component == 7]
    assert sorted(low_but_diagnosis) == ["S03", *(f"S{number:02}" for number in range(9, 20))]
    assert [code for code in codes if int(code[1:]) >= 70 and catalogue.rubrics[code].component == 1] == []


def test_component_7_has_several_kinds(catalogue: Catalogue, codes: list[str]) -> None:
    kinds = Counter(catalogue.rubrics[code].kind for code in codes)
    assert kinds == {"symptom": 308, **KINDS}
    assert {catalogue.rubrics[code].component for code in codes if catalogue.rubrics[code].kind == "symptom"} == {1}


def test_the_process_codes_have_their_components(catalogue: Catalogue) -> None:
    expected = {2: range(30, 50), 3: range(50, 60), 4: range(60, 62), 5: range(62, 63), 6: range(63, 70)}
    found = {
        component: {rubric.code for rubric in catalogue.rubrics.values() if rubric.component == component} for component in expected
    }
    bare = {component: {code for code in found[component] if code.startswith("-")} for component in expected}
    assert bare == {component: {f"-{number}" for number in numbers} for component, numbers in expected.items()}


def test_denmark_uses_nine_process_codes_with_a_letter(catalogue: Catalogue) -> None:
    lettered = {rubric.code for rubric in catalogue.rubrics.values() if rubric.kind == "process" and rubric.chapter}
    assert lettered == DANISH_PROCESS_CODES
    assert {code: catalogue.rubrics[code].component for code in ("A49", "A62", "W30")} == {"A49": 2, "A62": 5, "W30": 2}
    assert all(catalogue.title(code, "da") for code in DANISH_PROCESS_CODES)


@pytest.mark.parametrize("code", ["A12", "A14", "A15", "A17", "B03", "A00", "B00", "D991", "D999", "R991", "R999", "U891", "W781"])
def test_icpc_1_and_local_codes_are_unknown(code: str, catalogue: Catalogue, judge: Callable[..., dict[str, Any]]) -> None:
    answer = judge(diagnoses=[{"code": code}])
    assert catalogue.get(code) is None
    assert ([finding["kind"] for finding in answer["findings"]], answer["savable"]) == (["unknown-code"], False)


@pytest.mark.parametrize(("code", "suggested"), [("A191", ["A70"]), ("A981", [])])
def test_a_norwegian_code_that_is_in_icd_10_is_a_wrong_system(
    code: str, suggested: list[str], catalogue: Catalogue, judge: Callable[..., dict[str, Any]]
) -> None:
    """Membership decides: A19.1 is miliary tuberculosis and A98.1 Omsk fever."""
    (finding,) = judge(diagnoses=[{"code": code}])["findings"]
    assert catalogue.get(code) is None
    assert (finding["kind"], finding["blocking"]) == ("wrong-system", True)
    assert [suggestion["code"] for suggestion in finding["suggestions"]] == suggested


@pytest.mark.parametrize(
    ("code", "expected"), [(" l 83", "L83"), ("l84\t", "L84"), ("L\u00a090", "L90"), ("L84", "L84"), ("æ1", "Æ1")]
)
def test_the_normal_form_is_trimmed_upper_case_and_without_blanks(code: str, expected: str) -> None:
    assert normal_form(code) == expected


def test_a_process_code_is_recognised_by_its_form() -> None:
    assert all(map(is_process_code, ["-30", "-69", "L30", "A62", "Z69"]))
    assert not any(map(is_process_code, ["-29", "-70", "L29", "L70", "C30", "L300", "L3", "30", "A3٠"]))


def test_three_characters_with_a_chapter_letter_look_like_icpc() -> None:
    assert all(map(looks_like_icpc, ["L21", "B03", "N02", "XIX"]))
    assert not any(map(looks_like_icpc, ["M17", "Q90", "G20", "L999", "L8", "-30"]))


def test_chapters_w_and_x_are_female_and_y_male(catalogue: Catalogue) -> None:
    sexes = {rubric.chapter: rubric.sex for rubric in catalogue.rubrics.values()}
    assert {chapter for chapter, sex in sexes.items() if sex == "female"} == {"W", "X"}
    assert {chapter for chapter, sex in sexes.items() if sex == "male"} == {"Y"}
