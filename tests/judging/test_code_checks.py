"""Reading the codes of a contact: spelling, code system, catalogue, validity, repetitions and deletions."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.altered import judge_by, with_validity
from tests.contacts import found, kinds, main, proposed, several
from tests.hospital_codes import random_sks_codes, random_who_codes
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import URIS
from validator.catalogue.rubric import looks_like_icpc
from validator.rulebook.release import Release

Judge = Callable[..., dict[str, Any]]


@pytest.mark.parametrize("code", [" l 83", "l83", "L83 ", "\tL83", "L\u00a083", "l\u200983"])
def test_a_normalised_code_is_reported_and_then_judged(code: str, judge: Judge) -> None:
    answer = judge(**main(code, course="cervikal-nerverod"))
    assert (kinds(answer), answer["status"]) == (["normalised"], "information")
    assert "L83" in found(answer, "normalised")["message"]


@pytest.mark.parametrize("code", ["XXX", "L21", "a12", "7", "?", "L84?", "Ⅼ84", "L८4", "🦴", "L" * 200, "-29", "–30", "--30"])
def test_an_unknown_code_gives_one_finding(code: str, judge: Judge) -> None:
    contact = main(code, course="artrose-knae", patient={"sex": "male", "age": 3}, observations={"radiating_pain": True})
    answer = judge(**contact)
    assert (kinds(answer), answer["savable"]) == (["unknown-code"], False)
    assert len(proposed(answer["findings"][0])) <= 5
    assert len(answer["findings"][0]["message"]) <= 200


def test_an_unknown_code_hides_no_finding_about_others(judge: Judge) -> None:
    answer = judge(diagnoses=[{"code": "L21", "role": "secondary"}, {"code": "L92", "role": "main"}], course="artrose-knae")
    assert kinds(answer) == ["unknown-code", "main-not-in-course-set"]


@pytest.mark.parametrize(
    ("code", "suggested"),
    [
        ("Q90", ["A90"]),
        ("G20", ["N87"]),
        ("M17.1", ["L90"]),
        ("M171", ["L90"]),
        ("DM171", ["L90"]),
        ("dm171", ["L90"]),
        ("M54.5", ["L03"]),
        ("M54.3", ["L86"]),
        ("M50.1", ["L83"]),
        ("M77.1", ["L93"]),
        ("DG35", ["N86"]),
        ("DI109", ["K86"]),
        ("DM177", ["L90"]),
        ("dg 359a", ["N86"]),
        ("DS721+TUL1", ["L75"]),
        ("QT006", []),
    ],
)
def test_a_code_of_another_system_is_bridged(code: str, suggested: list[str], judge: Judge) -> None:
    answer = judge(**main(code))
    assert (kinds(answer), answer["savable"]) == (["wrong-system"], False)
    assert proposed(answer["findings"][0]) == [f"replace {item}" for item in suggested]


@pytest.mark.parametrize("count", [300, pytest.param(2000, marks=pytest.mark.soak)])
def test_every_code_of_the_hospital_is_of_another_system(count: int, judge: Judge) -> None:
    codes = [*random_who_codes(count, seed=5), *(code for code, _ in random_sks_codes(count, seed=5))]
    undeclared = [code for code in codes if not looks_like_icpc(code)]
    assert [code for code in undeclared if kinds(judge(**main(code))) != ["wrong-system"]] == []


@pytest.mark.parametrize("code", ["DM27", "DM279", "DW190", "DY98", "DG359ABC", "DG35+A"])
def test_a_code_of_no_system_is_unknown(code: str, judge: Judge) -> None:
    assert kinds(judge(**main(code))) == ["unknown-code"]
    declared = judge(diagnoses=[{"code": code, "system": "sks"}])
    assert kinds(declared) == ["unknown-code"]
    assert "SKS" in declared["findings"][0]["message"]


def test_stenosis_is_bridged_to_either_region_and_never_to_l86(judge: Judge) -> None:
    assert sorted(proposed(judge(**main("M48.0"))["findings"][0])) == ["replace L83", "replace L84"]


@pytest.mark.parametrize(("code", "name"), [("M17.1", "ICD-10"), ("DM171", "SKS"), ("QT006", "KVÅ")])
def test_the_system_it_comes_from_is_named(code: str, name: str, judge: Judge) -> None:
    assert f" {name}," in judge(**main(code))["findings"][0]["message"]


@pytest.mark.parametrize("code", ["L21", "B03", "N02", "XIX", "A12"])
def test_three_characters_of_an_icpc_chapter_are_never_another_system(code: str, judge: Judge) -> None:
    assert kinds(judge(**main(code))) == ["unknown-code"]


@pytest.mark.parametrize("system", ["icd-10", "http://hl7.org/fhir/sid/icd-10", "sks", "kva", "icd-10-se"])
@pytest.mark.parametrize("code", ["L90", "L84", "L03"])
def test_a_code_of_a_course_declared_in_another_system_gives_one_finding(code: str, system: str, judge: Judge) -> None:
    """L90, L84 and L03 are ICD-10 categories too, but no physiotherapist means those."""
    answer = judge(diagnoses=[{"code": code, "system": system, "role": "main"}], course="laenderyg")
    assert kinds(answer) == ["wrong-system"]
    assert answer["savable"] is False


def test_a_course_s_code_declared_as_another_system_suggests_itself(judge: Judge) -> None:
    answer = judge(diagnoses=[{"code": "L90", "system": "icd-10", "role": "main"}], course="artrose-knae")
    assert (kinds(answer), proposed(answer["findings"][0])) == (["wrong-system"], ["replace L90"])


def test_a_code_declared_in_another_system_is_not_reported_as_deleted(judge: Judge) -> None:
    contact = {"diagnoses": [{"code": "L90", "system": "icd-10"}], "saved_diagnoses": [{"code": "L90"}], "course": "artrose-knae"}
    assert kinds(judge(**contact)) == ["wrong-system"]


@pytest.mark.parametrize(("code", "system"), [("P76", "sks"), ("N87", "kva"), ("Y78", "sks")])
def test_any_icpc_code_in_another_system_s_field_suggests_itself(code: str, system: str, judge: Judge) -> None:
    answer = judge(diagnoses=[{"code": code, "system": system}])
    assert (kinds(answer), proposed(answer["findings"][0])) == (["wrong-system"], [f"replace {code}"])


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("M17.1", "icd-10"),
        ("m171", "icd-10"),
        ("DM171", "sks"),
        ("DM177", "sks"),
        ("DS721+TUL1", "sks"),
        ("QT006", "kva"),
        ("M17.1W", "icd-10-se"),
    ],
)
def test_a_code_declared_in_its_own_system_is_accepted(code: str, system: str, judge: Judge) -> None:
    assert judge(diagnoses=[{"code": code, "system": system}])["savable"] is True


@pytest.mark.parametrize(
    ("code", "system", "name"), [("M999X", "icd-10", "ICD-10"), ("M171", "sks", "SKS"), ("L84X", "icd-10", "ICD-10")]
)
def test_a_code_that_its_declared_system_lacks_is_unknown_there(code: str, system: str, name: str, judge: Judge) -> None:
    answer = judge(diagnoses=[{"code": code, "system": system}])
    assert kinds(answer) == ["unknown-code"]
    assert name in answer["findings"][0]["message"]


@pytest.mark.parametrize("uri", [uri for uri, system in URIS.items() if system == "icpc-2"])
def test_every_identifier_of_icpc_is_the_same_system(uri: str, judge: Judge) -> None:
    assert kinds(judge(diagnoses=[{"code": "L90", "system": uri}], course="artrose-knae")) == []


@pytest.mark.parametrize("rule", ["residual-code L29", "age-implausible L95", "symptom-persisting L13"])
def test_a_code_of_icd_10_is_never_taken_for_the_icpc_code_of_the_same_letters(rule: str, judge: Judge) -> None:
    """In ICD-10, L29 is itch, L95 a vasculitis, L13 a skin disease."""
    kind, code = rule.split()
    contact = {"patient": {"age": 20}, "contact_number": 9}
    assert kinds(judge(diagnoses=[{"code": code, "role": "main"}], **contact)) == [kind]
    assert kinds(judge(diagnoses=[{"code": code, "system": "icd-10", "role": "main"}], **contact)) == []


@pytest.mark.parametrize("code", [*(f"-{number}" for number in (30, 49, 50, 62, 69)), "L30", "A69", "z45", "W31"])
def test_a_process_code_is_no_diagnosis(code: str, judge: Judge) -> None:
    answer = judge(**main(code, course="artrose-knae"))
    assert (kinds(answer), answer["savable"]) == (["process-code"], False)
    assert proposed(answer["findings"][0]) == []


@pytest.mark.parametrize("code", ["A30", "A31", "A43", "A44", "A45", "A49", "A62", "W30", "X37"])
def test_the_nine_danish_process_codes_only_warn(code: str, judge: Judge) -> None:
    answer = judge(**main(code))
    finding = found(answer, "process-code")
    assert (finding["severity"], finding["blocking"], answer["status"], answer["savable"]) == ("warning", False, "warning", True)
    assert len(answer["findings"]) == 1


def test_an_icd_10_code_with_a_process_number_is_no_process_code(judge: Judge) -> None:
    assert kinds(judge(diagnoses=[{"code": "L30", "system": "icd-10"}])) == []


@pytest.mark.parametrize(
    ("date", "retired"), [("2024-12-31", True), ("2025-01-01", False), ("2025-12-31", False), ("2026-01-01", True)]
)
def test_a_code_is_valid_on_both_its_days(date: str, retired: bool, release: Release, catalogue: Catalogue) -> None:
    bounded = with_validity(catalogue, "L70", "2025-01-01", "2025-12-31")
    answer = judge_by(release, bounded, **main("L70", date=date))
    assert (kinds(answer), answer["savable"]) == ((["retired-code"], False) if retired else ([], True))


@pytest.mark.parametrize("carried", ["L70", " l70"])
def test_a_retired_code_that_continues_is_accepted(carried: str, release: Release, catalogue: Catalogue) -> None:
    ended = with_validity(catalogue, "L70", end="2025-12-31")
    assert kinds(judge_by(release, ended, **main("L70", previous_diagnoses=[{"code": carried}]))) == []
    assert kinds(judge_by(release, ended, **main("L70", previous_diagnoses=[{"code": "L71"}]))) == ["retired-code"]


def test_a_retired_code_is_never_suggested(release: Release, catalogue: Catalogue) -> None:
    ended = with_validity(catalogue, "L20", end="2025-12-31")
    assert "replace L20" not in proposed(judge_by(release, ended, **main("L21"))["findings"][0])


@pytest.mark.parametrize(
    ("roles", "repeated"),
    [
        (("main", "secondary"), 1),
        (("secondary", "main"), 0),
        (("main", "main"), 1),
        (("secondary", "secondary"), 1),
        ((None, None), 1),
    ],
)
def test_a_repeated_code_counts_as_main_diagnosis(roles: tuple[str | None, ...], repeated: int, judge: Judge) -> None:
    answer = judge(diagnoses=[{"code": "L90", "role": role} for role in roles])
    assert (kinds(answer), answer["status"]) == (["duplicate-code"], "warning")
    assert answer["findings"][0]["path"] == f"/encounter/diagnoses/{repeated}/code"
    assert proposed(answer["findings"][0]) == ["remove L90"]


def test_a_repeated_main_diagnosis_still_codes_the_course(judge: Judge) -> None:
    assert kinds(judge(diagnoses=[{"code": "L90", "role": "main"}, {"code": "L90", "role": "main"}], course="artrose-knae")) == [
        "duplicate-code"
    ]


def test_a_code_three_times_is_reported_twice_in_one_spelling(judge: Judge) -> None:
    answer = judge(**several("L90", "l90", "L90 "))
    assert kinds(answer).count("duplicate-code") == 2


def test_a_code_is_the_same_without_its_point(judge: Judge) -> None:
    answer = judge(diagnoses=[{"code": code, "system": "icd-10"} for code in ("M17.1", "M171")])
    assert kinds(answer) == ["duplicate-code"]
    saved = judge(diagnoses=[{"code": "M171", "system": "icd-10"}], saved_diagnoses=[{"code": "M17.1", "system": "icd-10"}])
    assert kinds(saved) == []


def test_a_code_is_the_same_without_its_add_on_codes(judge: Judge) -> None:
    sks = {"system": "sks"}
    answer = judge(diagnoses=[{"code": code, **sks} for code in ("DS721+TUL1", "DS721+TUL2", "DS722")])
    assert (kinds(answer), proposed(answer["findings"][0])) == (["duplicate-code"], ["remove DS721+TUL2"])
    saved = judge(diagnoses=[{"code": "DS721", **sks}], saved_diagnoses=[{"code": "DS721+TUL1", **sks}])
    assert kinds(saved) == []


def test_a_deleted_code_of_the_hospital_is_reported(judge: Judge) -> None:
    saved = [{"code": code, "system": "sks"} for code in ("DM177", "DM279")]
    assert kinds(judge(**main("L90", saved_diagnoses=[*saved, {"code": "L90"}]))) == ["deleted-code"]


def test_a_deleted_code_is_reported_once_and_can_be_restored(judge: Judge) -> None:
    answer = judge(**main("L86", saved_diagnoses=[{"code": "L84", "role": "main"}, {"code": "L84"}, {"code": "L86"}]))
    assert kinds(answer) == ["deleted-code"]
    assert proposed(answer["findings"][0]) == ["restore L84"]
    assert "L84" in answer["findings"][0]["message"]


def test_each_deleted_code_is_reported(judge: Judge) -> None:
    answer = judge(diagnoses=[], saved_diagnoses=[{"code": "L84", "role": "main"}, {"code": "P76"}])
    assert [proposed(finding) for finding in answer["findings"]] == [["restore L84"], ["restore P76"]]


@pytest.mark.parametrize("gone", ["L21", "M17.1", "L57"])
def test_a_deleted_code_that_was_invalid_is_not_reported(gone: str, judge: Judge) -> None:
    assert kinds(judge(**main("L84", saved_diagnoses=[{"code": gone}, {"code": "L84"}]))) == []


def test_a_deleted_danish_process_code_is_reported(judge: Judge) -> None:
    """It only warns, so the code was acceptable."""
    assert kinds(judge(**main("L84", saved_diagnoses=[{"code": "A30"}, {"code": "L84"}]))) == ["deleted-code"]


def test_a_change_of_code_at_a_later_contact_is_accepted(judge: Judge) -> None:
    assert kinds(judge(**main("L90", course="artrose-knae", previous_diagnoses=[{"code": "L15", "role": "main"}]))) == []


def test_blocking_texts_say_that_the_note_may_be_saved(judge: Judge) -> None:
    for code in ("L21", "M17.1", "L57"):
        assert "notatet kan og skal altid gemmes" in judge(**main(code))["findings"][0]["explanation"]


LOOKALIKE = [
    ("L84\u200b", None, "L84", ["L84"], "et usynligt tegn (U+200B)"),
    ("\u202eL84", None, "L84", ["L84"], "et usynligt tegn (U+202E)"),
    ("l\u00ad84", None, "L84", ["L84"], "et usynligt tegn (U+00AD)"),
    ("L84\ufe0f", "icpc-2", "L84", ["L84"], "et usynligt tegn (U+FE0F)"),
    ("\uff2c84", None, "L84", ["L84"], "det brede Ｌ (U+FF2C) i stedet for L"),
    ("L8\u0664", None, "L84", ["L84"], "det arabiske ٤ (U+0664) i stedet for 4"),
    ("\u041017", None, "A17", ["A16", "A18"], "det kyrilliske А (U+0410) i stedet for A"),
    ("\u041c17.1", None, "M17.1", ["L90"], "det kyrilliske М (U+041C) i stedet for M"),
    ("D\u039c171", None, "DM171", ["L90"], "det græske Μ (U+039C) i stedet for M"),
    ("\u041c17.1", "icd-10", "M17.1", ["M17.1"], "det kyrilliske М (U+041C) i stedet for M"),
    ("DM171\ufeff", "sks", "DM171", ["DM171"], "et usynligt tegn (U+FEFF)"),
    ("L\u200d90", "icd-10", "L90", ["L90"], "et usynligt tegn (U+200D)"),
    ("\u201330", None, "-30", [], "tegnet – (U+2013) i stedet for -"),
    ("\u200bXYZ\u200b", None, "XYZ", [], "et usynligt tegn (U+200B)"),
]


@pytest.mark.parametrize(("code", "system", "meant", "suggested", "characters"), LOOKALIKE)
def test_a_character_that_only_looks_right_is_named(
    code: str, system: str | None, meant: str, suggested: list[str], characters: str, judge: Judge
) -> None:
    answer = judge(diagnoses=[{"code": code, "system": system, "role": "main"}])
    (finding,) = answer["findings"]
    assert (finding["kind"], answer["savable"]) == ("unknown-code", False)
    assert finding["message"] == f"Koden {meant} indeholder {characters} og kan derfor ikke læses."
    assert [item["code"] for item in finding["suggestions"]][:2] == suggested[:2]
    assert bool(finding["suggestions"]) == bool(suggested)


def test_the_suggested_code_keeps_its_system(judge: Judge) -> None:
    answer = judge(diagnoses=[{"code": "M17.1\u200b", "system": "icd-10", "role": "main"}])
    (suggestion,) = found(answer, "unknown-code")["suggestions"]
    assert (suggestion["code"], suggestion["system"]) == ("M17.1", "icd-10")


def test_a_code_of_nothing_visible_is_named(judge: Judge) -> None:
    finding = found(judge(**main("\u200b\u200d")), "unknown-code")
    text = "Koden består kun af tegn, der ikke kan ses: et usynligt tegn (U+200B) og et usynligt tegn (U+200D)."
    assert (finding["message"], finding["suggestions"]) == (text, [])


def test_a_saved_code_is_not_deleted_by_an_invisible_character(judge: Judge) -> None:
    answer = judge(diagnoses=[{"code": "L84\u200b", "role": "main"}], saved_diagnoses=[{"code": "L84", "role": "main"}])
    assert kinds(answer) == ["unknown-code"]
    answer = judge(diagnoses=[{"code": "L84", "role": "main"}], saved_diagnoses=[{"code": "L84\u200b", "role": "main"}])
    assert kinds(answer) == []


def test_the_code_beside_is_not_suggested_twice(judge: Judge) -> None:
    answer = judge(**several("L84", "L84\u200b"))
    assert kinds(answer) == ["unknown-code"]
    assert found(answer, "unknown-code")["suggestions"] == []
