"""The bridges from ICD-10: their targets, and coverage of the chapters G and M."""

from collections import defaultdict

import pytest

from tests.catalogue.queries import CATALOG, rows
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import load_icd10, sks_to_icd10, to_icd10

# Important bridges with all targets.
ALL_TARGETS = {
    "M54.5": {"L03"},
    "M54.3": {"L86"},
    "M54.4": {"L86"},
    "M51.1": {"L86"},
    "M50.1": {"L83"},
    "M48.0": {"L83", "L84"},
    "M16": {"L89"},
    "M17": {"L90"},
    "M75": {"L92"},
    "M77.1": {"L93"},
    "M81": {"L95"},
    "G35": {"N86"},
    "G20": {"N87"},
}


@pytest.mark.parametrize("origin", ALL_TARGETS)
def test_an_important_bridge_has_exactly_its_targets(origin: str, catalogue: Catalogue) -> None:
    assert set(catalogue.bridge_targets(origin)) == ALL_TARGETS[origin]


# Preferred targets of other codes in agreements and profiles of physiotherapy: referrals of specialty 62, the Swedish groups for
# rehabilitation, the population profile of dementia.
PREFERRED_TARGETS = {
    **dict.fromkeys(["I60", "I61", "I62", "I63", "I64"], "K90"),
    **dict.fromkeys(["F00.9", "F01", "F03"], "P70"),
    **dict.fromkeys(["F32.9", "F33"], "P76"),
    **dict.fromkeys(["N39.3", "N39.4", "R32"], "U04"),
    **dict.fromkeys(["M05.9", "M06.0"], "L88"),
    **dict.fromkeys(["M80", "M82"], "L95"),
    "C50.9": "X76",
    "F10.2": "P15",
    "F20": "P72",
    "F31": "P73",
    "F43.8": "P02",
    "G45.9": "K89",
    "I50": "K77",
    "I69.4": "K91",
    "J44.9": "R95",
    "R35": "U02",
    "R41.3": "P20",
    "T14.9": "A80",
}


@pytest.mark.parametrize("origin", PREFERRED_TARGETS)
def test_icd_10_and_sks_have_the_same_preferred_target(origin: str, catalogue: Catalogue) -> None:
    assert catalogue.bridge_targets(origin)[0] == PREFERRED_TARGETS[origin]
    assert catalogue.bridge_targets(sks_to_icd10(f"D{origin.replace('.', '')}") or "") == catalogue.bridge_targets(origin)


def test_bridges_are_many_to_many_and_have_origins(catalogue: Catalogue) -> None:
    several = {origin: targets for origin, targets in catalogue.bridges.items() if len(targets) > 1}
    assert len(several) > 100
    for origin, targets in catalogue.bridges.items():
        assert all(origin in catalogue.bridge_origins(target) for target in targets)
    assert len(catalogue.bridge_origins("L86")) > 2


@pytest.mark.parametrize(
    ("subcategory", "targets"), [("M17.1", ("L90",)), ("M16.0", ("L89",)), ("M75.1", ("L92",)), ("M81.0", ("L95",))]
)
def test_a_subcategory_takes_the_bridge_of_its_category(subcategory: str, targets: tuple[str, ...], catalogue: Catalogue) -> None:
    assert catalogue.bridge_targets(subcategory) == targets


def test_the_preferred_target_comes_first(catalogue: Catalogue) -> None:
    assert catalogue.bridge_targets("C50") == ("X76", "Y78")


@pytest.mark.parametrize(
    ("origin", "target"),
    [
        ("G45.4", "N99"),  # global amnesia is no transient ischaemia
        ("G51.3", "N99"),  # hemifacial spasm is no palsy
        ("G83.4", "N99"),
        ("G90.5", "L99"),  # ICD-10 has complex regional pain syndrome both here and in M89.0
        ("M89.0", "L99"),
        ("M01.1", "A70"),
        ("M20.2", "L91"),  # hallux rigidus is osteoarthritis
        ("M21.3", "N18"),  # drop foot is a paralysis
        ("M23.1", "L82"),
        ("M46.1", "L88"),
        ("M46.4", "L70"),
        ("M63.0", "L70"),
        ("S13.4", "L83"),  # whiplash, as S33.5 in the low back leads to L84
        ("S33.5", "L84"),
        ("T13.3", "N81"),
        ("T90.5", "N80"),
        ("T91.3", "N81"),
    ],
)
def test_a_subcategory_with_another_meaning_has_a_bridge(origin: str, target: str, catalogue: Catalogue) -> None:
    assert catalogue.bridge_targets(origin)[0] == target


def test_osteoarthritis_without_a_site_includes_the_shoulder(catalogue: Catalogue) -> None:
    assert catalogue.bridge_targets("M19") == ("L91", "L92")


def test_every_origin_has_one_preferred_target() -> None:
    preferred: dict[str, list[str]] = defaultdict(list)
    for row in rows(CATALOG / "bridges.csv"):
        preferred[row["icd10"]].append(row["preferred"])
    assert [origin for origin, marks in preferred.items() if marks.count("1") != 1 or set(marks) > {"0", "1"}] == []


@pytest.mark.parametrize("chapter", ["G", "M"])
def test_every_category_of_the_nervous_and_the_musculoskeletal_chapter_has_a_bridge(chapter: str, catalogue: Catalogue) -> None:
    table = load_icd10()
    members = [
        code for code in table.get_all_codes(True) if code.startswith(chapter) and "-" not in code and to_icd10(code) == code
    ]
    assert len(members) > 300
    assert [code for code in members if not catalogue.bridge_targets(code)] == []


def test_a_code_without_a_bridge_has_no_targets(catalogue: Catalogue) -> None:
    assert catalogue.bridge_targets("A98.1") == ()
    assert catalogue.bridge_targets("M") == ()
    assert catalogue.bridge_targets("") == ()


def test_a_code_has_the_origins_of_its_bridges(catalogue: Catalogue) -> None:
    assert {"M54.3", "M54.4", "M51.1"} <= set(catalogue.bridge_origins("L86"))
    assert "M48.0" not in catalogue.bridge_origins("L86")
    assert catalogue.bridge_origins("L21") == []


def test_every_bridge_begins_in_icd_10_and_ends_in_a_diagnosis(catalogue: Catalogue) -> None:
    assert [origin for origin in catalogue.bridges if to_icd10(origin) != origin] == []
    targets = {target for targets in catalogue.bridges.values() for target in targets}
    assert [code for code in sorted(targets) if catalogue.rubrics[code].kind == "process"] == []
