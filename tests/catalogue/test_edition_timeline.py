"""Editions side by side: on each day the edition of that day, and no code retired or new before its time."""

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
    """From 2026 an edition with A22 more, from 2027 one without L84 that calls L86 otherwise."""
    first = edition("a-2026", "2026-01-01", titles(catalogue, A22="Ny klage"))
    second = edition("b-2027", "2027-01-01", titles(catalogue, ["L84"], A22="Ny klage", L86="Lænd med udstråling"))
    return add_editions(catalogue, [second, first])


@pytest.mark.parametrize(
    ("date", "name"),
    [("2025-12-31", None), ("2026-01-01", "a-2026"), ("2026-12-31", "a-2026"), ("2027-01-01", "b-2027"), ("9999-12-31", "b-2027")],
)
def test_the_date_picks_the_edition(date: str, name: str | None, both: Catalogue, catalogue: Catalogue) -> None:
    view = both.on(day(date))
    assert view.edition == (name or catalogue.edition)
    assert view.source["title"] == (f"Udgaven {name}" if name else catalogue.source["title"])


@pytest.mark.parametrize("date", ["2025-06-01", "2026-06-01", "2027-06-01"])
def test_a_code_that_goes_is_valid_until_it_goes_whichever_day_one_looks_from(date: str, both: Catalogue) -> None:
    gone, new = both.on(day(date)).rubrics["L84"], both.on(day(date)).rubrics["A22"]
    assert (gone.valid_from, gone.valid_to) == (None, day("2026-12-31"))
    assert (new.valid_from, new.valid_to) == (day("2026-01-01"), None)
    assert both.on(day(date)).rubrics["L90"].valid_to is None


def test_a_title_is_that_of_the_day(both: Catalogue, catalogue: Catalogue) -> None:
    shipped = catalogue.title("L86", "da")
    assert [both.on(day(f"{year}-06-01")).title("L86", "da") for year in (2025, 2026, 2027)] == [
        shipped,
        shipped,
        "Lænd med udstråling",
    ]
    assert both.on(day("2027-06-01")).title("L86", "en") == catalogue.title("L86", "en")
    assert both.on(day("2027-06-01")).title("L84", "da") == catalogue.title("L84", "da")


def test_a_new_code_takes_its_place_from_its_number(both: Catalogue) -> None:
    new = both.on(day("2026-06-01")).rubrics["A22"]
    assert (new.chapter, new.component, new.kind) == ("A", 1, "symptom")


def test_what_an_edition_says_of_a_new_code_is_believed(catalogue: Catalogue) -> None:
    more = Concept("S25", {"da": "Ny skade"}, chapter="S", component=7, kind="injury")
    first = edition("a", "2026-01-01", titles(catalogue))
    view = add_editions(catalogue, [Edition("a", first.system, "t", "d", first.start, True, (*first.concepts, more))])
    assert (view.rubrics["S25"].component, view.rubrics["S25"].kind) == (7, "injury")


def test_process_codes_stay(both: Catalogue) -> None:
    for code in ("-30", "A30", "X37"):
        assert both.on(day("2027-06-01")).rubrics[code].is_valid(day("2027-06-01"))


def test_the_days_a_distribution_gives_a_code_count_within_its_edition(catalogue: Catalogue) -> None:
    of_year = Concept("A22", {"da": "Midlertidig"}, day("2026-03-01"), day("2026-08-31"))
    first = edition("a", "2026-01-01", titles(catalogue))
    one = Edition("a", first.system, "t", "d", first.start, True, (*first.concepts, of_year))
    view = add_editions(catalogue, [one, edition("b", "2027-01-01", titles(catalogue))]).on(day("2027-01-01"))
    assert (view.rubrics["A22"].valid_from, view.rubrics["A22"].valid_to) == (day("2026-03-01"), day("2026-08-31"))


def test_a_code_that_comes_back_is_valid_on_both_sides(catalogue: Catalogue) -> None:
    editions = [
        edition("a", "2026-01-01", titles(catalogue)),
        edition("b", "2027-01-01", titles(catalogue, ["L84"])),
        edition("c", "2028-01-01", titles(catalogue)),
    ]
    held = add_editions(catalogue, editions)
    for year, valid in ((2025, True), (2026, True), (2027, False), (2028, True)):
        date = datetime.date(year, 6, 1)
        assert held.on(date).rubrics["L84"].is_valid(date) is valid


def test_of_two_editions_from_one_day_the_later_one_holds(catalogue: Catalogue) -> None:
    wrong, right = edition("x", "2026-01-01", titles(catalogue, ["L84"])), edition("y", "2026-01-01", titles(catalogue))
    view = add_editions(catalogue, [wrong, right]).on(day("2026-02-01"))
    assert view.edition == "y"
    assert view.rubrics["L84"].is_valid(day("2026-02-01"))


def test_without_editions_the_catalogue_is_itself(catalogue: Catalogue) -> None:
    assert add_editions(catalogue, []) is catalogue
    assert catalogue.on(day("1900-01-01")) is catalogue
    assert catalogue.identity == catalogue.edition


def test_the_identity_is_that_of_the_whole_set_whatever_its_order(catalogue: Catalogue) -> None:
    first, second = edition("a", "2026-01-01", titles(catalogue)), edition("b", "2027-01-01", titles(catalogue))
    renamed = edition("a", "2026-01-01", titles(catalogue, L86="Andet"))
    sets = ([first], [first, second], [second, first], [renamed], [edition("a", "2026-01-02", titles(catalogue))])
    identities = [add_editions(catalogue, one).identity for one in sets]
    assert identities[1] == identities[2]
    assert len({catalogue.identity, *identities}) == 5


def test_the_change_dates_are_those_of_every_edition(both: Catalogue) -> None:
    assert both.change_dates == {day("2026-01-01"), day("2027-01-01")}


def test_another_system_is_known_by_its_edition_from_its_first_day(catalogue: Catalogue) -> None:
    held = add_editions(catalogue, [edition("egne", "2026-01-01", {"K1": "Knæ", "H2": "Hofte"}, system=OWN)])
    inside, before = held.on(day("2026-01-01")), held.on(day("2025-12-31"))
    assert inside.is_member("K1", OWN)
    assert not inside.is_member("K9", OWN)
    assert inside.title("H2", "da", OWN) == "Hofte"
    assert (inside.edition_name(OWN), inside.edition) == ("egne", catalogue.edition)
    early = before.find_concept("K1", OWN)
    assert early is not None
    assert early.valid_from == day("2026-01-01")


def test_an_added_edition_of_icd_10_decides_from_its_first_day_with_or_without_the_point(catalogue: Catalogue) -> None:
    held = add_editions(catalogue, [edition("icd", "2026-01-01", {"M17.1": "Artrose", "M99X": "Ny"}, system=ICD10)])
    for code, before, after in (("M171", True, True), ("M17.1", True, True), ("M99.X", False, True), ("M16.1", True, False)):
        assert held.on(day("2025-12-31")).is_member(code, ICD10) is before
        assert held.on(day("2026-01-01")).is_member(code, ICD10) is after


def test_the_nearest_codes_come_from_the_added_edition(catalogue: Catalogue) -> None:
    held = add_editions(catalogue, [edition("se", "2026-01-01", {"M17.1": "Artros", "M17.9": "Artros"}, system=ICD10_SE)])
    assert held.on(day("2026-01-01")).nearest_codes("M17.2", ICD10_SE) == ["M17.1", "M17.9"]


def test_catalogues_side_by_side_can_be_handed_to_another_process(both: Catalogue) -> None:
    again: Catalogue = pickle.loads(pickle.dumps(both))  # noqa: S301
    assert again.identity == both.identity
    assert again.on(day("2027-06-01")).edition == "b-2027"


def test_an_edition_comes_back_from_its_text() -> None:
    whole = Concept("S25", {"da": "Ny", "en": "New"}, day("2026-01-01"), None, "S", 7, "injury")
    one = Edition("a", "icpc-2", "Titel", "2026-01-01", day("2026-01-01"), False, (whole, Concept("A22", {"da": "Klage"})))
    assert parse_edition(one.json_text()) == one
    assert parse_edition(one.json_text()).digest() == one.digest()
    assert one.source["status"] == "unconfirmed"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "kodevagt-edition", "version": 2}', '{"format": "kodevagt-edition"}'])
def test_a_text_that_is_no_edition_is_refused(text: str) -> None:
    with pytest.raises(EditionTextError):
        parse_edition(text)
