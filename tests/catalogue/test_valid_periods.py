"""The periods in which a code is valid, over all editions."""

import datetime
from dataclasses import replace

from tests.catalogue.editions import day, edition, titles
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10_SE, ICPC, SKS
from validator.catalogue.editions.edition import Concept, Edition
from validator.catalogue.editions.edition_timeline import add_editions
from validator.catalogue.valid_periods import valid_periods

ALWAYS = (datetime.date.min, datetime.date.max)


def dated(name: str, start: str, system: str, **codes: tuple[str | None, str | None]) -> Edition:
    """Build an edition from codes with their first and last day."""
    concepts = tuple(Concept(code, {"da": code}, first and day(first), last and day(last)) for code, (first, last) in codes.items())
    return replace(edition(name, start, {}, system=system), concepts=concepts)


def test_without_editions_every_code_is_always_valid(catalogue: Catalogue) -> None:
    for code, system in (("L84", ICPC), ("DG35", SKS), ("M17.1", ICD10_SE)):
        assert valid_periods(catalogue.timeline, code, system) == [ALWAYS]
    assert valid_periods(catalogue.timeline, "L21", ICPC) == []


def test_a_code_that_an_edition_leaves_out_ends_before_it(catalogue: Catalogue) -> None:
    without = edition("a", "2027-01-01", titles(catalogue, ["L84"]))
    timeline = add_editions(catalogue, [without, edition("b", "2029-01-01", titles(catalogue))]).timeline
    ends = (datetime.date.min, day("2026-12-31")), (day("2029-01-01"), datetime.date.max)
    assert valid_periods(timeline, "L84", ICPC) == list(ends)
    assert valid_periods(timeline, "L86", ICPC) == [ALWAYS]


def test_before_the_first_edition_the_shipped_tables_decide(catalogue: Catalogue) -> None:
    timeline = add_editions(catalogue, [edition("a", "2027-01-01", {"DM17": "Slidgigt"}, system=SKS)]).timeline
    assert valid_periods(timeline, "DG35", SKS, is_beginning=True) == [(datetime.date.min, day("2026-12-31"))]
    assert valid_periods(timeline, "DM17", SKS, is_beginning=True) == [ALWAYS]


def test_a_beginning_is_valid_with_any_of_its_codes(catalogue: Catalogue) -> None:
    one = dated("a", "2027-01-01", SKS, DG350=(None, "2027-06-30"), DG351=("2027-06-01", "2027-12-31"), DG359=("2029-01-01", None))
    timeline = add_editions(catalogue, [one]).timeline
    periods = [(datetime.date.min, day("2027-12-31")), (day("2029-01-01"), datetime.date.max)]
    assert valid_periods(timeline, "DG35", SKS, is_beginning=True) == periods
    assert valid_periods(timeline, "DG35", SKS) == [(datetime.date.min, day("2026-12-31"))]


def test_a_code_with_a_point_is_found_in_an_edition(catalogue: Catalogue) -> None:
    timeline = add_editions(catalogue, [dated("a", "2027-01-01", ICD10_SE, **{"M17.1": (None, None)})]).timeline
    assert valid_periods(timeline, "M17.1", ICD10_SE) == valid_periods(timeline, "M17", ICD10_SE, is_beginning=True) == [ALWAYS]
    assert valid_periods(timeline, "M16", ICD10_SE, is_beginning=True) == [(datetime.date.min, day("2026-12-31"))]


def test_an_edition_may_begin_on_the_first_day_of_all(catalogue: Catalogue) -> None:
    timeline = add_editions(catalogue, [edition("a", "0001-01-01", {"DM17": "Slidgigt"}, system=SKS)]).timeline
    assert valid_periods(timeline, "DM17", SKS) == [ALWAYS]
    assert valid_periods(timeline, "DG35", SKS, is_beginning=True) == []
