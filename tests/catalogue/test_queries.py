"""The queries that measure the search: enough of every sort, each with an existing code."""

from collections import Counter

import pytest

from tests.catalogue.queries import CATALOG, HERE, rows
from validator.catalogue.catalogue import Catalogue
from validator.support.personal_data import has_cpr

QUERIES = rows(HERE / "queries.csv")
MIN_QUERIES = 330


def test_the_columns_and_their_values_are_closed_lists() -> None:
    assert list(QUERIES[0]) == ["query", "code", "within", "specialty", "note"]
    assert {row["within"] for row in QUERIES} == {"1", "3", "5"}
    assert {row["specialty"] for row in QUERIES} == {"", "51"}


def test_there_are_enough_queries_and_no_duplicates() -> None:
    assert len(QUERIES) >= MIN_QUERIES
    counts = Counter((row["query"], row["specialty"]) for row in QUERIES)
    assert [query for query, count in counts.items() if count > 1] == []


def test_every_query_has_a_rubric_and_a_note(catalogue: Catalogue) -> None:
    assert [row["query"] for row in QUERIES if row["code"] not in catalogue.rubrics or not row["note"]] == []
    assert [row["query"] for row in QUERIES if not row["query"].strip() or has_cpr(row["query"])] == []


@pytest.mark.parametrize(
    ("sort", "count"),
    [
        ("exact code", 5),
        ("title", 30),
        ("lay", 80),
        ("Latin", 15),
        ("English", 20),
        ("Swedish", 10),
        ("abbreviation", 20),
        ("ASCII", 15),
        ("misspelling", 20),
        ("unfinished", 20),
        ("words apart", 10),
        ("compound", 15),
        ("turned", 5),
    ],
)
def test_every_sort_of_query_is_represented(sort: str, count: int) -> None:
    assert sum(sort in row["note"] for row in QUERIES) >= count


def test_a_query_that_is_a_title_or_synonym_expects_its_rubric() -> None:
    """Checks the data only; other tests check the search."""
    owners: dict[str, set[str]] = {}
    for row in rows(CATALOG / "icpc2.csv"):
        for column in ("title_da", "short_da", "title_en", "short_en"):
            owners.setdefault(row[column].casefold(), set()).add(row["code"])
    for row in rows(CATALOG / "synonyms.csv"):
        owners.setdefault(row["term"].casefold(), set()).add(row["code"])
    known = [row for row in QUERIES if row["query"].casefold() in owners]
    assert len(known) >= MIN_QUERIES // 2
    assert [row["query"] for row in known if row["code"] not in owners[row["query"].casefold()]] == []
