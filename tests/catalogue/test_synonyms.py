"""Synonyms: enough of them, clean, and unique to a rubric unless a word is truly ambiguous."""

import unicodedata
from collections import Counter, defaultdict

import pytest

from tests.catalogue.queries import CATALOG, rows, unclean
from validator.catalogue.catalogue import Catalogue

SYNONYMS = rows(CATALOG / "synonyms.csv")
LANGUAGES = ("da", "en", "sv")
KINDS = ("lay", "clinical", "latin", "abbreviation")
MAX_LENGTH = 60
MAX_ABBREVIATION_LENGTH = 8
CHAPTERS = ("L", "N")


def folded(row: dict[str, str]) -> tuple[str, str]:
    return row["language"], row["term"].casefold()


def test_the_columns_and_their_values_are_closed_lists() -> None:
    assert list(SYNONYMS[0]) == ["code", "language", "term", "kind", "preferred"]
    assert {row["language"] for row in SYNONYMS} == set(LANGUAGES)
    assert {row["kind"] for row in SYNONYMS} == set(KINDS)
    assert {row["preferred"] for row in SYNONYMS} == {"0", "1"}


def test_every_synonym_belongs_to_a_rubric(catalogue: Catalogue) -> None:
    assert sorted({row["code"] for row in SYNONYMS} - set(catalogue.rubrics)) == []


def test_every_rubric_has_a_danish_synonym() -> None:
    rubrics = {row["code"] for row in rows(CATALOG / "icpc2.csv")}
    assert sorted(rubrics - {row["code"] for row in SYNONYMS if row["language"] == "da"}) == []


def test_there_are_at_least_1500_danish_terms() -> None:
    danish = {row["term"].casefold(): row["code"] for row in SYNONYMS if row["language"] == "da"}
    assert len(danish) >= 1500
    assert sum(code.startswith(CHAPTERS) for code in danish.values()) >= 500


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rubric_of_l_and_n_has_two_terms(language: str) -> None:
    terms = Counter(row["code"] for row in SYNONYMS if row["language"] == language)
    codes = [row["code"] for row in rows(CATALOG / "icpc2.csv") if row["chapter"] in CHAPTERS]
    assert [code for code in codes if terms[code] < 2] == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_used_for_l_and_n(kind: str) -> None:
    assert sum(row["kind"] == kind and row["code"].startswith(CHAPTERS) for row in SYNONYMS) >= 50


def test_terms_are_clean_and_short() -> None:
    assert unclean(row["term"] for row in SYNONYMS) == []
    assert [row["term"] for row in SYNONYMS if not 2 <= len(row["term"]) <= MAX_LENGTH] == []


def test_an_abbreviation_is_one_short_word() -> None:
    short = [row["term"] for row in SYNONYMS if row["kind"] == "abbreviation"]
    assert [term for term in short if len(term) > MAX_ABBREVIATION_LENGTH or " " in term] == []


def test_danish_and_swedish_are_not_mixed_up() -> None:
    def letters(language: str) -> set[str]:
        return {sign for row in SYNONYMS if row["language"] == language and row["kind"] == "lay" for sign in row["term"].casefold()}

    assert letters("da").isdisjoint("äö")
    assert letters("sv").isdisjoint("æø")
    assert letters("en").isdisjoint("æøåäö")


def test_terms_are_written_in_latin_letters() -> None:
    signs = {sign for row in SYNONYMS for sign in row["term"] if not sign.isascii()}
    assert [sign for sign in sorted(signs) if not unicodedata.name(sign).startswith("LATIN ")] == []


def test_terms_of_a_rubric_are_unique_in_a_language() -> None:
    counts = Counter((row["code"], *folded(row)) for row in SYNONYMS)
    assert [term for term, count in counts.items() if count > 1] == []


def test_one_of_the_rubrics_that_share_a_term_is_preferred() -> None:
    preferred: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in SYNONYMS:
        preferred[folded(row)].append(row["preferred"])
    assert [term for term, marks in preferred.items() if marks.count("1") != 1] == []


def test_few_terms_are_shared() -> None:
    counts = Counter(folded(row) for row in SYNONYMS)
    assert max(counts.values()) <= 3
    assert sum(count > 1 for count in counts.values()) <= len(counts) // 100


def test_a_term_that_is_the_title_of_another_rubric_is_on_that_rubric_too() -> None:
    titles = {
        (language, row[column].casefold()): row["code"]
        for row in rows(CATALOG / "icpc2.csv")
        for language in ("da", "en")
        for column in (f"title_{language}", f"short_{language}")
    }
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in SYNONYMS:
        owners[folded(row)].add(row["code"])
    assert [term for term, codes in owners.items() if term in titles and titles[term] not in codes] == []


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("iskias", "L86"),
        ("slidgigt i knæ", "L90"),
        ("frosen skulder", "L92"),
        ("kronisk leddegigt", "L88"),
        ("hold i nakken", "L83"),
        ("hofteslitage", "L89"),
        ("meniskskade", "L96"),
        ("prolaps i lænden", "L86"),
        ("piskesmæld", "L83"),
        ("lumbal spinalstenose", "L84"),
        ("nerverodspåvirkning, cervikal", "L83"),
        ("nerverodspåvirkning, lumbal", "L86"),
        ("artrose i hofte", "L89"),
        ("artrose i knæ", "L90"),
        ("smerter i lænderyg", "L03"),
        ("sklerose", "N86"),
        ("følger efter stroke", "K91"),
    ],
)
def test_common_terms_and_course_names_are_synonyms(term: str, code: str) -> None:
    assert [row["code"] for row in SYNONYMS if folded(row) == ("da", term) and row["preferred"] == "1"] == [code]
