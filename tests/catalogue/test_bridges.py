"""The bridges from ICD-10 lead where they are known to lead, and every one of them leads somewhere."""

import pytest

from validator.catalogue import Catalogue
from validator.catalogue.systems import icd10

# Worth knowing, with every target.
KNOWN = {
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


@pytest.mark.parametrize("origin", KNOWN)
def test_a_known_bridge_leads_to_its_codes(origin: str, catalogue: Catalogue) -> None:
    assert set(catalogue.bridge(origin)) == KNOWN[origin]


@pytest.mark.parametrize(("finer", "targets"), [("M17.1", ("L90",)), ("M16.0", ("L89",)), ("M75.1", ("L92",)), ("M81.0", ("L95",))])
def test_a_finer_code_takes_the_bridge_of_its_category(finer: str, targets: tuple[str, ...], catalogue: Catalogue) -> None:
    assert catalogue.bridge(finer) == targets


def test_the_preferred_target_comes_first(catalogue: Catalogue) -> None:
    assert catalogue.bridge("C50") == ("X76", "Y78")


def test_a_code_without_a_bridge_has_none(catalogue: Catalogue) -> None:
    assert catalogue.bridge("A98.1") == ()
    assert catalogue.bridge("M") == ()
    assert catalogue.bridge("") == ()


def test_a_code_knows_the_bridges_that_lead_to_it(catalogue: Catalogue) -> None:
    assert {"M54.3", "M54.4", "M51.1"} <= set(catalogue.bridges_to("L86"))
    assert "M48.0" not in catalogue.bridges_to("L86")
    assert catalogue.bridges_to("L21") == []


def test_every_bridge_begins_in_icd_10_and_ends_in_a_diagnosis(catalogue: Catalogue) -> None:
    assert [origin for origin in catalogue.bridges if icd10(origin) != origin] == []
    targets = {target for targets in catalogue.bridges.values() for target in targets}
    assert [code for code in sorted(targets) if catalogue.rubrics[code].kind == "process"] == []
