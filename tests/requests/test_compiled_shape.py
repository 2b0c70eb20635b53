"""What the compiled reader takes it reads as the fields do, and it leaves to them whatever is not in order."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import ValidationError, fields

from benchmarks.contacts import contacts
from validator.contract.encounter import Diagnosis
from validator.requests.compiled_shape import OddError, compiled
from validator.requests.fields import Shape
from validator.requests.request import ValidationRequestSchema

SHAPE = ValidationRequestSchema()
READ = compiled(SHAPE)
WHOLE: dict[str, Any] = {
    "encounter": {
        "id": "c-1",
        "date": "2025-10-14",
        "specialty": "51",
        "course": "lumbal-stenose",
        "phase": 2,
        "contact_number": 3,
        "patient": {"age": 67, "sex": "female"},
        "observations": {"radiating_pain": True, "joints": ["hip"]},
        "diagnoses": [{"code": "L84", "system": "http://hl7.org/fhir/sid/icpc-2", "role": "main"}, {"code": " l 03", "role": None}],
        "previous_diagnoses": [{"code": "L03", "role": "main", "date": "2025-09-30"}],
        "saved_diagnoses": None,
        "referral": {"diagnoses": [{"code": "DG35", "system": "sks"}]},
        "services": ["group-training"],
        "jurisdiction": "se",
        "visit_type": "FYS002",
        "visits_last_year": 21,
        "plan": False,
        "measures": ["QG003"],
        "registrations": [],
    },
    "overrides": [{"rule": "dk.51.artrose-knae", "reason": "a", "path": "/encounter"}],
}
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    -1,
    6,
    131,
    1.0,
    1.5,
    10**7,
    "",
    " ",
    "L84",
    "sks",
    "se",
    "hip",
    "main",
    "female",
)
VALUES += (
    "2025-10-14",
    "2025-W41-2",
    "2025-13-01",
    "x" * 201,
    "0101901234",
    [],
    ["hip"],
    [None],
    ["L84"] * 101,
    {},
    {"code": "L84"},
)
VALUES += ({"code": "L84"}, [{}], [{"code": "L84"}], [{"code": "L84", "unknown": 1}], [{"rule": "r"}], [[]])


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every member and item at any depth: what holds it, and its key there."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, dict | list):
            yield from places(inner)


def variants() -> Iterator[Any]:
    """The whole request with one value in another's place, one taken away, or an unknown one added."""
    for number in range(len(list(places(WHOLE)))):
        for value in VALUES:
            changed = copy.deepcopy(WHOLE)
            holder, key = list(places(changed))[number]
            holder[key] = copy.deepcopy(value)
            yield changed
        changed = copy.deepcopy(WHOLE)
        holder, key = list(places(changed))[number]
        del holder[key]
        yield changed
        changed = copy.deepcopy(WHOLE)
        holder, key = list(places(changed))[number]
        if isinstance(holder, dict):
            holder["unknown"] = 1
        yield changed
    yield from (None, [], "text", {}, {"encounter": None})


def test_what_it_takes_is_what_the_fields_read() -> None:
    taken = left = 0
    for value in variants():
        try:
            read = READ(value)
        except (OddError, ValidationError):
            left += 1
            continue
        taken += 1
        assert read == SHAPE.read(value), json.dumps(value)
    assert taken > 200
    assert left > 1_000


def test_it_takes_the_whole_contract_and_every_contact_of_a_clinic() -> None:
    assert READ(WHOLE) == SHAPE.read(WHOLE)
    for contact in contacts(500):
        assert READ(contact) == SHAPE.read(contact)


@pytest.mark.parametrize("place", ["", "encounter", "encounter/patient", "encounter/diagnoses/0", "overrides/0"])
def test_a_member_that_is_not_known_is_left_to_be_told(place: str) -> None:
    changed = copy.deepcopy(WHOLE)
    holder: Any = changed
    for step in filter(None, place.split("/")):
        holder = holder[int(step) if step.isdigit() else step]
    holder["hoveddiagnose"] = "L84"

    with pytest.raises(OddError):
        READ(changed)


def test_a_field_that_it_does_not_know_is_not_passed_over() -> None:
    class Other(Shape):
        code = fields.Float()
        makes = Diagnosis

    with pytest.raises(TypeError, match="no way to compile"):
        compiled(Other())
