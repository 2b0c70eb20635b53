"""The stream of contacts is valid and deterministic, and its repetition is measured correctly."""

import json
from itertools import islice

import pytest

from benchmarks.contacts import contacts, encounters, plans_and_rows, repetition
from validator import Service, Validator, read_request


@pytest.fixture
def validator(service: Service) -> Validator:
    return service.validator("dk")


def test_every_contact_is_judged_and_the_stream_has_findings_and_clean_contacts(service: Service) -> None:
    statuses = [service.judge(read_request(request)).status for request in contacts(200)]
    assert {"ok", "error", "warning"} <= set(statuses)


def test_a_seed_gives_the_same_stream_however_long_it_is() -> None:
    assert json.dumps(list(contacts(20))) == json.dumps(list(islice(contacts(50), 20)))
    assert json.dumps(list(contacts(20))) != json.dumps(list(contacts(20, seed=52)))


def test_the_number_of_secondary_diagnoses_can_be_fixed() -> None:
    assert {len(encounter.diagnoses) for encounter in encounters(50, secondary=2)} == {3}


def test_a_stream_sent_twice_has_a_repetition_of_at_least_half(validator: Validator) -> None:
    stream = encounters(100)
    once = repetition(validator, stream)
    assert repetition(validator, stream + stream) == pytest.approx(0.5 + once / 2)


def test_contacts_that_a_rule_distinguishes_are_not_repetitions(validator: Validator) -> None:
    contact = {"date": "2026-01-05", "specialty": "51", "diagnoses": [{"code": "X76"}]}
    sexes = [read_request({"encounter": {**contact, "patient": {"sex": sex}}}) for sex in ("male", "female", "male")]
    assert repetition(validator, [submission.encounter for submission in sexes]) == pytest.approx(1 / 3)


def test_only_rows_of_contacts_are_recorded_not_those_of_suggestions(validator: Validator) -> None:
    stream = encounters(100)
    for encounter, (_, facts, rows) in zip(stream, plans_and_rows(validator, stream), strict=True):
        assert facts.encounter["patient.age"] == encounter.patient.age
        assert len(rows.diagnoses) == len(facts.diagnoses)
