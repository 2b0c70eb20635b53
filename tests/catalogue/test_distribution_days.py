"""First and last days as the registers write them."""

import datetime

import pytest

from tests.catalogue.editions import day
from validator.catalogue.editions.formats.distribution import parse_cessation, parse_first_day, parse_last_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2028-06-15", "2028-06-15", "2028-06-15"),
        (" 2028-06-15 ", "2028-06-15", "2028-06-15"),
        ("20280615", "2028-06-15", "2028-06-15"),
        ("2028-06", "2028-06-01", "2028-06-30"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2028-12", "2028-12-01", "2028-12-31"),
        ("2028", "2028-01-01", "2028-12-31"),
        ("2028-06-15T00:00:00", "2028-06-15", "2028-06-15"),
        ("2028-06-15 00:00:00", "2028-06-15", "2028-06-15"),
        ("2028-06-15T23:59:59.999+02:00", "2028-06-15", "2028-06-15"),
        ("2028-06-15T00:00:00+02:00", "2028-06-15", "2028-06-15"),
        ("2028-06-15T23:59:59Z", "2028-06-15", "2028-06-15"),
        ("2028-06-15T00:00:00Z", "2028-06-15", "2028-06-15"),
    ],
)
def test_a_day_or_a_period_is_read_as_fhir_means_it(text: str, first: str, last: str) -> None:
    assert parse_first_day(text) == day(first)
    assert parse_last_day(text) == day(last)


@pytest.mark.parametrize("text", ["2028-06-14T22:00:00Z", "2028-06-14T22:00:00.000+00:00", "2028-06-14T23:00:00Z"])
def test_a_danish_midnight_written_in_utc_is_the_danish_day(text: str) -> None:
    assert parse_first_day(text) == parse_last_day(text) == day("2028-06-15")


@pytest.mark.parametrize(
    "text",
    ["2099-12-31", "9999-12-31", "25000101", "2500-01-01", "2999-12-31", "2099", "3000-01-01T00:00:00Z", "9999-12-31T23:00:00Z"],
)
def test_a_day_that_means_no_end_is_none(text: str) -> None:
    assert parse_last_day(text) is None
    assert parse_cessation(text) is None


@pytest.mark.parametrize("text", ["", " "])
def test_no_text_is_no_limit(text: str) -> None:
    assert parse_first_day(text) is None
    assert parse_last_day(text) is None


@pytest.mark.parametrize("text", ["0001-01-01", "1900-01-01", "17530101"])
def test_a_first_day_before_every_contact_is_no_limit(text: str) -> None:
    assert parse_first_day(text) is None


def test_a_first_day_in_a_remote_future_is_a_day() -> None:
    assert parse_first_day("9999-12-31") == datetime.date.max


@pytest.mark.parametrize(
    ("text", "last"),
    [("2028-07-01", "2028-06-30"), ("2028-07", "2028-06-30"), ("2028", "2027-12-31"), ("0001-01-01", "0001-01-01")],
)
def test_what_ceases_on_a_day_is_valid_until_the_day_before(text: str, last: str) -> None:
    assert parse_cessation(text) == day(last)


WRONG_DAYS = ["juli", "01-03-2027", "2027-13-01", "2027-02-30", "2028-6-1", "0000-01-01", "2028-W26-1", "99999999", "20280615x"]
WRONG_PERIODS = ["202806", "28", "2028-13", "2028-06T10:00"]


@pytest.mark.parametrize("text", [*WRONG_DAYS, *WRONG_PERIODS, "2028-06-15T25:00", "２０２８-06-15"])
def test_another_text_is_refused(text: str) -> None:
    for parse in (parse_first_day, parse_last_day, parse_cessation):
        with pytest.raises(ValueError, match="ÅÅÅÅ-MM-DD"):
            parse(text)
