"""The catalogue over time: the edition in force on each day, and the validity of its codes."""

import datetime
import pickle

import pytest

from tests.catalogue.editions import day, edition, titles
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICD10_SE
from validator.catalogue.editions.edition import Concept, Edition, EditionTextError, parse_edition
from validator.catalogue.editions.edition_timeline import add_editions

OWN = "https://example.org/koder"


@pytest.fixture(scope="module")
def both(catalogue: Catalogue) -> Catalogue:
    """The catalogue with two editions: A22 added in 2026, L84 removed and L86 renamed in 2027."""
    first = edition("a-2026", "2026-01-01", titles(catalogue, A22="Ny klage"))
    second = edition("b-2027", "2027-01-01", titles(catalogue, ["L84"], A22="Ny klage", L86="Lænd med udstråling"))
    return add_editions(catalogue, [second, first])


@pytest.mark.parametrize(
    ("date", "name"),
    [("2025-12-31", None), ("2026-01-01", "a-2026"), ("2026-12-31", "a-2026"), ("2027-01-01", "b-2027"), ("9999-12-31", "b-2027")],
)
def test_the_date_decides_the_edition(date: str, name: str | None, both: Catalogue, catalogue: Catalogue) -> None:
    view = both.on(day(date))
    assert view.edition == (name or catalogue.edition)
    assert view.source["title"] == (f"Udgaven {name}" if name else catalogue.source["title"])


@pytest.mark.parametrize("date", ["2025-06-01", "2026-06-01", "2027-06-01"])
def test_the_validity_of_a_code_is_the_same_in_all_views(date: str, both: Catalogue) -> None:
    retired, new = both.on(day(date)).rubrics["L84"], both.on(day(date)).rubrics["A22"]
    assert (retired.valid_from, retired.valid_to) == (None, day("2026-12-31"))
    assert (new.valid_from, new.valid_to) == (day("2026-01-01"), None)
    assert both.on(day(date)).rubrics["L90"].valid_to is None


def test_the_title_is_that_of_the_edition_in_force(both: Catalogue, catalogue: Catalogue) -> None:
    shipped = catalogue.title("L86", "da")
    assert [both.on(day(f"{year}-06-01")).title("L86", "da") for year in (2025, 2026, 2027)] == [
        shipped,
        shipped,
        "Lænd med udstråling",
    ]
    assert both.on(day("2027-06-01")).title("L86", "en") == catalogue.title("L86", "en")
    assert both.on(day("2027-06-01")).title("L84", "da") == catalogue.title("L84", "da")


def test_a_new_code_gets_its_component_from_its_number(both: Catalogue) -> None:
    new = both.on(day("2026-06-01")).rubrics["A22"]
    assert (new.chapter, new.component, new.kind) == ("A", 1, "symptom")


def test_component_and_kind_of_a_new_code_are_taken_from_the_edition(catalogue: Catalogue) -> None:
    more = Concept("S25", {"da": "Ny skade"}, chapter="S", component=7, kind="injury")
    first = edition("a", "2026-01-01", titles(catalogue))
    view = add_editions(catalogue, [Edition("a", first.system, "t", "d", first.start, True, (*first.concepts, more))])
    assert (view.rubrics["S25"].component, view.rubrics["S25"].kind) == (7, "injury")


def test_process_codes_remain_valid(both: Catalogue) -> None:
    for code in ("-30", "A30", "X37"):
        assert both.on(day("2027-06-01")).rubrics[code].is_valid(day("2027-06-01"))


def test_validity_within_an_edition_is_preserved(catalogue: Catalogue) -> None:
    of_year = Concept("A22", {"da": "Midlertidig"}, day("2026-03-01"), day("2026-08-31"))
    first = edition("a", "2026-01-01", titles(catalogue))
    one = Edition("a", first.system, "t", "d", first.start, True, (*first.concepts, of_year))
    view = add_editions(catalogue, [one, edition("b", "2027-01-01", titles(catalogue))]).on(day("2027-01-01"))
    assert (view.rubrics["A22"].valid_from, view.rubrics["A22"].valid_to) == (day("2026-03-01"), day("2026-08-31"))


def test_a_reintroduced_code_is_valid_in_both_periods(catalogue: Catalogue) -> None:
    editions = [
        edition("a", "2026-01-01", titles(catalogue)),
        edition("b", "2027-01-01", titles(catalogue, ["L84"])),
        edition("c", "2028-01-01", titles(catalogue)),
    ]
    added = add_editions(catalogue, editions)
    for year, valid in ((2025, True), (2026, True), (2027, False), (2028, True)):
        date = datetime.date(year, 6, 1)
        assert added.on(date).rubrics["L84"].is_valid(date) is valid


def test_of_two_editions_with_the_same_start_the_last_is_used(catalogue: Catalogue) -> None:
    wrong, right = edition("x", "2026-01-01", titles(catalogue, ["L84"])), edition("y", "2026-01-01", titles(catalogue))
    view = add_editions(catalogue, [wrong, right]).on(day("2026-02-01"))
    assert view.edition == "y"
    assert view.rubrics["L84"].is_valid(day("2026-02-01"))


def test_without_editions_the_catalogue_is_unchanged(catalogue: Catalogue) -> None:
    assert add_editions(catalogue, []) is catalogue
    assert catalogue.on(day("1900-01-01")) is catalogue
    assert catalogue.identity == catalogue.edition


def test_the_identity_depends_on_the_editions_and_not_on_their_order(catalogue: Catalogue) -> None:
    first, second = edition("a", "2026-01-01", titles(catalogue)), edition("b", "2027-01-01", titles(catalogue))
    renamed = edition("a", "2026-01-01", titles(catalogue, L86="Andet"))
    sets = ([first], [first, second], [second, first], [renamed], [edition("a", "2026-01-02", titles(catalogue))])
    identities = [add_editions(catalogue, editions).identity for editions in sets]
    assert identities[1] == identities[2]
    assert len({catalogue.identity, *identities}) == 5


def test_the_change_dates_are_the_starts_of_editions(both: Catalogue) -> None:
    assert both.change_dates == {day("2026-01-01"), day("2027-01-01")}


def test_an_imported_system_is_known_from_the_start_of_its_edition(catalogue: Catalogue) -> None:
    added = add_editions(catalogue, [edition("egne", "2026-01-01", {"K1": "Knæ", "H2": "Hofte"}, system=OWN)])
    inside, before = added.on(day("2026-01-01")), added.on(day("2025-12-31"))
    assert inside.is_member("K1", OWN)
    assert not inside.is_member("K9", OWN)
    assert inside.title("H2", "da", OWN) == "Hofte"
    assert (inside.edition_name(OWN), inside.edition) == ("egne", catalogue.edition)
    early = before.find_concept("K1", OWN)
    assert early is not None
    assert early.valid_from == day("2026-01-01")


def test_an_imported_edition_of_icd_10_decides_from_its_start(catalogue: Catalogue) -> None:
    added = add_editions(catalogue, [edition("icd", "2026-01-01", {"M17.1": "Artrose", "M99X": "Ny"}, system=ICD10)])
    for code, before, after in (("M171", True, True), ("M17.1", True, True), ("M99.X", False, True), ("M16.1", True, False)):
        assert added.on(day("2025-12-31")).is_member(code, ICD10) is before
        assert added.on(day("2026-01-01")).is_member(code, ICD10) is after


def test_nearest_codes_come_from_the_imported_edition(catalogue: Catalogue) -> None:
    added = add_editions(catalogue, [edition("se", "2026-01-01", {"M17.1": "Artros", "M17.9": "Artros"}, system=ICD10_SE)])
    assert added.on(day("2026-01-01")).nearest_codes("M17.2", ICD10_SE) == ["M17.1", "M17.9"]


def test_a_catalogue_with_editions_can_be_pickled(both: Catalogue) -> None:
    copy: Catalogue = pickle.loads(pickle.dumps(both))  # noqa: S301  # pickled on the same line
    assert copy.identity == both.identity
    assert copy.on(day("2027-06-01")).edition == "b-2027"


def test_an_edition_is_equal_after_a_round_trip_as_json() -> None:
    complete = Concept("S25", {"da": "Ny", "en": "New"}, day("2026-01-01"), None, "S", 7, "injury")
    one = Edition("a", "icpc-2", "Titel", "2026-01-01", day("2026-01-01"), False, (complete, Concept("A22", {"da": "Klage"})))
    assert parse_edition(one.json_text()) == one
    assert parse_edition(one.json_text()).digest == one.digest
    assert one.source["status"] == "unconfirmed"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "kodevagt-edition", "version": 2}', '{"format": "kodevagt-edition"}'])
def test_a_text_that_is_not_an_edition_is_refused(text: str) -> None:
    with pytest.raises(EditionTextError):
        parse_edition(text)
