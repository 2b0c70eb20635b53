"""Membership in the other code systems, which decides rather than the form of a code."""

import pytest

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import (
    ICD10,
    ICD10_SE,
    ICPC,
    KVA,
    SKS,
    SYSTEMS,
    URIS,
    as_icd10,
    canonical_form,
    icd10_se_to_icd10,
    sks_to_icd10,
    to_icd10,
)


@pytest.mark.parametrize(
    ("code", "expected"), [("Q90", "Q90"), ("G20", "G20"), ("M17.1", "M17.1"), ("M171", "M17.1"), ("L21", "L21")]
)
def test_a_category_and_a_subcategory_are_members_with_or_without_the_point(code: str, expected: str) -> None:
    assert to_icd10(code) == expected


@pytest.mark.parametrize(
    "code", ["XIII", "XIX", "I", "M15-M19", "M00-M99", "L999", "M17.15", "M1", "", "m17", "DM171", "Ⅿ17", "M.171"]
)
def test_chapters_blocks_and_unknown_codes_are_not_members(code: str) -> None:
    assert to_icd10(code) is None


@pytest.mark.parametrize(
    ("code", "icd10"),
    [
        *(("DM171", "M17.1"), ("DM17.1", "M17.1"), ("DG35", "G35"), ("DI69", "I69"), ("DD50", "D50")),
        *(("DM177", "M17"), ("DI109", "I10"), ("DG359A", "G35"), ("DM073A", "M07.3"), ("DZ966XY", "Z96.6")),
        *(("DS721+TUL1", "S72.1"), ("DS721A+TUL1+ZVAA0", "S72.1"), ("DG35+AB", "G35"), ("DG35+ABCDEFGHIJ", "G35")),
    ],
)
def test_an_sks_code_extends_a_category_of_icd_10(code: str, icd10: str) -> None:
    assert sks_to_icd10(code) == icd10


@pytest.mark.parametrize(
    "code",
    [
        *("G35", "D50", "DXIII", "D", "DM15-M19", "DD", "dg35", "", "DG35 ", "DG35\n"),
        *("DM27", "DM279"),  # ICD-10 has no M27
        *("DV01", "DW190", "DX590", "DY98"),  # external causes, which Denmark does not use
        *("DG359ABC", "DM17.1.", "DM17-1", "DG35Æ", "DG35+", "DG35+A", "DG35+ABCDEFGHIJK", "DG35+Æ1", "DG35+TUL1+", "+TUL1"),
    ],
)
def test_anything_else_is_not_an_sks_diagnosis(code: str) -> None:
    assert sks_to_icd10(code) is None


@pytest.mark.parametrize(
    ("code", "icd10"),
    [
        *(("M17.1", "M17.1"), ("M171", "M17.1"), ("M17", "M17"), ("M17.1W", "M17.1"), ("M545", "M54.5")),
        *(("F43.8A", "F43.8"), ("S72.00", "S72.0"), ("R42.9", "R42"), ("R42.9A", "R42"), ("G359", "G35"), ("I109", "I10")),
        *(("W19.0", "W19"), ("W19.99", "W19"), ("V01.09", "V01.0"), ("U09.9", "U09.9")),
    ],
)
def test_icd_10_se_extends_categories_and_subcategories(code: str, icd10: str) -> None:
    assert icd10_se_to_icd10(code) == icd10


@pytest.mark.parametrize(
    "code",
    [
        *(
            "M17.7",
            "M54.7",
            "L99.9",
            "M1",
            "M17.1AB",
            "R42.1",
            "R42.1A",
            "M17.",
            "M17.1.",
            "M17.1-",
            "L15",
            "XXI",
            "M15-M19",
            "M17.1Å",
        ),
        *("", ".", "R42.", "R4.29Z"),
    ],
)
def test_anything_else_is_not_in_icd_10_se(code: str) -> None:
    assert icd10_se_to_icd10(code) is None


@pytest.mark.parametrize(
    ("code", "system", "expected"),
    [
        ("M171", ICD10_SE, "M17.1"),
        ("M17.1", ICD10_SE, "M17.1"),
        ("F438A", ICD10_SE, "F43.8A"),
        ("M17", ICD10_SE, "M17"),
        ("", ICD10_SE, ""),
        ("M171", ICD10, "M171"),
        ("L84", ICPC, "L84"),
    ],
)
def test_a_swedish_code_is_written_with_its_point(code: str, system: str, expected: str) -> None:
    assert canonical_form(code, system) == expected


def test_a_code_has_the_icd_10_code_of_its_system() -> None:
    assert (as_icd10("L21", ICD10), as_icd10("DG35", ICD10), as_icd10("L84", ICPC)) == ("L21", None, None)
    assert (as_icd10("DG35", SKS), as_icd10("G35", SKS), as_icd10("M17.1W", ICD10_SE)) == ("G35", None, "M17.1")


@pytest.mark.parametrize(
    ("code", "system", "member"),
    [
        ("L84", ICPC, True),
        ("L21", ICPC, False),
        ("M17.1", ICPC, False),
        ("QT006", KVA, True),
        ("QT999", KVA, False),
        ("M171", ICD10_SE, True),
        ("M17.7", ICD10_SE, False),
        ("M17.1", ICD10, True),
        ("DM171", ICD10, False),
        ("DM171", SKS, True),
        ("DM177", SKS, True),
        ("DQ188A", SKS, True),
        ("DS721+TUL1", SKS, True),
        ("DM279", SKS, False),
    ],
)
def test_membership_depends_on_the_system(code: str, system: str, member: bool, catalogue: Catalogue) -> None:
    assert catalogue.is_member(code, system) is member


def test_all_identifiers_of_icpc_are_accepted() -> None:
    assert set(URIS.values()) <= set(SYSTEMS)
    assert {uri for uri, system in URIS.items() if system == ICPC} >= {
        "http://hl7.org/fhir/sid/icpc-2",
        "urn:oid:2.16.840.1.113883.6.139",
        "urn:oid:1.2.208.176.2.31",
    }
    assert URIS["urn:oid:1.2.208.176.2.4.12"] == SKS
    assert URIS["http://hl7.org/fhir/sid/icd-10"] == ICD10
