"""Days and statuses of FHIR concepts, by the properties in use in Denmark and those that FHIR defines."""

from typing import Any

import pytest

from tests.catalogue.code_systems import concept, read_code_system, read_concept, refused_code_system
from tests.catalogue.editions import day

FHIR = "http://hl7.org/fhir/concept-properties#"


@pytest.mark.parametrize("name", ["validFrom", "valid-from", "ValidFrom", "VALID_FROM", "gyldigFra", "gyldig-fra"])
def test_a_first_day_is_included(name: str) -> None:
    assert read_concept(concept("A", **{name: "2028-07-01"})).valid_from == day("2028-07-01")


@pytest.mark.parametrize("name", ["validTo", "valid-to", "ValidTo", "validUntil", "gyldigTil", "gyldig-til", "slutdato"])
def test_a_last_day_is_included(name: str) -> None:
    assert read_concept(concept("A", **{name: "2028-06-30"})).valid_to == day("2028-06-30")


@pytest.mark.parametrize("name", ["retirementDate", "retirement-date", "inactivationDate"])
def test_a_day_of_retirement_is_not_included(name: str) -> None:
    assert read_concept(concept("A", **{name: "2028-07-01"})).valid_to == day("2028-06-30")


@pytest.mark.parametrize("end", ["2099-12-31", "9999-12-31", "25000101", "2500-01-01", "2999-12-31T00:00:00Z"])
@pytest.mark.parametrize("name", ["validTo", "retirementDate"])
def test_a_day_that_means_no_end_is_none(name: str, end: str) -> None:
    assert read_concept(concept("A", **{name: end})).valid_to is None


def test_partial_dates_are_read_as_fhir_means_them() -> None:
    row = read_concept(concept("A", validFrom="2028-02", validTo="2028"))
    assert (row.valid_from, row.valid_to) == (day("2028-02-01"), day("2028-12-31"))


def test_a_day_written_as_a_number_is_read() -> None:
    assert read_concept(concept("A", validTo=("valueInteger", 20280630))).valid_to == day("2028-06-30")


@pytest.mark.parametrize(
    ("code", "uri", "last"),
    [
        ("slut", f"{FHIR}retirementDate", "2028-06-30"),
        ("p1", "https://example.org/egenskaber/validTo", "2028-07-01"),
        ("validTo", f"{FHIR}retirementDate", "2028-06-30"),
    ],
)
def test_the_uri_of_a_property_says_what_it_means(code: str, uri: str, last: str) -> None:
    definition = {"code": code, "uri": uri, "type": "dateTime"}
    assert read_concept(concept("A", **{code: "2028-07-01"}), property=[definition]).valid_to == day(last)


@pytest.mark.parametrize(
    "properties",
    [
        {"status": "retired"},
        {"status": "inactive"},
        {"Status": "RETIRED"},
        {"status": "udgået"},
        {"status": ("valueCoding", {"code": "retired"})},
        {"inactive": True},
        {"inactive": ("valueCode", "true")},
        {"active": False},
    ],
)
def test_an_inactive_code_without_a_last_day_is_left_out_and_reported(properties: dict[str, Any]) -> None:
    found = read_code_system(concept("A"), concept("B", **properties))
    assert [row.code for row in found.rows] == ["A"]
    assert found.left_out == {"koder ude af brug uden en sidste dag": ("B",)}


@pytest.mark.parametrize(
    "properties",
    [{"status": "active"}, {"status": "deprecated"}, {"status": "experimental"}, {"inactive": False}, {"active": True}],
)
def test_a_code_in_use_has_no_last_day(properties: dict[str, Any]) -> None:
    found = read_code_system(concept("A", **properties))
    assert (found.rows[0].valid_to, found.questions) == (None, ())


def test_an_inactive_code_is_valid_until_its_last_day() -> None:
    assert read_concept(concept("A", status="retired", validTo="2026-12-31")).valid_to == day("2026-12-31")


@pytest.mark.parametrize("name", ["notSelectable", "not-selectable", "abstract"])
def test_a_heading_is_left_out_and_reported(name: str) -> None:
    found = read_code_system(concept("A", **{name: True}), concept("B", **{name: False}))
    assert ([row.code for row in found.rows], found.left_out) == (["B"], {"overskrifter, der ikke kan vælges": ("A",)})


def test_the_day_of_a_status_begins_or_ends_a_code() -> None:
    assert read_concept(concept("A", effectiveDate="2028-07-01", status="active")).valid_from == day("2028-07-01")
    assert read_concept(concept("A", effectiveDate="2028-07-01", status="retired")).valid_to == day("2028-06-30")
    row = read_concept(concept("A", effectiveDate="2028-07-01", validFrom="2020-01-01", status="active"))
    assert (row.valid_from, row.valid_to) == (day("2020-01-01"), None)


@pytest.mark.parametrize("properties", [{"deprecated": "2028-07-01"}, {"deprecationDate": "2028-07-01"}, {"deprecated": True}])
def test_a_deprecated_code_may_still_be_used(properties: dict[str, Any]) -> None:
    found = read_code_system(concept("A", **properties))
    assert (found.rows[0].valid_from, found.rows[0].valid_to, found.questions) == (None, None, ())


@pytest.mark.parametrize("name", ["created", "changeDate", "lastModified"])
def test_a_day_that_says_nothing_of_validity_is_passed_over(name: str) -> None:
    found = read_code_system(concept("A", **{name: "2028-07-01"}))
    assert (found.rows[0].valid_from, found.rows[0].valid_to, found.questions) == (None, None, ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("frist", "2028-07-01"),
        ("frist", ("valueString", "2028-07-01")),
        ("udløbsdato", ("valueString", "til sommer")),
        ("expiryDate", ("valueString", "snart")),
        ("lifecycle-status", ("valueCode", "x")),
        ("conceptStatus", ("valueCode", "x")),
        ("ophoer", ("valueString", "snart")),
        ("endOfUse", ("valueString", "snart")),
    ],
)
def test_an_unknown_date_or_status_asks_with_its_first_line(name: str, value: Any) -> None:
    found = read_code_system(concept("A"), concept("B", **{name: value}), concept("C", **{name: value}))
    (question,) = found.questions
    assert question.name == name.replace("_", "-")
    assert f'"{name}" ser ud til at være en dato eller en status (første gang på linje 13)' in question.text


def test_a_property_of_type_date_time_asks() -> None:
    definition = {"code": "frist", "type": "dateTime"}
    found = read_code_system(concept("A", frist=("valueString", "snart")), property=[definition])
    assert [question.name for question in found.questions] == ["frist"]


@pytest.mark.parametrize("name", ["parent", "register", "mainGroup", "updating", "endocrine", "mapsTo", "comment"])
def test_another_property_is_passed_over(name: str) -> None:
    assert read_code_system(concept("A", **{name: ("valueString", "x")})).questions == ()


def test_an_unknown_value_of_a_status_asks() -> None:
    found = read_code_system(concept("A", status="active"), concept("B", status="afventer"), concept("C", status="afventer"))
    (question,) = found.questions
    assert (question.name, len(found.rows)) == ("status=afventer", 3)
    assert '"status" har værdien "afventer" (første gang på linje 18)' in question.text


@pytest.mark.parametrize(
    ("properties", "word"),
    [
        ({"validTo": ("valueString", "juli")}, '"juli" er ikke en dato'),
        ({"validTo": True}, "er ikke en dato"),
        ({"retirementDate": ("valueDateTime", "2028-13-01")}, '"2028-13-01" er ikke en dato'),
        ({"inactive": ("valueString", "måske")}, "inactive er måske, men skal være true eller false"),
        ({"validTo": "2028-06-30", "retirementDate": "2028-09-01"}, "giver forskellige dage: 2028-06-30, 2028-08-31"),
        ({"validTo": "2028-06-30", "valid_to": "2028-07-31"}, "validTo, valid-to giver forskellige dage"),
    ],
)
def test_a_wrong_or_contradictory_value_is_refused_at_its_line(properties: dict[str, Any], word: str) -> None:
    fault = refused_code_system(concept("A"), concept("B", **properties))
    assert fault.startswith("x.json:13: ")
    assert word in fault


def test_two_properties_that_agree_are_read() -> None:
    row = read_concept(concept("A", validTo="2028-06-30", retirementDate="2028-07-01"))
    assert row.valid_to == day("2028-06-30")
