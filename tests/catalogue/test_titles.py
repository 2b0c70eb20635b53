"""Titles exist, are short and unique; codes of the female and male chapters are paired."""

from collections import Counter

import pytest

from tests.catalogue.queries import CATALOG, rows, unclean
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release

MAX_LENGTH = 60
MAX_SHORT_LENGTH = 30


@pytest.mark.parametrize("language", ["da", "en"])
def test_titles_are_unique_and_short(language: str, catalogue: Catalogue) -> None:
    titles = {code: rubric.titles[language] for code, rubric in catalogue.rubrics.items()}
    repeated = {title for title, count in Counter(titles.values()).items() if count > 1}
    assert [code for code, title in titles.items() if title in repeated] == []
    assert [code for code, title in titles.items() if len(title) > MAX_LENGTH or title != title.strip() or not title] == []


@pytest.mark.parametrize("column", ["short_da", "short_en"])
def test_short_titles_exist_and_are_unique_and_short(column: str) -> None:
    short = [row[column] for row in rows(CATALOG / "icpc2.csv")]
    assert unclean(short) == []
    assert [title for title in short if len(title) > MAX_SHORT_LENGTH] == []
    assert [title for title, count in Counter(map(str.casefold, short)).items() if count > 1] == []


def test_every_code_in_use_has_a_danish_title(catalogue: Catalogue, release: Release) -> None:
    named = {code for course in release.courses.values() for entry in course.main_diagnosis for code in entry.codes}
    named |= {code for course in release.courses.values() for entry in course.referral for code in entry.icpc}
    used = named | {code for code, rubric in catalogue.rubrics.items() if rubric.chapter in ("L", "N") or rubric.kind == "process"}
    assert [code for code in sorted(used) if not catalogue.title(code, "da")] == []


def test_a_language_without_a_title_gets_the_danish_one(catalogue: Catalogue) -> None:
    assert catalogue.title("L90", "sv") == catalogue.title("L90", "da") == "Artrose i knæet"
    assert catalogue.title("L21", "da") is None


def test_a_pair_has_a_female_and_a_male_code(catalogue: Catalogue) -> None:
    assert (catalogue.counterparts["X76"], catalogue.counterparts["Y78"]) == ("Y78", "X76")
    for code, counterpart in catalogue.counterparts.items():
        sexes = {catalogue.rubrics[code].sex, catalogue.rubrics[counterpart].sex}
        # Chlamydia in a man is coded as urethritis, which has no sex.
        assert sexes == ({"female", None} if code == "X92" else {"female", "male"}), code


@pytest.mark.parametrize(
    ("code", "counterpart"),
    [
        ("X72", "Y75"),
        ("Y75", "X72"),
        ("X79", "Y79"),
        ("Y79", "X80"),
        ("Y03", "X29"),
        ("X29", "Y29"),
        ("Y29", "X29"),
        ("X92", "U72"),
    ],
)
def test_a_code_has_the_counterpart_of_its_meaning(code: str, counterpart: str, catalogue: Catalogue) -> None:
    assert catalogue.counterparts[code] == counterpart


def test_the_counterpart_of_a_male_code_leads_back(catalogue: Catalogue) -> None:
    males = [code for code in catalogue.counterparts if code.startswith("Y")]
    assert males
    # The female rubric of other symptoms has two male ones: discharge and the other symptoms.
    assert [code for code in males if catalogue.counterparts[catalogue.counterparts[code]] != code] == ["Y03"]
