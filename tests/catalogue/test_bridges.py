"""The bridges from ICD-10: their targets, and coverage of the chapters G and M."""

from collections import defaultdict

import pytest

from tests.catalogue.queries import CATALOG, rows
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import SKS, icd10_se_to_icd10, load_icd10, to_icd10

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
    assert catalogue.bridges_of(f"D{origin.replace('.', '')}", SKS) == catalogue.bridge_targets(origin)


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
        ("G45.4", "K89"),  # global amnesia is included with transient ischaemia
        ("G51.3", "N99"),  # hemifacial spasm is no palsy
        ("G83.4", "N18"),
        ("G90.5", "L99"),  # ICD-10 has complex regional pain syndrome both here and in M89.0
        ("M89.0", "L99"),
        ("M01.1", "A70"),
        ("M20.2", "L98"),
        ("M21.3", "N18"),  # drop foot is a paralysis
        ("M23.1", "L99"),
        ("M46.1", "L84"),
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


# What a bridge must follow, by the kind of fault that had been made.
KINDS = {
    "what follows an operation is a complication of treatment": {
        "A87": ["I97.2", "K43.2", "M96.0", "M96.1", "M96.4", "M96.9", "T81", "T87", "J70.1", "O90.1"],
        "A89": ["T82", "T83", "T84", "T85", "Z96.6"],
        "A85": ["G44.4", "I95.2", "R50.2", "T88.7"],
    },
    "a secondary tumour is coded as its primary, else A79": {"A79": ["C77", "C78", "C79.5", "C80"]},
    "a functional symptom is P75": {"P75": ["F44.4", "F44.5", "F45.0"]},
    "not otherwise specified goes where the rubric says so": {
        "L91": ["M13.0", "M13.9", "M12.5"],
        "R78": ["J22"],
        "S19": ["T14.0"],
        "S18": ["T14.1"],
        "N81": ["T14.4"],
        "A81": ["T02.9", "T03.8", "S29.9", "S39.9"],
        "L19": ["M79.9"],
    },
    "a symptom is coded by its own name": {
        "N08": ["G25.0", "G25.9", "R25.1"],
        "S08": ["R23.0"],
        "K04": ["R00.1"],
        "D08": ["R14"],
        "L18": ["R25.2"],
        "N29": ["R26.8"],
        "P22": ["R62.0"],
        "P08": ["F52.5", "F52.6"],
    },
    "the rest group of the muscles, bones and joints has several things of its own": {
        "L99": ["M84.3", "M84.4", "M24.3", "M24.4", "M25.3", "M25.0", "Z89.5", "Z98.1", "M43.2", "T79.6", "M99.0"]
    },
    "a disease with its own rubric is not in the rest group": {
        "K89": ["G45.4"],
        "K95": ["I87.2"],
        "K94": ["I87.0"],
        "K87": ["I67.4"],
        "R72": ["J03.0"],
        "R81": ["J10.0", "J11.0"],
        "P15": ["G31.2"],
        "W84": ["O24.0", "O24.3", "O24.9"],
        "W85": ["O24.4"],
        "L87": ["M72.0", "M72.1", "M77.0"],
        "L81": ["M79.5", "S09.1", "S33.4"],
        "H79": ["S09.2"],
        "L84": ["M48.5", "S33.7", "M46.1"],
        "N92": ["G50.8", "G50.9"],
        "N91": ["G51.8", "G51.9"],
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_bridge_follows_what_the_rubric_includes(kind: str, catalogue: Catalogue) -> None:
    wrong = {
        (origin, catalogue.bridge_targets(origin)[:1], target)
        for target, origins in KINDS[kind].items()
        for origin in origins
        if catalogue.bridge_targets(origin)[:1] != (target,)
    }
    assert wrong == set()


def test_medial_epicondylitis_is_no_tennis_elbow(catalogue: Catalogue) -> None:
    assert catalogue.bridge_targets("M77.0") == ("L87",)


# Function and after-care, injuries, cancer rehabilitation, children, heart and lungs, skin, pelvis.
EVERYDAY = (
    "Z96.6 Z50.1 Z47.9 Z89 Z98.1 Z73.6 Z74.0 Z99.3 Z48 Z54 T81 T82 T83 T85 T87 T88 T79.6 T06 T09 S19 S28 S39.6 S39.9 T00 T01 T04 "
    "T05 S01 S21 S31 S04 S27 T20 T25 T29 T32 T96 T97 L89 L97 L90.5 L91.0 C18 C19 C20 C21 C22 C25 C32 C43 C53 C54 C55 C56 C57 C62 "
    "C64 C67 C70 C73 C77 C80 P07 P14 P91 P94 Q20 Q28 Q85 Q87 F80 F88 F89 I05 I09 I30 I42 I44 I45 I74 I82 I87.0 J22 J60 J70 J80 "
    "J82 J98 N30 N31 N32 R39.1 O70 N48 N64"
)


@pytest.mark.parametrize("origin", EVERYDAY.split())
def test_what_physiotherapy_meets_every_day_has_a_bridge(origin: str, catalogue: Catalogue) -> None:
    assert catalogue.bridge_targets(origin)


def test_every_swedish_code_of_the_catalogue_has_a_bridge(catalogue: Catalogue) -> None:
    assert [code for code in catalogue.icd10_se if not catalogue.bridge_targets(icd10_se_to_icd10(code) or "")] == []


def test_every_injury_has_a_bridge(catalogue: Catalogue) -> None:
    categories = [code for code in load_icd10().get_all_codes(True) if len(code) == 3 and code.startswith("S")]
    assert len(categories) > 80
    assert [code for code in categories if not catalogue.bridge_targets(f"{code}.9")] == []


def test_a_reason_is_short_and_belongs_to_a_bridge(catalogue: Catalogue) -> None:
    assert len(catalogue.bridge_reasons) > 50
    for (origin, target), reason in catalogue.bridge_reasons.items():
        assert target in catalogue.bridges[origin]
        assert len(reason) <= 100
        assert reason == reason.strip()


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


def test_a_code_of_sks_has_the_bridge_of_its_nearest_ancestor(catalogue: Catalogue) -> None:
    for code, origin in (("DM177", "M17"), ("DI109", "I10"), ("DG359A", "G35"), ("DS721+TUL1", "S72.1")):
        assert catalogue.bridges_of(code, SKS) == catalogue.bridge_targets(origin) != ()
    assert catalogue.bridges_of("DM27", SKS) == ()


def test_a_map_may_have_codes_of_sks_that_icd_10_lacks(catalogue: Catalogue) -> None:
    mapped = catalogue.with_bridges({"M17": ("L90",), "M17.7": ("L91",)})
    assert (mapped.bridges_of("DM177A", SKS), mapped.bridges_of("DM176", SKS)) == (("L91",), ("L90",))
